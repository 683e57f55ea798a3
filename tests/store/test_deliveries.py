"""Door D: an attempt begins, and ends once."""

from datetime import UTC, datetime, timedelta

import pytest
from rq.job import Job
from rq.registry import ScheduledJobRegistry
from rq.serializers import JSONSerializer

from wirewatch.models import Copy, DeliveryState
from wirewatch.store import keys
from wirewatch.store.clock import now_ms, to_ms
from wirewatch.store.deliveries import ATTEMPT_LEASE
from wirewatch.store.figures import figures
from wirewatch.store.queues import ALERTS, queue

DELIVERED, PARKED, WAITING = DeliveryState.DELIVERED, DeliveryState.PARKED, DeliveryState.WAITING
TOMORROW = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def alert(stories, make_entry, make_decision):
    """An alert on its way to one destination."""
    (alert,) = stories.record([make_decision(make_entry(1), "tariffs")])
    return alert


@pytest.fixture
def way(deliveries, alert):
    """Its delivery."""
    (way,) = deliveries.of_alert(alert)
    return way.id


@pytest.fixture
def planned(store):
    """The jobs planned for later: delivery id and time."""

    def read():
        registry = ScheduledJobRegistry(queue=queue(store, ALERTS))
        return [(job.partition("-")[0], registry.get_scheduled_time(job)) for job in registry.get_job_ids()]

    return read


def test_an_attempt_in_hand_is_not_begun_by_another(store, deliveries, alert, way):
    attempt = deliveries.begin(way)
    assert (attempt.alerts[0].id, attempt.destination, attempt.made_before) == (alert, "desk", 0)
    assert deliveries.begin(way) is None
    # The sweeper looks again once it must be lost.
    waits = store.zscore(keys.WAITING_DELIVERIES, way) - now_ms()
    assert 0 < waits <= ATTEMPT_LEASE.total_seconds() * 1000


def test_an_attempt_lost_with_its_worker_is_made_again_and_counted(store, deliveries, way):
    deliveries.begin(way)
    store.hset(keys.delivery(way), "lease", now_ms() - 1)
    assert deliveries.begin(way).made_before == 1
    assert deliveries.delivery(way).attempts == 2


def test_what_is_delivered_is_not_begun_again(store, deliveries, way):
    deliveries.begin(way)
    deliveries.end(way, DELIVERED, "200", "thanks")
    assert deliveries.begin(way) is None
    told = deliveries.delivery(way)
    assert (told.state, told.last_status, told.answer) == (DELIVERED, "200", "thanks")
    assert told.ended is not None
    assert (figures(store).waiting_deliveries, figures(store).count("delivered")) == (0, 1)


def test_a_failed_attempt_is_planned_and_remembered(store, deliveries, way, planned):
    queue(store, ALERTS).empty()
    deliveries.begin(way)
    deliveries.end(way, WAITING, "503", "busy", due=TOMORROW)
    ((job, at),) = planned()
    assert (job, abs(at - TOMORROW) < timedelta(seconds=1)) == (way, True)
    assert store.zscore(keys.WAITING_DELIVERIES, way) == to_ms(TOMORROW)
    told = deliveries.delivery(way)
    assert (told.state, told.attempts, told.last_status) == (WAITING, 1, "503")
    # Its first job ends after that, and must not take the planned one with it.
    assert queue(store, ALERTS).count == 0
    (planned_job,) = ScheduledJobRegistry(queue=queue(store, ALERTS)).get_job_ids()
    assert Job.exists(planned_job, store)
    assert Job.fetch(planned_job, store, serializer=JSONSerializer).args == [way]


def test_a_job_that_comes_too_early_does_nothing_and_is_not_missed(store, deliveries, way):
    deliveries.begin(way)
    deliveries.end(way, WAITING, "503", "", due=TOMORROW)
    store.zadd(keys.WAITING_DELIVERIES, {way: now_ms()})
    assert deliveries.begin(way) is None
    assert store.zscore(keys.WAITING_DELIVERIES, way) == to_ms(TOMORROW)
    # RQ's scheduler counts in whole seconds.
    soon = datetime.now(UTC) + timedelta(milliseconds=800)
    deliveries.end(way, WAITING, "503", "", due=soon)
    assert deliveries.begin(way) is not None


def test_a_delivery_ends_once(store, deliveries, way, planned):
    deliveries.begin(way)
    deliveries.end(way, PARKED, "404", "no such hook")
    told = deliveries.delivery(way)
    deliveries.end(way, DELIVERED, "200", "")
    deliveries.end(way, WAITING, "503", "", due=TOMORROW)
    assert deliveries.delivery(way) == told
    assert store.zrange(keys.PARKED, 0, -1) == [way.encode()]
    now = figures(store)
    assert (now.count("parked"), now.count("delivered"), now.waiting_deliveries) == (1, 0, 0)
    # The job that the last one planned finds nothing to do.
    assert [deliveries.begin(job) for job, _ in planned()] == [None]


def test_an_answer_that_no_encoding_can_carry_ends_a_delivery(deliveries, way):
    deliveries.begin(way)
    deliveries.end(way, DELIVERED, "200", "caf\udce9 \ud83d \x00")
    assert deliveries.delivery(way).state is DELIVERED


def test_what_was_parked_long_ago_is_listed_no_more(store, deliveries, way):
    store.zadd(keys.PARKED, {"forgotten": 1})
    deliveries.begin(way)
    deliveries.end(way, PARKED, "404", "")
    assert store.zrange(keys.PARKED, 0, -1) == [way.encode()]


def test_an_alert_names_the_copies_that_were_known_at_its_first_attempt(deliveries, alert):
    first = (Copy(url="https://b.example/", source="B", title="the same"),)
    assert deliveries.settle_copies(alert, first) == first
    more = (*first, Copy(url="https://c.example/", source="C", title="the same"))
    assert deliveries.settle_copies(alert, more) == first
    assert deliveries.settle_copies(alert, ()) == first


def test_a_delivery_that_nobody_knows_is_nothing_to_do(store, deliveries):
    store.zadd(keys.WAITING_DELIVERIES, {"d00": 0})
    assert deliveries.begin("d00") is None
    assert deliveries.delivery("d00") is None
    assert figures(store).waiting_deliveries == 0
