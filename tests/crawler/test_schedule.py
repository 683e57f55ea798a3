"""When a source is polled next, and a page asked for again."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.answers import failure_words, retry_after
from crawler.schedule.next_poll import after_failure, after_success, first_pause
from crawler.schedule.page_retry import PAUSES, pause_before_retry

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

spans = st.timedeltas(timedelta(seconds=1), timedelta(days=3))
chances = st.randoms(use_true_random=False)


@pytest.fixture(scope="session")
def bounded(source):
    """The source with other bounds."""

    def make(shortest, longest):
        return source.model_copy(update={"min_interval": shortest, "max_interval": longest})

    return make


def test_after_a_find_it_is_polled_sooner_and_after_none_later(source):
    chance = random.Random(1)
    assert after_success(source, 10 * MINUTE, found_new=True, now=NOW, chance=chance).interval == 5 * MINUTE
    assert (
        after_success(source, 10 * MINUTE, found_new=False, now=NOW, chance=chance).interval == 12.5 * MINUTE
    )


@given(interval=spans, shortest=spans, longest=spans, found=st.booleans(), chance=chances)
def test_the_next_poll_is_within_the_users_bounds(interval, shortest, longest, found, chance, bounded):
    shortest, longest = sorted((shortest, longest))
    plan = after_success(bounded(shortest, longest), interval, found_new=found, now=NOW, chance=chance)
    assert shortest <= plan.interval <= longest
    assert shortest <= plan.due - NOW <= longest


@given(interval=spans, shortest=spans, longest=spans, chance=chances)
def test_where_the_bounds_contradict_each_other_the_shortest_pause_is_kept(
    interval, shortest, longest, chance, bounded
):
    plan = after_success(bounded(shortest, longest), interval, found_new=True, now=NOW, chance=chance)
    assert plan.due - NOW >= shortest


def test_sources_added_together_do_not_stay_together(source):
    chance = random.Random(1)
    due = {after_success(source, MINUTE, found_new=False, now=NOW, chance=chance).due for _ in range(100)}
    assert len(due) > 90


def test_failures_double_the_pause_up_to_a_day(source):
    class NoChance(random.Random):
        def random(self):
            return 0.0

    pauses = [
        after_failure(source, MINUTE, fails, None, now=NOW, chance=NoChance()).due - NOW
        for fails in range(1, 1000)
    ]
    assert pauses[:3] == [4 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    assert pauses[-1] == DAY
    assert pauses == sorted(pauses)


@given(fails=st.integers(1, 10_000), asked=st.none() | spans, shortest=spans, chance=chances)
def test_a_failed_source_is_never_polled_sooner_than_its_server_asks(fails, asked, shortest, chance, bounded):
    source = bounded(shortest, max(shortest, DAY))
    plan = after_failure(source, MINUTE, fails, asked, now=NOW, chance=chance)
    assert plan.interval == MINUTE
    assert plan.due - NOW >= max(shortest, asked or timedelta(0))
    assert plan.due - NOW <= max(1.1 * max(DAY, shortest), asked or timedelta(0))


def test_the_first_pause_is_the_shortest(source):
    assert first_pause(source) == source.min_interval


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
        (b"9" * 5000, 86_400),
        (b"\xb2", None),  # a superscript two is a digit to Python
        (b"999999", 86_400),
        (b"Tue, 24 Nov 2026 21:02:00 GMT", 120),
        (b"Tue, 24 Nov 2026 20:00:00 GMT", 0),
        (b"Tue, 24 Nov 2026 21:02:00", 120),
        (b"Tue, 24 Nov 9999 23:59:59 GMT", 86_400),
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


def test_the_longest_interval_that_can_be_configured_still_has_a_next_time(source):
    century = timedelta(days=36500)
    source = source.model_copy(update={"min_interval": century, "max_interval": century})
    chance = random.Random(1)
    assert after_success(source, source.min_interval, found_new=False, now=NOW, chance=chance).due > NOW
    assert after_failure(source, source.min_interval, 30, None, now=NOW, chance=chance).due > NOW
