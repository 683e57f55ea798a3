"""robots.txt: what it forbids, how often it is asked for, and what is done where it cannot be had."""

import asyncio
import itertools
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from crawler.http.pace import expected_wait_s
from crawler.http.robots_text import rules_for

OBEY = {"dont_obey_robotstxt": False}


def allowed(text, path):
    rules = rules_for("Wirewatch", text.encode())
    return Protego.parse(rules).can_fetch(f"https://example.org{path}", "Wirewatch")


@pytest.mark.parametrize(
    ("text", "forbidden", "open_to_us"),
    [
        ("User-agent: *\nDisallow: /private/", ["/private/1"], ["/", "/news"]),
        ("user-agent:*\ndisallow:/private/ # not for you", ["/private/1"], ["/news"]),
        ("User-agent: Wirewatch\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", ["/a"], ["/b"]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: wirewatch/1.0\nAllow: /", [], ["/", "/news"]),
        ("User-agent: *\nDisallow: /\n\nUser-agent: WIREWATCH\n", [], ["/news"]),
        ("User-agent: GPTBot\nUser-agent: Wirewatch\nDisallow: /a\nDisallow: /b", ["/a", "/b"], ["/c"]),
        ("User-agent: GPTBot\nDisallow: /\n", [], ["/news"]),
        ("User-agent: github\nDisallow: /\n", [], ["/news"]),  # a word of our User-Agent's address
        (
            "User-agent: *\nDisallow: /a\nUser-agent: X\nDisallow: /x\nUser-agent: *\nDisallow: /b",
            ["/a", "/b"],
            ["/x"],
        ),
        ("User-agent: *\nSitemap: https://example.org/s.xml\nDisallow: /a", ["/a"], ["/b"]),
        ("Disallow: /\nUser-agent: *\nDisallow: /a", ["/a"], ["/b"]),
        ("User-agent *\nDisallow /a", ["/a"], ["/b"]),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\nAllow: /a/b\r\n", ["/a/c"], ["/a/b"]),
        ("User-agent: *\nDisallow: /*.pdf$", ["/x.pdf"], ["/x.pdf.html"]),
        ("<html><body>not found</body></html>", [], ["/news"]),
        ("", [], ["/news"]),
    ],
)
def test_the_rules_for_us_are_read(text, forbidden, open_to_us):
    assert [path for path in forbidden if allowed(text, path)] == []
    assert [path for path in open_to_us if not allowed(text, path)] == []


_lines = st.sampled_from(
    """User-agent: * | User-agent: Wirewatch | User-agent: Other | Disallow: /a | Disallow: /b | Allow: /a/b
    Disallow: / | Disallow: | Crawl-delay: 5 | Sitemap: https://example.org/s | # words | rubbish""".replace(
        "\n", "|"
    ).split("|")
).map(str.strip)


@given(st.lists(_lines, max_size=14), st.sampled_from(["/a", "/a/b", "/b", "/c"]))
def test_the_cut_file_says_what_the_whole_file_says(lines, path):
    text = "\n".join(lines)
    whole = Protego.parse(text)
    url = f"https://example.org{path}"
    assert allowed(text, path) == whole.can_fetch(url, "Wirewatch")
    rules = Protego.parse(rules_for("Wirewatch", text.encode()))
    assert rules.crawl_delay("Wirewatch") == whole.crawl_delay("Wirewatch")


def test_a_file_of_many_robots_holds_nobody_up():
    """protego alone takes most of a minute for this one."""
    agents = "".join(f"User-agent: robot{n}\n" for n in range(20_000))
    text = agents + "User-agent: *\n" + "".join(f"Disallow: /{n}\n" for n in range(2_000))
    begun = time.process_time()
    assert not allowed(text, "/7")
    assert time.process_time() - begun < 5


def test_it_is_asked_once_for_all_who_wait(server, crawl, respond):
    async def late(_reader, writer):
        await asyncio.sleep(0.3)
        writer.write(respond(b"User-agent: *\nDisallow: /private/"))

    server.routes["/robots.txt"] = late
    server.routes["/open"] = respond(b"a story")

    async def scenario(ask):
        paths = ["/private/1", "/open", "/private/2", "/private/3", "/open"]
        return [one.told for one in await ask.all(map(server.url, paths), **OBEY)]

    forbidden = "robots.txt forbids it"
    assert crawl(scenario) == [forbidden, "200", forbidden, forbidden, "200"]
    assert server.paths().count("/robots.txt") == 1


def test_a_page_that_another_redirects_to_is_asked_for_by_its_own_hosts_rules(server, crawl, respond):
    server.routes["/robots.txt"] = respond(b"User-agent: *\nDisallow: /private/")
    server.routes["/open"] = respond(status="302 Found", Location="/private/1")

    async def scenario(ask):
        return await ask(server.url("/open"), **OBEY)

    assert crawl(scenario).told == "robots.txt forbids it"
    assert "/private/1" not in server.paths()


@pytest.mark.parametrize("status", ["404 Not Found", "401 Unauthorized", "403 Forbidden", "410 Gone"])
def test_one_that_is_not_there_forbids_nothing(server, crawl, respond, status):
    server.routes["/robots.txt"] = respond(b"User-agent: *\nDisallow: /", status=status)
    server.routes["/open"] = respond(b"a story")

    async def scenario(ask):
        return await ask(server.url("/open"), **OBEY)

    assert crawl(scenario).told == "200"


def test_one_behind_too_many_redirects_forbids_nothing(server, crawl, respond):
    server.routes["/robots.txt"] = respond(status="302 Found", Location="/robots.txt")
    server.routes["/open"] = respond(b"a story")

    async def scenario(ask):
        return await ask(server.url("/open"), **OBEY)

    assert crawl(scenario).told == "200"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("500 Internal Server Error", "robots.txt cannot be had: answers 500"),
        ("429 Too Many Requests", "robots.txt cannot be had: asks us to slow down (429)"),
    ],
)
def test_one_that_cannot_be_had_forbids_all_for_now(server, crawl, respond, status, reason):
    server.routes["/robots.txt"] = respond(status=status)
    server.routes["/open"] = respond(b"a story")

    async def scenario(ask):
        return [(await ask(server.url("/open"), **OBEY)).told for _ in range(3)]

    assert crawl(scenario)[0] == reason
    assert server.paths() == ["/robots.txt"]


def test_a_host_that_cannot_be_reached_is_told_as_such(crawl):
    async def scenario(ask):
        return [(await ask(url, **OBEY)).told for url in ("http://127.0.0.1:1/x", "http://10.0.0.1/x")]

    down, private = crawl(scenario)
    assert down == "robots.txt cannot be had: cannot be connected to"
    assert private.startswith("private address")


def test_a_feed_does_not_ask_for_it(server, crawl, respond):
    server.routes["/robots.txt"] = respond(b"User-agent: *\nDisallow: /")
    server.routes["/feed"] = respond(b"<rss/>")

    async def scenario(ask):
        return await ask(server.url("/feed"))

    assert crawl(scenario).told == "200"
    assert server.paths() == ["/feed"]


def test_the_delay_that_it_asks_for_is_kept_between_requests(server, crawl, respond):
    server.routes["/robots.txt"] = respond(b"User-agent: *\nCrawl-delay: 0.4")
    times, begun = [], threading.Event()

    async def story(_reader, writer):
        times.append(time.monotonic())
        begun.set()
        writer.write(respond(b"a story"))

    server.routes["/story"] = story

    async def scenario(ask):
        downloader, host = ask.crawler.engine.downloader, "127.0.0.1"
        before = expected_wait_s(downloader, host)
        asking = asyncio.ensure_future(ask.all([server.url("/story")] * 4, **OBEY))
        await asyncio.to_thread(begun.wait, 10)
        waiting = expected_wait_s(downloader, host)
        await asking
        # A slot that was dropped as idle begins anew with the same delay.
        downloader._slot_gc(age=-10)
        dropped = host not in downloader.slots
        await ask.all([server.url("/story")] * 2)
        return before, waiting, dropped

    before, waiting, dropped = crawl(scenario)
    assert before == 0
    assert 1.2 < waiting <= 1.6
    assert dropped
    gaps = [after - earlier for earlier, after in itertools.pairwise(times)]
    assert all(gap > 0.35 for gap in [*gaps[:3], gaps[4]])


def test_a_delay_of_a_day_is_cut(server, crawl, respond):
    server.routes["/robots.txt"] = respond(b"User-agent: *\nCrawl-delay: 86400\nDisallow: /")

    async def scenario(ask):
        await ask(server.url("/story"), **OBEY)
        return ask.crawler.engine.downloader.slots["127.0.0.1"].delay

    assert crawl(scenario) == 30
