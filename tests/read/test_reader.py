"""From a page and its entry to the story (workers.read.reader)."""

import itertools
import json
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.ids import EntryId, SourceId, story_id
from wirewatch.models import Entry, Page
from workers.read.reader import read, read_story

SEEN = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
URL = "https://www.example.org/EN-Harbour-Council-Approves-Tariff-1734567"
TITLE = "Harbour Council Approves Tariff on Imported Timber as Builders Prepare to Go to Court"
CAPTION = f"{TITLE}. Source: Ada Poole, Public domain, via Wikimedia Commons"
STORY = """
The harbour council voted nine to four on Monday to charge a tariff on timber that arrives by sea, ending a
debate that had split the town since spring. In a short statement, its clerk Ruth Amsel said that the quay
“must pay for itself,” and that the money would go to the sea wall.

According to the builders’ union, the charge adds about 6% to the price of a house frame. Its chair, Tom
Vale, who has led it since 1998, asked for a delay until next summer, which the council’s majority refused
without a debate.

Vale had made the same request in 2022, when he told the county that timber by rail would never reach the
town’s smaller yards, especially after the branch line was closed to heavy trains.

Trade with the islands had already fallen in 2025, when two shipping lines threatened to leave. Despite
that, the port’s “green quay”—a set of rules for quieter ships—brought new customers, and the number of
calls rose by a third, the port’s yearly report says.

Talks between the port and the yards in October led to a truce of one year. It included lower fees for small
boats, a promise to buy oak from the county’s own woods, and a pause of the plan to close the old dock. A
later call in February dealt with the crane.

The tariff takes effect in April, and the council expects to look at it again late in 2026, its clerk said.
"""
PARAGRAPHS = [" ".join(paragraph.split()) for paragraph in STORY.split("\n\n")]


def entry(**fields):
    usual = {"id": EntryId("e1"), "source_id": SourceId("s1"), "source": "Example Times", "url": URL}
    return Entry(**(usual | {"revision": "r", "first_seen": SEEN} | fields))


def page(html, url=URL, **fields):
    return Page(entry=entry(**fields), url=url, html=html.encode(), charset="utf-8")


MENUS = {
    "a list": "<ul><li><a href='#'>Menu</a><li><a href='/s'>Search</a><li>| <a href='/p'>Politics</a></ul>",
    "blocks": "<div>Menu</div><div>Search</div><div>&nbsp;| <a href='/p'>Politics</a></div><div>Menu</div>",
}
BODIES = {
    "paragraphs": "".join(f"<p>{escape(text)}</p>" for text in PARAGRAPHS),
    "paragraphs between empty ones": "".join(f"<p>{escape(text)}</p><p>&nbsp;</p>" for text in PARAGRAPHS),
    "blocks": "".join(f"<div>{escape(text)}</div>" for text in PARAGRAPHS),
    "line breaks": f"<div>{'<br><br>'.join(map(escape, PARAGRAPHS))}</div>",
    "line breaks beside the caption": "<br /><br />".join(map(escape, PARAGRAPHS)),
    "a layout table": f"<table><tr><td>{'<br><br>'.join(map(escape, PARAGRAPHS))}</td></tr></table>",
}
CAPTIONS = {
    "figcaption": f"<figure><img src=x><figcaption>{CAPTION}</figcaption></figure>",
    "paragraph": f'<p class="caption">{CAPTION}</p>',
    "block": f"<div><img src=x><div>{CAPTION}</div></div>",
}
FRAMES = {"article": "<article>{}</article>", "block": '<div class="x">{}</div>'}
ENDS = {
    "a box": """<ul><li>Market Data</li></ul><div><a>Close</a><h3>Welcome to Example Times</h3>
      <p>Sign up for daily updates for the most important<br>stories unfolding in the harbour.</p></div>""",
    "blocks": """<div>• Market Data</div><div>Close</div><div>Welcome to Example Times</div>
      <div>Sign up for daily updates for the most important stories unfolding in the harbour.</div>""",
}


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize("body", BODIES)
def test_a_story_is_read_whole_and_alone_however_it_is_marked_up(body, caption, frame):
    for menu, end in itertools.product(MENUS.values(), ENDS.values()):
        inner = f"<h1>{TITLE}</h1>" + CAPTIONS[caption] + BODIES[body]
        html = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE} - Example Times</title></head>
          <body>{menu}{FRAMES[frame].format(inner)}{end}</body></html>"""
        story = read_story(page(html))
        assert story.title == TITLE
        assert story.text.split("\n") == PARAGRAPHS


def article(head="", body="", title=TITLE, paragraphs=PARAGRAPHS):
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return (
        f"<html lang='en-GB'><title>{title}</title>{head}<body><article>{body}{text}</article></body></html>"
    )


def json_ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def test_the_fields_of_a_page_that_states_them():
    head = json_ld(
        headline="Harbour council approves tariff",
        datePublished="2026-11-24T09:30:00-05:00",
        dateModified="2026-11-24T16:00:00Z",
        author=[{"@type": "Person", "name": "By Ada Poole and Jo Quay"}],
        articleSection="Politics",
    )
    head += (
        f"<link rel=canonical href='{URL}?utm_source=x'><meta name=description content='What &amp;amp; how.'>"
    )
    story = read_story(
        page(article(head, "<h1>Harbour council approves tariff</h1>"), url=URL + "?utm_medium=rss")
    )
    assert story.id == story_id(URL)
    assert story.url == URL
    assert story.title == "Harbour council approves tariff"
    assert story.published == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert story.modified == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert story.authors == ("Ada Poole", "Jo Quay")
    assert (story.language, story.section, story.summary) == ("en", "Politics", "What & how.")
    assert (story.source, story.source_id, story.first_seen) == ("Example Times", "s1", SEEN)


@pytest.mark.parametrize(
    ("og", "ld", "h1", "fed", "chosen"),
    [
        ("The title - Example Times", "The title", "Another title here", "", "The title"),
        ("Social title of it", "Search title of it", "Search title of it", "", "Search title of it"),
        ("Social title of it", "Search title of it", "Visitor title", "Fed title of it", "Fed title of it"),
        ("Social title of it", "Search title of it", "Visitor title of it", "", "Search title of it"),
        ("Social title of it", "", "Example Times", "", "Social title of it"),
        ("Tariff: what now? | Politics | Example Times", "", "", "", "Tariff: what now?"),
        ("“Quoted” title - here", "'Quoted' title – here", "", "", "'Quoted' title – here"),
    ],
)  # fmt: skip
def test_the_title_is_what_most_of_the_page_says(og, ld, h1, fed, chosen):
    head = f'<meta property="og:title" content="{escape(og)}">' + (json_ld(headline=ld) if ld else "")
    html = article(head, f"<h1>{h1}</h1>" if h1 else "", title="")
    assert read_story(page(html, title=fed)).title == chosen


@pytest.mark.parametrize(
    ("head", "body", "fed", "hour"),
    [
        ('<meta property="article:published_time" content="2026-11-24T09:30:00+01:00">', "", 5, 8.5),
        ('<meta property="article:published_time" content="2026-11-24 09:30:00 +0100">', "", None, 8.5),
        # A day without a time: the feed knows the hour,
        (json_ld(headline="x", datePublished="2026-11-24"), "", 5, 5),
        (json_ld(headline="x", datePublished="2026-11-24"), "", None, 0),
        # and a time in another century, or yet to come, is a template's.
        (json_ld(headline="x", datePublished="0001-01-01T00:00:00"), "", 5, 5),
        (json_ld(headline="x", datePublished="2031-01-01T00:00:00Z"), "", 5, 5),
        ("", '<time datetime="2026-11-24T07:00:00Z">7 am</time>', None, 7),
        ("", '<time datetime="2026-11-24T07:00:00Z">7 am</time>', 5, 5),
    ],
)
def test_the_time_of_publication(head, body, fed, hour):
    fed_time = None if fed is None else datetime(2026, 11, 24, fed, tzinfo=UTC)
    story = read_story(page(article(head, body), published=fed_time))
    assert story.published == datetime(2026, 11, 24, int(hour), int(hour % 1 * 60), tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (json_ld(author={"@type": "Person", "name": "Ada Poole"}), ("Ada Poole",)),
        (json_ld(author="Ada Poole, Jo Quay og Li Wei"), ("Ada Poole", "Jo Quay", "Li Wei")),
        (json_ld(author={"@type": "Organization", "name": "Example Times"}), ("Fed Name",)),
        (json_ld(author="https://example.org/ada"), ("Fed Name",)),
        ('<meta name="author" content="By ADA POOLE"><meta name="byl" content="Ada Poole">', ("ADA POOLE",)),
        ('<meta property="article:author" content="https://www.facebook.com/example">', ("Fed Name",)),
        (
            """<script type="application/ld+json">{"@graph": [
              {"@type": "NewsArticle", "headline": "x", "author": {"@id": "#a"}},
              {"@type": "Person", "@id": "#a", "name": "Ada Poole"}]}</script>""",
            ("Ada Poole",),
        ),
        ("", ("Fed Name",)),
    ],
)
def test_authors_are_people(head, names):
    assert read_story(page(article(head), authors=("Fed Name",))).authors == names


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/news/1734567", "https://www.example.org/news/1734567"),
        ("https://m.example.org/x?id=3", "https://m.example.org/x?id=3"),
        ("https://www.example.org/", URL),
        ("https://elsewhere.com/copy-of-it", URL),
        ("http://[bad", URL),
    ],
)
def test_the_canonical_address_is_of_the_same_site_and_no_front_page(link, url):
    assert read_story(page(article(f'<link rel="canonical" href="{link}">'))).url == url


FED = "".join(f"<p>{escape(text)}</p>" for text in PARAGRAPHS)


def test_a_story_without_page_is_the_feeds_own_text():
    fed = {
        "url": URL + "?utm_source=rss",
        "title": "Tariff &amp; timber",
        "content": FED,
        "summary": "Short.",
    }
    fed |= {"authors": ("Ada Poole and Jo Quay",), "language": "en-US", "published": SEEN}
    reading = read(Page(entry=entry(**fed), url=URL, reason="503 after 4 attempts"))
    assert reading.story.text.split("\n") == PARAGRAPHS
    assert (reading.story.title, reading.story.url) == ("Tariff & timber", URL)
    assert (reading.story.summary, reading.story.language) == ("Short.", "en")
    assert reading.story.authors == ("Ada Poole", "Jo Quay")
    assert reading.how["text"] == "feed: 503 after 4 attempts"


@pytest.mark.parametrize(
    ("html", "url", "kind"),
    [
        ("<title>Just a moment...</title><p>Verifying you are human.</p>", URL, "bot challenge"),
        ("<title>404 Not Found</title><h1>Page not found</h1>", URL, "soft error"),
        ("<title>Before you continue</title><p>We and our partners use cookies.</p>", URL, "consent wall"),
        ("<title>x</title><p>anything</p>", "https://consent.example.org/collect?id=1", "consent wall"),
        (article(), "https://www.example.org/", "soft error"),
    ],
)
def test_a_wall_is_not_the_story(html, url, kind):
    reading = read(page(html, url=url, content=FED, title="Fed title"))
    assert reading.how["text"] == f"feed: {kind}"
    assert reading.story.text.split("\n") == PARAGRAPHS
    assert (reading.story.title, reading.story.url) == ("Fed title", URL)


def test_a_teaser_gives_way_to_the_feeds_whole_text():
    html = f"<title>{TITLE}</title><article><h1>{TITLE}</h1><p>{PARAGRAPHS[-1]}</p></article>"
    assert read_story(page(html, content=FED)).text.split("\n") == PARAGRAPHS


POST = f"<p>The post {TITLE} appeared first on Example Times.</p>"
BIO = "<p>Ada Poole covers the harbour for Example Times. She came to the town in 2009 and sails to work.</p>"


@pytest.mark.parametrize(
    ("shown", "fed"),
    [
        (PARAGRAPHS[:4], FED),
        ([*PARAGRAPHS[:2], *PARAGRAPHS[4:]], FED + POST),
        # What the feed lacks of the page is a line.
        ([*PARAGRAPHS[:4], "Our reporter was on the quay."], FED),
    ],
)
def test_the_feeds_whole_text_is_taken_where_the_page_reading_lacks_its_paragraphs(shown, fed):
    reading = read(page(article(body=f"<h1>{TITLE}</h1>", paragraphs=shown), content=fed))
    assert reading.story.text.split("\n") == PARAGRAPHS
    assert reading.how["text"].startswith("feed: the page lacks ")


@pytest.mark.parametrize(
    ("shown", "fed"),
    [
        (PARAGRAPHS, FED),
        # A feed's boilerplate and its author's life are no reason,
        (PARAGRAPHS, FED + POST * 9 + BIO),
        # nor is a page that was changed since,
        ([f"{text} That was true on Monday." for text in PARAGRAPHS[:4]], FED),
        # a teaser with a sentence of its own,
        (PARAGRAPHS[:2], f"<p>{escape(PARAGRAPHS[0])}</p><p>{escape(PARAGRAPHS[2])}</p>"),
        # or a page without a heading that the feed sets.
        (PARAGRAPHS, FED + "<h2>What comes next</h2>"),
    ],
)
def test_else_the_page_is_taken(shown, fed):
    reading = read(page(article(body=f"<h1>{TITLE}</h1>", paragraphs=shown), content=fed))
    assert reading.story.text.split("\n") == shown
    assert reading.how["text"] == "blocks"


def test_a_summary_is_cut_between_words():
    summary = read_story(Page(entry=entry(summary="timber " * 200), url=URL)).summary
    assert len(summary) <= 500
    assert summary.endswith("timber…")


PIECES = """<p>~</div>~<h1>~<title>~<table><td>~<script type='application/ld+json'>~</script>~{"@graph":[~
"@type":~"NewsArticle",~"headline":{~text. ~\x00~<meta property='og:title' content=1>~
<time datetime=2026>~&#xd800;~<link rel=canonical href=//[>~]}~\ud800~"headline":"\\ud800 x"~"""


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200)
    | st.lists(st.sampled_from(PIECES.split("~")), max_size=30).map(
        lambda parts: "".join(parts).encode(errors="replace")
    )
)
def test_no_page_raises(html):
    story = read_story(Page(entry=entry(), url=URL, html=html))
    assert story.title
    assert story.model_dump_json()
