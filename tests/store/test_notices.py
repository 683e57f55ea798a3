"""A source's flag changes at door A, and the operator is told of it once, whoever is killed meanwhile."""

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from console.run.sweeping import tell
from wirewatch.store import keys
from wirewatch.store.clock import now_ms
from wirewatch.store.figures import figures
from wirewatch.store.notices import Notices
from wirewatch.store.queues import queued_deliveries

LONG_AGO_MS = 2 * 3_600_000


@pytest.fixture
def notices(store):
    return Notices(store)


@pytest.fixture
def change(store):
    """A change of a source's flag as door A tells it, some minutes ago unless another time is given."""

    def tell_of(source, flag="silent", was="", ago_ms=120_000, **words):
        told = {
            "source": source,
            "name": f"Outlet {source}",
            "url": f"https://{source}.example/rss",
            "flag": flag,
            "was": was,
            "reason": "no story for 9 hours",
            "at": now_ms() - ago_ms,
        }
        store.rpush(keys.FLAG_CHANGES, json.dumps(told | words))

    return tell_of


@pytest.fixture
def ways(notices, deliveries):
    """The deliveries of all notices: (source, flag, destination)."""

    def read():
        return sorted(
            (notice.sources[0].id, notice.flag, way.destination)
            for notice in notices.newest(1000)
            for way in deliveries.of_alert(notice.id)
        )

    return read


def test_a_flag_set_and_taken_away_at_door_a_is_told_once_each(
    store, shard, sources, notices, make_source, make_poll
):
    source = make_source(name="Tëst “Politics”\x07")
    sources.put([source])
    shard.record(make_poll(source=source, flag="silent", because="none for 9 hours"))
    shard.record(make_poll(source=source, flag="silent", because="none for 10 hours"))
    shard.record(make_poll(source=source))
    [first] = notices.changes().read
    assert (first.source, first.name, first.url) == (source.id, source.name, source.url)
    assert (first.flag, first.was, first.reason) == ("silent", "", "none for 9 hours")
    assert abs(first.at.timestamp() * 1000 - now_ms()) < 60_000
    assert tell(notices, ["desk"]) == []  # gathered for some seconds first
    old = json.loads(store.lpop(keys.FLAG_CHANGES)) | {"at": now_ms() - 60_000}
    store.rpush(keys.FLAG_CHANGES, json.dumps(old))
    assert [one.flag for one in tell(notices, ["desk"])] == ["silent"]
    shard.record(make_poll(source=source, flag="", because="2 new stories"))
    [last] = notices.changes().read
    assert (last.flag, last.was) == ("", "silent")


def test_each_operator_destination_gets_one_delivery_with_its_job(store, notices, change, ways, deliveries):
    change("s1")
    change("s2", "", "failing")
    told = tell(notices, ["desk", "mail", "desk"])
    assert [(one.sources[0].id, one.flag, one.was) for one in told] == [
        ("s1", "silent", ""),
        ("s2", "", "failing"),
    ]
    assert ways() == [
        ("s1", "silent", "desk"),
        ("s1", "silent", "mail"),
        ("s2", "", "desk"),
        ("s2", "", "mail"),
    ]
    ids = {way.id for one in told for way in deliveries.of_alert(one.id)}
    assert queued_deliveries(store) == ids
    assert {one.decode() for one in store.zrange(keys.WAITING_DELIVERIES, 0, -1)} == ids
    attempt = deliveries.begin(deliveries.of_alert(told[0].id)[0].id)
    assert (attempt.notice, attempt.alerts, attempt.is_digest) == (told[0], (), False)
    assert tell(notices, ["desk", "mail"]) == []
    assert figures(store).count("notices") == 2


def test_where_nobody_is_to_be_told_the_notice_is_kept_all_the_same(store, notices, change):
    change("s1")
    assert len(tell(notices, [])) == 1
    assert len(notices.newest(10)) == 1
    assert store.llen(keys.FLAG_CHANGES) == 0
    assert queued_deliveries(store) == set()


def test_notices_are_kept_as_long_as_alerts(store, notices, change, deliveries):
    change("s1")
    [told] = tell(notices, ["desk"])
    [way] = deliveries.of_alert(told.id)
    for key in (keys.notice(told.id), keys.delivery(way.id), keys.alert_deliveries(told.id)):
        assert 89 * 86_400 < store.ttl(key) <= 90 * 86_400


def test_what_is_told_twice_by_a_step_that_is_repeated_changes_nothing(store, notices, change, ways):
    change("s1")
    changes = notices.changes()
    told = tell(notices, ["desk"])
    before = ways(), store.hgetall(keys.COUNTERS), store.zrange(keys.NOTICES, 0, -1, withscores=True)
    assert not notices.record(changes, told, ["desk"])
    assert before == (
        ways(),
        store.hgetall(keys.COUNTERS),
        store.zrange(keys.NOTICES, 0, -1, withscores=True),
    )


def test_a_change_that_comes_while_others_are_told_waits_for_its_turn(notices, change, ways):
    change("s1")
    changes = notices.changes()
    change("s2")
    told = tell(notices, ["desk"])
    assert len(told) == 2
    change("s3")
    assert not notices.record(changes, told, ["desk"])
    assert [one.source for one in notices.changes().read] == ["s3"]


def test_what_cannot_be_read_holds_nothing_up(store, notices, change):
    for junk in (b"\xff", b"{}", b"[]", b'{"source":1}', b'{"at":1e999}'):
        store.rpush(keys.FLAG_CHANGES, junk)
    change("s1", at=1e300)
    change("s2", name="\x00" * 100_000, url="u" * 100_000, reason="\N{FIRE}" * 100_000)
    [told] = tell(notices, [])
    assert told.sources[0].id == "s2"
    assert len(told.model_dump_json()) < 20_000
    assert store.llen(keys.FLAG_CHANGES) == 0


def test_a_network_that_fails_is_one_notice_and_goes_on_as_one_an_hour(store, notices, change):
    for n in range(300):
        change(f"s{n}", "failing")
    assert [one.count for one in tell(notices, ["desk"])] == [300]
    for n in range(19):
        change(f"t{n}")
    assert [one.count for one in tell(notices, ["desk"])] == [1] * 19
    change("u1")
    change("u2")
    assert tell(notices, ["desk"]) == []  # twenty were told within the hour
    assert notices.made_within(timedelta(hours=1)) == 20
    store.zadd(keys.NOTICES, dict.fromkeys(store.zrange(keys.NOTICES, 0, -1), now_ms() - LONG_AGO_MS))
    assert [one.count for one in tell(notices, ["desk"])] == [1, 1]


def test_many_sweepers_at_the_same_instant_tell_each_change_once(store_url, notices, change, ways):
    def sweep(_):
        with Redis.from_url(store_url) as connection:
            return tell(Notices(connection), ["desk"])

    for n in range(20):
        change(f"s{n:02}")
        with ThreadPoolExecutor(6) as pool:
            told = [one for found in pool.map(sweep, range(6)) for one in found]
        assert [one.sources[0].id for one in told] == [f"s{n:02}"]
    assert ways() == [(f"s{n:02}", "silent", "desk") for n in range(20)]


def _tell_for_ever(url):
    with Redis.from_url(url) as connection:
        notices = Notices(connection)
        while True:
            tell(notices, ["desk", "mail"])


def test_sweepers_that_are_killed_at_random_tell_each_change_once(
    store, store_url, notices, change, deliveries, ways
):
    chance = random.Random(5)
    fork = multiprocessing.get_context("fork")
    count = 0
    for _ in range(40):
        pair = [fork.Process(target=_tell_for_ever, args=(store_url,)) for _ in range(2)]
        for one in pair:
            one.start()
        for _ in range(chance.randrange(12)):
            change(f"s{count}", ago_ms=LONG_AGO_MS)  # so old that none is gathered for long
            count += 1
            time.sleep(chance.random() / 300)
        for one in pair:
            os.kill(one.pid, signal.SIGKILL)
            one.join()
    tell(notices, ["desk", "mail"])
    assert store.llen(keys.FLAG_CHANGES) == 0
    made = notices.newest(1000)
    assert sum(one.count for one in made) == count
    named = [source.id for one in made for source in one.sources]
    assert len(named) == len(set(named))
    ids = [way.id for one in made for way in deliveries.of_alert(one.id)]
    assert len(ids) == 2 * len(made)
    assert queued_deliveries(store) >= set(ids)


def test_the_sweeper_itself_tells_once_though_it_is_killed_and_started_again(
    store, store_url, notices, change, ways, tmp_path
):
    config = tmp_path / "wirewatch.yaml"
    config.write_text(
        f"redis_url: {store_url}\ntopics: {{iowa: {{query: Iowa}}}}\noperator: [ops]\n"
        "destinations: {ops: {kind: webhook, url: 'https://ops.example.org/wire'}}\n"
    )
    command = [sys.executable, "-m", "console.cli", "sweeper", "--config", str(config)]
    change("s1", name="Example \x1b[2JPolitics")
    said = b""
    for flag in ("silent", ""):
        sweeper = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2])
        deadline = time.monotonic() + 60
        while not any(one.flag == flag for one in notices.newest(10)):
            assert time.monotonic() < deadline
            assert sweeper.poll() is None
            time.sleep(0.05)
        if flag:
            said = sweeper.stderr.readline()
            change("s1", "", "silent")
        sweeper.kill()
        sweeper.communicate()
        store.delete(keys.SWEEPER_LOCK)
    assert said.startswith(b"WARNING Silent: Example [2JPolitics (https://s1.example/rss). Since 20")
    assert ways() == [("s1", "", "ops"), ("s1", "silent", "ops")]
