"""What feeds say of when to ask for them, and what their headers say."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule.freshness import fresh_for
from crawler.schedule.wishes import Wishes, read_wishes

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)  # a Tuesday
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)

texts = (
    st.none() | st.text(max_size=20) | st.from_regex(r"\s?\d+(\.\d+)?\s?") | st.sampled_from(["daily", "24"])
)
moments = st.timedeltas(-9_000 * DAY, 9_000 * DAY).map(NOW.__add__)


@pytest.mark.parametrize(
    ("ttl", "span"),
    [
        ("60", HOUR),
        (" 15\n", 15 * MINUTE),
        ("1.5", 1.5 * MINUTE),
        ("99999999999999999999", None),
        ("999999999", YEAR),
        ("0", None),
        ("-5", None),
        ("one hour", None),
        ("٣", None),  # a digit to Python, not to RSS
        ("", None),
        (None, None),
    ],
)
def test_ttl_is_in_minutes(ttl, span):
    assert read_wishes(ttl=ttl).ttl == span


@pytest.mark.parametrize(
    ("period", "frequency", "span"),
    [
        ("hourly", None, HOUR),
        ("\n\thourly\t", "\n\t1\t", HOUR),  # as WordPress has it
        ("hourly", "2", 30 * MINUTE),
        ("Daily", "1", DAY),
        ("dayly", "4", 6 * HOUR),
        ("weekly", "7", DAY),
        ("monthly", "1", 30 * DAY),
        ("yearly", "1", YEAR),
        ("hourly", "0", HOUR),
        ("hourly", "often", HOUR),
        ("hourly", "-2", HOUR),
        ("hourly", "999999999", None),
        ("always", "1", None),
        ("", "1", None),
        (None, "2", 12 * HOUR),  # the module's default is a day
        (None, None, None),
    ],
)
def test_the_syndication_module_says_how_often_a_feed_changes(period, frequency, span):
    assert read_wishes(period=period, frequency=frequency).update_every == span


def test_hours_and_days_to_skip_are_read_as_people_write_them():
    wishes = read_wishes(hours=["0", " 3 ", "24", "25", "-1", "x"], days=["Sunday", " sat", "MONDAY", "Sol"])
    assert wishes.skip_hours == {0, 3}
    assert wishes.skip_days == {5, 6, 0}


@pytest.mark.parametrize(
    ("hours", "days", "at", "opens", "by"),
    [
        ([], [], NOW, NOW, None),
        (["20"], [], NOW, NOW, None),
        (["21"], [], NOW + MINUTE, NOW + HOUR, "skipHours"),
        (["21", "22", "23", "0"], [], NOW + MINUTE, NOW + 4 * HOUR, "skipHours"),
        ([], ["Tuesday"], NOW + MINUTE, NOW + 3 * HOUR, "skipDays"),
        (["0"], ["Tuesday"], NOW, NOW + 4 * HOUR, "skipHours"),
        ([str(hour) for hour in range(24)], [], NOW, NOW, None),
        ([], ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], NOW, NOW, None),
    ],
)
def test_a_source_opens_at_the_first_hour_that_is_not_skipped(hours, days, at, opens, by):
    assert read_wishes(hours=hours, days=days).open_from(at) == (opens, by)


@given(
    hours=st.frozensets(st.integers(0, 23), max_size=23),
    days=st.frozensets(st.integers(0, 6), max_size=6),
    at=moments,
)
def test_some_hour_of_a_week_is_always_open(hours, days, at):
    opens, by = Wishes(None, None, hours, days).open_from(at)
    assert at <= opens <= at + 7 * DAY
    assert opens.hour not in hours
    assert opens.weekday() not in days
    assert (opens == at) == (by is None)


@given(
    ttl=texts, period=texts, frequency=texts, hours=st.lists(texts.map(str)), days=st.lists(texts.map(str))
)
def test_whatever_a_feed_says_is_read_and_comes_back_from_the_store(ttl, period, frequency, hours, days):
    wishes = read_wishes(ttl=ttl, period=period, frequency=frequency, hours=hours, days=days)
    for span in (wishes.ttl, wishes.update_every):
        assert span is None or timedelta(0) < span <= YEAR
    assert Wishes.from_text(wishes.to_text()) == wishes
    assert len(wishes.to_text()) < 40


@given(st.text() | st.from_regex(r"[0-9a-f]{0,20};\d*;[0-9a-f]*;[0-9a-f]*"))
def test_no_text_in_the_store_stops_us(text):
    assert Wishes.from_text(text).open_from(NOW)[0] <= NOW + 7 * DAY


def test_no_wishes_take_no_room():
    assert Wishes().to_text() == ""
    assert Wishes.from_text("") == Wishes()


# --- headers


@pytest.mark.parametrize(
    ("cache_control", "age", "seconds"),
    [
        (b"max-age=3600", None, 3_600),
        (b"public, Max-Age=60", None, 60),
        (b'max-age="60"', None, 60),
        (b"max-age=60, max-age=3600", None, 60),
        (b"private, max-age=60", None, 60),
        (b"s-maxage=60", None, None),
        (b"s-maxage=60, max-age=7", None, 7),
        (b"max-age=60", b"20", 40),
        (b"max-age=60", b"60", None),
        (b"max-age=60", b"soon", 60),
        (b"max-age=0", None, None),
        (b"max-age=-1", None, None),
        (b"max-age=1.5", None, None),
        (b"max-age=", None, None),
        (b"max-age", None, None),
        (b"max-age=\xb2", None, None),
        (b"max-age=99999999999999999999", None, 365 * 86_400),
        (b"no-cache, max-age=60", None, None),
        (b"max-age=60, No-Store", None, None),
        (b'no-cache="Set-Cookie", max-age=60', None, 60),
        (b'private="no-store, x", max-age=60', None, 60),
        (b"max-age=60" + b"," * 100_000, None, 60),
        (b"", None, None),
        (None, None, None),
    ],
)
def test_max_age_says_how_long_an_answer_stays_good(cache_control, age, seconds):
    fresh = fresh_for(cache_control, None, None, age, NOW)
    assert fresh == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("expires", "date", "fresh"),
    [
        (b"Tue, 24 Nov 2026 22:00:00 GMT", None, HOUR),
        (b"Tue, 24 Nov 2026 22:00:00 GMT", b"Tue, 24 Nov 2026 21:30:00 GMT", HOUR / 2),
        (b"Tue, 24 Nov 2026 22:00:00 GMT", b"yesterday", HOUR),
        (b"Tue, 24 Nov 2026 20:00:00 GMT", None, None),
        (b"Fri, 31 Dec 9999 23:59:59 GMT", None, YEAR),
        (b"0", None, None),
        (b"-1", None, None),
        (b"", None, None),
    ],
)
def test_expires_counts_from_the_servers_own_clock(expires, date, fresh):
    assert fresh_for(None, expires, date, None, NOW) == fresh
    assert fresh_for(b"max-age=7", expires, date, None, NOW) == timedelta(seconds=7)


headers = (
    st.none()
    | st.binary(max_size=50)
    | st.from_regex(rb"(max-age|no-cache)?=?\"?\d+, [A-Z][a-z]{2}, \d+ Nov")
)


@given(headers, headers, headers, headers)
def test_no_header_stops_us(cache_control, expires, date, age):
    fresh = fresh_for(cache_control, expires, date, age, NOW)
    assert fresh is None or timedelta(0) < fresh <= YEAR
