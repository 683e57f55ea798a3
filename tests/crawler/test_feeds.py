"""Documents of items: JSON Feed, RSS, Atom, RDF."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds.jsonfeed import read_json_feed
from crawler.feeds.xml import read_xml_feed
from wirewatch.errors import NotAFeedError

URL = "https://outlet.example/feed/"


def read_json(document):
    return read_json_feed(json.dumps(document).encode(), URL)


def test_a_json_feed_is_read():
    feed = read_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Outlet",
            "home_page_url": "/",
            "language": "en",
            "items": [
                {
                    "id": 7,
                    "url": "/story?a=1",
                    "title": "A &amp; B",
                    "content_html": "<p>One</p><p>Two</p>",
                    "authors": [{"name": " Ada "}, {"url": "x"}, "bad"],
                    "date_published": "2026-11-24T22:00:00+01:00",
                    "date_modified": "2026-11-24T22:30:00",
                    "tags": ["a", 1],
                }
            ],
        }
    )
    (item,) = feed.items
    assert (feed.title, feed.link, feed.language) == ("Outlet", "https://outlet.example/", "en")
    assert (item.identity, item.url, item.title) == ("7", "https://outlet.example/story?a=1", "A & B")
    assert (item.summary, item.content) == ("One\nTwo", "<p>One</p><p>Two</p>")
    assert (item.authors, item.tags, item.language) == (("Ada",), ("a",), "en")
    assert item.published == datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
    assert item.updated == datetime(2026, 11, 24, 22, 30, tzinfo=UTC)


def test_a_json_feed_of_version_1_has_one_author_and_plain_text():
    (item,) = read_json(
        {
            "items": [
                {
                    "id": "1",
                    "author": {"name": "Ada"},
                    "content_text": "One < two\n\nThree",
                    "external_url": "/x",
                }
            ]
        }
    ).items
    assert (item.authors, item.summary) == (("Ada",), "One < two\n\nThree")
    assert item.content == "<p>One &lt; two</p><p>Three</p>"
    assert item.url == "https://outlet.example/x"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"items": {}}', b"\xff\xfe", b"[" * 100_000, b"9" * 9999]
)
def test_what_is_no_json_feed_is_said_to_be_none(body):
    with pytest.raises(NotAFeedError):
        read_json_feed(body, URL)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    [
        "id",
        "url",
        "external_url",
        "title",
        "summary",
        "content_html",
        "content_text",
        "author",
        "authors",
        "tags",
        "language",
        "date_published",
        "date_modified",
    ]
)


@given(st.lists(st.dictionaries(names, values) | values, max_size=4), st.dictionaries(names, values))
def test_items_of_any_shape_are_read(items, feed):
    found = read_json({**feed, "items": items}).items
    assert len(found) == len([one for one in items if isinstance(one, dict)])


def test_an_rss_document_is_read(rss):
    feed = read_xml_feed(
        rss(
            {
                "guid": "urn:7",
                "link": "/story?a=1&amp;b=2",
                "title": "A &amp;amp; B",
                "description": "&lt;p&gt;One&lt;/p&gt;",
                "pubDate": "Tue, 24 Nov 2026 22:00:00 +0100",
                "category": "world",
            },
            channel="<language>en</language>",
        ).encode(),
        URL,
        "application/rss+xml",
    )
    (item,) = feed.items
    assert (feed.title, feed.link, feed.language) == ("Outlet", "https://outlet.example/", "en")
    assert (item.identity, item.url) == ("urn:7", "https://outlet.example/story?a=1&b=2")
    assert (item.title, item.summary, item.content) == ("A & B", "One", "")
    assert (item.published, item.tags) == (datetime(2026, 11, 24, 21, 0, tzinfo=UTC), ("world",))


def test_an_atom_document_is_read():
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>
    <entry><id>urn:1</id><link href="story"/><title type="html">&lt;b&gt;Neu&lt;/b&gt;</title>
    <updated>2026-11-24T21:00:00Z</updated><author><name>Ada</name></author>
    <summary>kurz</summary>
    <content type="html">&lt;p&gt;lang und l\xc3\xa4nger&lt;/p&gt;</content></entry></feed>"""
    (item,) = read_xml_feed(body, URL, "application/atom+xml").items
    assert (item.identity, item.url, item.title) == ("urn:1", "https://outlet.example/feed/story", "Neu")
    assert (item.summary, item.authors, item.language) == ("kurz", ("Ada",), "de")
    assert item.content == "<p>lang und länger</p>"
    assert item.updated == datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


def test_a_document_that_spells_an_address_is_not_opened():
    for body in (b"http://127.0.0.1:1/", b"/etc/passwd"):
        with pytest.raises(NotAFeedError):
            read_xml_feed(body, URL, None)


def test_a_damaged_feed_gives_what_stands_before_the_damage(rss):
    body = rss(
        {"guid": "urn:1", "link": "/1", "title": "One"}, {"guid": "urn:2", "link": "/2", "title": "Two"}
    )
    found = read_xml_feed(body[: body.index("Two")].encode(), URL, "application/rss+xml").items
    assert found[0].identity == "urn:1"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_none(body):
    with suppress(NotAFeedError):
        assert read_xml_feed(b"<rss><channel><item>" + body, URL, "text/xml").items is not None
