"""A wire of loopback sites: feeds that get stories step by step, pages, and a record of every request."""

import asyncio
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

WINDOW = 40  # stories that a feed carries
_BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
_TEXT = "<p>The county board in Ames met on Friday to talk about roads, bridges and the price of gravel.</p>"
# How a server deals with validators: it gives one, the other or both; hears none; gives none; fails first.
_FEEDS = ("etag", "date", "both", "deaf", "bare", "busy")


@dataclass(frozen=True)
class Asked:
    """One request, and what it was answered."""

    at: float
    path: str
    host: str
    agent: str
    echoed: tuple[str | None, str | None]  # If-None-Match, If-Modified-Since
    status: int
    given: tuple[str | None, str | None]  # ETag, Last-Modified


@dataclass
class Story:
    """A story: ``kind`` says how its page is served."""

    number: int
    kind: str
    url: str
    told: datetime

    @property
    def reason(self):
        """Why it must be handed over without its page; None: with it."""
        return {
            "missing": "not there (404)",
            "broken": "is not available for now (503), asked 4 times",
            "whole": "the feed has it all",
        }.get(self.kind)

    def page(self):
        return f"<html><head><title>Part {self.number}</title></head><body>{_TEXT * 20}</body></html>"

    def item(self):
        whole = f"<content:encoded><![CDATA[{_TEXT * 25}]]></content:encoded>" if self.kind == "whole" else ""
        return (
            f"<item><title>Board meets, part {self.number}</title><link>{self.url}</link>"
            f"<guid isPermaLink='false'>urn:{self.number}</guid>"
            f"<pubDate>{format_datetime(self.told)}</pubDate>"
            f"<description>They met.</description>{whole}</item>"
        )


@dataclass
class Feed:
    """A feed: ``kind`` says how its server deals with validators."""

    kind: str
    url: str
    stories: list[Story] = field(default_factory=list)
    refusals: int = 0  # so many requests are answered 503 before the first good one

    def validators(self):
        version = len(self.stories)
        etag = f'W/"v{version}-ä/=="' if self.kind in ("etag", "both", "deaf", "busy") else None
        date = format_datetime(_BEGIN + timedelta(seconds=version), usegmt=True)
        return etag, date if self.kind in ("date", "both", "deaf") else None

    def body(self):
        items = "".join(story.item() for story in reversed(self.stories[-WINDOW:]))
        space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        return f'<rss version="2.0" {space}><channel><title>{self.url}</title>{items}</channel></rss>'


class Wire:
    """Loopback sites, 127.0.0.1 and up: feeds, the pages of their stories, and what was asked when.

    Attributes:
        asked: every request that was answered, in its order.
        feeds: those that get stories, by path.
        quiet: those that carry a few old ones for ever, by path.
        stories: by path of their pages.
        loop: in which all of it runs, in a thread of its own.
    """

    WINDOW = WINDOW

    def __init__(self, hosts, feeds, quiet, chance):
        self.asked = []
        self.answered = {"feed": threading.Event(), "page": threading.Event()}
        self.stories = {}
        self._tries = Counter()
        self._chance = chance
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        sites = [f"127.0.0.{n}" for n in range(1, hosts + 1)]
        self.places = asyncio.run_coroutine_threadsafe(self._serve(sites), self.loop).result(20)
        self.feeds = {path: self._feed(path, n) for n in range(feeds) for path in [f"/feed/{n}"]}
        self.quiet = {f"/quiet/{n}": Feed("both", self._url(f"/quiet/{n}", n)) for n in range(quiet)}
        old = datetime.now(UTC) - timedelta(days=3)
        for feed in self.quiet.values():
            feed.stories = [Story(n, "page", f"{feed.url}/{n}", old) for n in range(5)]

    def _feed(self, path, n):
        kind = _FEEDS[n % len(_FEEDS)]
        return Feed(kind, self._url(path, n), refusals=2 if kind == "busy" else 0)

    def _url(self, path, n):
        return f"http://{self.places[n % len(self.places)]}{path}"

    async def _serve(self, sites):
        self._runner = web.ServerRunner(web.Server(self._answer))
        await self._runner.setup()
        for site in sites:
            await web.TCPSite(self._runner, site, 0).start()
        return [f"{host}:{port}" for host, port in self._runner.addresses]

    def stop(self):
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self.loop).result(20)
        self.loop.call_soon_threadsafe(self.loop.stop)

    def publish(self, feed):
        """A feed's next story."""
        number = len(self.stories)
        kinds, weights = ("page", "slow", "busy", "missing", "whole"), (80, 5, 5, 5, 5)
        # What no server mends takes its 20 seconds: early.
        kind = "broken" if number in range(7, 100, 13) else self._chance.choices(kinds, weights)[0]
        path = f"/story/{number}"
        # Half of them lie on another host than their feed.
        at = self._chance.randrange(len(self.places)) if number % 2 else int(feed.url.rpartition("/")[2])
        story = Story(number, kind, self._url(path, at), datetime.now(UTC))
        self.stories[path] = story
        feed.stories.append(story)

    async def _answer(self, request):
        heard = request.headers
        echoed = (heard.get("If-None-Match"), heard.get("If-Modified-Since"))
        at = time.time()  # before the answer: a poll is not due sooner than this and its interval
        status, body, given = await self._respond(request.path, echoed)
        agent = heard.get("User-Agent", "")
        host = request.host.partition(":")[0]
        self.asked.append(Asked(at, request.path, host, agent, echoed, status, given))
        kind = "text/html" if request.path.startswith("/story/") else "application/rss+xml"
        names = {name: value for name, value in zip(("ETag", "Last-Modified"), given, strict=True) if value}
        await asyncio.sleep(self._chance.uniform(0, 0.05))
        if status == 200:
            self.answered["page" if kind == "text/html" else "feed"].set()
        return web.Response(status=status, body=body.encode(), headers={"Content-Type": kind, **names})

    async def _respond(self, path, echoed):
        if (story := self.stories.get(path)) is not None:
            return *await self._page(path, story), (None, None)
        feed = self.feeds.get(path) or self.quiet.get(path)
        return _document(feed, echoed) if feed is not None else (404, "", (None, None))

    async def _page(self, path, story):
        self._tries[path] += 1
        if story.kind == "missing":
            return 404, ""
        if story.kind == "broken" or (story.kind == "busy" and self._tries[path] == 1):
            return 503, ""
        if story.kind == "slow":
            await asyncio.sleep(0.3)
        return 200, story.page()

    def of(self, path):
        """All requests for a path."""
        return [one for one in self.asked if one.path == path]


def _document(feed, echoed):
    if feed.refusals:
        feed.refusals -= 1
        return 503, "", (None, None)
    given = feed.validators()  # before the body: what is published in between must not hide behind them
    unchanged = any(echoed) and all(a == b for a, b in zip(echoed, given, strict=True) if a)
    return (304, "", given) if unchanged and feed.kind != "deaf" else (200, feed.body(), given)
