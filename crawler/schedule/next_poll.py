"""When a source is polled next, decided from what its last poll taught."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from wirewatch.models import Source

_LONGEST_BACK_OFF = timedelta(days=1)
# News comes in bursts: after a find look sooner, after nothing look a little later.
_SOONER, _LATER = 0.5, 1.25
_JITTER = 0.1  # so that sources added together do not stay together


@dataclass(frozen=True, slots=True)
class Plan:
    """The pause that was chosen and the moment it leads to."""

    interval: timedelta
    due: datetime


def first_pause(source: Source) -> timedelta:
    """The interval of a source of which nothing is known."""
    return source.min_interval


def after_success(
    source: Source, interval: timedelta, *, found_new: bool, now: datetime, chance: random.Random
) -> Plan:
    """Sooner after a find, later after none, within the user's bounds."""
    wanted = interval * (_SOONER if found_new else _LATER)
    chosen = max(min(wanted, source.max_interval), source.min_interval)
    # Jitter only adds: the shortest interval is a promise to the site.
    jittered = min(chosen * (1 + _JITTER * chance.random()), max(source.max_interval, source.min_interval))
    return Plan(chosen, now + jittered)


def after_failure(
    source: Source,
    interval: timedelta,
    fails: int,
    retry_after: timedelta | None,
    *,
    now: datetime,
    chance: random.Random,
) -> Plan:
    """Twice the pause for every failure in a row, up to a day; never sooner than the server asked for.

    Args:
        source: its bounds.
        interval: the pause to come back to once it answers again.
        fails: failures in a row, this one included; at least 1.
        retry_after: what the server asked for.
        now: when it failed.
        chance: where jitter comes from.
    """
    shortest_s = source.min_interval.total_seconds()
    doubled_s = shortest_s * 2 ** min(fails, 20)  # in seconds: a timedelta may overflow
    longest_s = max(_LONGEST_BACK_OFF.total_seconds(), shortest_s)
    pause = timedelta(seconds=min(doubled_s, longest_s) * (1 + _JITTER * chance.random()))
    if retry_after is not None:
        pause = max(pause, retry_after)
    return Plan(interval, now + pause)
