"""The look that ``wirewatch sources add`` takes at an address is the source's first poll."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from wirewatch.ids import PARTITIONS
from wirewatch.models import Origin
from wirewatch.store.connection import connect_async
from wirewatch.store.embedded import store_url
from wirewatch.store.frontier import Frontier
from wirewatch.store.polls import Polls
from wirewatch.store.sources import Sources

ALLOWED = {"allow": ["127.0.0.0/8"]}
HTML = {"Content-Type": "text/html"}
HEADERS = {"Content-Type": "application/rss+xml", "ETag": '"v1"', "Last-Modified": "some day"}
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"""
SECTION = "<!doctype html>" + "".join(
    f"<h2><a href='/2026/11/2{day}/a-long-story-{day}.html'>A long headline about tariffs {day}</a></h2>"
    for day in range(8)
)
WITHOUT_ANYTHING = b"<!doctype html><html><head><title>Paper</title></head><body><p>Hello</p></body></html>"


def feed(*hours):
    dates = [format_datetime(datetime.now(UTC) - timedelta(hours=ago)) for ago in hours]
    items = "".join(
        f"<item><guid>g{n}</guid><link>/s/{n}</link><title>Story {n}</title><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    return f"<rss version='2.0'><channel><title>Politics</title>{items}</channel></rss>".encode()


@pytest.fixture
def crawler():
    """What a crawler that runs beside the command would claim at this moment: sources, entries."""

    async def claim():
        async with connect_async(store_url(Path(".wirewatch"))) as connection:
            polls = await Polls(connection, range(PARTITIONS)).claim(100, timedelta(minutes=2))
            return polls.sources, await Frontier(connection, range(PARTITIONS)).size()

    return lambda: asyncio.run(claim())


def test_a_feed_that_was_looked_at_is_not_asked_for_again_as_a_whole(wirewatch, store, web, crawler):
    answers = {"/feed": (200, HEADERS, feed(1, 2, 100))}
    with store(network=ALLOWED) as connection, web(answers) as (base, requests):
        told = wirewatch("sources", "add", f"{base}/feed")
        assert crawler() == ([], 2)  # its stories of the last day wait for their pages, and it for its time
        [state] = Sources(connection).states()
    assert len(requests) == 1
    assert (state.etag, state.last_modified) == (b'"v1"', b"some day")  # sent at the next poll
    assert (state.polls, state.kind, state.size, state.entries) == (1, "feed", 3, 2)
    assert state.last_full is not None
    assert told.out.startswith(
        f"{base}/feed: added; a feed: 3 entries, 2 of them from the last 24 h; next poll in "
    )


@pytest.mark.parametrize(
    "answer",
    [
        (404, {}, b""),
        (200, {}, b"\x00\x01binary"),
        (200, {}, b""),
        (304, {}, b""),
        (200, {}, INDEX),  # its sitemaps are asked at the first poll
    ],
)
def test_what_cannot_be_a_first_poll_is_polled_at_once(wirewatch, store, web, crawler, answer):
    with store(network=ALLOWED) as connection, web({"/a": answer}) as (base, _):
        told = wirewatch("sources", "add", f"{base}/a")
        [state] = Sources(connection).states()
        [due], waiting = crawler()
    assert told.code == 0
    assert (state.polls, state.error, waiting) == (0, None, 0)
    assert due.source.url == f"{base}/a"


def test_a_command_that_dies_before_it_records_leaves_the_poll_to_the_crawler(
    wirewatch, store, web, crawler, monkeypatch
):
    async def dies(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Polls, "record", dies)
    with store(network=ALLOWED) as connection, web({"/feed": (200, HEADERS, feed(1))}) as (base, _):
        assert wirewatch("sources", "add", f"{base}/feed").code != 0
        [state] = Sources(connection).states()
        assert crawler() == ([], 0)
    assert state.polls == 0
    assert timedelta(0) < state.due - datetime.now(UTC) < timedelta(minutes=10)


def test_a_source_that_is_known_is_not_polled_by_being_named_again(wirewatch, store, web):
    answers = {"/feed": (200, HEADERS, feed(1))}
    with store(network=ALLOWED) as connection, web(answers) as (base, _):
        wirewatch("sources", "add", f"{base}/feed")
        wirewatch("sources", "add", f"{base}/feed", "--tag", "national")
        wirewatch("sources", "pause", f"{base}/feed")
        assert "known already" in wirewatch("sources", "add", f"{base}/feed").out
        wirewatch("sources", "resume", f"{base}/feed")
        [state] = Sources(connection).states()
    assert (state.polls, state.source.tags) == (1, ("national",))


def test_what_a_source_taught_before_it_left_the_file_is_left_to_its_next_poll(wirewatch, store, web):
    answers = {"/feed": (200, HEADERS, feed(1))}
    with store(network=ALLOWED) as connection, web(answers) as (base, _):
        wirewatch("sources", "add", f"{base}/feed")
        registry = Sources(connection)
        [state] = registry.states()
        connection.delete("ww:added")
        registry.put([state.source.model_copy(update={"origin": Origin.FILE})])
        registry.stop(state.source)  # it was taken out of the file
        told = wirewatch("sources", "add", f"{base}/feed")
        [after] = registry.states()
    assert told.out == f"{base}/feed: added; a feed\n"
    assert (after.polls, after.etag) == (1, b'"v1"')
    assert after.due <= datetime.now(UTC)


def test_stories_that_a_removed_source_had_shown_are_not_told_when_it_is_added_again(wirewatch, store, web):
    with store(network=ALLOWED) as connection, web({"/feed": (200, HEADERS, feed(1, 2))}) as (base, _):
        wirewatch("sources", "add", f"{base}/feed")
        wirewatch("sources", "remove", f"{base}/feed")
        wirewatch("sources", "add", f"{base}/feed")
        [state] = Sources(connection).states()
    assert (state.polls, state.entries) == (1, 0)


def test_a_feed_added_without_a_daemon_is_polled_as_well(wirewatch, configured, store, web):
    configured(network=ALLOWED)
    with web({"/feed": (200, HEADERS, feed(1, 100))}) as (base, _):
        assert "2 entries, 1 of them" in wirewatch("sources", "add", f"{base}/feed").out
        with store(network=ALLOWED) as connection:
            [state] = Sources(connection).states()
    assert (state.polls, state.size) == (1, 2)


def test_a_feed_that_is_read_in_a_process_of_its_own_is_polled_as_well(wirewatch, store, web):
    with store(network=ALLOWED), web({"/feed": (200, HEADERS, feed(*range(1_000)))}) as (base, _):
        told = wirewatch("sources", "add", f"{base}/feed")
    assert "a feed: 1,000 entries, 24 of them from the last 24 h; next poll in " in told.out


def test_a_page_is_its_first_poll_if_robots_txt_lets_it_be(wirewatch, store, web, crawler):
    rules = b"User-agent: *\nDisallow: /closed"
    answers = {
        "/open": (200, HTML, SECTION.encode()),
        "/closed": (200, HTML, SECTION.encode()),
        "/robots.txt": (200, {}, rules),
    }
    with store(network=ALLOWED) as connection, web(answers) as (base, requests):
        told = wirewatch("sources", "add", f"{base}/open", f"{base}/closed")
        states = {state.source.url: state for state in Sources(connection).states()}
        [due], _ = crawler()
    assert (states[f"{base}/open"].polls, states[f"{base}/open"].size) == (1, 8)
    assert due.source.url == f"{base}/closed"
    assert f"{base}/open: added; a section page, whose links are watched: 8 stories" in told.out
    assert f"{base}/closed: added; a section page, but for now: robots.txt forbids it" in told.out
    assert sorted({path for path, _, _ in requests}) == ["/closed", "/open", "/robots.txt"]


def test_where_robots_txt_binds_feeds_too_a_forbidden_one_is_not_looked_at(wirewatch, store, web):
    answers = {"/feed": (200, HEADERS, feed(1)), "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /")}
    with (
        store(network=ALLOWED, polling={"robots_for_feeds": True}) as connection,
        web(answers) as (base, requests),
    ):
        told = wirewatch("sources", "add", f"{base}/feed")
        [state] = Sources(connection).states()
    assert "for now: robots.txt forbids it" in told.out
    assert state.polls == 0
    assert [path for path, _, _ in requests] == ["/robots.txt"]


def test_one_address_that_has_nothing_to_watch_does_not_keep_the_others_out(wirewatch, store, web):
    answers = {"/": (200, HTML, WITHOUT_ANYTHING), "/feed": (200, HEADERS, feed(1))}
    with store(network=ALLOWED) as connection, web(answers) as (base, _):
        told = wirewatch("sources", "add", f"{base}/", f"{base}/feed")
        [state] = Sources(connection).states()
    assert told.code == 1
    assert state.source.url == f"{base}/feed"
