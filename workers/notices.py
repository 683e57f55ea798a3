"""What the operator is told of sources' flags, and when: pure decisions."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from wirewatch.ids import SourceId, notice_id
from wirewatch.models import Notice, NoticedSource
from wirewatch.store.clock import to_ms
from wirewatch.store.notices import FlagChange

HOUR = timedelta(hours=1)

# A network that fails changes many flags at once: they are gathered for so long and told together.
_GATHERED = timedelta(seconds=10)
# What a person reads one by one. Beyond it there is one notice for each flag, and then one an hour.
_MOST_AN_HOUR = 20
_NAMED = 5  # of those that are told together


def is_time(oldest: datetime, told: int, now: datetime) -> bool:
    """Whether the changes that wait are to be told now.

    Args:
        oldest: when the first of them happened. What is ahead of our clock is not waited for.
        told: notices made in the last hour.
        now: aware.
    """
    wait = _GATHERED if told < _MOST_AN_HOUR else HOUR
    return not timedelta(0) <= now - oldest < wait


def notices_of(changes: Sequence[FlagChange], told: int) -> list[Notice]:
    """The notices for some changes, oldest first.

    A source that ends as it began is not told of: one that fell silent and spoke again before anybody heard.

    Args:
        changes: oldest first.
        told: notices made in the last hour.
    """
    news = _in_the_end(changes)
    if told + len(news) <= _MOST_AN_HOUR:
        return [_notice([one]) for one in news]
    groups = defaultdict(list)
    for one in news:
        groups[one.flag, "" if one.flag else one.was].append(one)
    return [_notice(group) for group in groups.values()]


def _in_the_end(changes: Sequence[FlagChange]) -> list[FlagChange]:
    """What became of each source: its last change, from the flag that it had before the first."""
    before: dict[SourceId, str] = {}
    last: dict[SourceId, FlagChange] = {}
    for change in changes:
        before.setdefault(change.source, change.was)
        last[change.source] = change
    news = (change.model_copy(update={"was": before[source]}) for source, change in last.items())
    return [change for change in news if change.flag != change.was]


def _notice(changes: Sequence[FlagChange]) -> Notice:
    before = {change.was for change in changes}
    return Notice(
        id=notice_id(changes[0].flag, ((change.source, to_ms(change.at)) for change in changes)),
        flag=changes[0].flag,
        was=before.pop() if len(before) == 1 else "",
        sources=tuple(
            NoticedSource(id=one.source, name=one.name, url=one.url, reason=one.reason)
            for one in changes[:_NAMED]
        ),
        count=len(changes),
        since=min(change.at for change in changes),
    )
