"""A story that goes on over several pages, on its whole way."""

import os
import subprocess
import sys
import threading

import pytest

from wirewatch.store import keys
from wirewatch.store.connection import connect
from wirewatch.store.handover import unpack
from wirewatch.store.queues import STORIES, queue

RSS = "application/rss+xml"
PARAGRAPHS = (
    "The harbour council of Eastmere heard the report on the timber toll on Friday, and was in no hurry.",
    "Its chair said that the ferries would sail as before, and that nobody had asked her what that costs.",
    "Two members wanted figures before the vote; the others wanted lunch, and the meeting was put off.",
)


def feed(*links):
    items = "".join(f"<item><title>Timber toll put off</title><link>{link}</link></item>" for link in links)
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def page(number, last, more=""):
    text = "".join(f"<p>{paragraph[:-1]}, page {number} says.</p>" for paragraph in PARAGRAPHS)
    pager = "".join(
        f" <b>{n}</b>" if n == number else f' <a href="/toll?page={n}">{n}</a>' for n in range(1, last + 1)
    )
    return (
        "<html><head><title>Timber toll put off</title></head><body><article><h1>Timber toll put off</h1>"
        f"{text}{more}<p>{pager}</p></article></body></html>"
    )


@pytest.fixture
def put_story(site):
    """A story of three pages, of which the last names what a topic waits for."""

    def put():
        for n in (1, 2, 3):
            more = (
                "<p>Iowa would pay for half of the new pier, the chair read out at the very end.</p>"
                if n == 3
                else ""
            )
            site.put("/toll" if n == 1 else f"/toll?page={n}", page(n, 3, more))

    return put


def paths(site):
    return [path for path, _ in site.asked if path.startswith("/toll")]


def test_what_stands_on_a_storys_last_page_alerts(site, configure, daemon, until, put_story):
    site.put("/feed.xml", feed(), RSS)
    topic = {"iowa": {"query": "Iowa AND pier", "send": ["hook"]}}
    with daemon(configure(topics=topic)) as one:
        until(lambda: (now := one.figures()) and now.count("polls") >= 1, what="a poll")
        put_story()
        site.put("/feed.xml", feed(f"{site.url}/toll"), RSS)
        until(lambda: site.received, what="an alert")
    assert site.alerts()[0]["data"]["story"]["url"] == f"{site.url}/toll"
    assert paths(site) == ["/toll", "/toll?page=2", "/toll?page=3"]


def test_a_crawler_that_is_killed_between_two_pages_hands_the_story_over_once(
    site, configure, make_store_server, until, put_story
):
    server = make_store_server()
    store = connect(server.url)
    command = [
        sys.executable,
        "-m",
        "console.cli",
        "crawler",
        "--config",
        str(configure(data_dir=str(server.data_dir))),
    ]
    put_story()
    site.put("/feed.xml", feed(f"{site.url}/toll"), RSS)
    hanging = threading.Event()
    site.hang("/toll?page=3", hanging)
    crawler = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=os.environ)
    try:
        until(lambda: "/toll?page=3" in paths(site), what="the page that hangs")
        assert store.zcard(keys.WAITING_STORIES) == 0
        crawler.kill()
        crawler.wait()
        hanging.set()
        crawler = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=os.environ)
        until(lambda: store.zcard(keys.WAITING_STORIES), what="the story's handover")
    finally:
        crawler.kill()
        crawler.wait()
    (key,) = store.keys(f"{keys.PAGE_PREFIX}*")
    handed = unpack(store.get(key))
    assert [b"page 1 says" in handed.html, *(b"page" in html for html in handed.further)] == [True] * 3
    assert queue(store, STORIES).count == 1
    assert paths(site) == ["/toll", "/toll?page=2", "/toll?page=3"] * 2
    store.close()
