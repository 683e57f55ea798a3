"""The scoreboard: what arrived, held against the truth."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newsroom.article import Article
from newsroom.clock import Clock
from newsroom.world import World

SCORED = "story.matched"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request that a receiver had.

    Attributes:
        endpoint: ``hook`` or ``slack``.
        webhook_id: the ``webhook-id`` header, empty if there was none.
        body: what was sent.
        headers: the request's headers.
        status: what was answered.
        at: when it arrived.
        signed: whether its signature was good, or none was asked for.
    """

    endpoint: str
    webhook_id: str
    body: str
    headers: dict[str, str]
    status: int
    at: datetime
    signed: bool = True

    @property
    def accepted(self) -> bool:
        """Whether the sender was told that it arrived."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of success

    @property
    def message(self) -> dict[str, Any]:
        """The body as an object; empty if it is none."""
        try:
            message = json.loads(self.body)
        except ValueError:
            return {}
        return message if isinstance(message, dict) else {}

    @property
    def data(self) -> dict[str, Any]:
        """The ``data`` of the body."""
        data = self.message.get("data")
        return data if isinstance(data, dict) else {}

    @property
    def url(self) -> str:
        """The address of the story that it tells of."""
        story = self.data.get("story")
        return str(story.get("url") or "") if isinstance(story, dict) else ""

    @property
    def topic(self) -> str:
        """The topic that it tells of."""
        return str(self.data.get("topic") or "")


@dataclass(slots=True)
class _Tally:
    hits: dict[tuple[str, str], Delivery] = field(default_factory=dict)
    latencies_ms: list[float] = field(default_factory=list)
    false: list[dict[str, Any]] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    repeats: int = 0


def score(world: World, clock: Clock, deliveries: Iterable[Delivery]) -> dict[str, Any]:
    """Hold what was delivered so far against what was published so far.

    An alert is what was accepted under one ``webhook-id`` and one ``alert_id``. The first one for a
    family of copies and a topic is a hit, if the truth has it; later ones are duplicates.
    """
    hooks = [delivery for delivery in deliveries if delivery.endpoint == "hook"]
    elapsed_s = clock.elapsed_s()
    expected = world.expected(elapsed_s)
    tally = _Tally()
    alerts: set[tuple[str, str]] = set()
    for delivery in hooks:
        if not delivery.accepted or delivery.message.get("type") != SCORED:
            continue
        alert = delivery.webhook_id, str(delivery.data.get("alert_id") or "")
        if alert in alerts:
            tally.repeats += 1
            continue
        alerts.add(alert)
        _judge(delivery, world, clock, expected, tally)
    missed = expected - tally.hits.keys()
    new = [article for article in world.articles if not article.old]
    return {
        "published": sum(article.offset_s <= elapsed_s for article in new),
        "planned": len(new),
        "expected_alerts": len(expected),
        "alerted": len(tally.hits),
        "missed": len(missed),
        "false_alerts": len(tally.false),
        "duplicates": len(tally.duplicates),
        "repeats": tally.repeats,
        "bad_signatures": sum(not delivery.signed for delivery in hooks),
        "latency_ms": {
            "p50": _percentile(tally.latencies_ms, 50),
            "p99": _percentile(tally.latencies_ms, 99),
        },
        "missed_list": _missed(world, missed, elapsed_s),
        "false_list": tally.false,
        "duplicate_list": tally.duplicates,
    }


def _judge(
    delivery: Delivery, world: World, clock: Clock, expected: set[tuple[str, str]], tally: _Tally
) -> None:
    article = world.at(delivery.url)
    row: dict[str, Any] = {
        "topic": delivery.topic,
        "url": delivery.url,
        "title": _title(delivery),
        "id": delivery.webhook_id,
    }
    if article is None:
        tally.false.append({**row, "reason": "unknown address"})
        return
    row |= {
        "topics": sorted(article.story.topics),
        "subject": article.story.subject,
        "family": article.family,
    }
    pair = article.family, delivery.topic
    if article.old:
        tally.false.append({**row, "reason": "old story"})
    elif pair not in expected:
        known = delivery.topic in article.story.topics
        tally.false.append({**row, "reason": "not published yet" if known else "wrong topic"})
    elif pair in tally.hits:
        tally.duplicates.append({**row, "first_url": tally.hits[pair].url})
    else:
        tally.hits[pair] = delivery
        published = clock.instant(article.offset_s)
        if published is not None:
            tally.latencies_ms.append((delivery.at - published).total_seconds() * 1000)


def _missed(world: World, missed: set[tuple[str, str]], elapsed_s: float) -> list[dict[str, Any]]:
    rows = []
    for article in world.articles:
        topics = sorted(topic for family, topic in missed if family == article.family)
        if topics and article.offset_s <= elapsed_s:
            rows.append(_row(article, topics))
    return rows


def _row(article: Article, topics: list[str]) -> dict[str, Any]:
    return {
        "url": article.url,
        "title": article.story.title,
        "outlet": article.outlet.name,
        "family": article.family,
        "topics": topics,
        "trouble": article.trouble,
        "copy_of": article.copy_of,
    }


def _title(delivery: Delivery) -> str:
    story = delivery.data.get("story")
    return str(story.get("title") or "") if isinstance(story, dict) else ""


def _percentile(values: list[float], percent: int) -> float | None:
    """The nearest-rank percentile; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return round(ordered[max(rank, 1) - 1], 1)
