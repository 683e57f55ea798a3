"""Time as most newsrooms spend it: without the weekend."""

from datetime import datetime

_DAY_S = 86_400
_MONDAY_S = 4 * _DAY_S  # 1970 began on a Thursday


def weekday_seconds(start: datetime, end: datetime) -> float:
    """The seconds between two times that are not on a Saturday or Sunday (UTC); 0 where they are reversed."""
    return max(_since_the_first_monday(end) - _since_the_first_monday(start), 0.0)


def _since_the_first_monday(moment: datetime) -> float:
    weeks, days = divmod((moment.timestamp() - _MONDAY_S) / _DAY_S, 7)
    return (weeks * 5 + min(days, 5)) * _DAY_S
