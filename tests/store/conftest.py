"""Made-up sources, entries and decisions, and a crawler's doors without their loop."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from wirewatch.ids import (
    PARTITIONS,
    ClusterId,
    alert_id,
    delivery_id,
    entry_id,
    revision,
    source_id,
    story_id,
)
from wirewatch.models import Alert, Entry, Match, Page, Source, Story
from wirewatch.store.connection import connect_async
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.frontier import Frontier
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.sources import Sources
from wirewatch.store.stories import Decision, PlannedDelivery, Stories

SEEN = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
LATER = timedelta(hours=1)


class Shard:
    """The asynchronous doors of one crawler, called as functions."""

    def __init__(self, url: str, partitions=range(PARTITIONS)) -> None:
        self._runner = asyncio.Runner()
        self._url = url
        self._partitions = list(partitions)
        self._runner.run(self._open())

    async def _open(self) -> None:
        self._connection = connect_async(self._url)
        self.polls = Polls(self._connection, self._partitions)
        self.frontier = Frontier(self._connection, self._partitions)

    def run(self, coroutine):
        return self._runner.run(coroutine)

    def claim(self, limit=1000):
        """The sources claimed."""
        return self.run(self.polls.claim(limit, timedelta(minutes=2))).sources

    def next_due(self):
        return self.run(self.polls.claim(0, timedelta(minutes=2))).next_due

    def record(self, poll):
        return self.run(self.polls.record(poll))

    def restore(self):
        return self.run(self.polls.restore())

    def pages(self, limit=1000):
        """The entries claimed whose pages are to be fetched, with their tries."""
        return self.run(self.frontier.claim(limit))[0]

    def try_again(self, entry, pause=timedelta(0), tries=1):
        self.run(self.frontier.try_again(entry, pause, tries))

    def to_fetch(self):
        return self.run(self.frontier.size())

    def close(self):
        self.run(self._connection.aclose())
        self._runner.close()


@pytest.fixture
def make_shard(store_url):
    """A crawler's doors on some partitions."""
    made = []

    def make(partitions=range(PARTITIONS)):
        made.append(Shard(store_url, partitions))
        return made[-1]

    yield make
    for shard in made:
        shard.close()


@pytest.fixture
def shard(make_shard):
    """The doors of a crawler that owns every partition."""
    return make_shard()


@pytest.fixture
def sources(store):
    return Sources(store)


@pytest.fixture
def stories(store):
    return Stories(store)


@pytest.fixture
def deliveries(store):
    return Deliveries(store)


@pytest.fixture(scope="session")
def make_source():
    """A source by number or by address."""

    def make(which=1, **facts):
        url = which if isinstance(which, str) else f"https://outlet{which}.example/rss"
        defaults = {
            "name": url,
            "min_interval": timedelta(minutes=2),
            "max_interval": timedelta(hours=6),
        }
        return Source(id=source_id(url), url=url, **(defaults | facts))

    return make


@pytest.fixture(scope="session")
def make_entry(make_source):
    """An entry of a source by number; another text is another revision."""

    def make(number=1, text="as it was", source=None, **facts):
        source = source or make_source()
        defaults = {
            "url": f"https://outlet.example/story/{number}",
            "title": f"Story {number}",
            "summary": text,
            "first_seen": SEEN,
        }
        return Entry(
            id=entry_id(source.id, str(number)),
            source_id=source.id,
            source=source.name,
            revision=revision(text),
            **(defaults | facts),
        )

    return make


@pytest.fixture(scope="session")
def make_poll(make_source):
    """A good poll that is due again in an hour."""

    def make(*entries, source=None, **facts):
        defaults = {
            "next_due": datetime.now(UTC) + LATER,
            "interval": LATER,
            "entries": entries,
        }
        return Poll(source=source or make_source(), **(defaults | facts))

    return make


@pytest.fixture(scope="session")
def make_page():
    def make(entry, html=b"<p>page</p>"):
        return Page(entry=entry, url=entry.url, html=html, status=200)

    return make


@pytest.fixture(scope="session")
def make_decision():
    """The decision about an entry: its topics alert the destinations named."""

    def make(
        entry, *topics, cluster=None, send=("desk",), url=None, due=None, result="decided", gathers=False
    ):
        story = Story(
            id=story_id(url or entry.url),
            url=url or entry.url,
            title=entry.title,
            source=entry.source,
            source_id=entry.source_id,
            first_seen=SEEN,
        )
        cluster = cluster or ClusterId(story.id)
        matches = tuple(Match(topic=topic, score=0.5, snippet="…") for topic in topics)
        alerts = []
        for match in matches:
            made = Alert(
                id=alert_id(match.topic, cluster),
                topic=match.topic,
                cluster=cluster,
                story=story,
                match=match,
                created=SEEN,
            )
            planned = tuple(
                PlannedDelivery(delivery_id(made.id, name), name, due or datetime.now(UTC), gathers)
                for name in send
            )
            alerts.append((made, planned))
        return Decision(entry.id, story, cluster, matches, tuple(alerts), result, entry.revision)

    return make
