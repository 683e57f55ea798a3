"""What a feed itself says of when to ask for it: ttl, sy:updatePeriod, skipHours and skipDays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# By their first letters: feeds say "dayly" too (Media Cloud keeps a list). "always" is no wish.
_PERIODS = (
    ("hour", _HOUR),
    ("da", _DAY),
    ("week", timedelta(days=7)),
    ("month", timedelta(days=30)),
    ("year", timedelta(days=365)),
    ("annual", timedelta(days=365)),
)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBER = re.compile(r"\s*\+?(\d{1,9})(?:\.(\d{1,3})\d*)?\s*", re.ASCII)
_LONGEST = timedelta(days=365)
_MOST_NAMED = 100  # hours or days in one document
_TEXT = re.compile(r"(\d{0,8});(\d{0,8});([0-9a-f]{1,6});([0-9a-f]{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a feed asks of its readers. Whoever polls caps it: a feed must not park itself for ever.

    Attributes:
        ttl: how long a copy stays good (RSS 2.0, ``ttl``).
        update_every: how often it changes (RSS 1.0 syndication module, ``sy:updatePeriod`` and
            ``sy:updateFrequency``).
        skip_hours: hours of the day, 0 to 23, GMT, in which nothing comes.
        skip_days: days of the week, 0 is Monday, GMT, on which nothing comes.
    """

    ttl: timedelta | None = None
    update_every: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()

    def open_from(self, moment: datetime) -> tuple[datetime, str | None]:
        """The first time at or after a moment that is not to be skipped, and what moved it there.

        A feed that would skip all hours or all days says nothing.
        """
        hours = self.skip_hours if len(self.skip_hours) < 24 else frozenset()  # noqa: PLR2004
        days = self.skip_days if len(self.skip_days) < len(_DAYS) else frozenset()
        moment, moved_by = moment.astimezone(UTC), None
        for _ in range(8 * 24):  # at the latest after six skipped days and 23 skipped hours
            if moment.weekday() in days:
                moved_by = "skipDays"
            elif moment.hour in hours:
                moved_by = "skipHours"
            else:
                break
            moment = moment.replace(minute=0, second=0, microsecond=0) + _HOUR
        return moment, moved_by

    def to_text(self) -> str:
        """These wishes for one field of the store; no wishes are the empty text."""
        if self == Wishes():
            return ""
        spans = (str(int(span.total_seconds())) if span else "" for span in (self.ttl, self.update_every))
        sets = (f"{sum(1 << one for one in those):x}" for those in (self.skip_hours, self.skip_days))
        return ";".join((*spans, *sets))

    @classmethod
    def from_text(cls, text: str) -> "Wishes":
        """The wishes of a text made by `to_text`; of any other text, none."""
        found = _TEXT.fullmatch(text)
        if not found:
            return cls()
        ttl, every, hours, days = found.groups()
        return cls(
            _span(int(ttl or 0)),
            _span(int(every or 0)),
            _members(int(hours, 16), 24),
            _members(int(days, 16), len(_DAYS)),
        )


def read_wishes(
    *,
    ttl: str | None = None,
    period: str | None = None,
    frequency: str | None = None,
    hours: Sequence[str] = (),
    days: Sequence[str] = (),
) -> Wishes:
    """The wishes in the texts of a feed's elements. What cannot be understood is no wish; never raises.

    Args:
        ttl: of ``ttl``: minutes.
        period: of ``sy:updatePeriod``: hourly, daily, weekly, monthly, yearly.
        frequency: of ``sy:updateFrequency``: updates in that period; one where it is missing.
        hours: of each ``hour`` in ``skipHours``; 24 is midnight, as RSS 0.91 had it.
        days: of each ``day`` in ``skipDays``: English names.
    """
    numbers = (_number(text) for text in islice(hours, _MOST_NAMED))
    names = (text.strip()[:3].lower() for text in islice(days, _MOST_NAMED))
    return Wishes(
        _span((_number(ttl) or 0) * 60),
        _update_every(period, frequency),
        frozenset(int(number) % 24 for number in numbers if number is not None and number <= 24),  # noqa: PLR2004
        frozenset(_DAYS.index(name) for name in names if name in _DAYS),
    )


def _update_every(period: str | None, frequency: str | None) -> timedelta | None:
    if period is None and frequency is None:
        return None
    name = "daily" if period is None else period.strip()[:16].lower()  # the module's default
    length = next((span for start, span in _PERIODS if name.startswith(start)), None)
    return _span(length.total_seconds() / (_number(frequency) or 1)) if length else None


def _number(text: str | None) -> float | None:
    found = _NUMBER.fullmatch(text) if text else None
    return float(f"{found[1]}.{found[2] or 0}") if found else None


def _span(seconds: float) -> timedelta | None:
    """Whole seconds, at most a year; None for less than one."""
    whole = min(int(seconds), int(_LONGEST.total_seconds()))
    return timedelta(seconds=whole) if whole > 0 else None


def _members(mask: int, size: int) -> frozenset[int]:
    return frozenset(one for one in range(size) if mask >> one & 1)
