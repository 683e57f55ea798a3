"""``wirewatch sources check``: a poll that tells all, and leaves no trace."""

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

ALLOWED = {"allow": ["127.0.0.0/8"]}


def feed(*hours):
    dates = [format_datetime(datetime.now(UTC) - timedelta(hours=ago)) for ago in hours]
    items = "".join(
        f"<item><guid>g{n}</guid><link>/s/{n}</link><title>Story {n}</title><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    return f"<rss version='2.0'><channel><title>Politics</title><ttl>7</ttl>{items}</channel></rss>".encode()


HEADERS = {"Content-Type": "application/rss+xml", "ETag": '"v1"', "Cache-Control": "max-age=300"}


def everything(connection):
    return {key: connection.dump(key) for key in connection.keys("ww:*")}


def test_an_address_that_is_not_watched_is_polled_as_a_new_source(wirewatch, configured, web, tmp_path):
    configured(network=ALLOWED)
    with web({"/feed": (200, HEADERS, feed(1, 2, 100))}) as (base, requests):
        told = wirewatch("sources", "check", f"{base}/feed", "--json")
        people = wirewatch("sources", "check", f"{base}/feed").out
    [row] = told.json
    assert told.code == 0
    assert (row["watched"], row["status"], row["kind"], row["title"]) == (False, 200, "feed", "Politics")
    entries = row["entries"]
    assert (entries["total"], entries["new"], entries["silent"], entries["known"]) == (3, 2, 1, 0)
    assert entries["newest_title"] == "Story 0"
    assert (row["fresh_for_s"], row["wishes"], row["error"]) == (300, ["ttl 7 m"], None)
    assert row["headers"]["etag"] == '"v1"'
    assert row["next_poll"]
    assert row["because"]
    assert "3: 2 would be told, 0 known, 1 learned without being told" in people
    assert f"because: {row['because']}" in people
    assert not any(name in requests[0][1] for name in ("If-None-Match", "Cookie", "Referer"))
    assert not (tmp_path / ".wirewatch").exists()


def test_a_watched_source_is_asked_with_its_validators_and_nothing_is_recorded(wirewatch, store, web):
    answers = {"/feed": (200, HEADERS, feed(1, 2))}
    with store(network=ALLOWED) as connection, web(answers) as (base, requests):
        wirewatch("sources", "add", f"{base}/feed", "--kind", "feed", "--name", "Politics")
        [source] = wirewatch("sources", "list", "--json").json
        hash_of = f"ww:source:{source['id']}"
        connection.hset(
            hash_of, mapping={"etag": b'W/"\xc3\xa9"', "last_full": 2**41, "good": 2**40, "polls": 1}
        )
        before = everything(connection)
        answers["/feed"] = (304, {}, b"")
        [row] = wirewatch("sources", "check", "politics", "--json").json
        people = wirewatch("sources", "check", source["id"]).out
        assert everything(connection) == before
    assert (row["watched"], row["status"], row["entries"]) == (True, 304, None)
    assert requests[-1][1]["If-None-Match"].encode("latin-1") == b'W/"\xc3\xa9"'
    assert "nothing to read" in people
    assert "watched as Politics" in people


def test_redirects_and_packing_are_told(wirewatch, configured, web):
    configured(network=ALLOWED)
    body = gzip.compress(feed(*range(30)))
    answers = {"/old": (301, {"Location": "/feed"}, b""), "/feed": (200, {"Content-Encoding": "gzip"}, body)}
    with web(answers) as (base, _):
        [row] = wirewatch("sources", "check", f"{base}/old", "--json").json
    assert row["redirects"] == [{"status": 301, "to": f"{base}/feed"}]
    assert (row["bytes_on_the_wire"], row["headers"]["content-encoding"]) == (len(body), "gzip")
    assert row["bytes"] > len(body)


@pytest.mark.parametrize(
    ("answer", "error", "remedy"),
    [
        ((404, {}, b""), "not there (404)", "look at the address"),
        ((503, {"Retry-After": "7200"}, b""), "is not available for now (503)", "left alone"),
        ((200, {}, b"\x00\x01binary"), "", "name a feed"),
        ((200, {"Content-Encoding": "gzip"}, b"not gzip"), "its body is not gzip", ""),
        ((302, {"Location": "file:///etc/passwd"}, b""), "neither http nor https", ""),
        ((302, {"Location": "http://10.0.0.1/"}, b""), "private address", "network.allow"),
    ],
)
def test_a_failure_is_told_with_its_reason_and_a_remedy(wirewatch, configured, web, answer, error, remedy):
    configured(network=ALLOWED)
    with web({"/feed": answer}) as (base, _):
        told = wirewatch("sources", "check", f"{base}/feed", "--json")
        people = wirewatch("sources", "check", f"{base}/feed")
    [row] = told.json
    assert (told.code, people.code) == (1, 1)
    assert error in row["error"]
    assert remedy in (row["remedy"] or "")
    assert row["error"] in people.out


def test_retry_after_is_obeyed_in_the_plan(wirewatch, configured, web):
    configured(network=ALLOWED)
    with web({"/feed": (503, {"Retry-After": "7200"}, b"")}) as (base, _):
        [row] = wirewatch("sources", "check", f"{base}/feed", "--json").json
    assert row["because"] == "Retry-After"
    assert datetime.fromisoformat(row["next_poll"]) - datetime.now(UTC) > timedelta(minutes=119)


def test_a_source_that_is_gone_is_polled_no_more(wirewatch, configured, web):
    configured(network=ALLOWED)
    with web({"/feed": (410, {}, b"")}) as (base, _):
        [row] = wirewatch("sources", "check", f"{base}/feed", "--json").json
    assert (row["next_poll"], row["remedy"].partition(";")[0]) == (None, "it is asked no more")


def test_a_section_page_is_asked_for_only_where_robots_txt_allows_it(wirewatch, store, web):
    answers = {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /politics")}
    with store(network=ALLOWED), web(answers) as (base, requests):
        wirewatch("sources", "add", f"{base}/politics", "--kind", "section")
        told = wirewatch("sources", "check", f"{base}/politics", "--json")
        [row] = told.json
    assert (told.code, row["error"], row["status"]) == (1, "robots.txt forbids it", None)
    assert [path for path, _, _ in requests] == ["/robots.txt"]


def test_what_is_neither_address_nor_source_is_refused(wirewatch, configured):
    configured()
    told = wirewatch("sources", "check", "nobody")
    assert told.code == 2
    assert told.err.startswith("nobody: neither an address nor a source; ")


SECTION = "".join(
    f"<h2><a href='/2026/11/2{day}/a-long-story-{day}.html'>A long headline about tariffs {day}</a></h2>"
    for day in range(8)
)
FEED_LINK = "<link rel=alternate type=application/rss+xml title=Politics href=/politics/feed>"
WIRE = "<p class=wire><a href=/x>Short</a></p>"
PAGE = f"<!doctype html><html><head>{FEED_LINK}</head><body>{SECTION}{WIRE}</body></html>".encode()
HTML = {"Content-Type": "text/html; charset=utf-8"}


def test_a_page_that_has_a_feed_says_so_and_shows_its_stories(wirewatch, configured, web):
    configured(network=ALLOWED)
    with web({"/politics": (200, HTML, PAGE)}) as (base, _):
        [row] = wirewatch("sources", "check", f"{base}/politics", "--json").json
        people = wirewatch("sources", "check", f"{base}/politics").out
    assert (row["kind"], row["error"], row["stories"]) == ("section", None, None)
    assert row["feeds"] == [{"url": f"{base}/politics/feed", "title": "Politics"}]
    assert f"{base}/politics/feed (Politics)" in people
    assert "a feed tells sooner and surer" in people
    assert f"{base}/2026/11/20/a-long-story-0.html (A long headline about tariffs 0)" in people


def test_a_page_without_stories_still_names_its_feed(wirewatch, configured, web):
    configured(network=ALLOWED)
    page = PAGE.replace(SECTION.encode(), b"")
    with web({"/politics": (200, HTML, page)}) as (base, _):
        [row] = wirewatch("sources", "check", f"{base}/politics", "--json").json
    assert row["error"]
    assert row["feeds"] == [{"url": f"{base}/politics/feed", "title": "Politics"}]


def test_what_the_user_chooses_is_said_and_is_what_is_read(wirewatch, configured, web):
    with web({"/politics": (200, HTML, PAGE)}) as (base, _):
        stories = {"select": ".wire a", "not_urls": ["/sport/*"]}
        configured(network=ALLOWED, sources=[{"url": f"{base}/politics", "stories": stories}])
        [row] = wirewatch("sources", "check", f"{base}/politics", "--json").json
        people = wirewatch("sources", "check", f"{base}/politics").out
    assert row["stories"] == {"select": ".wire a", "urls": [], "not_urls": ["/sport/*"]}
    assert row["entries"]["total"] == 1
    assert "chosen by select .wire a; not_urls /sport/*" in people
    assert f"{base}/x (Short)" in people
