import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wirewatch.config.watched import id_of
from wirewatch.ids import PARTITIONS
from wirewatch.models import Source
from wirewatch.store.connection import connect_async
from wirewatch.store.embedded import store_url
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.sources import Sources

FEED = "https://127.0.0.1:1/politics/feed"  # looked at, and refused: it is private
ELSEWHERE = "https://127.0.0.2:1/rss"


def source(url, name="Example"):
    bounds = {"min_interval": timedelta(minutes=2), "max_interval": timedelta(hours=6)}
    return Source(id=id_of(url), url=url, name=name, **bounds)


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
        assert wirewatch("sources", "add", ELSEWHERE).code == 0
        told = wirewatch("sources", "list", "--json")
    assert told.err == ""
    assert [(row["name"], row["origin"]) for row in told.json] == [
        ("127.0.0.2", "added"),
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
    told = wirewatch("sources", "add", FEED)
    assert "found out at the first poll, for now: private address" in told.out
    assert told.code == 0


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
    told = wirewatch("sources", "add", FEED, ELSEWHERE, "--name", "Example")
    assert told.code == 2
    assert "--name" in told.err


def test_lists_are_filtered_by_tag_kind_and_state(wirewatch, store, polled):
    with store() as connection:
        bad = source("https://bad.example/feed", "Bad").model_copy(update={"tags": ("national",)})
        good = source("https://good.example/feed", "Good").model_copy(update={"tags": ("iowa", "national")})
        Sources(connection).add([bad, good, source("https://new.example/", "New")])
        pause = timedelta(minutes=30)
        later = datetime.now(UTC) + pause
        polled(Poll(bad, later, pause, error="not there (404)"))
        polled(Poll(good, later, pause, learned={"kind": "feed"}, why="its rhythm", flag="silent"))

        def names(*words):
            return [row["name"] for row in wirewatch("sources", "list", "--json", *words).json]

        assert names("--tag", "national") == ["Bad", "Good"]
        assert names("--tag", "iowa", "--tag", "none") == ["Good"]
        assert names("--state", "failing") == names("--failing") == ["Bad"]
        assert names("--state", "new") == ["New"]
        assert names("--state", "silent") == names("--kind", "feed") == ["Good"]
        assert names("--state", "paused") == []
        assert "No source is like that." in wirewatch("sources", "list", "--state", "ended").out
        table = wirewatch("sources", "list", "--state", "silent").out
    assert "good, silent since" in table
    assert ": its rhythm" in table


def test_an_address_is_known_in_any_spelling_and_feeds_are_told_by_their_parameters(wirewatch, store):
    with store():
        add = ("sources", "add", "--kind", "feed")
        wirewatch(*add, "https://www.example.org/getfeed?feedName=politics")
        for spelling in (
            "http://www.example.org/getfeed/?feedName=politics",
            "https://example.org/getfeed?utm_source=x&feedName=politics",
        ):
            assert "known already" in wirewatch("sources", "add", spelling).out
        told = wirewatch(*add, "https://www.example.org/getfeed?feedName=sports")
        assert told.out.endswith("added; as a feed\n")
        assert len(wirewatch("sources", "list", "--json").json) == 2


def test_a_source_that_moved_is_known_where_it_moved_to(wirewatch, store, polled):
    with store() as connection:
        old = source("https://old.example/feed", "Old")
        Sources(connection).add([old])
        polled(Poll(old, None, timedelta(hours=1), learned={"moved_to": "https://new.example/feed"}))
        told = wirewatch("sources", "add", "https://new.example/feed/", "--kind", "feed")
        [row] = wirewatch("sources", "list", "--state", "moved", "--json").json
    assert "nothing changed (watched as https://old.example/feed)" in told.out
    assert row["moved_to"] == "https://new.example/feed"
