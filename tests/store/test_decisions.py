"""Door C: what is decided is recorded once, whoever decides it, and however often."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rq.job import Job
from rq.registry import ScheduledJobRegistry
from rq.serializers import JSONSerializer

from wirewatch.ids import delivery_id
from wirewatch.models import DeliveryState
from wirewatch.store import keys
from wirewatch.store.connection import connect
from wirewatch.store.figures import figures
from wirewatch.store.handover import hand_over
from wirewatch.store.queues import ALERTS, DELIVER, queue
from wirewatch.store.stories import Alike, Signed, Stories

# Four places of one byte in two bands are enough to be nearly the same or not.
LEAST = 3
ALIKE = Alike(
    places=4,
    number_places=2,
    width=1,
    least=LEAST,
    least_within=4,
    least_cut=2,
    words_contained=0.75,
    numbers_contained=0.5,
)


def signed(name, signature, *, source=None, title="", words=100):
    bands = tuple(f"{at}:{signature[at : at + 2].hex()}" for at in (0, 2))
    bands = bands if signature else ()
    return Signed(name, source or f"source of {name}", signature, bands, title, words, numbers=4)


@pytest.fixture
def join(stories):
    def join(*some):
        return stories.join(some, ALIKE)

    return join


@pytest.fixture
def entry(store, make_entry, make_page):
    """An entry that was handed over."""
    entry = make_entry(1)
    hand_over(store, [make_page(entry)])
    return entry


def test_an_alert_is_made_once_and_each_of_its_deliveries_has_one_job(
    store, stories, deliveries, entry, make_decision
):
    decision = make_decision(entry, "tariffs", send=("desk", "hook"))
    (alert,) = stories.record([decision])
    assert stories.record([decision]) == []
    assert stories.record([make_decision(entry, "tariffs", send=("desk", "hook"))]) == []
    ids = {delivery_id(alert, "desk"), delivery_id(alert, "hook")}
    assert {one.id for one in deliveries.of_alert(alert)} == ids
    jobs = queue(store, ALERTS).get_job_ids()
    assert sorted(job.partition("-")[0] for job in jobs) == sorted(ids)
    job = Job.fetch(jobs[0], store, serializer=JSONSerializer)
    assert (job.func_name, job.args) == (DELIVER, [jobs[0].partition("-")[0]])
    now = figures(store)
    assert (now.count("alerts"), now.count("decided"), now.count("matched")) == (1, 1, 1)


def test_what_is_decided_waits_no_more(store, stories, entry, make_decision):
    stories.begin_alone(entry.id)
    stories.record([make_decision(entry, "tariffs")])
    assert figures(store).waiting_stories == 0
    for key in (keys.page(entry.id), keys.STORY_JOBS, keys.STORY_ATTEMPTS):
        assert not store.exists(key)
    assert figures(store).waiting_deliveries == 1
    assert stories.take([entry.id]) == []


def test_a_job_for_what_was_decided_before_leaves_nothing_behind(store, stories, entry, make_decision):
    stories.record([make_decision(entry)])
    # As a sweeper leaves it that looked before the decision and wrote after it.
    store.zadd(keys.WAITING_STORIES, {entry.id: 0})
    store.hset(keys.STORY_JOBS, entry.id, "job")
    assert stories.take([entry.id]) == []
    assert not store.exists(keys.WAITING_STORIES, keys.STORY_JOBS)


def test_a_story_decided_again_alerts_for_its_new_topic_only(store, stories, entry, make_decision):
    stories.record([make_decision(entry, "tariffs")])
    (alert,) = stories.record([make_decision(entry, "tariffs", "china")])
    found = stories.story(make_decision(entry).story.id)
    assert [match.topic for match in found[1]] == ["tariffs", "china"]
    assert figures(store).count("alerts") == 2
    assert figures(store).queued_deliveries == 2
    assert alert == make_decision(entry, "china").alerts[0][0].id


def test_a_text_handed_over_while_the_one_before_it_is_decided_waits_for_its_own_decision(
    store, stories, entry, make_entry, make_page, make_decision
):
    assert len(stories.take([entry.id])) == 1
    edited = make_entry(1, "edited")
    hand_over(store, [make_page(edited)])
    stories.record([make_decision(entry, "tariffs")])
    (page,) = stories.take([entry.id])
    assert page.entry.summary == "edited"
    (alert,) = stories.record([make_decision(edited, "tariffs", "china")])
    assert alert == make_decision(entry, "china").alerts[0][0].id
    assert stories.take([entry.id]) == []
    assert figures(store).waiting_stories == 0


def test_an_old_story_makes_no_alert_and_its_edits_are_silent(
    store, sources, shard, stories, make_source, make_entry, make_poll, make_page, make_decision
):
    sources.put([make_source()])
    entry = make_entry(1)
    shard.record(make_poll(entry))
    shard.pages()
    hand_over(store, [make_page(entry)])
    for _ in range(2):
        assert stories.record([make_decision(entry, result="old")]) == []
    assert shard.record(make_poll(make_entry(1, "edited"))) == (0, 0)


def test_a_digest_waits_for_its_window(store, stories, deliveries, entry, make_decision):
    due = datetime.now(UTC) + timedelta(hours=1)
    (alert,) = stories.record([make_decision(entry, "tariffs", due=due)])
    assert queue(store, ALERTS).count == 0
    registry = ScheduledJobRegistry(queue=queue(store, ALERTS))
    (job,) = registry.get_job_ids()
    assert abs(registry.get_scheduled_time(job) - due) < timedelta(seconds=1)
    (delivery,) = deliveries.of_alert(alert)
    assert abs(delivery.due - due) < timedelta(milliseconds=1)
    assert deliveries.begin(delivery.id) is None


def test_a_page_set_aside_is_kept_with_its_reason_and_can_still_be_decided(
    store, stories, entry, make_decision
):
    (page,) = stories.take([entry.id])
    for _ in range(2):
        stories.set_aside(page, "it kills its reader")
    assert figures(store).set_aside == 1
    assert b"it kills its reader" in store.hget(keys.SET_ASIDE, entry.id)
    assert stories.take([entry.id]) == [page]
    stories.record([make_decision(entry, result="set aside")])
    assert store.exists(keys.SET_ASIDE_PAGE_PREFIX + entry.id)
    assert stories.take([entry.id]) == []


def test_the_stream_tells_every_decision_once(stories, entry, make_decision):
    assert stories.last_decision() == "0-0"
    for _ in range(2):
        stories.record([make_decision(entry, "tariffs")])
    ((stream_id, told),) = stories.decided_since("0")
    assert (told["entry"], told["result"]) == (entry.id, "decided")
    assert stories.decided_since(stream_id) == []


def test_alerts_are_listed_newest_first_and_as_long_as_they_are_kept(
    store, stories, deliveries, make_entry, make_decision
):
    store.zadd(keys.ALERTS, {"forgotten": 1})
    stories.record([make_decision(make_entry(1), "tariffs")])
    stories.record([make_decision(make_entry(2), "tariffs")])
    told = deliveries.newest_alerts(10)
    assert [alert.story.title for alert, _ in told][:1] == ["Story 2"]
    assert len(told) == 2
    assert store.zcard(keys.ALERTS) == 2


# --- clusters


def test_a_story_keeps_the_cluster_that_it_has(join):
    assert join(signed("t2", b"abcd")) == ["t2"]
    assert join(signed("t1", b"abcd"), signed("t2", b"abcd")) == ["t2", "t2"]
    assert join(signed("t1", b"zzzz"), signed("t2", b"yyyy")) == ["t2", "t2"]


def test_copies_in_one_batch_get_one_cluster(join):
    assert join(signed("t1", b"abcd"), signed("t2", b"abcx"), signed("t3", b"qrst")) == ["t1", "t1", "t3"]


def test_the_nearest_story_is_joined(join):
    join(signed("t1", b"abcd"))
    join(signed("t2", b"abyz"))
    assert join(signed("t3", b"abyx")) == ["t2"]


def test_within_one_source_only_what_is_all_but_equal_is_one_story(join):
    join(signed("t1", b"abcd", source="s1"))
    assert join(signed("t2", b"abcx", source="s1")) == ["t2"]
    assert join(signed("t3", b"abcd", source="s1")) == ["t1"]


def test_stories_of_one_template_with_other_figures_are_two(join):
    join(signed("t1", b"abcd12"))
    assert join(signed("t2", b"abcd34"), signed("t3", b"abcd15"), signed("t4", b"abcd")) == ["t2", "t1", "t1"]


@pytest.mark.parametrize(("words", "cluster"), [(100, "t1"), (200, "t2")])
def test_a_story_cut_short_is_the_longer_one_if_that_has_all_of_it(join, words, cluster):
    join(signed("t1", b"abcd12", words=200))
    # Half of the places are equal: all of a text of half the length, two thirds of one as long.
    assert join(signed("t2", b"abyz12", words=words)) == [cluster]


def test_a_story_that_could_not_be_read_is_its_twin_of_another_outlet_by_its_headline(join):
    join(signed("t1", b"abcd", title="h1"))
    assert join(signed("t2", b"", title="h1")) == ["t1"]
    assert join(signed("t3", b"", title="h2")) == ["t3"]
    assert join(signed("t4", b"efgh", title="h2")) == ["t3"]


def test_a_headline_alone_joins_no_stories_that_were_read_and_none_of_one_source(join):
    join(signed("t1", b"abcd", title="h1", source="s1"))
    assert join(signed("t2", b"efgh", title="h1")) == ["t2"]
    assert join(signed("t3", b"", title="h1", source="s1")) == ["t3"]


def test_a_story_too_short_to_be_compared_is_its_own_cluster(join):
    assert join(Signed("t1", "a"), Signed("t2", "b")) == ["t1", "t2"]


def test_stories_past_the_window_leave_their_bands(store, join):
    join(signed("t1", b"abcd"))
    store.delete(keys.SIGNATURE_PREFIX + "t1")
    assert join(signed("t2", b"abcd")) == ["t2"]
    bands = store.keys(keys.BAND_PREFIX + "*")
    assert [store.smembers(band) for band in bands] == [{b"t2"}, {b"t2"}]


def test_everything_about_stories_and_alerts_expires(store, sources, stories, entry, join, make_decision):
    join(signed(make_decision(entry).story.id, b"abcd"))
    stories.record([make_decision(entry, "tariffs")])
    lasting = {key for key in store.keys("ww:*") if store.ttl(key) == -1}
    listed = {keys.ALERTS, keys.DECIDED, keys.COUNTERS, keys.WAITING_DELIVERIES}
    assert {key.decode() for key in lasting} == listed


def test_copies_name_the_other_stories_of_a_cluster(stories, make_entry, make_decision):
    first = make_decision(make_entry(1), "tariffs")
    copies = [make_decision(make_entry(n), "tariffs", cluster=first.cluster) for n in (2, 3)]
    stories.record([first, *copies])
    told = stories.copies(first.cluster, first.story.id)
    assert {copy.url for copy in told} == {copy.story.url for copy in copies}


def test_workers_that_meet_copies_in_the_same_instant_make_one_alert(
    store, store_url, deliveries, make_entry, make_decision
):
    rounds, workers = 15, 4
    start = threading.Barrier(workers)
    clusters = [[] for _ in range(rounds)]

    def work(me):
        connection = connect(store_url)
        own = Stories(connection)
        for n in range(rounds):
            entry = make_entry(f"{n}-{me}")
            story = make_decision(entry).story.id
            start.wait(10)
            (cluster,) = own.join([signed(story, f"{n:04d}".encode())], replace(ALIKE, least=LEAST + 1))
            own.record([make_decision(entry, "tariffs", cluster=cluster)])
            clusters[n].append(cluster)
        connection.close()

    threads = [threading.Thread(target=work, args=(me,)) for me in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert all(len(some) == workers and len(set(some)) == 1 for some in clusters)
    told = deliveries.newest_alerts(1000)
    assert len(told) == rounds
    assert all(len(ways) == 1 and ways[0].state is DeliveryState.WAITING for _, ways in told)
    assert len({cluster for some in clusters for cluster in some}) == rounds
    # Each has a job; two who saw no alert yet may have made one each, which the lease tells apart.
    started = [deliveries.begin(job.partition("-")[0]) for job in queue(store, ALERTS).get_job_ids()]
    assert len([one for one in started if one is not None]) == rounds
