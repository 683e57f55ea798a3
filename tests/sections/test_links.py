"""The stories on a section page (crawler.sections.links)."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sections.advertised import advertised_feeds
from crawler.sections.links import MAX_LINKS, story_links
from crawler.sections.shapes import story_shape

BASE = "https://www.example.org/politics"
CHROME_ABOVE = """<header><nav><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li>
  <li><a href="/politics/us-and-world-politics-today">All of our politics coverage today</a></li></ul></nav>
  <a href="/signin">Sign in to read more of The Example</a></header>"""
CHROME_BELOW = """<div class="pagination"><a href="/politics?page=2">Show more stories from politics</a></div>
  <aside><a href="/tag/harbour-council-vote">Every story on the harbour council vote</a>
  <a href="/author/ada-poole-of-the-example">All stories by Ada Poole here</a>
  <a rel="sponsored" href="/2026/11/24/ten-boats-you-can-buy">Ten boats that you can buy today</a>
  <a href="https://elsewhere.com/2026/11/24/their-story-of-it">Their story of the harbour vote</a>
  <a href="/images/harbour-seen-from-above.jpg">The harbour as it is seen from above</a>
  <a href="javascript:void(0)">Listen to the story of the day</a>
  <a href="mailto:desk@example.org">Write a letter to the editor now</a></aside>
  <footer><a href="/privacy-policy-of-the-example">The privacy policy of The Example</a></footer>"""


def page(*cards, head=""):
    main = f"<main>{''.join(cards)}</main>"
    return f"<html>{head}<title>Politics</title><body>{CHROME_ABOVE}{main}{CHROME_BELOW}</body></html>"


def found(*cards, base=BASE, head=""):
    return [(link.url, link.title) for link in story_links(page(*cards, head=head), base)]


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/2026/11/24/harbour-vote", "Harbour council votes on timber"),
        ("/2026/nov/24/harbour-vote", "Harbour council votes on timber"),
        ("/politics/2026-11-24/harbour", "Harbour council votes on timber"),
        ("/news/harbour-vote-12345", "Harbour council votes on timber"),
        ("/politics/12345/harbour-vote", "Harbour council votes on timber"),
        ("/news/articles/c4g2ev1yz2qo", "Harbour council votes on timber"),
        ("/news/harbour-1.7287711", "Harbour council votes on timber"),
        ("/story.php?id=12345", "Harbour council votes on timber"),
        ("/story/harbour-council-votes-on-timber", "Harbour council votes on timber"),
        ("/EN-Harbour-Council-Votes-on-Timber-1734567", "Harbour Council Votes on Timber"),
        ("/politik/hafenrat-stimmt-ueber-holzzoll-ab-a-9f2c1d", "Hafenrat stimmt über Holzzoll ab"),
        ("/politiikka/art-2000009912345.html", "Satamaneuvosto äänestää puutavaratullista tänään"),
        ("/politics/20261124-1234567.html", "港湾委員会が木材関税を可決した"),
    ],
)
def test_a_story_is_known_by_its_address_and_its_headline(path, title):
    assert found(f'<div><a href="{path}">{title}</a></div>') == [(f"https://www.example.org{path}", title)]


def test_the_chrome_of_a_page_is_no_story():
    assert found() == []


@pytest.mark.parametrize(
    "path",
    [
        "/", "/politics", "/politics/", "/politics/election-2026", "/2026/11/24/", "/politics/2026-11-24",
        "/topics/12345", "/tag/2026-harbour-vote", "/author/ada-poole-12345", "/video", "/politics/page/2",
        "/politics?page=3",
        "/search?q=harbour-vote-of-2026", "/login?next=/2026/11/24/x",
        "/newsletters/the-daily-harbour-letter",
        "/terms-and-conditions-of-use", "/feed",
        "/wp-content/uploads/2026/11/harbour-seen-from-above.jpg",
    ],
)  # fmt: skip
def test_other_pages_are_not_shaped_like_stories(path):
    assert story_shape(f"https://www.example.org{path}") is None or "terms" in path
    assert found(f'<a href="{path}">Terms and conditions</a>') == []


def test_each_story_is_told_once_in_page_order_under_its_canonical_address():
    cards = (
        """<article><a href="/2026/11/24/b?utm_source=front"><img src=x></a>
          <h3><a href="/2026/11/24/b#top">B is a story of today</a></h3></article>""",
        '<article><a href="/2026/11/23/a">A is a story of yesterday</a></article>',
        '<article><a href="https://WWW.example.org/2026/11/24/b">B again, in another box</a></article>',
    )
    assert found(*cards) == [
        ("https://www.example.org/2026/11/24/b", "B is a story of today"),
        ("https://www.example.org/2026/11/23/a", "A is a story of yesterday"),
    ]


@pytest.mark.parametrize(
    "card",
    [
        "<h2><a href='{}'>Harbour council votes on timber</a></h2>",
        "<a href='{}'><span>Politics</span><h3>Harbour council votes on timber</h3><p>Text.</p></a>",
        "<a href='{}'><span>Live</span><span>Harbour council votes on timber</span></a>",
        "<a href='{}'>Harbour council <b>votes</b> on timber</a>",
        "<a href='{}' aria-label='Harbour council votes on timber'><img src=x></a>",
        "<a href='{}'><img src=x alt='Harbour council votes on timber'></a>",
        "<div><h4>Harbour council votes on timber</h4><p>Text.</p><a href='{}'>Read more</a></div>",
    ],
)
def test_the_headline_is_found_where_cards_have_it(card):
    assert found(card.format("/2026/11/24/x-y-z"))[0][1] == "Harbour council votes on timber"


WIDGETS = {
    "a list": "<h3>You may also like this</h3><ul><li>{}</li><li>{}</li></ul>",
    "blocks": "<section><h2>You may also like this</h2><div>{}</div><div>{}</div></section>",
    "lines": "<div><h4>You may also like this</h4>{}<br>{}</div>",
}


@pytest.mark.parametrize("widget", WIDGETS)
def test_the_heading_of_a_list_names_none_of_its_stories(widget):
    short = '<a href="/2026/11/24/short">Council explained</a>'
    whole = '<a href="/2026/11/24/whole">Harbour council votes on timber</a>'
    for pair in ((short, whole), (whole, short)):
        assert found(f"<div>{WIDGETS[widget].format(*pair)}</div>") == [
            ("https://www.example.org/2026/11/24/whole", "Harbour council votes on timber")
        ]


def test_links_to_other_pages_leave_a_card_its_heading():
    assert found(
        """<article><a href="/politics">Politics</a><h3>Harbour council votes on timber</h3>
        <a href="/author/ada-poole">Ada Poole</a><a href="/2026/11/24/x#comments">12 comments</a>
        <a href="/2026/11/24/x?utm_source=front">Read more</a></article>"""
    ) == [("https://www.example.org/2026/11/24/x", "Harbour council votes on timber")]


@pytest.mark.parametrize(
    ("card", "published"),
    [
        ("<a href='/2026/11/24/x'>A story of the day</a>", datetime(2026, 11, 24, tzinfo=UTC)),
        ("<a href='/news/x-2026-11-24-998'>A story of the day</a>", datetime(2026, 11, 24, tzinfo=UTC)),
        (
            "<p><a href='/2026/11/24/x'>A story of the day</a><time datetime='2026-11-24T09:00:00+01:00'>",
            datetime(2026, 11, 24, 8, tzinfo=UTC),
        ),
        ("<article><a href='/news/x-12345'>A story of the day</a><time datetime='soon'></article>", None),
        ("<a href='/news/x-12345'>A story of the day</a>", None),
    ],
)
def test_a_links_date_is_its_cards_or_its_addresss(card, published):
    assert [link.published for link in story_links(page(card), BASE)] == [published]


def test_a_base_element_and_subdomains_of_the_site_are_heeded():
    assert found(
        "<a href='2026/11/24/x'>A story of the day</a>",
        "<a href='//m.example.org/2026/11/24/y'>Another story of the day</a>",
        head="<base href='https://news.example.org/local/'>",
    ) == [
        ("https://news.example.org/local/2026/11/24/x", "A story of the day"),
        ("https://m.example.org/2026/11/24/y", "Another story of the day"),
    ]


def test_links_and_time_are_bounded():
    cards = [f"<a href='/2026/11/24/story-{n}'>This is story number {n}</a>" for n in range(3000)]
    started = time.monotonic()
    assert len(found(*cards)) == MAX_LINKS
    story_links("<div>" * 3000 + "<a href='/2026/11/24/x'>" * 20_000, BASE)
    assert time.monotonic() - started < 5


@given(st.text(), st.text())
def test_no_page_raises(html, url):
    story_links(html, url)
    story_links(f"<a href='{html}'>{url}</a>", BASE)
    advertised_feeds(f"<link rel=alternate type=application/rss+xml href='{html}'>", url)


def test_advertised_feeds_are_listed_with_their_titles():
    html = """<head>
      <link rel="alternate" type="application/rss+xml" title="Politics &amp; more" href="/politics/rss">
      <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="https://feeds.example.net/p">
      <link rel="alternate" type="application/feed+json" href="/feed.json">
      <link rel="alternate" hreflang="de" href="/de">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/feed">
      <link rel="alternate" type="text/xml" title="RSS" href="/x.xml">
      <link rel="alternate" type="text/xml" href="/y.xml">
      <link rel="alternate" type="application/rss+xml" href="/politics/rss#again">
      <link rel="stylesheet" href="/s.css">"""
    assert advertised_feeds(html, BASE) == [
        ("https://www.example.org/politics/rss", "Politics & more"),
        ("https://feeds.example.net/p", ""),
        ("https://www.example.org/feed.json", ""),
        ("https://www.example.org/x.xml", "RSS"),
    ]
