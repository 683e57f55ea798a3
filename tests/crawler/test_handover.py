"""Pages gathered for the workers."""

import asyncio
from datetime import UTC, datetime
from itertools import chain

import pytest
from redis.exceptions import ConnectionError as StoreConnectionError

import crawler.handover
from crawler.entries import Item, make_entry
from crawler.handover import MOST_IN_BATCH, Handover
from crawler.identity import own_id
from wirewatch.models import Page


@pytest.fixture
def handed(monkeypatch):
    """The batches that reached the store, and what the store does with the next ones."""
    batches, troubles = [], []

    def hand_over(_, pages, *, again):
        for trouble in troubles:
            trouble(pages)
        batches.append([page.url for page in pages])

    monkeypatch.setattr(crawler.handover, "hand_over", hand_over)
    monkeypatch.setattr(crawler.handover, "_TRY_AGAIN_S", 0.001)
    return batches, troubles


@pytest.fixture
def pages(source):
    urls = [f"https://outlet.example/{n}" for n in range(20)]
    items = [Item(url, url) for url in urls]
    when = datetime(2026, 11, 24, tzinfo=UTC)
    entries = [make_entry(source, item, own_id(source.id, item), now=when) for item in items]
    return [Page(entry=entry, url=entry.url, html=b"") for entry in entries]


def hand_over_all(pages):
    async def run():
        handover = Handover(None)
        for page in pages:
            handover.add(page)
        await asyncio.wait_for(handover.flush(), 10)
        await asyncio.wait_for(handover.close(), 10)

    asyncio.run(run())


def urls(pages):
    return [page.url for page in pages]


def test_pages_go_in_batches_and_in_their_order(handed, pages):
    batches, _ = handed
    hand_over_all(pages)
    assert [len(batch) for batch in batches] == [MOST_IN_BATCH, MOST_IN_BATCH, 4]
    assert list(chain.from_iterable(batches)) == urls(pages)


def test_pages_wait_for_a_store_that_does_not_answer(handed, pages):
    batches, troubles = handed
    failures = iter([True, True, False, True])

    def sometimes(_):
        if next(failures, False):
            raise StoreConnectionError("gone")

    troubles.append(sometimes)
    hand_over_all(pages)
    assert list(chain.from_iterable(batches)) == urls(pages)


def test_a_page_that_cannot_be_stored_keeps_no_other_back(handed, pages):
    batches, troubles = handed

    def refuse_one(batch):
        if pages[3] in batch:
            raise ValueError("odd")

    troubles.append(refuse_one)
    hand_over_all(pages)
    assert list(chain.from_iterable(batches)) == urls(pages[:3] + pages[4:])


def test_it_is_full_of_the_further_pages_of_stories_too(handed, pages):
    async def run():
        handover = Handover(None)
        assert not handover.is_full
        handover.add(pages[0].model_copy(update={"further": (bytes(20 * 1024 * 1024),) * 2}))
        assert handover.is_full
        await handover.close()

    asyncio.run(run())
