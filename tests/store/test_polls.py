"""Door A: what a poll leaves behind."""

from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.ids import PARTITIONS
from wirewatch.store import keys
from wirewatch.store.carried import Carried, packed, unpacked
from wirewatch.store.figures import figures
from wirewatch.store.sources import source_partition


def carried(*entries):
    marks = (b"5byte", b"s eac", b"h....", b".....")
    return packed(Carried(b"8 bytes!", entry.id, marks) for entry in entries)


def last_carried(store, entry, days_ago):
    """Set the day on which a source last carried an entry back; its seen set is to be looked through."""
    today = int(datetime.now(UTC).timestamp()) // 86_400
    seen, field = keys.seen(entry.source_id), bytes.fromhex(entry.id[1:])
    known = store.hget(seen, field)
    store.hset(seen, field, known[:7] + (today - days_ago).to_bytes(2, "big") + known[9:])
    store.hset(keys.source(entry.source_id), "pruned", today - 1)


VALIDATORS = [
    b'W/"a \xff\xfe b"',
    b'"\xe2\x82\xac"',
    b"\x80",
    b'"back\\slash"',
    bytes(range(1, 256)),
    b'"\x00"',
]


def test_unseen_entries_reach_the_frontier_once(sources, shard, make_source, make_entry, make_poll):
    sources.put([make_source()])
    assert shard.record(make_poll(make_entry(1), make_entry(2))) == (2, 0)
    assert shard.record(make_poll(make_entry(1), make_entry(2), make_entry(3))) == (1, 0)
    assert {one.entry for one in shard.pages()} == {make_entry(1), make_entry(2), make_entry(3)}
    assert shard.pages() == []


def test_a_repeated_poll_changes_nothing(store, sources, shard, make_source, make_entry, make_poll):
    sources.put([make_source()])
    poll = make_poll(make_entry(1), make_entry(2))
    shard.record(poll)
    shard.pages()
    before = {key: store.dump(key) for key in store.keys("ww:seen:*") + store.keys("ww:*:entries")}
    assert shard.record(poll) == (0, 0)
    assert shard.pages() == []
    assert {key: store.dump(key) for key in before} == before


def test_an_edited_entry_comes_again_with_its_new_text(sources, shard, make_source, make_entry, make_poll):
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1)))
    shard.pages()
    assert shard.record(make_poll(make_entry(1, "edited"))) == (0, 1)
    # Its first page is still being fetched, so its turn has not come.
    assert shard.pages() == []
    shard.restore()
    assert [one.entry.summary for one in shard.pages()] == ["edited"]


def test_an_entry_that_changes_at_every_poll_comes_at_most_24_times_more(
    sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    told = [shard.record(make_poll(make_entry(1, f"version {n}"))) for n in range(40)]
    assert told == [(1, 0)] + [(0, 1)] * 24 + [(0, 0)] * 15


def test_an_entry_that_is_carried_twice_is_told_once_as_it_came_first(
    sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    twice = make_poll(make_entry(1), make_entry(2), make_entry(1, "as an older sitemap has it"))
    assert [shard.record(twice) for _ in range(3)] == [(2, 0), (0, 0), (0, 0)]
    assert {one.entry.summary for one in shard.pages()} == {"as it was"}


def test_silent_entries_stay_silent_when_they_are_edited(sources, shard, make_source, make_entry, make_poll):
    sources.put([make_source()])
    old = make_entry(1)
    assert shard.record(make_poll(old, silent=frozenset({old.id}))) == (0, 0)
    assert shard.record(make_poll(make_entry(1, "edited"))) == (0, 0)
    assert shard.pages() == []


@pytest.mark.parametrize("value", VALIDATORS)
def test_validators_are_kept_byte_for_byte(value, sources, shard, make_source, make_poll):
    sources.put([make_source()])
    shard.record(make_poll(learned={"etag": value, "last_modified": value[::-1]}))
    (state,) = sources.states()
    assert (state.etag, state.last_modified) == (value, value[::-1])


def test_validators_that_are_given_no_more_are_forgotten(sources, shard, make_source, make_poll):
    sources.put([make_source()])
    shard.record(make_poll(learned={"etag": b'"1"', "last_modified": b"Tue"}))
    shard.record(make_poll(forgotten=("etag",)))
    (state,) = sources.states()
    assert (state.etag, state.last_modified) == (None, b"Tue")


def test_a_reason_that_no_encoding_can_carry_is_recorded_all_the_same(sources, shard, make_source, make_poll):
    sources.put([make_source()])
    shard.record(make_poll(error="bad status line \ud800 \udcff \U0001f4f0 \x00"))
    (state,) = sources.states()
    assert state.fails == 1
    assert "bad status line" in state.error


def test_a_source_removed_while_it_is_polled_records_nothing(
    store, sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    shard.claim()
    sources.stop(make_source())
    assert shard.record(make_poll(make_entry(1))) == (0, 0)
    assert shard.pages() == []
    assert shard.next_due() is None
    assert sources.states() == []
    assert figures(store).failing == 0


def test_a_removed_source_that_comes_back_goes_on_from_what_it_had_learned(
    sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1), learned={"etag": b'"1"'}))
    shard.claim()
    sources.stop(make_source())
    shard.record(make_poll())
    sources.put([make_source()])
    (state,) = shard.claim()
    assert state.etag == b'"1"'
    assert shard.record(make_poll(make_entry(1))) == (0, 0)


def test_a_source_that_is_gone_is_never_due_again(sources, shard, make_source, make_poll):
    sources.put([make_source()])
    shard.claim()
    shard.record(make_poll(next_due=None, error="gone for good (410)"))
    shard.restore()
    sources.sync_file([make_source()])
    assert shard.next_due() is None
    (state,) = sources.states()
    assert (state.due, state.error) == (None, "gone for good (410)")


def test_due_times_survive_a_restart_of_the_crawler(sources, shard, make_source, make_poll):
    sources.put([make_source()])
    due = datetime.now(UTC) + timedelta(hours=3)
    shard.claim()
    shard.record(make_poll(next_due=due))
    shard.restore()
    sources.sync_file([make_source(name="another name")])
    sources.put([make_source()])
    assert abs(shard.next_due() - due) < timedelta(milliseconds=2)
    assert shard.claim() == []


def test_failures_are_counted_until_a_poll_succeeds(store, sources, shard, make_source, make_poll):
    sources.put([make_source()])
    for _ in range(3):
        shard.record(make_poll(error="answers 503"))
    (state,) = sources.states()
    assert (state.fails, state.error, state.good, state.polls) == (3, "answers 503", None, 3)
    assert figures(store).failing == 1
    shard.record(make_poll())
    (state,) = sources.states()
    assert (state.fails, state.error, state.polls) == (0, None, 4)
    assert state.good is not None
    now = figures(store)
    assert (now.failing, now.count("polls"), now.count("failed_polls")) == (0, 4, 3)


def test_entries_and_edits_are_counted(store, sources, shard, make_source, make_entry, make_poll):
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1), make_entry(2), make_entry(3), silent=frozenset({make_entry(3).id})))
    shard.record(make_poll(make_entry(1, "edited"), make_entry(2)))
    now = figures(store)
    assert (now.count("entries"), now.count("edits"), now.to_fetch) == (2, 1, 2)
    assert sources.states()[0].entries == 2


def test_what_a_feed_has_not_carried_for_long_is_forgotten(
    store, sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1), make_entry(2)))
    last_carried(store, make_entry(1), days_ago=100)
    last_carried(store, make_entry(2), days_ago=80)
    shard.record(make_poll(make_entry(3), carried=carried(make_entry(3))))
    seen = keys.seen(make_source().id)
    assert {"e" + key.hex() for key in store.hkeys(seen)} == {make_entry(2).id, make_entry(3).id}


def test_an_entry_that_a_feed_carries_for_ever_is_never_forgotten(
    store, sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1), carried=carried(make_entry(1))))
    last_carried(store, make_entry(1), days_ago=400)
    # Nothing was read for a year: the answers were 304.
    shard.record(make_poll())
    both = carried(make_entry(1), make_entry(2))
    # Known to the crawler by its version, the first is not even parsed.
    assert shard.record(make_poll(make_entry(2), carried=both)) == (1, 0)
    assert shard.record(make_poll(make_entry(1), make_entry(2), carried=both)) == (0, 0)


def test_a_shard_records_pages_of_hosts_that_another_shard_owns(
    sources, make_shard, make_source, make_entry, make_poll
):
    source = make_source()
    p = source_partition(source)
    mine, others = make_shard([p]), make_shard([q for q in range(PARTITIONS) if q != p])
    sources.put([source])
    entries = [make_entry(n, url=f"https://host{n}.example/") for n in range(20)]
    mine.record(make_poll(*entries, source=source))
    found = [one.entry.id for one in mine.pages() + others.pages()]
    assert sorted(found) == sorted(one.id for one in entries)


def test_what_was_carried_until_now_is_kept_however_long_nothing_was_read(
    store, sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1), carried=carried(make_entry(1))))
    last_carried(store, make_entry(1), days_ago=100)  # and then 304, day after day
    shard.record(make_poll(make_entry(2), carried=carried(make_entry(2))))
    assert shard.record(make_poll(make_entry(1), carried=carried(make_entry(1)))) == (0, 0)


def test_a_postponed_source_is_due_at_its_time_and_says_why(sources, shard, make_source):
    sources.put([make_source()])
    shard.claim()
    until = datetime.now(UTC) + timedelta(hours=1)
    shard.run(shard.polls.postpone(make_source(), until, "its host asked to be left alone"))
    assert abs(shard.next_due() - until) < timedelta(milliseconds=2)
    assert sources.states()[0].why == "its host asked to be left alone"


def test_a_source_removed_while_it_was_claimed_is_not_postponed(store, sources, shard, make_source):
    sources.put([make_source()])
    shard.claim()
    sources.stop(make_source())
    store.delete(keys.source(make_source().id))
    shard.run(shard.polls.postpone(make_source(), datetime.now(UTC), "…"))
    assert shard.next_due() is None
    assert not store.exists(keys.source(make_source().id))


def test_what_a_push_carries_is_carried_besides_what_the_last_poll_found(
    store, sources, shard, make_source, make_entry, make_poll
):
    sources.put([make_source()])
    shard.record(make_poll(make_entry(1), make_entry(2), carried=carried(make_entry(1), make_entry(2))))
    p = source_partition(make_source())
    for push, number in (("p1", 3), ("p2", 2), ("p3", 3)):
        store.hset(keys.inbox(p), push, "a push")
        shard.record(make_poll(make_entry(number), carried=carried(make_entry(number)), push=push))
    (state,) = sources.states()
    assert [one.entry for one in unpacked(state.carried)] == [make_entry(n).id for n in (3, 2, 1)]
