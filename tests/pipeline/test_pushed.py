"""A hub's push, from the hub to the receiver."""

import asyncio
import socket
import threading
from contextlib import contextmanager

import pytest

from newsroom.hub import Hub

STORY = "<p>China set new tariffs on imports from the United States on Tuesday.</p>" * 9
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>" + STORY + "</article></body></html>"


def feed(site, *numbers, hub):
    rows = "".join(
        f"<item><title>China raises tariffs, part {number}</title><link>{site.url}/story/{number}</link>"
        f"<guid>{number}</guid><description>China and tariffs {number}.</description></item>"
        for number in numbers
    )
    return (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Outlet</title>'
        f'<atom:link rel="hub" href="{hub.url}"/><atom:link rel="self" href="{site.url}/feed.xml"/>'
        f"{rows}</channel></rss>"
    )


@contextmanager
def running_loop():
    """Call coroutines on a loop that runs beside the test."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield lambda coroutine: asyncio.run_coroutine_threadsafe(coroutine, loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def hub():
    """A hub, with its publishing as a plain function."""
    with running_loop() as call:
        one = Hub()
        call(one.start())
        yield one, lambda *push: call(one.publish(*push))
        call(one.stop())


def test_a_story_that_is_pushed_is_told_though_its_source_is_not_polled(site, configure, daemon, until, hub):
    one, publish = hub
    site.put("/feed.xml", feed(site, 1, hub=one), "application/rss+xml")
    for number in (1, 2):
        site.put(f"/story/{number}", PAGE.format(f"China raises tariffs, part {number}"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    config = configure(web={"listen": listen, "public_url": f"http://{listen}"})
    with daemon(config) as running:
        until(lambda: one.subscribers, what="a subscription")
        # The feed itself never carries the second story: only the hub can have told it.
        body = feed(site, 2, hub=one).encode()
        assert publish(f"{site.url}/feed.xml", body, "application/rss+xml") == [202]
        until(lambda: any("part 2" in str(alert) for alert in site.alerts()), what="an alert")
        assert running.figures().count("pushes_read") == 1
