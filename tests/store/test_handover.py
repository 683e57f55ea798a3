"""The frontier, and door B: pages on their way to the workers."""

import json
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis.client import Pipeline
from redis.exceptions import RedisError
from rq.job import Job
from rq.serializers import JSONSerializer

from wirewatch.models import Page
from wirewatch.store import keys
from wirewatch.store.figures import figures
from wirewatch.store.handover import hand_over, pack, unpack
from wirewatch.store.queues import DECIDE, STORIES, queue


@pytest.fixture
def polled(sources, shard, make_source, make_entry, make_poll):
    """Two entries that were told by a poll and whose pages are being fetched."""
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1), make_entry(2)))
    return [one.entry for one in shard.pages()]


def test_a_page_that_did_not_come_is_asked_for_again_after_its_pause(shard, polled):
    shard.try_again(polled[0])
    shard.try_again(polled[1], timedelta(minutes=1))
    assert [(one.entry, one.tries) for one in shard.pages()] == [(polled[0], 1)]
    shard.try_again(polled[0], tries=2)
    assert [one.tries for one in shard.pages()] == [2]
    soonest = shard.run(shard.frontier.claim(0))[1]
    assert timedelta(seconds=55) < soonest - datetime.now(UTC) <= timedelta(minutes=1)
    assert shard.to_fetch() == 2


def test_pages_handed_over_leave_the_crawler_and_wait_for_a_worker(store, shard, stories, polled, make_page):
    pages = [make_page(entry) for entry in polled]
    hand_over(store, pages)
    assert shard.to_fetch() == 0
    assert shard.restore() == (0, 0)
    assert stories.take([entry.id for entry in polled]) == pages
    now = figures(store)
    assert (now.count("handed_over"), now.waiting_stories, now.queued_stories) == (2, 2, 1)
    assert store.keys("ww:*:entries") + store.keys("ww:*:tries") == []


def test_one_job_carries_a_batch_as_json(store, polled, make_page):
    hand_over(store, [make_page(entry) for entry in polled])
    (job_id,) = queue(store, STORIES).get_job_ids()
    job = Job.fetch(job_id, store, serializer=JSONSerializer)
    ids = [entry.id for entry in polled]
    assert (job.func_name, job.args) == (DECIDE, [ids])
    assert json.loads(zlib.decompress(store.hget(f"rq:job:{job_id}", "data"))) == [DECIDE, None, [ids], {}]


def test_an_entry_edited_while_its_page_is_fetched_stays_on_the_frontier(
    store, shard, polled, make_entry, make_poll, make_page
):
    shard.try_again(polled[0])
    shard.pages()
    shard.record(make_poll(make_entry(1, "edited"), make_entry(2)))
    hand_over(store, [make_page(entry) for entry in polled])
    (waiting,) = shard.pages()
    # With its new text, and with the patience that a new page deserves.
    assert (waiting.entry.summary, waiting.tries) == ("edited", 0)


def test_an_entry_edited_while_its_page_is_tried_again_has_its_new_text(shard, polled, make_entry, make_poll):
    shard.record(make_poll(make_entry(1, "edited"), make_entry(2)))
    shard.try_again(polled[0])
    assert [one.entry.summary for one in shard.pages()] == ["edited"]


def test_a_page_handed_over_twice_is_decided_once(store, stories, polled, make_page, make_decision):
    hand_over(store, [make_page(polled[0])])
    hand_over(store, [make_page(polled[0])])
    stories.record([make_decision(polled[0])])
    assert stories.take([polled[0].id]) == []
    assert figures(store).waiting_stories == 0


def test_a_store_restarted_before_a_hand_over_carries_out_all_of_it(
    store, shard, stories, polled, make_page, monkeypatch
):
    original = Pipeline._execute_transaction

    def after_a_restart(self, *args, **kwargs):
        store.script_flush()  # a server that starts knows no scripts
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Pipeline, "_execute_transaction", after_a_restart)
    hand_over(store, [make_page(polled[0])])
    assert shard.to_fetch() == 1
    assert len(stories.take([polled[0].id])) == 1


def test_a_hand_over_that_is_refused_leaves_nothing_behind(store, shard, polled, make_page, monkeypatch):
    monkeypatch.setattr(Pipeline, "_execute_transaction", _refuse)
    with pytest.raises(RedisError):
        hand_over(store, [make_page(polled[0])])
    assert shard.to_fetch() == 2
    assert store.keys("rq:*") + store.keys(keys.page(polled[0].id)) == []


def _refuse(*_, **__):
    raise RedisError("no")


@given(
    html=st.binary(max_size=300) | st.none(),
    further=st.lists(st.binary(max_size=300), max_size=10),
    url=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_a_page_comes_out_as_it_went_in(html, further, url, make_entry):
    entry = make_entry(1, title="a\nb", content=url)
    reason = None if html is not None else "503 after\n4 attempts"
    more = tuple(further) if html is not None else ()
    page = Page(entry=entry, url=url, html=html, further=more, charset="utf-8", status=200, reason=reason)
    assert unpack(pack(page)) == page
