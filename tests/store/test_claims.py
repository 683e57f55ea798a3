"""What a crawler holds, and what becomes of it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.errors import AlreadyRunningError
from wirewatch.ids import PARTITIONS
from wirewatch.store import keys
from wirewatch.store.owners import Ownership
from wirewatch.store.sources import source_partition


@pytest.fixture
def lose_answers(monkeypatch):
    """The store answers each command of a shard, and the answer is lost on the way: once."""

    def lose(shard):
        class OnceLost:
            def __init__(self, script):
                self._script = script

            async def __call__(self, keys, args):
                await self._script(keys=keys, args=args)
                return await self._script(keys=keys, args=args)  # what the client's retry sends

        monkeypatch.setattr(shard.polls, "_claim", OnceLost(shard.polls._claim))
        monkeypatch.setattr(shard.frontier, "_claim", OnceLost(shard.frontier._claim))

    return lose


def test_a_claimed_source_is_not_claimed_twice(store, sources, shard, make_source):
    sources.put([make_source(1), make_source(2)])
    assert len(shard.claim()) == 2
    assert shard.claim() == []
    # Not even when its next due time has come while it is still being polled.
    for source in (make_source(1), make_source(2)):
        store.zadd(keys.due(source_partition(source)), {source.id: 0})
    assert shard.claim() == []


def test_the_next_due_time_is_stored_before_a_claimed_source_is_polled(
    sources, shard, make_source, make_poll
):
    sources.put([make_source()])
    shard.claim()
    assert abs(shard.next_due() - datetime.now(UTC) - timedelta(minutes=2)) < timedelta(seconds=5)
    shard.record(make_poll(interval=timedelta(minutes=30), next_due=datetime.now(UTC)))
    shard.claim()
    assert abs(shard.next_due() - datetime.now(UTC) - timedelta(minutes=30)) < timedelta(seconds=5)


def test_no_more_is_claimed_than_asked_for(sources, shard, make_source, make_entry, make_poll):
    sources.put([make_source(n) for n in range(10)])
    assert [len(shard.claim(4)) for _ in range(4)] == [4, 4, 2, 0]
    shard.record(make_poll(*(make_entry(n, url=f"https://host{n}.example/") for n in range(10))))
    assert [len(shard.pages(4)) for _ in range(4)] == [4, 4, 2, 0]


def test_no_partition_starves_where_more_is_due_than_can_be_polled(store, sources, shard, make_source):
    everything = [make_source(n) for n in range(20)]
    sources.put(everything)
    polled = set()
    for _ in range(PARTITIONS):
        polled |= {state.source.id for state in shard.claim(1)}
        # They are due again before the rest has had its turn.
        with store.pipeline() as pipe:
            for source in everything:
                pipe.zadd(keys.due(source_partition(source)), {source.id: 0})
                pipe.srem(keys.polling(source_partition(source)), source.id)
            pipe.execute()
    assert len({source_partition(one) for one in everything if one.id in polled}) == len(
        {source_partition(one) for one in everything}
    )


def test_what_a_dead_crawler_held_is_given_back(sources, shard, make_source, make_entry, make_poll):
    sources.put([make_source(1), make_source(2)])
    shard.claim()
    shard.record(make_poll(make_entry(1), make_entry(2), source=make_source(1)))
    shard.pages()
    assert shard.restore() == (1, 2)
    assert [state.source.id for state in shard.claim()] == [make_source(2).id]
    assert {one.entry.id for one in shard.pages()} == {make_entry(1).id, make_entry(2).id}
    assert shard.restore() == (1, 2)


def test_a_source_removed_while_its_crawler_was_dead_is_not_given_back(sources, shard, make_source):
    sources.put([make_source()])
    shard.claim()
    sources.stop(make_source())
    assert shard.restore() == (0, 0)
    assert shard.claim() == []


def test_a_claim_whose_answer_was_lost_is_answered_again(
    lose_answers, sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source(n) for n in range(5)])
    lose_answers(shard)
    claimed = shard.claim(3)
    assert len(claimed) == 3
    assert len({state.source.id for state in claimed + shard.claim(3)}) == 5
    entries = [make_entry(n, url=f"https://host{n}.example/") for n in range(5)]
    shard.record(make_poll(*entries))
    shard.pages(0)
    found = shard.pages(3) + shard.pages(3) + shard.pages(3)
    assert sorted(one.entry.id for one in found) == sorted(one.id for one in entries)


def test_two_shards_never_claim_the_same(sources, make_shard, make_source, make_entry, make_poll):
    every = [make_source(n) for n in range(100)]
    sources.put(every)
    shards = [make_shard([p for p in range(PARTITIONS) if p % 3 == i]) for i in range(3)]
    claimed = [[state.source for state in shard.claim()] for shard in shards]
    assert all(claimed)
    assert sorted(one.id for some in claimed for one in some) == sorted(one.id for one in every)
    entries = [make_entry(n, url=f"https://host{n}.example/{n}") for n in range(100)]
    shards[0].record(make_poll(*entries, source=claimed[0][0]))
    pages = [[one.entry.id for one in shard.pages()] for shard in shards]
    assert all(pages)
    assert sorted(one for some in pages for one in some) == sorted(one.id for one in entries)


# --- who owns a shard

_OWNER = """
import sys
from wirewatch.store.connection import connect
from wirewatch.store.owners import Ownership
Ownership(connect(sys.argv[1]), [int(p) for p in sys.argv[2].split(",")]).claim()
print("owned", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_owner(store_url):
    """Another process that owns some partitions and lives until it is killed."""
    started = []

    def start(partitions):
        process = subprocess.Popen(
            [sys.executable, "-c", _OWNER, store_url, ",".join(map(str, partitions))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout.readline() == b"owned\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_second_living_owner_is_refused(store, other_owner):
    process = other_owner(range(0, 256, 2))
    with pytest.raises(AlreadyRunningError, match=f"process {process.pid} "):
        Ownership(store, range(256)).claim()
    # Refused whole: the partitions that nobody owned are still nobody's.
    Ownership(store, range(1, 256, 2)).claim()


def test_an_owner_may_say_again_that_it_lives(store):
    owner = Ownership(store, range(256))
    owner.claim()
    owner.claim()
    owner.release()


def test_what_killed_owners_held_is_taken_over_at_once(store, other_owner):
    for process in (other_owner([0, 2]), other_owner([1, 3])):
        process.kill()
        process.wait()
    Ownership(store, range(4)).claim()


def test_a_container_started_again_takes_over_from_itself_at_once(store):
    Ownership(store, range(4)).claim()  # by a process of this name and number that was killed
    Ownership(store, range(4)).claim()


def test_a_shard_given_back_is_taken_over_at_once(store):
    first = Ownership(store, range(4))
    first.claim()
    first.release()
    Ownership(store, range(4)).claim()


def test_a_silent_owner_on_another_machine_is_waited_for(store):
    description = json.dumps({"name": "elsewhere-1-00", "host": "elsewhere", "pid": os.getpid()})
    store.hset(keys.OWNERS, "3", "elsewhere-1-00")
    store.set(keys.OWNER_PREFIX + "elsewhere-1-00", description)
    with pytest.raises(AlreadyRunningError, match="elsewhere"):
        Ownership(store, range(4)).claim()
    store.delete(keys.OWNER_PREFIX + "elsewhere-1-00")
    Ownership(store, range(4)).claim()


def test_one_who_was_silent_too_long_hears_that_another_owns_its_shard(store, other_owner):
    first = Ownership(store, range(4))
    first.claim()
    first.release()  # as if its sign of life had expired
    other_owner(range(4))
    with pytest.raises(AlreadyRunningError):
        first.claim()
