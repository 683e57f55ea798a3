import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wirewatch.ids import PARTITIONS, source_id
from wirewatch.models import Source
from wirewatch.store.connection import connect_async
from wirewatch.store.embedded import store_url
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.sources import Sources
from wirewatch.text.urls import canonical

FEED = "https://example.org/politics/feed"


def source(url, name="Example"):
    bounds = {"min_interval": timedelta(minutes=2), "max_interval": timedelta(hours=6)}
    return Source(id=source_id(canonical(url)), url=url, name=name, **bounds)


@pytest.fixture
def polled(wirewatch):
    """Record a poll of a source, as the crawler does."""

    async def record(poll):
        async with connect_async(store_url(Path(".wirewatch"))) as connection:
            await Polls(connection, range(PARTITIONS)).record(poll)

    return lambda poll: asyncio.run(record(poll))


def test_without_a_daemon_the_files_sources_are_listed_as_not_polled(wirewatch, configured):
    configured(sources=[{"url": FEED, "name": "Example", "tags": ["national"]}])
    told = wirewatch("sources", "list", "--json")
    assert told.code == 0
    assert "wirewatch run" in told.err
    [row] = told.json
    assert (row["url"], row["state"], row["polls"], row["origin"]) == (FEED, "not polled yet", 0, "file")
    assert row["tags"] == ["national"]
    assert "not polled yet" in wirewatch("sources", "list").out


def test_the_files_sources_and_added_ones_are_one_list(wirewatch, store):
    with store(sources=[{"url": FEED, "name": "Of the file"}]):
        assert wirewatch("sources", "add", "https://example.net/rss").code == 0
        told = wirewatch("sources", "list", "--json")
    assert told.err == ""
    assert [(row["name"], row["origin"]) for row in told.json] == [
        ("example.net", "added"),
        ("Of the file", "file"),
    ]


def test_a_failing_source_is_listed_with_its_reason(wirewatch, store, polled):
    with store() as connection:
        bad, good = source("https://bad.example/feed", "Bad"), source("https://good.example/feed", "Good")
        Sources(connection).add([bad, good])
        later = datetime.now(UTC) + timedelta(minutes=30)
        pause = timedelta(minutes=30)
        for _ in range(2):
            polled(Poll(bad, later, pause, error="not there (404)"))
        polled(Poll(good, later, pause, learned={"kind": "feed"}))
        [row] = wirewatch("sources", "list", "--failing", "--json").json
        table = wirewatch("sources", "list").out.splitlines()
    assert (row["name"], row["state"], row["failures"], row["reason"]) == (
        "Bad",
        "failing",
        2,
        "not there (404)",
    )
    assert "failing 2 times: not there (404)" in table[1]
    assert table[2].split()[:4] == ["Good", "feed", "good", "1"]
    assert "in 29 m" in table[2] or "in 30 m" in table[2]


def test_a_source_that_is_gone_is_never_polled_again(wirewatch, store, polled):
    with store() as connection:
        gone = source(FEED)
        Sources(connection).add([gone])
        polled(Poll(gone, None, timedelta(hours=6), error="gone for good (410)"))
        [row] = wirewatch("sources", "list", "--json").json
    assert (row["state"], row["next_poll"]) == ("ended", None)


def test_a_source_added_without_a_daemon_is_there_when_one_starts(wirewatch, store, configured):
    configured()
    told = wirewatch(
        "sources", "add", FEED, "--name", "Example", "--tag", "a", "--tag", "b", "--kind", "feed"
    )
    assert told.code == 0
    assert told.out == f"{FEED}: added; as a feed\n"
    with store() as connection:
        [state] = Sources(connection).states()
    assert (state.source.name, state.source.tags, state.kind) == ("Example", ("a", "b"), "feed")


def test_a_source_without_a_kind_says_that_it_will_be_found_out(wirewatch, configured):
    configured()
    assert "found out at the first poll" in wirewatch("sources", "add", FEED).out


def test_a_source_added_twice_is_known_and_keeps_its_options(wirewatch, store):
    with store() as connection:
        wirewatch("sources", "add", FEED, "--name", "Example")
        again = wirewatch("sources", "add", f"{FEED}?utm_source=rss#top", FEED)
        assert again.code == 0
        assert again.out.count("known already; nothing changed") == 1
        [state] = Sources(connection).states()
        assert state.source.name == "Example"
        changed = wirewatch("sources", "add", FEED, "--tag", "national")
        assert "options are changed" in changed.out
        [state] = Sources(connection).states()
    assert (state.source.name, state.source.tags) == ("Example", ("national",))


def test_a_source_of_the_file_is_known_and_not_added(wirewatch, store):
    with store(sources=[FEED]) as connection:
        told = wirewatch("sources", "add", FEED)
        assert Sources(connection).states() == []
    assert "stands in wirewatch.yaml" in told.out


def test_one_address_that_is_none_stops_all_of_them(wirewatch, store):
    with store() as connection:
        told = wirewatch("sources", "add", FEED, "example.org/feed", "ftp://example.org/")
        assert Sources(connection).states() == []
    assert told.code == 2
    assert [line.split(": ")[0] for line in told.err.splitlines()] == [
        "example.org/feed",
        "ftp://example.org/",
    ]


def test_a_name_is_for_one_source(wirewatch, configured):
    configured()
    told = wirewatch("sources", "add", FEED, "https://example.net/", "--name", "Example")
    assert told.code == 2
    assert "--name" in told.err
