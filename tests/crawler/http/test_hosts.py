"""Hosts that asked us to slow down are left alone, for as long as they asked, over a restart too."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.answers import MOST_RETRY_AFTER, failure_words, may_pass
from crawler.http.failures import HostPausedError
from crawler.http.hosts import HostPauses, pause_for
from wirewatch.store.connection import connect_async
from wirewatch.store.pauses import Pause, Pauses

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("in_a_row", "asked", "minutes"),
    [(1, None, 1), (2, None, 2), (3, None, 4), (7, None, 60), (5000, None, 60), (1, timedelta(hours=2), 120)],
)
def test_a_pause_is_what_was_asked_for_or_grows(in_a_row, asked, minutes):
    assert pause_for(in_a_row, asked) == minutes * MINUTE


@given(st.integers(1, 10**6), st.none() | st.timedeltas())
def test_no_pause_is_longer_than_a_day_or_none_at_all(in_a_row, asked):
    assert timedelta(0) < pause_for(in_a_row, asked) <= MOST_RETRY_AFTER


def test_a_host_that_asks_is_left_alone_until_then():
    hosts = HostPauses()
    hosts.heard("busy.example", 429, b"120", NOW)
    assert hosts.paused_until("busy.example", NOW) == NOW + 2 * MINUTE
    assert hosts.paused_until("busy.example", NOW + 2 * MINUTE) is None
    assert hosts.paused_until("other.example", NOW) is None


def test_each_request_to_slow_down_in_a_row_doubles_the_pause_and_success_ends_the_row():
    hosts, now = HostPauses(), NOW
    for minutes in (1, 2, 4):
        hosts.heard("busy.example", 429, None, now)
        assert hosts.paused_until("busy.example", now) == now + minutes * MINUTE
        now += minutes * MINUTE
    hosts.heard("busy.example", 200, None, now)
    hosts.heard("busy.example", 429, None, now)
    assert hosts.paused_until("busy.example", now) == now + MINUTE


def test_two_answers_on_the_wire_together_are_one_request_to_slow_down():
    hosts = HostPauses()
    hosts.heard("busy.example", 429, None, NOW)
    hosts.heard("busy.example", 200, None, NOW)  # what was asked before is still answered
    hosts.heard("busy.example", 429, None, NOW)
    assert hosts.paused_until("busy.example", NOW) == NOW + MINUTE


def test_a_longer_pause_is_not_shortened():
    hosts = HostPauses()
    hosts.heard("busy.example", 429, b"3600", NOW)
    hosts.heard("busy.example", 429, b"1", NOW)
    assert hosts.paused_until("busy.example", NOW) == NOW + 60 * MINUTE


@pytest.mark.parametrize(
    ("status", "asked", "paused"),
    [(503, b"60", True), (503, None, False), (429, None, True), (500, b"60", False), (404, b"60", False)],
)
def test_what_counts_as_asking_to_slow_down(status, asked, paused):
    hosts = HostPauses()
    hosts.heard("busy.example", status, asked, NOW)
    assert (hosts.paused_until("busy.example", NOW) is not None) == paused


def test_the_memory_of_pauses_is_bounded_and_keeps_the_longest():
    hosts = HostPauses()
    for n in range(10_500):
        hosts.pause(f"host{n}.example", NOW + timedelta(seconds=n + 1), "busy", NOW)
    assert len(hosts._pauses) <= 10_000
    assert hosts.paused_until("host10499.example", NOW) is not None


def test_a_pause_as_a_reason():
    error = HostPausedError(NOW)
    assert failure_words(error) == "its host asked us to slow down, until 21:00:00 UTC"
    assert may_pass(error)


def test_the_whole_host_is_left_alone_also_what_waits_already(server, crawl, respond):
    async def busy(_reader, writer):
        await asyncio.sleep(0.2)
        writer.write(respond(status="429 Too Many Requests", Retry_After="60"))

    server.routes |= {"/busy": busy, "/page": respond(b"a story")}

    async def scenario(ask):
        asking = asyncio.ensure_future(ask.all([server.url("/busy"), server.url("/busy")]))
        async with asyncio.timeout(10):
            # Both are on the wire, and fill the host's slot; the server counts them in a thread of its own.
            while server.paths().count("/busy") < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        waiting = asyncio.ensure_future(ask.all([server.url("/page")] * 5))
        elsewhere = await ask(server.url("/page", "127.0.0.2"))
        return await asking, await waiting, await ask(server.url("/feed")), elsewhere

    busy_ones, waiting, later, elsewhere = crawl(scenario)
    assert {one.told for one in busy_ones} == {"429"}
    assert all(isinstance(one.error, HostPausedError) for one in [*waiting, later])
    assert elsewhere.told == "200"
    assert server.paths().count("/page") == 1


class TestKept:
    """In the store."""

    @pytest.fixture
    def run(self, store_url):
        with asyncio.Runner() as runner:

            def of(scenario, partitions=range(256)):
                async def opened():
                    connection = connect_async(store_url)
                    try:
                        return await scenario(Pauses(connection, partitions), connection)
                    finally:
                        await connection.aclose()

                return runner.run(opened())

            yield of

    def test_a_restart_forgets_no_pause(self, run):
        async def before(kept, _):
            hosts = HostPauses(kept)
            hosts.heard("busy.example", 429, b"3600", NOW)
            hosts.heard("quick.example", 429, None, NOW)
            hosts.heard("quick.example", 200, None, NOW + 2 * MINUTE)
            await hosts.close()

        async def after(kept, _):
            hosts = HostPauses(kept)
            await hosts.load(NOW + MINUTE)
            hosts.heard("busy.example", 429, None, NOW + 60 * MINUTE)  # the second in a row
            return [
                hosts.paused_until(f"{name}.example", at)
                for name, at in [("busy", NOW + 60 * MINUTE), ("quick", NOW)]
            ]

        run(before)
        assert run(after) == [NOW + 62 * MINUTE, None]

    def test_pauses_that_ended_long_ago_are_dropped(self, run):
        async def scenario(kept, connection):
            await kept.keep("old.example", Pause(NOW - timedelta(days=2), 1), NOW)
            await kept.keep("new.example", Pause(NOW - MINUTE, 3), NOW)
            found = await kept.load(NOW)
            return found, [await connection.hlen(key) async for key in connection.scan_iter("ww:*:pauses")]

        found, sizes = run(scenario)
        assert found == {"new.example": Pause(NOW - MINUTE, 3)}
        assert sizes == [1]

    def test_a_partition_keeps_a_thousand_at_most(self, run, monkeypatch):
        monkeypatch.setattr("wirewatch.store.pauses.partition", lambda _: 7)

        async def scenario(kept, connection):
            for n in range(1_000):
                until = NOW + (MINUTE if n % 2 else -MINUTE)
                await kept.keep(f"host{n}.example", Pause(until, 1), NOW)
            await kept.keep("one-more.example", Pause(NOW + MINUTE, 1), NOW)
            pruned = await connection.hlen("ww:007:pauses")
            for n in range(1_000):
                await kept.keep(f"lasting{n}.example", Pause(NOW + MINUTE, 1), NOW)
            await kept.keep("host1.example", Pause(NOW + 2 * MINUTE, 2), NOW)
            return pruned, await connection.hlen("ww:007:pauses"), await kept.load(NOW)

        pruned, size, found = run(scenario)
        assert (pruned, size) == (501, 1_000)
        assert found["host1.example"].in_a_row == 2
        assert "lasting999.example" not in found
