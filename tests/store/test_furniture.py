"""What the store remembers of outlets' stories: each once, so many of a site, for a month."""

import threading

import pytest

from wirewatch.ids import story_id
from wirewatch.store import furniture, keys
from wirewatch.store.connection import connect
from wirewatch.store.furniture import KEEP, MOST_STORIES, Furniture, Noted
from wirewatch.store.queues import STORIES, queue

HOUR = 3_600


def note(number, *paragraphs, site="outlet.example", terms=(1, 65_535)):
    return Noted(
        site, story_id(f"https://{site}/{number}"), frozenset(terms), frozenset(paragraphs or {number})
    )


@pytest.fixture
def memory(store):
    return Furniture(store)


@pytest.fixture
def clock(monkeypatch):
    """Set the hour."""

    def at(hour):
        monkeypatch.setattr(furniture, "now_ms", lambda: (1_795_000_000 + round(hour * HOUR)) * 1000)

    at(0)
    return at


def known(memory, site="outlet.example"):
    """What is remembered of a site, told by noting a story that is there already or is the first."""
    return {one.story: one for one in memory.note([note(0, site=site)]).get(site, [])}


def test_a_story_is_told_to_the_next_batch_and_not_to_its_own(memory):
    one = note(1, 0, 2**64 - 1, 77)
    assert memory.note([one, note(2)]) == {"outlet.example": []}
    assert sorted(memory.note([note(3)])["outlet.example"], key=lambda one: min(one.paragraphs)) == [
        one,
        note(2),
    ]


def test_sites_of_one_batch_are_told_apart(memory):
    memory.note([note(1, site="a.example"), note(2, site="b.example")])
    told = memory.note([note(3, site="b.example"), note(4, site="a.example")])
    assert told == {"a.example": [note(1, site="a.example")], "b.example": [note(2, site="b.example")]}


def test_a_story_that_is_noted_again_counts_once_with_its_last_reading(memory):
    memory.note([note(0), note(1, 5)])
    memory.note([note(1, 5, 6), note(1, 5, 6)])
    assert known(memory) == {note(0).story: note(0), note(1).story: note(1, 5, 6)}


def test_workers_that_note_the_same_stories_at_once_have_each_counted_once(store_url, memory):
    batch = [note(number) for number in range(20)]

    def work():
        Furniture(connect(store_url)).note(batch)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(known(memory)) == 20


def test_a_site_that_is_full_takes_a_story_an_hour_for_its_oldest(memory, clock):
    for number in range(MOST_STORIES):
        clock(number / 100)
        memory.note([note(number)])
    clock(1)
    memory.note([note(100)])
    assert note(100).story not in known(memory)
    clock(2)
    memory.note([note(101), note(102)])
    left = known(memory)
    assert len(left) == MOST_STORIES
    assert note(101).story in left
    assert {note(0).story, note(102).story}.isdisjoint(left)


def test_what_is_a_month_old_is_forgotten_and_a_silent_site_as_a_whole(store, memory, clock):
    memory.note([note(1)])
    clock(KEEP.total_seconds() / HOUR - 1)
    memory.note([note(2)])
    clock(KEEP.total_seconds() / HOUR)
    assert set(known(memory)) == {note(2).story}
    assert 0 < store.ttl(keys.furniture("outlet.example")) <= KEEP.total_seconds()


def test_a_story_that_is_read_again_and_again_still_ages(memory, clock):
    for day in range(30):
        clock(24 * day)
        memory.note([note(1)])
    assert set(known(memory)) == {note(1).story}
    clock(24 * 30)
    assert note(1).story not in known(memory)


def test_a_site_costs_some_twenty_kilobytes(store, memory, clock):
    for number in range(MOST_STORIES + 50):
        clock(2 * number)
        memory.note([note(number, *range(number << 32, (number << 32) + 30), terms=range(12))])
    size = store.memory_usage(keys.furniture("outlet.example"), samples=0)
    print(f"\n{size} bytes for a site of {MOST_STORIES} stories of 30 paragraphs")
    assert size < 30_000


def test_sites_that_are_none_are_not_noted(store, memory):
    assert memory.note([note(1, site=""), note(2, site="x" * 254)]) == {}
    assert memory.note([]) == {}
    assert not store.keys("ww:furniture:*")


def test_a_site_wants_to_be_read_until_enough_is_known_and_only_while_nothing_waits(store, memory):
    memory.note([note(number) for number in range(12)])
    sites = ["outlet.example", "new.example", "new.example", ""]
    assert memory.wanting(sites) == {"new.example"}
    queue(store, STORIES).enqueue_call("workers.jobs.decide_stories", args=([],))
    assert memory.wanting(sites) == set()
    assert memory.wanting([]) == set()
