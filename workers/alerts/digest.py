"""A digest: when it goes out, and how its alerts are ordered, grouped and counted. Pure decisions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from wirewatch.models import Alert
from workers.alerts.plain import one_line, shorten

ALERTS_MOST = 200  # that readers are shown of one digest: more than a person reads through

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def next_window(now: datetime, every: timedelta) -> datetime:
    """The end of the window that ``now`` falls into: windows are counted from midnight UTC, 1970.

    So hourly digests go out on the hour, and every worker reckons the same end.
    """
    return _EPOCH + ((now - _EPOCH) // every + 1) * every


def newest_first(alerts: Iterable[Alert]) -> list[Alert]:
    """The alerts from the newest to the oldest; those of one moment in the order given."""
    return sorted(alerts, key=attrgetter("created"), reverse=True)


def by_topic(alerts: Iterable[Alert]) -> dict[str, list[Alert]]:
    """The alerts of each topic in the order given; topics by name, so that each has its place."""
    groups: dict[str, list[Alert]] = {}
    for alert in alerts:
        groups.setdefault(alert.topic, []).append(alert)
    return dict(sorted(groups.items()))


def headline(alerts: Sequence[Alert], most: int) -> str:
    """``7 alerts (china 3, iowa 4)`` in at most so many characters."""
    number = "1 alert" if len(alerts) == 1 else f"{len(alerts)} alerts"
    topics = ", ".join(f"{one_line(topic)} {len(group)}" for topic, group in by_topic(alerts).items())
    return shorten(f"{number} ({topics}", most - 1) + ")"


def and_more(left_out: int) -> str:
    """The last line of a digest that could not tell all of its alerts; empty if it did."""
    return f"and {left_out} more" if left_out > 0 else ""
