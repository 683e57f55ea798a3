"""The state of the whole at one moment: what ``wirewatch status`` shows."""

import json
from typing import Any

from redis import Redis
from rq import Worker

from wirewatch.config.settings import Settings
from wirewatch.store import keys
from wirewatch.store.connection import promise, shown, store_url_of
from wirewatch.store.figures import figures
from wirewatch.store.reply import text, texts

_COUNTS = (
    *("polls", "failed_polls", "entries", "decided", "matched", "alerts", "delivered", "parked"),
    *("failed_attempts", "swept_stories", "swept_deliveries"),
)


def look(connection: Redis, settings: Settings) -> dict[str, Any]:
    """The figures, the store's promise, and the processes that are alive.

    Raises:
        StoreError: if the store stopped answering.
    """
    now = figures(connection)
    return {
        "store": {
            "reachable": True,
            "kind": "embedded" if settings.redis_url is None else "redis_url",
            "url": shown(store_url_of(settings)),
            "promise": promise(connection),
        },
        "sources": {"watched": now.sources, "failing": now.failing},
        "counts": {name: now.count(name) for name in _COUNTS},
        "waiting": {
            "to_fetch": now.to_fetch,
            "stories": now.waiting_stories,
            "deliveries": now.waiting_deliveries,
        },
        "set_aside": now.set_aside,
        "queues": {"stories": now.queued_stories, "alerts": now.queued_deliveries},
        "workers": _workers(connection),
        "crawlers": _crawlers(connection),
    }


def _workers(connection: Redis) -> list[dict[str, Any]]:
    workers = [
        {
            "host": worker.hostname,
            "pid": worker.pid,
            "queues": worker.queue_names(),
            "state": worker.get_state(),
            "jobs": worker.successful_job_count,
        }
        for worker in Worker.all(connection=connection)
    ]
    return sorted(workers, key=lambda one: (one["queues"], str(one["host"]), one["pid"] or 0))


def _crawlers(connection: Redis) -> list[dict[str, Any]]:
    """The living owners of partitions, and how many each owns."""
    owners = texts(connection.hvals(keys.OWNERS))
    crawlers = []
    for owner in dict.fromkeys(owners):
        described = connection.get(keys.OWNER_PREFIX + owner)
        if described is not None:  # else it has been silent for too long: its partitions are anybody's
            told = json.loads(text(described))
            crawlers.append({"host": told["host"], "pid": told["pid"], "partitions": owners.count(owner)})
    return sorted(crawlers, key=lambda one: (one["host"], one["pid"]))


def as_rows(state: dict[str, Any]) -> list[tuple[str, str]]:
    """The state as rows for people."""
    counts, waiting, store = state["counts"], state["waiting"], state["store"]
    place = "embedded store" if store["kind"] == "embedded" else store["url"]
    return [
        ("store", f"{place}: {store['promise']}"),
        ("sources", f"{state['sources']['watched']:,}, {state['sources']['failing']:,} failing"),
        ("polls", f"{counts['polls']:,}, {counts['failed_polls']:,} failed"),
        ("entries", f"{counts['entries']:,}, {waiting['to_fetch']:,} to fetch"),
        ("decided", f"{counts['decided']:,}, {waiting['stories']:,} waiting"),
        ("matched", f"{counts['matched']:,}"),
        ("alerts", f"{counts['alerts']:,}"),
        ("delivered", f"{counts['delivered']:,}, {waiting['deliveries']:,} waiting"),
        ("parked", f"{counts['parked']:,}"),
        ("set aside", f"{state['set_aside']:,}"),
        *((f"queue {name}", f"{length:,}") for name, length in state["queues"].items()),
        ("workers", _worker_words(state["workers"])),
        ("crawler", _crawler_words(state["crawlers"])),
    ]


def _worker_words(workers: list[dict[str, Any]]) -> str:
    by_queue: dict[str, list[str]] = {}
    for one in workers:
        by_queue.setdefault("+".join(one["queues"]), []).append(f"{one['pid']} {one['state']}")
    return (
        "; ".join(f"{len(told)} on {queue} ({', '.join(told)})" for queue, told in by_queue.items()) or "none"
    )


def _crawler_words(crawlers: list[dict[str, Any]]) -> str:
    told = (f"process {one['pid']} on {one['host']}, {one['partitions']} partitions" for one in crawlers)
    return "; ".join(told) or "none"
