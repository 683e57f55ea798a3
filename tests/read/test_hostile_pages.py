"""Pages that hold a reader up: each is read or told to be too much, and the next one is read."""

import json

import pytest

from crawler.entries import Item, make_entry
from crawler.identity import own_id
from wirewatch.config.settings import Settings, SourceSettings, TopicSettings
from wirewatch.config.watched import source_of
from wirewatch.models import Page, now
from wirewatch.text.html import bounded, parse
from workers import confined
from workers.confined import Confined, Overrun
from workers.match.screen import Screen
from workers.match.topics import compile_topic
from workers.stories import read_and_match

SOURCE = source_of(Settings(), SourceSettings(url="https://outlet.example/feed"))
URL = "https://outlet.example/news/the-council-met-1234567"
TEXT = (
    "<p>The council of Iowa met on Monday evening to talk about the roads of the county, the mayor said.</p>"
)
STORY = f"<h1>Council meets on roads</h1>{TEXT * 5}"


def article(body):
    return f"<html><head><title>Council meets on roads</title></head><body><article>{body}</article>"


def of_size(unit, chars):
    return unit * (chars // len(unit))


RUNNING = '<a href="javascript:alert(1)">x</a><link rel=canonical href="data:,x"><base href="javascript:x">'


def attributes(value):
    return " ".join(f"a{number}{value}" for number in range(100_000))


def graph(nodes):
    linked = [{"@id": str(node), "author": {"@id": str(node + 1)}} for node in range(nodes)]
    return f'<script type="application/ld+json">{json.dumps(linked)}</script>'


# Made when they are asked for: together they hold some hundred megabytes.
SHAPES = {
    "nothing": lambda: "",
    "binary": lambda: bytes(range(256)) * 4_000,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" * 9_000,
    "a wrong charset": lambda: article(STORY).encode("utf-16-le"),
    "a charset that is none": lambda: article("<meta charset=no-such-thing>" + STORY),
    "50 MB of paragraphs": lambda: article(of_size(TEXT, 50_000_000)),
    "20 MB of one tag": lambda: of_size("<p>", 20_000_000),
    "100,000 nested elements": lambda: article("<div>" * 100_000 + STORY),
    "100,000 nested elements of no known name": lambda: article("<x-y>" * 100_000 + STORY),
    "5,000 tables in a row": lambda: article("<table><tr><td>a</td><td>b</td></tr></table>" * 5_000 + STORY),
    "5,000 tables in each other": lambda: article("<table><tr><td>" * 5_000 + STORY),
    "200,000 list items": lambda: article("<ul>" + "<li>An item of it" * 200_000 + "</ul>" + STORY),
    "200,000 links": lambda: article("<a href=/x>A story</a> " * 200_000 + STORY),
    "100,000 attributes": lambda: article(f"<p {attributes('=1')}>{STORY}"),
    "100,000 attributes without values": lambda: article(f"<p {attributes('')}>{STORY}"),
    "20 MB in one text": lambda: article("<p>" + "word " * 4_000_000 + STORY),
    "20 MB in one word": lambda: article("<p>" + "a" * 20_000_000 + STORY),
    "20 MB without a blank in Chinese": lambda: article("<p>" + "中文" * 3_500_000 + STORY),
    "10 MB of broken JSON-LD": lambda: article(
        '<script type="application/ld+json">{"headline": "' + '\\"a\\", ' * 1_500_000 + "</script>" + STORY
    ),
    "JSON-LD nested 500,000 deep": lambda: article(
        f'<script type="application/ld+json">{"[" * 500_000}</script>' + STORY
    ),
    "a graph of 50,000 nodes": lambda: article(graph(50_000) + STORY),
    "a million entities": lambda: article("<p>" + "&amp;" * 1_000_000 + STORY),
    "entities without an end": lambda: article("<p>" + "&#x" * 1_000_000 + STORY),
    "50,000 unclosed b": lambda: article("<b>" * 50_000 + STORY),
    "50,000 unclosed b with classes": lambda: article(
        "".join(f"<b class=c{n}>" for n in range(50_000)) + STORY
    ),
    "unclosed a and p in turn": lambda: article("<a href=/x><p>" * 50_000 + STORY),
    "100,000 headings": lambda: article("<h1>Council meets on roads</h1>" * 100_000 + STORY),
    "50,000 metas": lambda: article('<meta property="og:title" content="Council meets">' * 50_000 + STORY),
    "50,000 times": lambda: article("<time datetime=2026-11-24>24 November</time>" * 50_000 + STORY),
    "a title of a million letters": lambda: article(f"<h1>{'Council ' * 125_000}</h1>" + STORY),
    "a million less-thans": lambda: "<" * 1_000_000 + STORY,
    "a million comments": lambda: "<!---->" * 700_000 + STORY,
    "quotes without an end": lambda: article('<p title="' * 100_000 + STORY),
    "links that run": lambda: article(RUNNING + STORY),
    "dots and commas": lambda: article("<p>" + ".,'’" * 500_000 + STORY),
    "marks upon marks": lambda: article("<p>a" + "\u0301" * 1_000_000 + STORY),
    "templates in templates": lambda: article("<template>" * 5_000 + STORY),
    "itemprops in itemprops": lambda: article("<div itemprop=headline>" * 900 + "word " * 400_000 + STORY),
}  # fmt: skip


def page_of(html, **facts):
    item = Item(
        identity="1", url=URL, title="Council meets on roads", summary="It met, the feed says.", **facts
    )
    entry = make_entry(SOURCE, item, own_id(SOURCE.id, item), now=now())
    return Page(
        entry=entry, url=URL, html=html if isinstance(html, bytes) else html.encode(), charset="utf-8"
    )


@pytest.fixture(scope="module")
def reading():
    """Reads and matches, confined; the topic is one that has every page read."""
    screen = Screen([compile_topic("iowa", TopicSettings(query="Iowa OR lang:en"))])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confined, "TIME_S", 1.0)  # for the tests' own time
        with Confined(lambda page: read_and_match(screen, page)) as made:
            yield made


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_page_is_read_or_told_to_be_too_much_and_the_next_is_read(reading, shape):
    outcome = reading(page_of(SHAPES[shape]()))
    if not isinstance(outcome, Overrun):
        story, _ = outcome
        assert story.title
        assert not story.url.startswith(("javascript:", "data:"))
    story, matches = reading(page_of(article(STORY)))
    assert "council of Iowa met" in story.text
    assert [match.topic for match in matches] == ["iowa"]


@pytest.mark.parametrize("shape", ["100,000 attributes", "100,000 attributes without values"])
def test_an_element_with_thousands_of_attributes_keeps_its_text(shape):
    tree = parse(SHAPES[shape]())
    assert "council of Iowa met" in tree.body.text()
    assert max(len(node.attributes) for node in tree.css("p")) == 0


def test_an_element_with_one_long_attribute_keeps_it():
    html = f"<article data-state='{'x' * 50_000}' class=story>{TEXT}</article>"
    assert bounded(html) == html


def test_what_is_cut_is_the_end():
    cut = bounded(STORY + "<p>" * 1_000_000)
    assert cut.startswith(STORY)
    assert cut.count("<") == 100_000
