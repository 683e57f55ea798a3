"""Requests through a proxy."""

import asyncio
import base64
import logging

import pytest

from crawler.settings import for_user
from wirewatch.config.settings import NetworkAccess

PASSWORD = "s3cret:/?#"


@pytest.fixture
def proxy(server, respond):
    """A proxy that wants a password; it answers plain requests itself, and refuses tunnels to dead hosts."""
    wanted = "Basic " + base64.b64encode(f"desk:{PASSWORD}".encode()).decode()

    async def anything(_reader, writer):
        path, head = server.asked[-1]
        if f"Proxy-Authorization: {wanted}" not in head:
            writer.write(respond(status="407 Proxy Authentication Required"))
        elif head.startswith("CONNECT"):
            writer.write(respond(status="502 Bad Gateway"))
        else:
            writer.write(respond(f"fetched {path}".encode()))

    server.otherwise = anything
    return server


def through(proxy, password=PASSWORD):
    quoted = password.replace(":", "%3A").replace("/", "%2F").replace("?", "%3F").replace("#", "%23")
    return for_user(NetworkAccess(proxy=f"http://desk:{quoted}@127.0.0.1:{proxy.port}"))


def test_all_is_fetched_through_it(proxy, crawl):
    async def scenario(ask):
        return await ask("http://news.example/feed")

    chosen = through(proxy) | {"WIREWATCH_ALLOW_NETWORKS": []}
    assert crawl(scenario, **chosen).response.body == b"fetched http://news.example/feed"


def test_private_addresses_are_refused_before_it(proxy, crawl):
    async def scenario(ask):
        return await ask.all(
            ["http://10.0.0.1/", "http://localhost/", "http://2130706433/", "file:///etc/passwd"]
        )

    chosen = through(proxy) | {"WIREWATCH_ALLOW_NETWORKS": []}
    asked = crawl(scenario, **chosen)
    assert [one.response for one in asked] == [None] * 4
    assert not proxy.asked


def test_its_refusals_are_named_and_its_password_is_told_nobody(proxy, crawl, caplog):
    async def scenario(ask):
        return await ask.all(["https://news.example/feed", "http://news.example/feed"])

    caplog.set_level(logging.DEBUG)
    dead, _ = crawl(scenario, **through(proxy))
    assert dead.reason == "the proxy does not get through (502)"
    secure, plain = crawl(scenario, **through(proxy, "wrong-s3cret"))
    assert secure.reason == "the proxy asks for another password (407)"
    assert plain.told == "407"
    logging.getLogger("test").error("told", exc_info=secure.error)
    assert "s3cret" not in caplog.text


def test_one_that_is_not_there_is_named(crawl):
    async def scenario(ask):
        return await ask("http://news.example/feed")

    chosen = for_user(NetworkAccess(proxy="http://desk:s3cret@127.0.0.1:1"))
    asked = crawl(scenario, **chosen)
    assert asked.reason == "the proxy cannot be reached"
    assert "s3cret" not in repr(asked.error)


def test_hosts_behind_it_are_asked_side_by_side(proxy, crawl):
    async def scenario(ask):
        return await asyncio.wait_for(ask.all([f"http://host{n}.example/" for n in range(50)]), 20)

    assert {one.told for one in crawl(scenario, **through(proxy))} == {"200"}
