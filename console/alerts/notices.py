"""Notices to the operator, and where their deliveries stand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from redis import Redis

from console.alerts.listing import as_delivery, delivery_words, has_failed, search
from console.tables import relative, show_table
from wirewatch.models import Delivery, Notice, utc_text
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.notices import Notices
from workers.alerts.notice import and_more, title

Noticed = tuple[Notice, list[Delivery]]


def newest_notices(connection: Redis, limit: int, *, failed: bool) -> list[Noticed]:
    """The newest notices, or those whose delivery failed; newest first."""
    deliveries = Deliveries(connection)

    def ask(count: int) -> list[Noticed]:
        return [(notice, deliveries.of_alert(notice.id)) for notice in Notices(connection).newest(count)]

    return search(ask, lambda noticed: not failed or any(map(has_failed, noticed[1])), limit)


def notice_as_row(noticed: Noticed) -> dict[str, Any]:
    """A notice as JSON has it; times in UTC."""
    notice, ways = noticed
    return {
        "id": notice.id,
        "flag": notice.flag,
        "was": notice.was,
        "since": utc_text(notice.since),
        "count": notice.count,
        "sources": [source.model_dump() for source in notice.sources],
        "deliveries": [as_delivery(way) for way in ways],
    }


def notices_as_table(notices: Sequence[Noticed], now: datetime) -> None:
    """Print notices for people."""
    rows = [
        (
            title(notice),
            relative(notice.since, now),
            "; ".join(filter(None, (*(one.reason or one.url for one in notice.sources), and_more(notice)))),
            "; ".join(delivery_words(way, now) for way in ways),
        )
        for notice, ways in notices
    ]
    show_table(("notice", "since", "reason", "deliveries"), rows)
