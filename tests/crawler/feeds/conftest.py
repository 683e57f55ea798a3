"""Feeds of every dialect made of pieces, and the one question asked of each: is a split read the same?"""

import io
import warnings
from pathlib import Path
from types import SimpleNamespace

import feedparser
import pytest

from crawler.feeds.parsing import XmlFeed
from wirewatch.errors import NotAFeedError

PREFIXES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "x": "http://search.yahoo.com/mrss",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "georss": "http://www.georss.org/georss",
    "gml": "http://www.opengis.net/gml",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "psc": "http://podlove.org/simple-chapters",
    "cc": "http://web.resource.org/cc/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "taxo": "http://purl.org/rss/1.0/modules/taxonomy/",
    "admin": "http://webns.net/mvcb/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "foo": "http://foo",
}
_NS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
_IMAGE = "<image><url>http://i/i.png</url><title>Image</title></image>"
# Before the entries, an entry's tag, behind the entries.
DIALECTS = {
    "rss-2.0": (
        f'<rss version="2.0" {_NS}><channel><title>F</title><link>http://f/</link>',
        "item",
        "</channel></rss>",
    ),
    "rss-0.91": (f'<rss version="0.91" {_NS}><channel>', "item", "</channel></rss>"),
    "rss-beside": (f"<rss {_NS}><channel><title>F</title></channel>", "item", "</rss>"),
    "rss-scopes": (
        f'<rss {_NS} xml:base="http://b.example/d/" xml:lang="de"><channel xml:lang="fr">{_IMAGE}',
        "item",
        "</channel></rss>",
    ),
    "rss-capitals": (f'<RSS VERSION="2.0" {_NS}><CHANNEL><TITLE>F</TITLE>', "ITEM", "</CHANNEL></RSS>"),
    "rss-namespace": (
        f'<rss xmlns="http://backend.userland.com/rss2" {_NS}><channel><title>F</title>',
        "item",
        "</channel></rss>",
    ),
    "rss-stranger": (f'<rss xmlns="http://stranger.example/" {_NS}><channel>', "item", "</channel></rss>"),
    "rss-podcast": (
        f"<rss {_NS}><channel><itunes:summary>S</itunes:summary><description>D</description>",
        "item",
        "</channel></rss>",
    ),
    "rdf-1.0": (
        f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" {_NS}><channel rdf:about="http://f/"><title>F</title></channel>{_IMAGE}',
        "item",
        "</rdf:RDF>",
    ),
    "rdf-0.9": (
        f'<rdf:RDF xmlns="http://my.netscape.com/rdf/simple/0.9/" {_NS}><channel><title>F</title></channel>',
        "item",
        "<textinput><title>T</title></textinput></rdf:RDF>",
    ),
    "rdf-inside": (f"<rdf:RDF {_NS}><channel><title>F</title>", "item", "</channel></rdf:RDF>"),
    "atom-1.0": (f'<feed xmlns="http://www.w3.org/2005/Atom" {_NS}><title>F</title>', "entry", "</feed>"),
    "atom-scopes": (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {_NS} xml:base="http://b.example/" xml:lang="nl">',
        "entry",
        "</feed>",
    ),
    "atom-prefixed": (f"<atom:feed {_NS}><atom:title>F</atom:title>", "atom:entry", "</atom:feed>"),
    "atom-0.3": (
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" {_NS}><title>F</title>',
        "entry",
        "</feed>",
    ),
    "atom-bare": (f"<feed {_NS}><title>F</title>", "entry", "</feed>"),
    "cdf": (f'<channel href="http://c/" lastmod="2004-01-01" {_NS}><title>F</title>', "item", "</channel>"),
    "wrapped": (f"<rss {_NS}><channel><items>", "item", "</items></channel></rss>"),
    "strange": (f"<stuff {_NS}>", "entry", "</stuff>"),
}
PLAIN = (
    "<title>Plain</title><link>/plain</link><guid>urn:plain</guid><author>A</author>"
    '<description>&lt;a href="x"&gt;plain&lt;/a&gt;</description><pubDate>2026-11-24</pubDate>'
)

# Takes over what a neighbour leaves behind.
WATCHFUL = (
    '<title type="html">W</title><link href="watch"/><dc:creator>D</dc:creator><foo:title>f</foo:title>'
    '<media:thumbnail url="t"/><category>c</category><description>&lt;a href="w"&gt;w&lt;/a&gt;</description>'
)


def read_cases(name):
    """The pieces of a file in cases/, one a line."""
    text = (Path(__file__).parent / "cases" / name).read_text("utf-8")
    return [line for line in text.split("\n") if line.strip() and not line.startswith("#")]


IN_ENTRIES = read_cases("in_entries.txt")
IN_FEEDS = read_cases("in_feeds.txt")
# Each piece meets these, and one of the others in turn.
ALWAYS = ("rss-2.0", "atom-1.0", "rdf-1.0")
OTHERS = tuple(name for name in DIALECTS if name not in ALWAYS)


def document(dialect, entries, *, head="", gap="\n", gaps=(), tail=""):
    """A document of a dialect; ``gaps`` stand between the first entries instead of ``gap``."""
    before, tag, behind = DIALECTS[dialect]
    pieces = [before, head, gap]
    for number, entry in enumerate(entries):
        pieces += [f"<{tag}>{entry}</{tag}>", gaps[number] if number < len(gaps) else gap]
    return f"<?xml version='1.0' encoding='utf-8'?>\n{''.join(pieces)}{tail}{behind}"


def plainly(value):
    """What feedparser gives, without the magic of its dictionaries."""
    if isinstance(value, dict):
        return {key: plainly(inner) for key, inner in dict.items(value)}
    return [plainly(inner) for inner in value] if isinstance(value, list) else value


def subsets(count):
    """Which entries are new: none, every other, each alone."""
    yield from ([], list(range(0, count, 2)), list(range(1, count, 2)))
    yield from ([number] for number in range(count))


def compared(body, url="", content_type=None):
    """Hold each split read of a document against feedparser's of all of it.

    Returns:
        Why the document may not be split, or None. An AssertionError tells where reads differ.
    """
    headers = {"content-location": url} if url else {}
    headers |= {"content-type": content_type} if content_type else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            whole = feedparser.parse(io.BytesIO(body), response_headers=headers)
        except Exception:
            with pytest.raises(NotAFeedError):
                XmlFeed(body, url, content_type).whole()
            return "breaks"
        feed = XmlFeed(body, url, content_type)
        if feed.split.whole_because is not None:
            return feed.split.whole_because
        wanted = plainly(whole.entries)
        assert len(feed.split.spans) == len(wanted), "other entries were found"
        for kept in subsets(len(wanted)):
            parsed = feed.only(kept)
            assert parsed is not None, f"entries {kept} were not read"
            assert plainly(list(parsed.entries)) == [wanted[number] for number in kept], f"entries {kept}"
            for name in ("title", "link", "language"):
                assert parsed.feed.get(name) == whole.feed.get(name), f"the feed's {name} with entries {kept}"
    return None


@pytest.fixture(scope="session")
def feeds():
    """The pieces, and what is made and asked of them."""
    return SimpleNamespace(
        DIALECTS=tuple(DIALECTS),
        PLAIN=PLAIN,
        WATCHFUL=WATCHFUL,
        IN_ENTRIES=IN_ENTRIES,
        IN_FEEDS=IN_FEEDS,
        compared=compared,
        document=document,
    )


def pytest_generate_tests(metafunc):
    if {"dialect", "entry_piece"} <= set(metafunc.fixturenames):
        metafunc.parametrize(("dialect", "entry_piece"), _met(IN_ENTRIES))
    elif {"dialect", "feed_piece"} <= set(metafunc.fixturenames):
        metafunc.parametrize(("dialect", "feed_piece"), _met(IN_FEEDS))
    elif "dialect" in metafunc.fixturenames:
        metafunc.parametrize("dialect", DIALECTS)


def _met(pieces):
    return [
        (dialect, piece)
        for number, piece in enumerate(pieces)
        for dialect in (*ALWAYS, OTHERS[number % len(OTHERS)])
    ]
