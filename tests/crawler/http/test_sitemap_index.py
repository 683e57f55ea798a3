"""A sitemap index polled over and over: real requests, a real store, and nothing fetched twice."""

import asyncio
from datetime import timedelta

import pytest

from crawler.http.hosts import HostPauses
from crawler.poller import Poller
from wirewatch.config.settings import Polling
from wirewatch.ids import PARTITIONS, source_id
from wirewatch.models import Source, now
from wirewatch.store import keys
from wirewatch.store.carried import versions_in
from wirewatch.store.clock import to_ms
from wirewatch.store.connection import connect_async
from wirewatch.store.polls import Polls
from wirewatch.store.sources import Sources, source_partition

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml"


def index_of(*urls):
    rows = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f'<?xml version="1.0"?><sitemapindex xmlns="{SPACE}">{rows}</sitemapindex>'.encode()


def sitemap_of(*stories, published=None):
    date = f"<news><publication_date>{published.isoformat()}</publication_date></news>" if published else ""
    rows = "".join(f"<url><loc>https://outlet.example/{name}</loc>{date}</url>" for name in stories)
    return f'<?xml version="1.0"?><urlset xmlns="{SPACE}">{rows}</urlset>'.encode()


class Outlet:
    """An index, its sitemaps, and the source that it is."""

    def __init__(self, server, respond, store, store_url, crawl):
        self.server = server
        self.store = store
        self._respond = respond
        self._store_url = store_url
        self._crawl = crawl
        url = server.url("/index.xml")
        self.source = Source(
            id=source_id(url),
            url=url,
            name="Outlet",
            min_interval=timedelta(minutes=2),
            max_interval=timedelta(hours=6),
        )
        Sources(store).put([self.source])

    def put(self, path, body, etag=None, **headers):
        """A document, which is not sent again to whoever has it."""
        if etag is not None:
            headers["ETag"] = etag
        whole = self._respond(body, Content_Type=XML, **headers)
        same = self._respond(status="304 Not Modified", **headers)

        async def route(_, writer):
            head = self.server.asked[-1][1]
            writer.write(same if etag is not None and f"If-None-Match: {etag}\r\n" in head else whole)

        self.server.routes[path] = route

    def fail(self, path, status="503 Not Now"):
        self.server.routes[path] = self._respond(status=status)

    def poll(self, times=1):
        """Poll so many times; the path and the head of each request that was made."""
        before = len(self.server.asked)

        async def scenario(ask):
            async with connect_async(self._store_url) as connection:
                polls = Polls(connection, range(PARTITIONS))
                poller = Poller(ask.crawler, polls, HostPauses(), Polling, lambda: None, once=False)
                for _ in range(times):
                    self.store.zadd(keys.due(source_partition(self.source)), {self.source.id: 0})
                    await poller.claim()
                    async with asyncio.timeout(20):
                        while poller.in_flight:  # noqa: ASYNC110 - its tasks are its own
                            await asyncio.sleep(0.01)
                await poller.close()

        self._crawl(scenario)
        return self.server.asked[before:]

    @property
    def state(self):
        (one,) = Sources(self.store).states()
        return one

    def told(self):
        """The stories that are on the frontier, since this was asked last."""
        found = set()
        for p in range(PARTITIONS):
            for entry in self.store.hvals(keys.entries(p)):
                found.add(entry.decode().partition("https://outlet.example/")[2].partition('"')[0])
            self.store.delete(keys.entries(p), keys.frontier(p))
        return found


@pytest.fixture
def outlet(server, respond, store, store_url, crawl):
    """An index of two sitemaps, polled once."""
    one = Outlet(server, respond, store, store_url, crawl)
    one.put("/index.xml", index_of(server.url("/a.xml"), server.url("/b.xml")), '"i1"')
    one.put("/a.xml", sitemap_of("a1", "a2"), '"a1"')
    one.put("/b.xml", sitemap_of("b1"), '"b1"')
    return one


def conditional(asked):
    return [path for path, head in asked if "If-None-Match" in head or "If-Modified-Since" in head]


def test_an_index_and_its_sitemaps_are_fetched_whole_once(outlet):
    assert [path for path, _ in outlet.poll()] == ["/index.xml", "/a.xml", "/b.xml"]
    assert outlet.told() == {"a1", "a2", "b1"}
    asked = outlet.poll(3)
    assert conditional(asked) == ["/index.xml", "/a.xml", "/b.xml"] * 3
    assert len(asked) == 9
    assert (outlet.told(), outlet.state.error, outlet.state.size) == (set(), None, 3)


def test_what_a_sitemap_adds_is_told_though_its_index_and_the_others_say_nothing_new(outlet):
    outlet.poll()
    outlet.told()
    outlet.put("/b.xml", sitemap_of("b2", "b1"), '"b2"')
    outlet.poll()
    assert outlet.told() == {"b2"}
    assert (outlet.state.size, len(versions_in(outlet.state.carried))) == (4, 4)
    outlet.put("/a.xml", sitemap_of("a3", "a2"), '"a2"')
    asked = outlet.poll()
    assert outlet.told() == {"a3"}
    assert (outlet.state.size, len(versions_in(outlet.state.carried))) == (4, 4)
    assert conditional(asked) == ["/index.xml", "/a.xml", "/b.xml"]
    assert conditional(outlet.poll()) == ["/index.xml", "/a.xml", "/b.xml"]
    assert outlet.told() == set()


def test_sitemaps_without_validators_are_known_by_their_bytes(outlet):
    for path, names in (("/a.xml", ("a1", "a2")), ("/b.xml", ("b1",))):
        outlet.put(path, sitemap_of(*names))
    outlet.poll(2)
    assert outlet.told() == {"a1", "a2", "b1"}
    routes = outlet.store.hget(keys.COUNTERS, "route_whole"), outlet.store.hget(keys.COUNTERS, "route_split")
    assert routes == (b"1", None)
    outlet.put("/a.xml", sitemap_of("a3", "a1", "a2"))
    outlet.poll()
    assert outlet.told() == {"a3"}
    assert outlet.state.size == 4


def test_validators_of_sitemaps_are_echoed_byte_for_byte(outlet):
    odd = 'W/"caf\xe9, \\"'
    body = sitemap_of("b1")
    outlet.server.routes["/b.xml"] = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {XML}\r\nETag: {odd}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode("latin-1") + body
    asked = outlet.poll(2)
    assert f"If-None-Match: {odd}\r\n" in asked[-1][1]


def test_a_changed_index_leads_to_the_sitemaps_that_it_lists_now(outlet):
    outlet.poll()
    outlet.told()
    outlet.put("/c.xml", sitemap_of("c1"), '"c1"')
    outlet.put("/index.xml", index_of(outlet.server.url("/c.xml"), outlet.server.url("/a.xml")), '"i2"')
    asked = outlet.poll()
    assert [path for path, _ in asked] == ["/index.xml", "/c.xml", "/a.xml"]
    assert conditional(asked) == ["/index.xml", "/a.xml"]
    assert outlet.told() == {"c1"}
    assert outlet.state.size == 3
    assert conditional(outlet.poll()) == ["/index.xml", "/c.xml", "/a.xml"]


def test_a_sitemap_that_fails_for_now_keeps_its_entries(outlet):
    outlet.poll()
    outlet.told()
    outlet.fail("/a.xml")
    outlet.put("/b.xml", sitemap_of("b2"), '"b2"')
    outlet.poll()
    assert (outlet.told(), outlet.state.size, outlet.state.error) == ({"b2"}, 3, None)
    outlet.put("/a.xml", sitemap_of("a3", "a1"), '"a2"')
    asked = outlet.poll()
    assert conditional(asked) == ["/index.xml", "/a.xml", "/b.xml"]
    assert (outlet.told(), outlet.state.size) == ({"a3"}, 3)


def test_a_sitemap_that_is_not_there_any_more_loses_them_but_tells_none_twice(outlet):
    outlet.poll()
    outlet.told()
    outlet.fail("/a.xml", "404 Not Found")
    outlet.poll()
    assert (outlet.told(), outlet.state.size, outlet.state.error) == (set(), 1, None)
    outlet.put("/a.xml", sitemap_of("a3", "a1"), '"a1"')
    assert conditional(outlet.poll()) == ["/index.xml", "/b.xml"]
    assert (outlet.told(), outlet.state.size) == ({"a3"}, 3)


def test_a_sitemap_that_failed_at_first_is_asked_though_its_index_stays_the_same(outlet):
    outlet.fail("/b.xml")
    outlet.poll()
    assert outlet.state.good is None
    assert outlet.told() == {"a1", "a2"}
    outlet.put("/b.xml", sitemap_of("b1"), '"b1"')
    assert conditional(outlet.poll()) == ["/index.xml", "/a.xml"]
    assert outlet.told() == {"b1"}
    assert (outlet.state.size, outlet.state.error) == (3, None)


def test_a_server_that_hides_what_a_sitemap_adds_is_found_out_by_a_rare_request_in_full(outlet):
    outlet.poll()
    outlet.told()
    hidden = sitemap_of("b2", published=now() - timedelta(hours=2))
    outlet.put("/b.xml", hidden, '"b1"')
    outlet.poll()
    assert outlet.told() == set()
    long_ago = to_ms(now() - timedelta(days=30))
    outlet.store.hset(keys.source(outlet.source.id), mapping={"last_full": long_ago, "last_new": long_ago})
    assert conditional(outlet.poll()) == []
    assert (outlet.told(), outlet.state.lied is not None) == ({"b2"}, True)
    asked = outlet.poll(2)
    assert ([path for path, _ in asked], conditional(asked)) == (["/index.xml", "/a.xml", "/b.xml"] * 2, [])
    outlet.store.hset(keys.source(outlet.source.id), "lied", long_ago)
    outlet.poll()
    assert conditional(outlet.poll()) == ["/index.xml", "/a.xml", "/b.xml"]


def test_an_index_that_lists_a_sitemap_of_old_stories_anew_is_no_liar(outlet):
    outlet.poll()
    outlet.told()
    long_ago = to_ms(now() - timedelta(days=30))
    outlet.store.hset(keys.source(outlet.source.id), mapping={"last_full": long_ago, "last_new": long_ago})
    outlet.put("/c.xml", sitemap_of("c1", published=now() - timedelta(hours=2)), '"c1"')
    outlet.put("/index.xml", index_of(*(outlet.server.url(f"/{name}.xml") for name in "abc")), '"i2"')
    assert conditional(outlet.poll()) == []
    assert (outlet.told(), outlet.state.lied) == ({"c1"}, None)


def test_an_index_that_becomes_a_sitemap_is_one(outlet):
    outlet.poll()
    outlet.told()
    outlet.put("/index.xml", sitemap_of("a1", "x1"), '"s1"')
    outlet.poll()
    assert (outlet.told(), outlet.state.size, outlet.state.documents) == ({"x1"}, 2, "")
    assert [path for path, _ in outlet.poll()] == ["/index.xml"]


def test_an_index_that_fails_has_none_of_its_sitemaps_asked(outlet):
    outlet.poll()
    outlet.fail("/index.xml", "500 Broken")
    assert [path for path, _ in outlet.poll()] == ["/index.xml"]
    assert outlet.state.error == "answers 500"
