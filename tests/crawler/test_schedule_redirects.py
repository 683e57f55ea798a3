"""When a source has moved for good."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.schedule.redirects import Hop, Moving, after_failure, after_success, moved_to

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OLD, NEW, OTHER = "https://old.example/feed", "https://new.example/feed", "https://other.example/feed"
TO_NEW, TO_OTHER = (Hop(301, NEW),), (Hop(301, OTHER),)


def address(moving, at):
    return moving.to if moving and moving.holds(at) else OLD


def polled(moving, at, *hops):
    return after_success(moving, asked=address(moving, at), original=OLD, hops=hops, now=at)


def told(*polls):
    """What is believed after polls: each a time and the redirects that it met."""
    moving = None
    for at, hops in polls:
        moving = polled(moving, at, *hops)
    return moving


SETTLED = told((NOW, TO_NEW), (NOW + HOUR, TO_NEW), (NOW + DAY, TO_NEW))


@pytest.mark.parametrize(
    ("asked", "hops", "to"),
    [
        (OLD, [], None),
        (OLD, [(301, NEW)], NEW),
        (OLD, [(308, NEW)], NEW),
        (OLD, [(302, NEW)], None),
        (OLD, [(307, NEW), (301, OTHER)], None),
        (OLD, [(301, NEW), (302, OTHER)], NEW),
        (OLD, [(301, NEW), (308, OTHER)], OTHER),
        (OLD, [(301, NEW), (301, OLD)], None),
        ("http://old.example/feed", [(301, OLD)], OLD),
        ("http://old.example/feed", [(301, "http://new.example/")], "http://new.example/"),
        (OLD, [(301, "http://new.example/feed")], None),  # whoever forges one answer could listen ever after
        (OLD, [(301, "file:///etc/passwd")], None),
        (OLD, [(301, "https://new.example/" + "x" * 2_000)], None),
        (OLD, [(301, "https://new.example/a b")], None),
    ],
)
def test_a_source_moves_as_far_as_its_redirects_are_permanent(asked, hops, to):
    assert moved_to(asked, [Hop(*hop) for hop in hops]) == to


def test_a_move_is_believed_when_it_held_for_a_day_and_three_polls():
    assert SETTLED.holds(NOW + DAY)
    assert address(SETTLED, NOW + DAY) == NEW
    hasty = told((NOW, TO_NEW), (NOW + HOUR, TO_NEW), (NOW + 23 * HOUR, TO_NEW))
    assert address(hasty, NOW + 23 * HOUR) == OLD
    rare = told((NOW, TO_NEW), (NOW + 5 * DAY, TO_NEW))
    assert address(rare, NOW + 5 * DAY) == OLD


def test_a_chain_that_leads_elsewhere_starts_anew():
    moving = told((NOW, TO_NEW), (NOW + HOUR, TO_NEW), (NOW + DAY, TO_OTHER))
    assert moving == Moving(OTHER, NOW + DAY, 1)
    assert told((NOW, TO_NEW), (NOW + HOUR, TO_NEW), (NOW + DAY, ())) is None


def test_a_source_that_has_moved_stays_there_while_it_answers():
    assert polled(SETTLED, NOW + 2 * DAY) == SETTLED
    further = polled(SETTLED, NOW + 2 * DAY, *TO_OTHER)
    assert further == Moving(OTHER, NOW + 2 * DAY, 1)
    assert address(further, NOW + 2 * DAY) == OLD


def test_a_redirect_that_ends_before_it_was_ever_followed_for_good_moves_nothing():
    nearly = told((NOW, TO_NEW), (NOW + HOUR, TO_NEW), (NOW + 23 * HOUR, TO_NEW))
    assert after_success(nearly, asked=OLD, original=OLD, hops=(), now=NOW + 2 * DAY) is None


def test_a_source_that_is_sent_back_is_back():
    assert polled(SETTLED, NOW + 2 * DAY, Hop(301, OLD)) is None


def test_a_new_address_that_fails_hard_five_times_in_a_row_is_given_up():
    assert after_failure(SETTLED, 4.5) == SETTLED
    assert after_failure(SETTLED, 5.0) is None
    assert after_failure(None, 1.0) is None


@given(st.text() | st.from_regex(r"\d+ \d+ https?://\S+"))
def test_no_text_in_the_store_stops_us(text):
    moving = Moving.from_text(text)
    assert moving is None or address(moving, NOW)


hop_lists = st.lists(
    st.builds(
        Hop,
        st.sampled_from([301, 302, 303, 307, 308]),
        st.sampled_from([OLD, NEW, OTHER, "http://x.example/"]),
    ),
    max_size=4,
)


@given(st.lists(st.tuples(st.timedeltas(timedelta(0), DAY), hop_lists, st.floats(0, 6)), max_size=20))
def test_a_source_is_asked_elsewhere_only_after_a_day_and_three_polls_of_the_same_answer(polls):
    moving, now, story = None, NOW, []
    for pause, hops, trouble in polls:
        now += pause
        at = address(moving, now)
        if at != OLD:
            told_so = [when for when, to in story if to == at]
            assert len(told_so) >= 3
            assert now - told_so[0] >= DAY
        if trouble < 1:
            story.append((now, moved_to(at, hops)))
            moving = polled(moving, now, *hops)
        else:
            moving = after_failure(moving, trouble)
        if moving is not None:
            assert Moving.from_text(moving.to_text()) == moving
