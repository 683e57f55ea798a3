"""One shape of page, in the markups that it may come in: exactly its title and its six paragraphs.

Above the story stand a menu, a search box and the section's name, twice; a picture's credit that begins with
the whole title; after it "Market Data", a button that closes, and a box to sign up.
"""
# ruff: noqa: E501 - lines of HTML

import itertools
import json
from datetime import UTC, datetime
from html import escape

import pytest
import yaml

from wirewatch.config.example import example_text
from wirewatch.config.settings import TopicSettings
from wirewatch.ids import EntryId, SourceId
from wirewatch.models import Entry, Page
from workers.match.screen import Screen
from workers.match.topics import compile_topics
from workers.stories import read_and_match

OUTLET = "Harbour Markets"
URL = "https://harbour-markets.example/Beijing-Envoy-Recalls-Iowa-Farm-Stay-1735521"
TITLE = "Beijing Envoy Recalls Iowa Farm Stay as U.S.-China Tariff Talks Enter a Calmer Season"
CREDIT = f"{TITLE}. Source: Alder Fenn, CC BY 2.0, via Wikimedia Commons"
STORY = """
China’s envoy for farm trade has praised the families who once hosted him in Iowa, saying that friendships
between ordinary people outlast every quarrel between their governments. In a letter to retired seed dealer
Walt Amundson, the envoy wrote that U.S.-China ties “are planted by hand.”

Amundson, according to the state news agency, had sent him a card for the New Year. The two met in 1986,
when a group of young officials from Shaanxi came to Iowa, a “sister” of their province, for a fortnight to
learn how silage is made. The envoy said again that “the soil remembers who worked it,” ahead of a visit
that the U.S. trade secretary is expected to make in May.

He had written in the same vein in 2023, when he told a schoolteacher in Grinnell that calm markets depend
on calm neighbours, and that the years of the pandemic had cost both sides more than money.

Trade between the two had a rough year in 2025, when Washington spoke of tariffs of 160% on goods from
China. What grew was the rest: student choirs, a maize museum and “barnmaxxing”—a fashion among city
dwellers in Chengdu for flannel and feed caps—found their public while the ministries were not on speaking
terms.

Talks in Singapore in October brought a truce of one year. It holds tariff cuts on machine parts, new orders
of U.S. soybeans, a joint office against counterfeit seed, and a pause of the limits on magnets. In a later
call the two sides spoke of shipping insurance, and the envoy said that more soybeans could come from Iowa.

The trade secretary plans to be in Beijing in May, and a delegation of Chinese buyers is expected in Des
Moines before the end of 2026, which would be the first such visit in nine years.
"""
PARAGRAPHS = tuple(" ".join(paragraph.split()) for paragraph in STORY.split("\n\n"))

MENUS = {
    "lists": """<header><ul><li><a href="#">Menu</a></li><li><a href="/search">Search</a></li></ul>
      <ul><li><a href="/politics">| &nbsp; Politics</a></li></ul></header><ul class="mobile"><li><a href="#">Menu</a></li>
      <li><a href="/politics">| &nbsp; Politics</a></li><li><a href="/search">Search</a></li></ul>""",
    "divs": """<div class="top"><div>Menu</div><div>Search</div><div>&nbsp; | &nbsp; <a href="/politics">Politics</a></div></div>
      <div class="top2"><div>Menu</div><div>&nbsp; | &nbsp; <a href="/politics">Politics</a></div><div>Search</div></div>""",
    "cells": """<table class="hd"><tr><td>Menu</td><td><form action="/search"><input name="q"><button>Search</button></form></td>
      </tr><tr><td>| <a href="/politics">Politics</a></td></tr></table><div>Menu</div><div>| Politics</div><div>Search</div>""",
}
PICTURES = {
    "a figure": "<figure><img src='/photo/x_large.jpg'><figcaption>{}</figcaption></figure>",
    "a block after its picture": "<div class='viewAtclImg'><img src='/photo/x_large.jpg'><div>{}</div></div>",
    "a paragraph": "<p><img src='/photo/x_large.jpg'><br><span class='caption-text'>{}</span></p>",
    "a small table": "<table width=300><tr><td><img src=/x.jpg></td></tr><tr><td><i>{}</i></td></tr></table>",
}
BODIES = {
    "paragraphs": "<p>{}</p>",
    "blocks": "<div>{}</div>",
    "paragraphs that hold a span": "<p dir='ltr'><span style='font-size:16px'>{}</span></p>",
    "line breaks": "{}<br><br>",
    "rows of a table": "<tr><td>{}</td></tr>",
}
FRAMES = {
    "divs": "<div class='wrap'><div class='content'>{title}{picture}<div class='view'>{body}</div></div>{end}</div>",
    "an article": "<main><article>{title}{picture}{body}</article>{end}</main>",
    "an article with everything in it": "<article>{title}{picture}<div>{body}</div>{end}</article>",
    "a layout table": "<table width=960><tr><td width=680>{title}{picture}<div>{body}</div></td></tr><tr><td>{end}</td></tr></table>",
}
END = """<ul class="tabs"><li>Market Data</li></ul><div class="layer"><a href="#" class="btn">Close</a>
  <h4>Welcome to Harbour Markets</h4><p>Sign up for daily updates for the most important<br>
  stories unfolding in the ports of the world.</p><form><input name="mail"><button>Subscribe</button></form></div>"""
HEADS = {
    "JSON-LD": '<script type="application/ld+json">'
    + json.dumps(
        {"@type": "NewsArticle", "headline": TITLE, "image": "/x.jpg", "publisher": {"name": OUTLET}}
    )
    + "</script>",
    "Open Graph": f'<meta property="og:title" content="{escape(TITLE)}"><meta property="og:site_name" content="{OUTLET}">',
    "nothing": "",
}


@pytest.fixture(scope="module")
def shipped():
    written = yaml.safe_load(example_text())["topics"]
    return Screen(compile_topics({name: TopicSettings(**topic) for name, topic in written.items()}))


def golden(menu, picture, body, frame, head, *, after_head=""):
    """A page of the shape."""
    text = "".join(BODIES[body].format(escape(one)) for one in PARAGRAPHS)
    if body == "rows of a table":
        text = f"<table>{text}</table>"
    inner = FRAMES[frame].format(
        title=f"<h1>{TITLE}</h1>", picture=PICTURES[picture].format(CREDIT), body=text, end=END
    )
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{TITLE} - {OUTLET}</title>{HEADS[head]}</head>"
        f"<body>{MENUS[menu]}{after_head}{inner}</body></html>"
    )


def handed_over(html, **fields):
    usual = {"id": EntryId("e1"), "source_id": SourceId("s1"), "source": OUTLET, "url": URL, "revision": "r"}
    entry = Entry(**(usual | {"first_seen": datetime(2026, 11, 24, 21, tzinfo=UTC)} | fields))
    return Page(entry=entry, url=URL, html=html.encode(), charset="utf-8")


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("picture", PICTURES)
def test_the_title_and_the_six_paragraphs_and_nothing_else(picture, body, frame, shipped):
    for menu, head in itertools.product(MENUS, HEADS):
        story, matches = read_and_match(shipped, handed_over(golden(menu, picture, body, frame, head)))
        assert story.title == TITLE
        assert tuple(story.text.split("\n")) == PARAGRAPHS
        assert {match.topic for match in matches} == {"china", "iowa", "tariffs"}


def test_the_feed_that_led_to_it_changes_nothing(shipped):
    page = handed_over(
        golden("divs", "a block after its picture", "paragraphs", "divs", "nothing"),
        title=TITLE, summary=f"{PARAGRAPHS[0][:120]}…",
    )  # fmt: skip
    story, matches = read_and_match(shipped, page)
    assert (story.title, tuple(story.text.split("\n"))) == (TITLE, PARAGRAPHS)
    assert len(matches) == 3


def test_a_page_of_that_shape_with_nothing_but_its_chrome_on_the_topics_matches_none(shipped):
    """Menus and related links name China; the story is on a lighthouse."""
    related = """<div class="most"><h3>Most Popular</h3><ul><li><a href="/1">China raises tariffs on pork</a></li>
      <li><a href="/2">Iowa votes early</a></li></ul></div>"""
    story = (
        "The lighthouse at the old mole will get a new lamp before the winter, the harbour office said on Friday.",
        "Its keeper, who has lived in the tower for thirty years, will stay on to look after foghorn and cat.",
        "The lamp was built by apprentices of the yard next door, and uses a tenth of the power of the old one.",
    )
    body = "".join(f"<p>{one}</p>" for one in story)
    html = f"""<html><title>New lamp for the old lighthouse - {OUTLET}</title><body>{MENUS["lists"]}<div class="content">
      <h1>New lamp for the old lighthouse</h1><div class="view">{body}</div></div>{related}{END}</body></html>"""
    read, matches = read_and_match(shipped, handed_over(html, title="New lamp for the old lighthouse"))
    assert tuple(read.text.split("\n")) == story
    assert matches == []
