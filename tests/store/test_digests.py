"""What waits for a destination's digest goes out as one delivery."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.models import DeliveryState
from wirewatch.store import keys
from wirewatch.store.clock import now_ms, to_ms
from wirewatch.store.figures import figures
from wirewatch.store.sweep import Sweeper

WINDOW_END = datetime.now(UTC) - timedelta(seconds=1)


@pytest.fixture
def gathered(stories, deliveries, make_entry, make_decision):
    """Three alerts whose window has ended, one whose has not, and one for another destination: deliveries."""

    def ways(number, **options):
        decision = make_decision(make_entry(number), "tariffs", gathers=True, **options)
        (alert,) = stories.record([decision])
        return [one.id for one in deliveries.of_alert(alert)]

    due = [way for number in (1, 2, 3) for way in ways(number, due=WINDOW_END)]
    later = ways(4, due=datetime.now(UTC) + timedelta(hours=1))
    elsewhere = ways(5, due=WINDOW_END, send=("mail",))
    return due, later, elsewhere


def test_the_first_job_brings_all_that_wait_and_the_others_find_nothing_to_do(deliveries, gathered):
    due, later, elsewhere = gathered
    attempt = deliveries.begin(due[1])
    assert attempt.is_digest
    assert attempt.destination == "desk"
    assert len(attempt.alerts) == 3
    assert [deliveries.begin(way) for way in (*due, *later)] == [None] * 4
    other = deliveries.begin(elsewhere[0])
    assert other.is_digest
    assert len(other.alerts) == 1
    assert other.id != attempt.id


def test_a_digest_is_counted_as_its_alerts_and_each_of_them_fares_as_it_does(store, deliveries, gathered):
    due, later, _ = gathered
    attempt = deliveries.begin(due[0])
    deliveries.end(attempt.id, DeliveryState.DELIVERED, "200", "")
    assert figures(store).count("delivered") == 3
    assert {deliveries.delivery(way).state for way in due} == {DeliveryState.DELIVERED}
    assert deliveries.delivery(later[0]).state is DeliveryState.WAITING


def test_a_digest_tried_again_is_the_same_digest(store, deliveries, gathered):
    due, _, _ = gathered
    attempt = deliveries.begin(due[0])
    again = datetime.now(UTC)
    deliveries.end(attempt.id, DeliveryState.WAITING, "500", "", again)
    repeated = deliveries.begin(attempt.id)
    assert (repeated.id, repeated.alerts) == (attempt.id, attempt.alerts)
    assert repeated.made_before == 1
    assert store.zscore(keys.WAITING_DELIVERIES, attempt.id) > to_ms(again)


def test_a_digest_whose_worker_died_once_it_was_gathered_is_swept_up(store, deliveries, gathered):
    due, _, _ = gathered
    digest = deliveries._digest_of(due[0])
    store.zadd(keys.WAITING_DELIVERIES, {digest: now_ms() - 60_000})
    assert Sweeper(store).sweep().deliveries >= 1
    assert len(deliveries.begin(digest).alerts) == 3


def test_many_workers_at_the_same_instant_make_one_digest(deliveries, gathered):
    due, _, _ = gathered
    with ThreadPoolExecutor(8) as workers:
        attempts = [one for one in workers.map(deliveries.begin, due * 4) if one is not None]
    (attempt,) = attempts
    assert len(attempt.alerts) == 3
