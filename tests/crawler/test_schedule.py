"""When a source is polled next, and a page asked for again."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.answers import failure_words, retry_after
from crawler.schedule.failing import Failure, of_status
from crawler.schedule.next_poll import after_failure, after_success, first_pause
from crawler.schedule.page_retry import PAUSES, pause_before_retry
from crawler.schedule.rhythm import Rhythm
from crawler.schedule.wishes import Wishes, read_wishes

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NO_WISHES = Wishes()

spans = st.timedeltas(timedelta(seconds=1), timedelta(days=3))
chances = st.randoms(use_true_random=False)


@pytest.fixture(scope="session")
def bounded(source):
    """The source with other bounds."""

    def make(shortest, longest):
        return source.model_copy(update={"min_interval": shortest, "max_interval": longest})

    return make


WISHES = read_wishes(ttl="60", hours=["0", "1", "2"], days=["Sunday"])


class NoChance(random.Random):
    def random(self):
        return 0.0


def known(every, *, days=3):
    """The rhythm of a source that brought a story so often, by day and night."""
    rhythm, now = Rhythm.unknown(), NOW - days * DAY
    while now < NOW:
        now += every
        rhythm = rhythm.observed(1, every, now)
    return rhythm


def plan_of(source, rhythm, *, fresh=None, wishes=NO_WISHES, pushed=False, now=NOW, chance=None):
    return after_success(
        source, rhythm, fresh=fresh, wishes=wishes, pushed=pushed, now=now, chance=chance or NoChance()
    )


def test_the_busier_a_source_the_sooner_it_is_polled_and_the_plan_says_why(source):
    busy, calm = plan_of(source, known(5 * MINUTE)), plan_of(source, known(3 * HOUR))
    assert source.min_interval < busy.interval < calm.interval < source.max_interval
    assert busy.why == "its rhythm (a story every 5 minutes)"
    assert calm.why == "its rhythm (a story every 3 hours)"


def test_a_source_of_unknown_rhythm_is_looked_at_again_soon(source):
    assert plan_of(source, Rhythm.unknown()).interval == source.min_interval == first_pause(source)


def test_a_dead_source_is_polled_as_rarely_as_the_user_wants(source):
    dead = Rhythm.unknown().observed(0, 100 * DAY, NOW)
    plan = plan_of(source, dead)
    assert 0.9 * source.max_interval < plan.interval <= source.max_interval
    assert plan.why.startswith("max_interval (")


def test_a_pushed_source_is_polled_rarely(source):
    plan = plan_of(source, known(5 * MINUTE), pushed=True)
    assert plan.interval > 0.9 * source.max_interval
    assert plan.why == "pushed by its hub"


@pytest.mark.parametrize(
    ("fresh", "wishes", "minutes", "why"),
    [
        (60 * MINUTE, NO_WISHES, 60, "max-age or Expires (1 hour)"),
        (None, read_wishes(ttl="45"), 45, "ttl (45 minutes)"),
        (None, read_wishes(period="hourly"), 60, "sy:updatePeriod (1 hour)"),
        (30 * MINUTE, read_wishes(ttl="45", period="hourly", frequency="2"), 45, "ttl (45 minutes)"),
        (timedelta(seconds=1), read_wishes(ttl="1"), None, "its rhythm (a story every 5 minutes)"),
    ],
)
def test_no_source_is_polled_sooner_than_it_wishes(source, fresh, wishes, minutes, why):
    plan = plan_of(source, known(5 * MINUTE), fresh=fresh, wishes=wishes)
    assert plan.why == why
    if minutes:
        assert plan.interval == minutes * MINUTE
        assert plan.due == NOW + minutes * MINUTE


def test_hours_and_days_to_skip_are_skipped(source):
    source = source.model_copy(update={"max_interval": 3 * DAY})
    late = NOW.replace(hour=23, minute=58)  # a Tuesday
    plan = plan_of(source, known(5 * MINUTE), wishes=read_wishes(hours=["0", "1", "2"]), now=late)
    assert plan.due == late.replace(hour=3, minute=0) + DAY
    assert plan.why == "skipHours"
    plan = plan_of(source, known(5 * MINUTE), wishes=read_wishes(days=["Wednesday"]), now=late)
    assert plan.due == late.replace(hour=0, minute=0) + 2 * DAY
    assert plan.why == "skipDays"


def test_no_header_and_no_feed_parks_a_source(source):
    greedy = read_wishes(ttl="9999999", period="yearly", hours=[str(hour) for hour in range(1, 24)])
    plan = plan_of(source, known(5 * MINUTE), fresh=365 * DAY, wishes=greedy)
    assert plan.due - NOW <= source.max_interval


def test_a_feed_that_would_skip_every_hour_says_nothing(source):
    all_hours = read_wishes(hours=[str(hour) for hour in range(24)])
    assert plan_of(source, known(5 * MINUTE), wishes=all_hours) == plan_of(source, known(5 * MINUTE))


@given(
    shortest=spans,
    longest=spans,
    fresh=st.none() | spans,
    wishes=st.sampled_from([NO_WISHES, WISHES]),
    pushed=st.booleans(),
    gap=st.timedeltas(MINUTE, DAY),
    chance=chances,
)
def test_the_next_poll_is_within_the_users_bounds_and_after_the_wishes(
    shortest, longest, fresh, wishes, pushed, gap, chance, bounded
):
    # Where the bounds contradict each other, the shortest is kept: it is a promise.
    source, longest = bounded(shortest, longest), max(shortest, longest)
    rhythm = Rhythm.unknown().observed(3, gap, NOW)
    plan = plan_of(source, rhythm, fresh=fresh, wishes=wishes, pushed=pushed, chance=chance)
    wished = max(fresh or shortest, wishes.ttl or shortest, shortest)
    assert min(wished, longest) <= plan.interval <= longest
    assert plan.interval - MINUTE / 60 <= plan.due - NOW <= longest
    if plan.due - NOW < longest:
        assert wishes.open_from(plan.due) == (plan.due, None)


def test_sources_added_together_do_not_stay_together(source):
    chance = random.Random(1)
    for rhythm in (known(5 * MINUTE), Rhythm.unknown().observed(0, 100 * DAY, NOW)):
        assert len({plan_of(source, rhythm, chance=chance).due for _ in range(100)}) > 90
    early = NOW.replace(hour=0)
    assert (
        len({plan_of(source, known(HOUR), wishes=WISHES, now=early, chance=chance).due for _ in range(100)})
        > 90
    )


def failure_of(source, trouble, *, failing_for=HOUR, retry_after=None, chance=None):
    return after_failure(
        source,
        trouble=trouble,
        failing_for=failing_for,
        retry_after=retry_after,
        now=NOW,
        chance=chance or NoChance(),
    )


def test_hard_failures_double_the_pause_up_to_a_day(source):
    pauses = [failure_of(source, trouble).due - NOW for trouble in range(1, 1000)]
    assert pauses[:3] == [4 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    assert pauses[-1] == DAY
    assert pauses == sorted(pauses)


def test_a_hiccup_of_the_resolver_costs_less_than_a_missing_feed_and_that_less_than_a_bad_certificate(source):
    kinds = (Failure.NAME, Failure.MISSING, Failure.TLS)
    pauses = [failure_of(source, 4 * kind.weight).interval for kind in kinds]
    assert pauses == [4 * MINUTE, 8 * MINUTE, 32 * MINUTE]


def test_what_has_failed_for_a_month_is_tried_once_a_week(source):
    assert failure_of(source, 40.0, failing_for=30 * DAY).interval == DAY
    plan = failure_of(source, 40.0, failing_for=31 * DAY)
    assert plan.interval == 7 * DAY
    assert plan.why == "failing for more than a month"


def test_retry_after_is_obeyed_for_a_day(source):
    plan = failure_of(source, 0.5, retry_after=HOUR)
    assert (plan.interval, plan.why) == (HOUR, "Retry-After")
    assert failure_of(source, 0.5, retry_after=timedelta(0)).why == "growing pauses while it fails"
    assert failure_of(source, 0.5, retry_after=365 * DAY).interval == DAY


@given(
    trouble=st.floats(0, 1e9),
    failing_for=st.timedeltas(timedelta(0), 10_000 * DAY),
    asked=st.none() | st.timedeltas(timedelta(0), DAY),
    shortest=spans,
    chance=chances,
)
def test_a_failed_source_is_never_polled_sooner_than_its_server_asks_and_never_given_up(
    trouble, failing_for, asked, shortest, chance, bounded
):
    source = bounded(shortest, max(shortest, DAY))
    plan = failure_of(source, trouble, failing_for=failing_for, retry_after=asked, chance=chance)
    assert max(shortest, asked or timedelta(0)) <= plan.due - NOW <= 1.1 * max(7 * DAY, shortest)


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (401, Failure.FORBIDDEN),
        (403, Failure.FORBIDDEN),
        (404, Failure.MISSING),
        (408, Failure.BUSY),
        (418, Failure.OTHER),
        (429, Failure.BUSY),
        (500, Failure.BUSY),
        (503, Failure.BUSY),
        (599, Failure.BUSY),
        (301, Failure.OTHER),
    ],
)
def test_a_status_is_a_kind_of_failure(status, failure):
    assert of_status(status) is failure


def test_every_kind_of_failure_weighs_a_quarter_a_half_or_one():
    assert {kind: kind.weight for kind in Failure if kind.weight < 1} == {
        Failure.NAME: 0.25,
        Failure.TIMEOUT: 0.5,
        Failure.BROKEN: 0.5,
        Failure.BUSY: 0.5,
        Failure.MISSING: 0.5,
    }


def test_the_longest_interval_that_can_be_configured_still_has_a_next_time(source):
    century = timedelta(days=36500)
    source = source.model_copy(update={"min_interval": century, "max_interval": century})
    assert plan_of(source, known(HOUR), wishes=WISHES, fresh=DAY).due > NOW
    assert failure_of(source, 30.0).due > NOW


# --- pages


@pytest.mark.parametrize(
    ("tries", "asked_s", "once", "pause_s"),
    [
        (1, None, False, 1),
        (2, None, False, 4),
        (3, None, False, 15),
        (4, None, False, None),
        (1, 10, False, 10),
        (3, 10, False, 15),
        (1, 30, False, 30),
        (1, 31, False, None),
        (1, 0, False, 1),
        (1, None, True, 1),
        (2, None, True, None),
    ],
)
def test_a_page_is_asked_for_again_after_a_pause_or_given_up(tries, asked_s, once, pause_s):
    asked = None if asked_s is None else timedelta(seconds=asked_s)
    pause = None if pause_s is None else timedelta(seconds=pause_s)
    assert pause_before_retry(tries, asked, once=once) == pause


def test_a_story_waits_less_than_half_a_minute_for_its_page():
    assert sum(PAUSES, timedelta(0)) < timedelta(seconds=30)


# --- Retry-After


@pytest.mark.parametrize(
    ("value", "pause_s"),
    [
        (None, None),
        (b"", None),
        (b"120", 120),
        (b" 7 ", 7),
        (b"0", 0),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"9" * 5000, 21_600),
        (b"\xb2", None),  # a superscript two is a digit to Python
        (b"999999", 21_600),
        (b"Tue, 24 Nov 2026 21:02:00 GMT", 120),
        (b"Tue, 24 Nov 2026 20:00:00 GMT", 0),
        (b"Tue, 24 Nov 2026 21:02:00", 120),
        (b"Tue, 24 Nov 9999 23:59:59 GMT", 21_600),
        (b"Tue, 24 Nov 2026 21:02:00 +9999999999999999", None),
        (b"Tue, 99 Nov 2026 21:02:00 GMT", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(value, pause_s):
    assert retry_after(value, NOW) == (None if pause_s is None else timedelta(seconds=pause_s))


@given(st.binary(max_size=60) | st.from_regex(rb"[A-Z][a-z]{2}, \d+ Nov \d+ \d+:\d+:\d+ [+-]?\w+"))
def test_no_header_stops_us_or_parks_a_source(value):
    pause = retry_after(value, NOW)
    assert pause is None or timedelta(0) <= pause <= DAY


def test_the_words_of_a_failure_can_be_carried_by_any_encoding():
    words = failure_words(ValueError("bad status line 'HTTP/1.1 \udcff\ud800'"))
    assert words.encode()
    assert words.startswith("ValueError: bad status line")


def test_a_page_that_hung_is_asked_for_once_more_and_no_more():
    assert pause_before_retry(1, None, once=False, hung=True) == timedelta(seconds=1)
    assert pause_before_retry(2, None, once=False, hung=True) is None
