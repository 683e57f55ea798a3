"""What is learned of a source's rhythm, and when its quiet is news."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule.rhythm import Rhythm
from crawler.schedule.silence import is_silent, worth_full_request
from crawler.schedule.weekdays import weekday_seconds

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)  # a Tuesday
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

moments = st.timedeltas(-739_000 * DAY, 2_900_000 * DAY).map(NOW.__add__)
polls = st.lists(st.tuples(st.integers(-1, 10**9), st.timedeltas(-DAY, 40 * DAY)), max_size=30)


def lived(days, *, brings, each=HOUR / 2):
    """The rhythm of a source polled twice an hour until now; ``brings`` tells how much came by a time."""
    rhythm, now = Rhythm.unknown(), NOW - days * DAY
    while now < NOW:
        now += each
        rhythm = rhythm.observed(brings(now), each, now)
    return rhythm


def steady(count=1):
    return lived(4, brings=lambda _now: count)


def newspaper(now):
    """A story each half hour of a working day."""
    return int(now.weekday() < 5 and 7 <= now.hour < 19)


def test_a_source_that_brings_four_times_as_much_is_asked_twice_as_often():
    # Not four times: what the quiet ones lose would be more than what the busy one gains.
    ratio = steady(1).pause(NOW) / steady(4).pause(NOW)
    assert ratio == pytest.approx(2, rel=0.02)


def test_the_mean_gap_is_that_of_the_last_days():
    assert steady().mean_gap() == pytest.approx(HOUR / 2, rel=0.01)
    assert Rhythm.unknown().mean_gap() is None
    assert lived(40, brings=lambda now: int(now < NOW - 30 * DAY)).mean_gap() is None


def test_a_burst_is_followed_and_then_forgotten():
    calm = lived(4, brings=lambda now: int(now.hour % 6 == 0 and now.minute == 0))
    busy = calm
    for minute in range(5, 35, 5):
        busy = busy.observed(5, 5 * MINUTE, NOW + minute * MINUTE)
    soon = NOW + 30 * MINUTE
    assert busy.pause(soon) < calm.pause(soon) / 4
    later = busy
    for hour in range(96):
        later = later.observed(0, HOUR, NOW + hour * HOUR)
    assert later.pause(NOW + HOUR) > calm.pause(NOW + HOUR)


def test_by_night_a_newspaper_is_left_to_sleep_until_its_morning():
    rhythm = lived(15, brings=newspaper)
    noon, night, dawn = (NOW.replace(hour=hour, minute=0) for hour in (12, 22, 6))
    assert rhythm.pause(noon) < 20 * MINUTE
    assert rhythm.pause(night) > 2 * HOUR
    assert dawn + rhythm.pause(dawn) < dawn.replace(hour=8)


def test_a_feed_that_makes_up_all_its_ids_anew_counts_as_a_burst_and_not_as_thousands():
    rhythm = Rhythm.unknown().observed(10**6, HOUR, NOW)
    assert rhythm == Rhythm.unknown().observed(20, HOUR, NOW)


def test_nothing_known_is_a_story_a_day():
    assert HOUR < Rhythm.unknown().pause(NOW) < 2 * HOUR


def test_a_dead_source_is_believed_in_less_and_less():
    pauses = [Rhythm.unknown().observed(0, days * DAY, NOW).pause(NOW) for days in (1, 3, 10, 100, 1_000)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == DAY


def test_a_first_documents_dates_tell_its_rhythm():
    hourly = Rhythm.unknown().seeded([NOW - hours * HOUR for hours in range(30)], NOW)
    daily = Rhythm.unknown().seeded([NOW - days * DAY for days in range(30)], NOW)
    assert hourly.mean_gap() == pytest.approx(HOUR, rel=0.05)
    assert hourly.pause(NOW + HOUR) < daily.pause(NOW + HOUR)
    assert not is_silent(hourly, NOW, NOW)
    assert is_silent(hourly, NOW, NOW + 2 * DAY)


@pytest.mark.parametrize(
    "published",
    [
        [],
        [NOW],
        [NOW - HOUR, NOW],
        [NOW + days * DAY for days in range(30)],
    ],
)
def test_too_few_dates_tell_nothing(published):
    assert Rhythm.unknown().seeded(published, NOW) == Rhythm.unknown()


def test_an_old_favourite_on_top_does_not_hide_the_rhythm():
    dates = [NOW - hours * HOUR for hours in range(29)]
    old = Rhythm.unknown().seeded([NOW - 4_000 * DAY, *dates], NOW)
    assert old.mean_gap() == pytest.approx(HOUR, rel=0.05)


def test_dates_without_a_time_tell_no_hour():
    midnight = NOW.replace(hour=0)
    rhythm = Rhythm.unknown().seeded([midnight - days * DAY for days in range(30)], NOW)
    assert not any(rhythm.hours)


@given(polls=polls, dates=st.lists(moments, max_size=30), now=moments)
def test_whatever_happens_a_rhythm_has_a_pause_and_fits_into_the_store(polls, dates, now):
    rhythm = Rhythm.unknown().seeded(dates, now)
    for new, elapsed in polls:
        now = min(
            max(now + min(elapsed, DAY), datetime(11, 1, 1, tzinfo=UTC)), datetime(9998, 1, 1, tzinfo=UTC)
        )
        rhythm = rhythm.observed(new, elapsed, now)
        text = rhythm.to_text()
        assert len(text) <= 72
        stored = Rhythm.from_text(text)
        assert stored.pause(now).total_seconds() == pytest.approx(rhythm.pause(now).total_seconds(), rel=0.01)
        assert Rhythm.from_text(stored.to_text()) == stored
        assert timedelta(0) < rhythm.pause(now) <= DAY
        gap = rhythm.mean_gap()
        assert gap is None or gap > timedelta(0)


@given(st.text() | st.from_regex(r"\d{1,12}(\.\d+)?(e[+-]\d\d)?;\d*;\d*;\d*;([\w-]{24})?", fullmatch=True))
def test_no_text_in_the_store_stops_us(text):
    rhythm = Rhythm.from_text(text)
    assert timedelta(0) < rhythm.observed(1, HOUR, NOW).pause(NOW) <= DAY


@given(new=st.integers(0, 20), more=st.integers(0, 20), elapsed=st.timedeltas(MINUTE, DAY))
def test_the_more_a_poll_brings_the_shorter_the_next_pauses_on_the_whole(new, more, elapsed):
    few = Rhythm.unknown().observed(new, elapsed, NOW)
    many = Rhythm.unknown().observed(new + more, elapsed, NOW)
    assert many.stories >= few.stories
    if new:
        assert (many.mean_gap() or DAY) <= (few.mean_gap() or DAY * 10)


def test_what_is_read_back_from_the_store_at_every_poll_forgets_as_well():
    kept = stored = steady()
    for minute in range(0, 3 * 24 * 60, 2):
        now = NOW + minute * MINUTE
        kept = kept.observed(0, 2 * MINUTE, now)
        stored = Rhythm.from_text(stored.to_text()).observed(0, 2 * MINUTE, now)
    assert stored.stories == pytest.approx(kept.stories, rel=0.01)
    assert stored.span_s == pytest.approx(kept.span_s, rel=0.01)


def test_the_unknown_rhythm_takes_no_room():
    assert Rhythm.unknown().to_text() == ""
    assert Rhythm.from_text("") == Rhythm.unknown()


# --- silence


def test_weekends_take_no_time():
    friday = datetime(2026, 11, 27, 12, tzinfo=UTC)
    assert weekday_seconds(friday, friday + 3 * DAY) == 86_400
    assert weekday_seconds(friday + DAY, friday + 2 * DAY) == 0
    assert weekday_seconds(friday, friday + 7 * DAY) == 5 * 86_400
    assert weekday_seconds(friday, friday - DAY) == 0


def test_a_newspaper_is_silent_after_two_weekdays_but_not_by_night_or_over_a_weekend():
    rhythm = lived(15, brings=newspaper)
    friday = datetime(2026, 11, 27, 19, tzinfo=UTC)
    assert not is_silent(rhythm, friday, friday + 12 * HOUR)
    assert not is_silent(rhythm, friday, friday + 2.8 * DAY)
    assert is_silent(rhythm, friday, friday + 4 * DAY)


def test_a_busy_source_is_given_a_day():
    rhythm = steady()
    assert not is_silent(rhythm, NOW, NOW + 23 * HOUR)
    assert is_silent(rhythm, NOW, NOW + 25 * HOUR)


def test_a_source_of_which_little_is_known_is_never_silent():
    rhythm = Rhythm.unknown()
    for day in range(9):
        rhythm = rhythm.observed(1, DAY, NOW + day * DAY)
    assert not is_silent(rhythm, NOW, NOW + 1_000 * DAY)
    assert not is_silent(steady(), None, NOW + 1_000 * DAY)


def test_a_source_that_publishes_by_chance_raises_hardly_one_false_alarm_in_five_years():
    rng, alarms = random.Random(1), 0
    for _ in range(20):
        rhythm, last = Rhythm.unknown(), NOW
        for _ in range(300):
            gap = timedelta(days=rng.expovariate(1 / 1.5))
            alarms += is_silent(rhythm, last, last + gap)
            last += gap
            rhythm = rhythm.observed(1, gap, last)
    assert alarms <= 5  # in 25 source-years


def test_a_quiet_source_is_asked_in_full_before_it_counts_as_silent_and_once_a_week():
    rhythm, learned = lived(15, brings=newspaper), NOW - 30 * DAY
    quiet = NOW + 36 * HOUR
    assert not worth_full_request(rhythm, NOW, learned, NOW + 12 * HOUR)
    assert worth_full_request(rhythm, NOW, learned, quiet)
    assert not is_silent(rhythm, NOW, NOW + 1.2 * DAY)
    assert not worth_full_request(rhythm, NOW, quiet, quiet + 6 * DAY)
    assert worth_full_request(rhythm, NOW, quiet, quiet + 7 * DAY)


def test_a_source_that_never_brought_anything_is_asked_in_full_once_a_week():
    unknown = Rhythm.unknown().observed(0, 30 * DAY, NOW)
    assert worth_full_request(unknown, None, NOW - 10 * DAY, NOW)
    assert not worth_full_request(unknown, None, NOW - 6 * DAY, NOW)
    assert not worth_full_request(unknown, None, None, NOW)  # its first request is a full one anyway
