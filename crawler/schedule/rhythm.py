"""A source's own rhythm, learned from what its polls bring, and the pause that follows from it.

**What is learned.** Stories come as a Poisson process whose rate changes slowly and with the hour of the day.
The rate is a Gamma posterior with exponential forgetting (half of what is known is a day old), begun from a
weak belief in one story a day. Its shape over the day is 24 counters (UTC) of the polls that found something,
smoothed by a flat prior of four; when one would pass 63, all are halved, which forgets without a clock.

**What follows.** A request is worth two minutes of one story's delay. Where stories come at rate r, a pause x
costs 1/x requests and r x / 2 of delay a second, so the best pause is the square root of 2 * 2 min / r; with
a rate that changes by the hour, the next poll is due when the sum of the root of the rate over time reaches
the same number. A source that brings four times as much is thus asked twice as often, not four times.

**Why this one.** ``benchmarks/rhythm.py`` compares it at equal requests (docs/rhythm.md). Steps up and down,
as most readers make them, spend themselves on the busiest sources and bring stories several times later.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import exp, log, sqrt

from crawler.schedule.weekdays import weekday_seconds

_HOUR_S = 3_600.0
_DAY_S = 24 * _HOUR_S
_MEMORY_S = _DAY_S / log(2)  # half of the stories and of the time that count are from the last day
# So much is believed of a source before anything is known of it.
_PRIOR_STORIES, _PRIOR_S = 0.3, 0.3 * _DAY_S
_FLAT_FINDS = 4.0
# The pause x at rate r has x * sqrt(r) = this: a request is worth 120 s of one story's delay.
_WORTH = sqrt(2 * 120.0)
# Of one poll: a feed that makes up all its ids anew is not a thousand stories.
_MOST_STORIES = 20
_LONGEST_S = 10 * 365 * _DAY_S  # that a clock, a date or a pause is believed to span
_GAP_MEMORY_S = 60 * _DAY_S / log(2)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
_FULL = len(_DIGITS) - 1
_NUMBER = r"(\d{1,9}(?:\.\d{1,9})?(?:e[+-]\d\d)?)"
_TEXT = re.compile(rf"{_NUMBER};(\d{{1,9}});(\d{{1,9}});{_NUMBER};([\w-]{{24}})?", re.ASCII)
_NO_HOURS = (0,) * 24
_CLEAR = 0.5  # stories in the memory, from which a mean gap is worth telling
_NOTHING = 1e-4  # stories
_FEW = 2  # dates say nothing of a rhythm


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a source brings something, and when in the day.

    Attributes:
        stories: that came, the older the less they count.
        span_s: the time in which they came, the older the less it counts.
        quiet_s: since the last poll that found something; weekends do not count.
        longest_s: the longest such quiet before; each sixty such days it counts half.
        hours: polls that found something, by the hour of the day (UTC), each at most 63.
    """

    stories: float = 0.0
    span_s: float = 0.0
    quiet_s: float = 0.0
    longest_s: float = 0.0
    hours: tuple[int, ...] = _NO_HOURS

    @classmethod
    def unknown(cls) -> "Rhythm":
        """Nothing was learned yet."""
        return cls()

    def seeded(self, published: Sequence[datetime], now: datetime) -> "Rhythm":
        """With what the dates of a first document tell.

        Dates to come are left out, and the oldest fifth: a document keeps old favourites on top. A date
        without a time of day tells no hour.
        """
        past = sorted(when for when in published if when <= now)
        kept = past[len(past) // 5 :]
        if len(kept) <= _FEW:
            return self
        span_s = max((now - kept[0]).total_seconds(), _HOUR_S)
        stories = sum(exp(-(now - when).total_seconds() / _MEMORY_S) for when in kept[1:])
        gaps = (weekday_seconds(one, other) for one, other in pairwise(kept))
        return replace(
            self,
            stories=stories,
            span_s=_MEMORY_S * (1 - exp(-span_s / _MEMORY_S)),
            quiet_s=min(weekday_seconds(kept[-1], now), _LONGEST_S),
            longest_s=min(max(gaps), _LONGEST_S),
            hours=_counted(_NO_HOURS, (when for when in set(kept) if _has_a_time(when))),
        )

    def observed(self, new: int, elapsed: timedelta, now: datetime) -> "Rhythm":
        """After a good poll.

        Args:
            new: unseen entries that it brought.
            elapsed: since the last good poll; below zero, as after a clock was set back, it is zero.
            now: when it was.
        """
        elapsed = min(max(elapsed, timedelta(0)), timedelta(seconds=_LONGEST_S))
        elapsed_s = elapsed.total_seconds()
        counted = min(max(new, 0), _MOST_STORIES)
        kept = exp(-elapsed_s / _MEMORY_S)
        # What came within the pause is a little older than now as well.
        part = (1 - kept) * _MEMORY_S / elapsed_s if elapsed_s else 1.0
        quiet_s = min(self.quiet_s + weekday_seconds(now - elapsed, now), _LONGEST_S)
        learned = replace(
            self,
            stories=self.stories * kept + counted * part,
            span_s=self.span_s * kept + elapsed_s * part,
            quiet_s=quiet_s,
        )
        if not counted:
            return learned
        return replace(
            learned,
            quiet_s=0.0,
            longest_s=max(quiet_s, self.longest_s * exp(-quiet_s / _GAP_MEMORY_S)),
            hours=_counted(self.hours, (now - elapsed / 2,)),
        )

    def finds(self) -> int:
        """How many times something was found: some of them, where they are many."""
        return sum(self.hours)

    def mean_gap(self) -> timedelta | None:
        """The mean time between two stories of late; None where too few came, or too lately, to tell."""
        if self.stories < _CLEAR or self.span_s < _HOUR_S:
            return None
        return timedelta(seconds=self.span_s / self.stories)

    def pause(self, now: datetime) -> timedelta:
        """The pause after which asking again is worth a request: seconds to a day."""
        rate = self._rate()
        known = self.finds() + _FLAT_FINDS
        moment = now.astimezone(UTC)
        hour = moment.hour
        left_s = _HOUR_S - moment.minute * 60 - moment.second
        pause_s, missing = 0.0, _WORTH
        for _ in range(24):
            root = sqrt(rate * (self.hours[hour] * 24 + _FLAT_FINDS) / known)
            if root * left_s >= missing:
                return timedelta(seconds=pause_s + missing / root)
            pause_s, missing = pause_s + left_s, missing - root * left_s
            hour, left_s = (hour + 1) % 24, _HOUR_S
        return timedelta(seconds=pause_s)

    def _rate(self) -> float:
        """Stories a second, over the whole day."""
        # What the memory no longer holds, a long quiet tells: a dead source is not believed in for ever.
        return (self.stories + _PRIOR_STORIES) / max(self.span_s + _PRIOR_S, self.quiet_s)

    def to_text(self) -> str:
        """This rhythm for one field of the store, about fifty characters; of the unknown one, none."""
        if self == Rhythm():
            return ""
        hours = "".join(_DIGITS[count] for count in self.hours) if any(self.hours) else ""
        # Six digits: what fades in two minutes is still seen.
        stories = f"{self.stories:.6g}" if self.stories > _NOTHING else "0"
        return f"{stories};{self.span_s:.0f};{self.quiet_s:.0f};{self.longest_s:.6g};{hours}"

    @classmethod
    def from_text(cls, text: str) -> "Rhythm":
        """The rhythm of a text made by `to_text`; of any other text, the unknown one."""
        found = _TEXT.fullmatch(text)
        if not found:
            return cls()
        stories, span, quiet, longest, digits = found.groups()
        hours = tuple(map(_DIGITS.index, digits)) if digits else _NO_HOURS
        return cls(float(stories), float(span), float(quiet), float(longest), hours)


def _has_a_time(when: datetime) -> bool:
    return bool(when.hour or when.minute or when.second)


def _counted(hours: tuple[int, ...], times: Iterable[datetime]) -> tuple[int, ...]:
    counts = list(hours)
    for when in times:
        counts[when.astimezone(UTC).hour] += 1
        if max(counts) > _FULL:
            counts = [count // 2 for count in counts]
    return tuple(counts)
