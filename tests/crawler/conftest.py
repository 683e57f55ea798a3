"""A source as the store knows it, and answers to its polls."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from crawler.answer import Answer
from crawler.circumstances import Circumstances
from wirewatch.ids import source_id
from wirewatch.models import Source
from wirewatch.store.sources import SourceState

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
URL = "https://outlet.example/rss"


@pytest.fixture(scope="session")
def source():
    return Source(
        id=source_id(URL),
        url=URL,
        name="Outlet",
        min_interval=timedelta(minutes=2),
        max_interval=timedelta(hours=6),
    )


@pytest.fixture(scope="session")
def make_state(source):
    """A source that was polled well before, unless told otherwise."""

    def make(**facts):
        defaults = {
            "source": source,
            "kind": None,
            "etag": None,
            "last_modified": None,
            "body_hash": None,
            "polls": 1,
            "fails": 0,
            "error": None,
            "entries": 0,
            "size": 30,
            "polled": NOW,
            "good": NOW,
            "interval": timedelta(minutes=10),
        }
        return SourceState(**(defaults | facts))

    return make


@pytest.fixture(scope="session")
def new_source(make_state):
    return make_state(polls=0, polled=None, good=None, interval=None, size=0)


@pytest.fixture(scope="session")
def at():
    return Circumstances(NOW, timedelta(hours=24), random.Random(1))


@pytest.fixture(scope="session")
def make_answer():
    """An answer of a source; headers by name, their dashes as underscores."""

    def make(body=b"", status=200, content_type="application/rss+xml", url=URL, hops=(), **headers):
        if isinstance(body, str):
            body = body.encode()
        named = {name.replace("_", "-"): (value,) for name, value in headers.items() if value is not None}
        return Answer(url, status, body, {"content-type": (content_type.encode(),), **named}, hops)

    return make


@pytest.fixture(scope="session")
def rss():
    """An RSS document of some items, each a dictionary of its elements."""

    def make(*items, channel=""):
        inner = "".join(
            "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in item.items()) + "</item>"
            for item in items
        )
        return (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet</title>'
            f"<link>https://outlet.example/</link>{channel}{inner}</channel></rss>"
        )

    return make
