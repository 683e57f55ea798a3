"""What was lost comes back; what only waits is left alone."""

from datetime import UTC, datetime, timedelta

import pytest
from rq.job import Job
from rq.registry import ScheduledJobRegistry
from rq.serializers import JSONSerializer

from wirewatch.models import DeliveryState
from wirewatch.store import keys
from wirewatch.store.clock import now_ms
from wirewatch.store.figures import figures
from wirewatch.store.handover import hand_over
from wirewatch.store.queues import ALERTS, STORIES, queue
from wirewatch.store.sweep import Sweeper, Swept


@pytest.fixture
def sweeper(store):
    return Sweeper(store)


@pytest.fixture
def overdue(store):
    """Let everything that waits have waited long enough."""

    def let():
        for key in (keys.WAITING_STORIES, keys.WAITING_DELIVERIES):
            for member in store.zrange(key, 0, -1):
                store.zadd(key, {member: now_ms() - 60_000})

    return let


@pytest.fixture
def batches(store):
    """What the jobs waiting in the queue for stories carry."""

    def read():
        jobs = Job.fetch_many(queue(store, STORIES).get_job_ids(), store, serializer=JSONSerializer)
        return sorted(job.args[0] for job in jobs)

    return read


@pytest.fixture
def entries(store, make_entry, make_page):
    """Three entries handed over in one batch."""
    entries = [make_entry(n) for n in range(3)]
    hand_over(store, [make_page(entry) for entry in entries])
    return entries


@pytest.fixture
def way(stories, deliveries, make_entry, make_decision):
    """The delivery of an alert."""
    (alert,) = stories.record([make_decision(make_entry(9), "tariffs")])
    return deliveries.of_alert(alert)[0].id


def test_stories_of_a_lost_job_come_back_one_by_one(store, sweeper, entries, batches, overdue):
    queue(store, STORIES).empty()
    assert sweeper.sweep() == Swept(0, 0)
    overdue()
    assert sweeper.sweep() == Swept(3, 0)
    assert batches() == sorted([entry.id] for entry in entries)
    assert figures(store).count("swept_stories") == 3
    # They wait in the queue now: that is no loss, however long it takes.
    overdue()
    assert sweeper.sweep() == Swept(0, 0)


def test_stories_whose_job_is_still_queued_stay(sweeper, entries, batches, overdue):
    overdue()
    assert sweeper.sweep() == Swept(0, 0)
    assert batches() == [[entry.id for entry in entries]]


def test_stories_in_the_hands_of_a_worker_stay(store, sweeper, stories, entries, overdue):
    overdue()
    queue(store, STORIES).empty()  # as when a worker takes the job
    stories.take([entry.id for entry in entries])
    assert sweeper.sweep() == Swept(0, 0)


def test_decided_stories_do_not_come_back(store, sweeper, stories, entries, overdue, make_decision):
    stories.record([make_decision(entry) for entry in entries])
    queue(store, STORIES).empty()
    overdue()
    assert sweeper.sweep() == Swept(0, 0)


def test_a_story_waits_for_one_job_at_a_time(store, sweeper, entries, overdue):
    for _ in range(3):
        queue(store, STORIES).empty()
        overdue()
        sweeper.sweep()
    assert queue(store, STORIES).count == 3
    for entry in entries:
        assert store.hget(keys.STORY_JOBS, entry.id).decode() in queue(store, STORIES).get_job_ids()


def test_one_sweeps_at_a_time(store, sweeper):
    other = Sweeper(store)
    assert sweeper.hold_lock()
    assert not other.hold_lock()
    assert sweeper.hold_lock()
    assert 0 < store.pttl(keys.SWEEPER_LOCK) <= 10_000
    other.release()
    assert not other.hold_lock()


def test_a_lock_given_back_is_free(store, sweeper):
    other = Sweeper(store)
    sweeper.hold_lock()
    sweeper.release()
    deadline = now_ms() + 5_000
    while not other.hold_lock():
        assert now_ms() < deadline


def test_a_lost_delivery_comes_back(store, sweeper, deliveries, way, overdue):
    queue(store, ALERTS).empty()
    overdue()
    assert sweeper.sweep() == Swept(0, 1)
    (job,) = queue(store, ALERTS).get_job_ids()
    assert job.startswith(way)
    overdue()
    assert sweeper.sweep() == Swept(0, 0)
    assert deliveries.begin(way) is not None


def test_a_delivery_in_a_workers_hands_stays(store, sweeper, deliveries, way):
    deliveries.begin(way)
    queue(store, ALERTS).empty()
    assert sweeper.sweep() == Swept(0, 0)


def test_a_delivery_lost_with_its_worker_comes_back(store, sweeper, deliveries, way, overdue):
    deliveries.begin(way)
    queue(store, ALERTS).empty()
    overdue()
    store.hset(keys.delivery(way), "lease", now_ms() - 1)
    assert sweeper.sweep() == Swept(0, 1)
    assert deliveries.begin(way).made_before == 1


def test_a_retry_whose_planned_job_vanished_comes_back_when_it_is_due(
    store, sweeper, deliveries, way, overdue
):
    queue(store, ALERTS).empty()
    deliveries.begin(way)
    deliveries.end(way, DeliveryState.WAITING, "503", "", due=datetime.now(UTC) + timedelta(milliseconds=900))
    store.delete(ScheduledJobRegistry(queue=queue(store, ALERTS)).key)
    assert sweeper.sweep() == Swept(0, 0)
    overdue()
    assert sweeper.sweep() == Swept(0, 1)
    assert deliveries.begin(way) is not None


def test_a_retry_planned_for_tomorrow_is_left_alone(store, sweeper, deliveries, way, overdue):
    queue(store, ALERTS).empty()
    deliveries.begin(way)
    deliveries.end(way, DeliveryState.WAITING, "503", "", due=datetime.now(UTC) + timedelta(days=1))
    assert sweeper.sweep() == Swept(0, 0)
    # Where a sweeper looked before that and wrote after it, one needless job sets it right.
    overdue()
    assert sweeper.sweep() == Swept(0, 1)
    assert deliveries.begin(way) is None
    queue(store, ALERTS).empty()
    assert sweeper.sweep() == Swept(0, 0)
    assert store.zscore(keys.WAITING_DELIVERIES, way) > now_ms() + 80_000_000


def test_ended_deliveries_do_not_come_back(store, sweeper, deliveries, way, overdue):
    deliveries.begin(way)
    deliveries.end(way, DeliveryState.DELIVERED, "200", "")
    queue(store, ALERTS).empty()
    overdue()
    assert sweeper.sweep() == Swept(0, 0)


def test_a_long_queue_hides_no_loss_for_ever(store, sweeper, make_entry, make_page, overdue):
    many = [make_entry(n) for n in range(600)]
    for at in range(0, 600, 100):
        hand_over(store, [make_page(entry, b"") for entry in many[at : at + 100]])
    lost = queue(store, STORIES).get_job_ids()[-1]
    queue(store, STORIES).remove(lost)
    overdue()
    assert sweeper.sweep().stories + sweeper.sweep().stories == 100
