"""When a source is polled next, decided from its rhythm, its own wishes and its failures."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.schedule.rhythm import Rhythm
from crawler.schedule.wishes import Wishes
from wirewatch.models import Source

# So that sources added together do not stay together. It only adds: the shortest interval is a promise.
_JITTER = 0.1
_AFTER_SKIPPED = timedelta(minutes=10)  # over which those that waited for the same hour are spread
_LONGEST_BACK_OFF = timedelta(days=1)
_LONG_DEAD = timedelta(days=30)
_PAUSE_OF_THE_DEAD = timedelta(days=7)
_MOST_DOUBLINGS = 20.0  # a timedelta may overflow


@dataclass(frozen=True, slots=True)
class Plan:
    """When a source is polled next.

    Attributes:
        interval: the pause that was chosen, without its jitter.
        due: the moment that it leads to.
        why: what decided it: a clause for people.
    """

    interval: timedelta
    due: datetime
    why: str


def first_pause(source: Source) -> timedelta:
    """The interval of a source of which nothing is known."""
    return source.min_interval


def after_success(
    source: Source,
    rhythm: Rhythm,
    *,
    fresh: timedelta | None,
    wishes: Wishes,
    pushed: bool,
    now: datetime,
    chance: random.Random,
) -> Plan:
    """As often as its rhythm makes it worth, within the user's bounds, never sooner than it wishes.

    A wish of a feed or a server waits no longer than the user's longest interval: neither can park a source.

    Args:
        source: its bounds.
        rhythm: with what this poll taught.
        fresh: for how long the answer says that it stays good.
        wishes: of its document.
        pushed: a hub pushes what is new; polls only check that it does.
        now: when it was polled.
        chance: where jitter comes from.
    """
    shortest = source.min_interval
    longest = max(source.max_interval, shortest)
    floor, wished = _floor(shortest, longest, fresh, wishes)
    wanted, why = (longest, "pushed by its hub") if pushed else _by_rhythm(source, rhythm, now)
    if floor > wanted:
        wanted, why = floor, wished or why
    # The longest interval includes its jitter, unless that would be sooner than was wished.
    interval = max(min(wanted, longest / (1 + _JITTER)), floor)
    due = now + min(interval * (1 + _JITTER * chance.random()), longest)
    opens, moved_by = wishes.open_from(due)
    if moved_by:
        due = max(due, min(opens + _AFTER_SKIPPED * chance.random(), now + longest))
        interval, why = max(min(opens - now, longest), interval), moved_by
    return Plan(interval, due, why)


def after_failure(
    source: Source,
    *,
    trouble: float,
    failing_for: timedelta,
    retry_after: timedelta | None,
    now: datetime,
    chance: random.Random,
) -> Plan:
    """A pause that doubles with each hard failure in a row, up to a day; never sooner than it was asked for.

    Args:
        source: its bounds.
        trouble: the weights of the failures in a row, this one included (see `crawler.schedule.failing`).
        failing_for: since the first of them; after a month, once a week will do.
        retry_after: what the server asked for.
        now: when it failed.
        chance: where jitter comes from.
    """
    longest = max(_LONGEST_BACK_OFF, source.min_interval)
    doubled_s = source.min_interval.total_seconds() * 2 ** min(max(trouble, 0.0), _MOST_DOUBLINGS)
    pause, why = timedelta(seconds=min(doubled_s, longest.total_seconds())), "growing pauses while it fails"
    if failing_for > _LONG_DEAD:
        pause, why = max(_PAUSE_OF_THE_DEAD, longest), "failing for more than a month"
    if retry_after is not None and min(retry_after, longest) > pause:
        pause, why = min(retry_after, longest), "Retry-After"
    return Plan(pause, now + pause * (1 + _JITTER * chance.random()), why)


def _by_rhythm(source: Source, rhythm: Rhythm, now: datetime) -> tuple[timedelta, str]:
    if rhythm == Rhythm.unknown():
        return first_pause(source), "its rhythm is not known yet"
    pause = rhythm.pause(now)
    if pause < source.min_interval:
        return source.min_interval, f"min_interval ({_words(source.min_interval)})"
    if pause > source.max_interval:
        return source.max_interval, f"max_interval ({_words(source.max_interval)})"
    gap = rhythm.mean_gap()
    if gap is None:
        return pause, "its rhythm (hardly a story of late)"
    return pause, f"its rhythm (a story every {_words(gap).removeprefix('1 ')})"


def _floor(
    shortest: timedelta, longest: timedelta, fresh: timedelta | None, wishes: Wishes
) -> tuple[timedelta, str | None]:
    """The shortest pause that is allowed, and by whom if not by the user."""
    asked = [(fresh, "max-age or Expires"), (wishes.ttl, "ttl"), (wishes.update_every, "sy:updatePeriod")]
    floor, why = shortest, None
    for span, name in asked:
        if span and min(span, longest) > floor:
            floor, why = min(span, longest), f"{name} ({_words(span)})"
    return floor, why


def _words(span: timedelta) -> str:
    """A span in the largest unit of which it has two: 45 seconds, 1 hour, 14 minutes, 3 hours, 2 days."""
    seconds = span.total_seconds()
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length or seconds == length:
            count = round(seconds / length)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{seconds:.0f} s"
