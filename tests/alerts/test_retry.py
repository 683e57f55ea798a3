from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.alerts.outcome import Outcome, retry_after_s
from workers.alerts.retry import ATTEMPTS, JITTER, PLAN, next_attempt

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
DOWN = Outcome("retry", "connection refused")


def wait(attempts_made, outcome, seed=1):
    due = next_attempt(attempts_made, outcome, NOW, Random(seed))
    return due - NOW


@pytest.mark.parametrize(("attempts_made", "planned"), list(enumerate(PLAN, start=1)))
def test_a_failed_attempt_is_repeated_on_the_plan_of_standard_webhooks(attempts_made, planned):
    assert planned * (1 - JITTER) <= wait(attempts_made, DOWN) <= planned * (1 + JITTER)


def test_many_alerts_do_not_all_come_back_at_once():
    assert len({wait(3, DOWN, seed) for seed in range(50)}) == 50


def test_the_plan_ends_after_three_days():
    assert timedelta(days=3) < sum(PLAN, timedelta()) < timedelta(days=3, hours=5)
    assert next_attempt(ATTEMPTS, DOWN, NOW, Random(1)) is None


@pytest.mark.parametrize("kind", ["delivered", "refused"])
def test_what_is_delivered_or_refused_is_not_tried_again(kind):
    assert next_attempt(1, Outcome(kind, "200"), NOW, Random(1)) is None


@pytest.mark.parametrize("status", ["429", "503"])
def test_a_receiver_that_says_one_second_gets_the_alert_after_one_second(status):
    again = Outcome("retry", status, retry_after=1.0)
    for attempts_made in (1, 2):
        assert timedelta(seconds=1) <= wait(attempts_made, again) <= timedelta(seconds=1.1)


def test_a_receiver_that_always_says_one_second_does_not_use_up_its_attempts_in_ten_seconds():
    again = Outcome("retry", "503", retry_after=1.0)
    total = sum((wait(made, again) for made in range(1, ATTEMPTS)), timedelta())
    assert total > timedelta(days=1)


def test_an_early_word_counts_only_from_a_receiver_that_knows_when():
    assert wait(3, Outcome("retry", "500", retry_after=1.0)) > timedelta(minutes=26)


@settings(deadline=None)
@given(
    made=st.integers(0, 40),
    asked=st.none() | st.floats(0, 86_400),
    status=st.sampled_from(["429", "503", "500", "timed out", "404"]),
    seed=st.integers(0, 999),
)
def test_a_next_attempt_is_never_sooner_than_retry_after_and_never_far_away(made, asked, status, seed):
    due = next_attempt(made, Outcome("retry", status, retry_after=asked), NOW, Random(seed))
    assert (due is None) == (made >= ATTEMPTS)
    if due:
        # A timedelta holds whole microseconds.
        assert due - NOW >= timedelta(seconds=asked or 0)
        assert due - NOW <= timedelta(hours=24) * (1 + JITTER) + timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("Tue, 24 Nov 2026 21:02:00 GMT", 120.0),
        ("Tuesday, 24-Nov-26 21:02:00 GMT", 120.0),  # RFC 850, still sent
        ("Tue, 24 Nov 2026 21:02:00 -0000", 120.0),
        ("Tue, 24 Nov 2026 20:00:00 GMT", 0.0),
        ("9" * 400, 86_400.0),
        ("Fri, 24 Nov 2028 21:00:00 GMT", 86_400.0),
        ("-5", None),
        ("٣", None),
        ("soon", None),
        ("Tue, 99 Nov 2026 21:02:00 GMT", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(header, seconds):
    assert retry_after_s(header, NOW) == seconds


@settings(deadline=None)
@given(st.text())
def test_any_retry_after_is_a_wait_of_at_most_a_day_or_none(header):
    seconds = retry_after_s(header, NOW)
    assert seconds is None or 0 <= seconds <= 86_400
