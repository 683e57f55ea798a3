"""What ``wirewatch sources add`` finds at an address, and what it offers."""

import os
import pty
import subprocess
import sys
import time

import pytest

from console.sources.choosing import choose, menu
from console.sources.discovering import Look

ALLOWED = {"allow": ["127.0.0.0/8"]}
HTML = {"Content-Type": "text/html; charset=utf-8"}
RSS = b"<rss version='2.0'><channel><title>Example</title><item><link>/a</link></item></channel></rss>"
STORIES = "".join(
    f"<h2><a href='/2026/11/2{day}/a-long-story-{day}.html'>A long headline about tariffs {day}</a></h2>"
    for day in range(8)
)
PAGE = f"""<link rel=alternate type=application/rss+xml title="Example &raquo; Comments" href=/comments/feed>
<link rel=alternate type=application/rss+xml title=Politics href=/politics/feed>
<body>{STORIES}<a href="/sports/rss.xml">RSS</a></body>""".encode()
SITE = {
    "/": (200, HTML, PAGE),
    "/politics/feed": (200, {}, RSS),
    "/old": (301, {"Location": "/politics/feed"}, b""),
}


def urls(wirewatch):
    return {row["url"] for row in wirewatch("sources", "list", "--json").json}


def test_a_feed_is_found_out_and_said(wirewatch, store, web):
    with store(network=ALLOWED), web(SITE) as (base, requests):
        told = wirewatch("sources", "add", f"{base}/politics/feed")
        assert urls(wirewatch) == {f"{base}/politics/feed"}
    assert told.out.startswith(f"{base}/politics/feed: added; a feed: 1 entry; next poll in ")
    assert told.err == ""
    [(_, headers, _)] = requests
    assert headers["User-Agent"].startswith("Wirewatch/")


def test_in_a_pipe_the_feed_that_a_page_names_is_added_in_its_place(wirewatch, store, web):
    with store(network=ALLOWED), web(SITE) as (base, requests):
        told = wirewatch("sources", "add", f"{base}/")
        assert urls(wirewatch) == {f"{base}/politics/feed"}
    assert told.out.startswith(f"{base}/politics/feed: added; a feed: 1 entry; next poll in ")
    assert told.err.splitlines() == [
        f"{base}/ is a web page with 3 feeds:",
        f"  {base}/politics/feed  Politics",
        f"  {base}/sports/rss.xml  RSS",
        f"  {base}/comments/feed  Example » Comments",
        "The first of them is added; --kind section adds the page itself.",
    ]
    # No guessing where feeds might be.
    assert [path for path, _, _ in requests] == ["/", "/robots.txt", "/politics/feed"]


@pytest.mark.parametrize(
    "feed", [(404, {}, b""), (200, HTML, b"<!doctype html><html><p>Our feeds have moved</html>")]
)
def test_a_page_whose_feed_is_none_is_added_itself(wirewatch, store, web, feed):
    with store(network=ALLOWED), web({**SITE, "/politics/feed": feed}) as (base, _):
        told = wirewatch("sources", "add", f"{base}/")
        assert urls(wirewatch) == {f"{base}/"}
    assert told.out.startswith(f"{base}/: added; a section page, whose links are watched: 8 stories")
    assert told.err.endswith("The page itself is added; a feed tells sooner and surer.\n")


def test_a_feed_that_a_page_merely_links_to_is_named_and_the_page_is_added(wirewatch, store, web):
    page = f"<body>{STORIES}<a href='/sports/rss.xml'>RSS</a></body>".encode()
    with (
        store(network=ALLOWED),
        web({"/": (200, HTML, page), "/sports/rss.xml": (200, {}, RSS)}) as (base, _),
    ):
        told = wirewatch("sources", "add", f"{base}/")
        assert urls(wirewatch) == {f"{base}/"}
    assert f"  {base}/sports/rss.xml  RSS" in told.err


def test_news_sitemaps_are_found_through_robots_txt(wirewatch, store, web):
    robots = b"User-agent: *\nDisallow: /x\nSitemap: /all.xml\nSitemap: /news-sitemap.xml.gz\n"
    page = f"<body>{STORIES}</body>".encode()
    with store(network=ALLOWED), web({"/": (200, HTML, page), "/robots.txt": (200, {}, robots)}) as (base, _):
        told = wirewatch("sources", "add", f"{base}/")
        [row] = wirewatch("sources", "check", f"{base}/", "--json").json
    sitemap = f"{base}/news-sitemap.xml.gz"
    assert f"  {sitemap}  News sitemap, named by robots.txt" in told.err
    assert row["feeds"] == [{"url": sitemap, "title": "News sitemap, named by robots.txt"}]


def test_who_says_what_it_is_has_it_added_unseen(wirewatch, store, web):
    with store(network=ALLOWED), web(SITE) as (base, requests):
        told = wirewatch("sources", "add", f"{base}/", "--kind", "section")
    assert told.out == f"{base}/: added; as a section\n"
    assert requests == []


def test_two_addresses_that_lead_to_one_feed_are_one_source(wirewatch, store, web):
    with store(network=ALLOWED), web(SITE) as (base, _):
        told = wirewatch("sources", "add", f"{base}/old", f"{base}/politics/feed")
        assert urls(wirewatch) == {f"{base}/old"}
    assert f"{base}/politics/feed: known already; nothing changed (watched as {base}/old)" in told.out


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/nothing", "not there (404)"), ("/empty", "empty answer"), ("/loop", "redirects more")],
)
def test_what_cannot_be_looked_at_is_added_all_the_same(wirewatch, store, web, path, reason):
    answers = {"/empty": (200, {}, b" "), "/loop": (302, {"Location": "/loop"}, b"")}
    with store(network=ALLOWED), web(answers) as (base, _):
        told = wirewatch("sources", "add", f"{base}{path}")
        assert urls(wirewatch) == {f"{base}{path}"}
    assert told.code == 0
    assert f"for now: {reason}" in told.out


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><html><head><title>Paper</title>{}</head><body><h1>Paper</h1><p>Hi</p></body></html>",
        "<title>Paper</title>{}<p>Hello",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>P</title>{}</head></html>",
    ],
)
def test_a_page_without_stories_names_its_feeds_and_is_not_added_in_vain(wirewatch, store, web, page):
    link = '<link rel="alternate" type="application/rss+xml" title="All" href="/a.xml"/>'
    with store(network=ALLOWED), web({"/": (200, HTML, page.format(link).encode())}) as (base, _):
        told = wirewatch("sources", "add", f"{base}/")
        assert urls(wirewatch) == set()
    assert told.code == 1
    assert told.out == ""
    assert told.err == (
        f"{base}/ is a web page without stories, with a feed:\n"
        f"  {base}/a.xml  All\n"
        f"{base}/: not added: none of its links looks like a story's; name its feed, "
        "or say with --kind what it is, and it is added all the same\n"
    )


def test_a_page_with_neither_stories_nor_feeds_is_added_only_by_who_says_what_it_is(wirewatch, store, web):
    page = b"<!doctype html><html><head><title>Paper</title></head><body><p>Hello</p></body></html>"
    with store(network=ALLOWED), web({"/": (200, HTML, page)}) as (base, _):
        told = wirewatch("sources", "add", f"{base}/")
        assert urls(wirewatch) == set()
        assert (told.code, told.out) == (1, "")
        assert told.err == (
            f"{base}/: not added: a web page with neither feeds nor links that look like stories; "
            "name another, or say with --kind what it is, and it is added all the same\n"
        )
        assert wirewatch("sources", "add", f"{base}/", "--kind", "section").code == 0
        assert urls(wirewatch) == {f"{base}/"}
        assert "options are changed" in wirewatch("sources", "add", f"{base}/", "--tag", "a").out


FEEDS = (("https://example.org/a", "A"), ("https://example.org/b", "B\x1b[31m"))
LOOK = Look("https://example.org/", "section", FEEDS)


@pytest.mark.parametrize(
    ("answers", "chosen"),
    [
        ([""], ["https://example.org/a"]),
        (["2"], ["https://example.org/b"]),
        (["2, 1 2"], ["https://example.org/b", "https://example.org/a"]),
        (["a"], ["https://example.org/a", "https://example.org/b"]),
        (["P"], ["https://example.org/"]),
        (["3", "x", "0", "1,-1", "²", "1"], ["https://example.org/a"]),
    ],
)
def test_a_feed_is_chosen_by_its_number_and_the_first_by_itself(answers, chosen):
    given, complaints = iter(answers), []
    assert choose(LOOK, lambda _: next(given), complaints.append) == chosen
    assert len(complaints) == len(answers) - 1


def test_a_single_storys_page_is_not_offered_itself():
    look = Look("https://example.org/a-story", "story", FEEDS)
    assert "the page itself" not in menu(look)
    given = iter(["p", "1"])
    assert choose(look, lambda _: next(given), lambda _: None) == ["https://example.org/a"]


def test_a_page_without_stories_is_not_offered_itself():
    assert "the page itself" not in menu(Look("https://example.org/", "page", FEEDS))


def test_the_menu_lets_no_title_steer_the_terminal():
    assert "\x1b" not in menu(LOOK)


def test_on_a_terminal_the_feeds_are_offered(wirewatch, store, web, tmp_path):
    with store(network=ALLOWED), web(SITE) as (base, _):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "console.cli", "sources", "add", f"{base}/"]
        process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path)
        os.close(theirs)
        seen, deadline = b"", time.monotonic() + 30
        while b"Which?" not in seen and time.monotonic() < deadline:
            seen += os.read(ours, 1000)
        os.write(ours, b"2\n")
        assert process.wait(30) == 0
        os.close(ours)
        assert urls(wirewatch) == {f"{base}/sports/rss.xml"}
    assert b"the page itself" in seen
