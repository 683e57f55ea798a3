"""A story that goes on over several pages, fetched as the crawler fetches it."""

import asyncio
import time

import pytest

from crawler.continued.following import MOST_FURTHER, Follower
from crawler.entries import Item, make_entry
from crawler.http.pace import expected_wait_s, set_delay
from crawler.identity import own_id
from wirewatch.models import Page, now

TEXT = "<p>The harbour council of Eastmere heard the report on the timber toll, and was in no hurry.</p>" * 3
HTML = {"Content_Type": "text/html; charset=utf-8"}


def story(number, last, *, prefix="?page="):
    pager = "".join(
        f" <b>{n}</b>" if n == number else f' <a href="{prefix}{n}">{n}</a>' for n in range(1, last + 1)
    )
    return f"<h1>Timber toll</h1><article><p>Part {number}.</p>{TEXT}<p>{pager}</p></article>".encode()


@pytest.fixture
def follow(server, crawl, source):
    """Follow a story from its first page; what came of it."""

    def run(html, path="/toll", seconds=8.0, robots=b"User-agent: *\nAllow: /", delay_s=None):
        url = server.url(path)
        item = Item(url, url)
        entry = make_entry(source, item, own_id(source.id, item), now=now())
        page = Page(entry=entry, url=url, html=html, charset="utf-8", status=200)
        server.routes.setdefault(
            "/robots.txt", b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(robots) + robots
        )

        async def scenario(ask):
            engine = ask.crawler.engine
            if delay_s:
                await ask(server.url("/other"))
                set_delay(engine.downloader, "127.0.0.1", delay_s)
            follower = Follower(engine.download_async, lambda name: expected_wait_s(engine.downloader, name))
            return await follower.with_further(page, time.monotonic() + seconds)

        return crawl(scenario)

    return run


def test_all_pages_come_in_their_order(server, respond, follow):
    for n in range(2, 5):
        server.routes[f"/toll?page={n}"] = respond(story(n, 4), **HTML)
    assert follow(story(1, 4)).further == tuple(story(n, 4) for n in range(2, 5))
    assert server.paths() == ["/robots.txt", "/toll?page=2", "/toll?page=3", "/toll?page=4"]


def test_a_story_of_one_page_asks_for_nothing_more(server, follow):
    assert follow(story(1, 1)).further == ()
    assert server.paths() == []


def test_a_story_without_end_is_left_after_ten_more_pages(server, respond, follow):
    for n in range(2, 40):
        server.routes[f"/toll?page={n}"] = respond(story(n, n + 1), **HTML)
    assert len(follow(story(1, 2)).further) == MOST_FURTHER


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", {}),
        ("500 Internal Server Error", {}),
        ("429 Too Many Requests", {"Retry_After": "60"}),
        ("302 Found", {"Location": "/"}),
        ("302 Found", {"Location": "/toll"}),
        ("200 OK", {"Content_Type": "image/png"}),
    ],
)
def test_where_a_page_fails_the_story_is_what_came_before(server, respond, follow, status, headers):
    server.routes["/"] = server.routes["/toll"] = respond(b"<p>all the news</p>", **HTML)
    server.routes["/toll?page=2"] = respond(story(2, 3), **HTML)
    server.routes["/toll?page=3"] = respond(b"no", status=status, **(HTML | headers))
    assert follow(story(1, 3)).further == (story(2, 3),)


def test_a_page_whose_answer_breaks_off_is_left_out(server, follow):
    server.routes["/toll?page=2"] = b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n<p>"
    assert follow(story(1, 2), seconds=2.0).further == ()


def test_a_server_that_knows_no_pages_is_asked_once(server, respond, follow):
    server.routes["/toll?page=2"] = respond(story(1, 3), **HTML)
    assert follow(story(1, 3)).further == ()
    assert server.paths()[1:] == ["/toll?page=2"]


def test_pages_that_name_each_other_end(server, respond, follow):
    server.routes["/toll?page=2"] = respond(story(2, 2), **HTML)
    server.routes["/toll?page=3"] = respond(story(2, 2), **HTML)
    assert len(follow(story(1, 2)).further) == 1


def test_robots_txt_is_kept(server, respond, follow):
    server.routes["/toll?page=2"] = respond(story(2, 2), **HTML)
    assert follow(story(1, 2), robots=b"User-agent: *\nDisallow: /*?page").further == ()
    assert server.paths() == ["/robots.txt"]


def test_a_host_that_wants_long_pauses_is_not_asked_for_more_pages(server, respond, follow):
    server.routes["/toll?page=2"] = respond(story(2, 2), **HTML)
    assert follow(story(1, 2), delay_s=20).further == ()
    assert server.paths() == ["/other"]


def test_no_page_is_asked_for_when_the_time_is_over(server, follow):
    assert follow(story(1, 2), seconds=0.1).further == ()
    assert server.paths() == []


def test_a_page_that_hangs_costs_no_more_than_the_time_of_the_story(server, respond, follow):
    async def hang(_reader, _writer):
        await asyncio.sleep(30)

    server.routes["/toll?page=2"] = respond(story(2, 3), **HTML)
    server.routes["/toll?page=3"] = hang
    assert follow(story(1, 3), seconds=2.0).further == (story(2, 3),)


def test_pages_that_are_too_large_together_are_left_out(server, respond, follow):
    big = story(2, 3) + b"<!--" + b"x" * 3_000_000 + b"-->"
    server.routes["/toll?page=2"] = respond(big, **HTML)
    server.routes["/toll?page=3"] = respond(big.replace(b"Part 2", b"Part 3"), **HTML)
    assert len(follow(story(1, 3)).further) == 1
