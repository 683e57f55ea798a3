"""When a source's quiet is news, and when its "not modified" is not believed any more."""

from datetime import datetime, timedelta

from crawler.schedule.rhythm import Rhythm
from crawler.schedule.weekdays import weekday_seconds

# Were gaps of chance length, one would be three times the longest of m before with a probability of m**-3
# (the longest is about ln(m) mean gaps, and a gap is longer than x mean gaps with exp(-x)). Real gaps are
# told apart by night and burst, but then so is the longest of them; weekends count on neither side.
# Simulated with chance gaps: no false alarm at three stories a day, one in eight source-years at one a day,
# one in six at one a week.
_FAR_BEYOND = 3.0
_FEWEST_FINDS = 10
_SHORTEST_SILENCE = timedelta(days=1)

# Before anybody hears of a silence, the server is asked without validators.
_DOUBTFUL = 2.0
_SHORTEST_DOUBT = timedelta(hours=12)
_DOUBT_OF_THE_UNKNOWN = timedelta(days=5)  # a week
_FULL_REQUESTS_APART = timedelta(days=7)


def is_silent(rhythm: Rhythm, last_new: datetime | None, now: datetime) -> bool:
    """Whether a source is quiet far beyond its rhythm.

    Three times the longest quiet that it is known for, and at least a day, Saturdays and Sundays not
    counted. A source of fewer than ten finds is never silent: its rhythm is not known.

    Args:
        rhythm: of the source.
        last_new: when it last brought something new; None: it never did.
        now: the time to decide for.
    """
    if last_new is None or rhythm.finds() < _FEWEST_FINDS:
        return False
    longest = max(rhythm.longest_s * _FAR_BEYOND, _SHORTEST_SILENCE.total_seconds())
    return weekday_seconds(last_new, now) > longest


def worth_full_request(
    rhythm: Rhythm, last_new: datetime | None, last_full: datetime | None, now: datetime
) -> bool:
    """Whether to ask once without validators: some servers answer 304 to a feed that did change.

    When a source is quiet for twice its longest quiet (a week, while its rhythm is not known), and at most
    once a week. It comes before `is_silent`, so that a lying server is not taken for a silent source.

    Args:
        rhythm: of the source.
        last_new: when it last brought something new; None: it never did.
        last_full: when it last answered a request without validators; None: never.
        now: the time to decide for.
    """
    if last_full is None or now - last_full < _FULL_REQUESTS_APART:
        return False
    if rhythm.finds() < _FEWEST_FINDS:
        doubtful_s = _DOUBT_OF_THE_UNKNOWN.total_seconds()
    else:
        doubtful_s = max(rhythm.longest_s * _DOUBTFUL, _SHORTEST_DOUBT.total_seconds())
    return weekday_seconds(last_new or last_full, now) > doubtful_s
