"""Alerts and where their deliveries stand."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from redis import Redis

from console.tables import relative, show_table
from wirewatch.models import Alert, Delivery, DeliveryState, utc_text
from wirewatch.store.deliveries import Deliveries
from workers.alerts.plain import shorten

Told = tuple[Alert, list[Delivery]]
_One = TypeVar("_One")

# How far back a filter looks. The store gives alerts by age only.
_MOST_LOOKED_AT = 20_000
_LOOK_FURTHER = 8
_REASON_CHARS = 120


def newest(connection: Redis, limit: int, topic: str | None, *, failed: bool) -> list[Told]:
    """The newest alerts of a topic, or whose delivery failed, or all; newest first."""

    def wanted(told: Told) -> bool:
        alert, ways = told
        return (topic is None or alert.topic == topic) and (not failed or any(map(has_failed, ways)))

    return search(Deliveries(connection).newest_alerts, wanted, limit)


def search(ask: Callable[[int], list[_One]], wanted: Callable[[_One], bool], limit: int) -> list[_One]:
    """The first that are wanted, of what ``ask`` gives: so many, newest first."""
    count = limit
    while True:
        told = ask(count)
        found = [one for one in told if wanted(one)]
        if len(found) >= limit or len(told) < count or count >= _MOST_LOOKED_AT:
            return found[:limit]
        count = min(count * _LOOK_FURTHER, _MOST_LOOKED_AT)


def has_failed(delivery: Delivery) -> bool:
    """Whether a delivery is parked, or waits after an attempt that failed."""
    if delivery.state is DeliveryState.PARKED:
        return True
    return delivery.state is DeliveryState.WAITING and bool(delivery.last_status)


def delivery_words(delivery: Delivery, now: datetime) -> str:
    """Where a delivery stands, in a few words."""
    name, status = delivery.destination, delivery.last_status
    match delivery.state:
        case DeliveryState.DELIVERED:
            return f"{name}: delivered"
        case DeliveryState.PARKED:
            reason = shorten(" ".join(filter(None, (status, delivery.answer))), _REASON_CHARS)
            return f"{name}: parked ({reason})"
        case _:
            due = delivery.due if delivery.due and delivery.due > now else None
            words = [
                *([f"attempt {delivery.attempts + 1}"] if has_failed(delivery) else []),
                f"next {relative(due, now, 'at once')}",
                *([f"last {status}"] if status else []),
            ]
            return f"{name}: waiting ({', '.join(words)})"


def as_row(told: Told) -> dict[str, Any]:
    """An alert as JSON has it; times in UTC."""
    alert, ways = told
    story = alert.story
    return {
        "id": alert.id,
        "topic": alert.topic,
        "title": story.title,
        "url": story.url,
        "source": story.source,
        "published": utc_text(story.published) if story.published else None,
        "created": utc_text(alert.created),
        "score": alert.match.score,
        "snippet": alert.match.snippet,
        "deliveries": [as_delivery(way) for way in ways],
    }


def as_delivery(way: Delivery) -> dict[str, Any]:
    """A delivery as JSON has it; times in UTC."""
    return {
        "id": way.id,
        "destination": way.destination,
        "state": way.state.value,
        "attempts": way.attempts,
        "next": utc_text(way.due) if way.due and way.state is DeliveryState.WAITING else None,
        "ended": utc_text(way.ended) if way.ended else None,
        "last_status": way.last_status or None,
        "answer": way.answer or None,
    }


def as_table(alerts: Sequence[Told], now: datetime) -> None:
    """Print alerts for people."""
    rows = [
        (
            alert.topic,
            alert.story.title,
            alert.story.source,
            relative(alert.created, now),
            "; ".join(delivery_words(way, now) for way in ways),
        )
        for alert, ways in alerts
    ]
    show_table(("topic", "title", "source", "time", "deliveries"), rows)
