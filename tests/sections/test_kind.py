"""What an address serves, told by the first bytes (crawler.sections.kind)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sections.kind import document_kind

CARDS = "".join(
    f"""<article><h3><a href='/2026/11/24/story-{n}'>This is story number {n} of today</a></h3>
    <p>Its summary is a sentence or two long, as summaries on the pages of outlets are.</p></article>"""
    for n in range(8)
)
TEASER = """The harbour council voted nine to four on Monday to charge timber that comes by sea, its clerk
  said, and the builders’ union, which had asked for a delay until next summer, will go to court about it."""
LONG_CARDS = {
    "a link in the heading": "<article><h3><a href='{}'>{}</a></h3><p>{}</p></article>",
    "a link around the card": "<a href='{}'><div><h3>{}</h3><div><p>{}</p></div></div></a>",
    "a link after the teaser": "<div><h3>{1}</h3><div><p>{2}</p><a href='{0}'>Read on</a></div></div>",
    "headings and teasers in turn": "<h3><a href='{}'>{}</a></h3>\n<p>{}</p>",
    "a list of terms": "<dt><a href='{}'>{}</a></dt><dd><p>{}</p></dd>",
    "a link in bold": "<li><b><a href='{}'>{}</a></b><div class=by>Ada Poole</div><p>{}</p></li>",
}
WRAPPED = "".join(f"<div class=block><p>{TEASER}</p></div>" for _ in range(8))
MORE = "".join(
    f"<li><a href='/2026/11/24/more-{n}'>This is another story, number {n}</a></li>" for n in range(8)
)
PROSE = (
    "<p>The harbour council voted nine to four on Monday to charge timber that comes by sea, it said.</p>" * 6
)
ARTICLE_LD = '{"@type": "NewsArticle", "headline": "x", "datePublished": "2026-11-24"}'
SECTION_URL = "https://www.example.org/politics"
STORY_URL = "https://www.example.org/2026/11/24/harbour-council-vote"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (
            b"\xef\xbb\xbf\n <!-- made by hand --><?xml-stylesheet href='x'?><feed xmlns='http://www.w3.org/2005/Atom'>",
            "feed",
        ),
        ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), "feed"),
        (b"<!DOCTYPE rss PUBLIC '-//N//DTD 0.91//EN' 'http://x/rss.dtd' [ <!ENTITY a 'b'> ]><rss>", "feed"),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", "feed"),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>", "feed"),
        (b"<br />\n<b>Warning</b>: include() failed<br />\n<?xml version='1.0'?><rss version='2.0'>", "feed"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "sitemap"),
        (b"<?xml version='1.0'?><sitemapindex>", "sitemap"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "json-feed"),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "title": "cut o', "json-feed"),
        (b'{"title": "x", "items": [{"id": 1}]}', "json-feed"),
        (b'{"error": "not found"}', "unknown"),
        (b"[1, 2", "unknown"),
        (b"<opml version='2.0'>", "unknown"),
        (b"%PDF-1.7 \x00\x01", "unknown"),
        (b"\x1f\x8b\x08\x00", "unknown"),
        (b"plain words", "unknown"),
        (b"<html><title>An empty page</title></html>", "unknown"),
        (b"", "unknown"),
    ],
)
def test_the_first_bytes_tell_feeds_sitemaps_and_the_rest(body, kind):
    # Servers call feeds text/html and pages application/xml: the header decides nothing.
    for content_type in (None, "text/html", "application/xml; charset=utf-8"):
        assert document_kind(body, content_type, SECTION_URL) == kind


@pytest.mark.parametrize(
    ("html", "url", "kind"),
    [
        (f"<!doctype html><h1>Politics</h1>{CARDS}", SECTION_URL, "section"),
        (f"<meta property='og:type' content='website'><h1>Politics</h1>{CARDS}", SECTION_URL, "section"),
        # A system that calls every page an article, and one that lists its articles' JSON-LD.
        (f"<meta property='og:type' content='article'><h1>Politics</h1>{CARDS}", SECTION_URL, "section"),
        (
            f"<script type='application/ld+json'>[{','.join([ARTICLE_LD] * 8)}]</script>{CARDS}",
            SECTION_URL,
            "section",
        ),
        (f"<h1>The Example</h1>{CARDS}", "https://www.example.org/", "section"),
        (f"<h1>The council votes on timber</h1>{PROSE}", STORY_URL, "story"),
        (f"<h1>The council votes on timber</h1>{PROSE}<aside>{CARDS}</aside>", STORY_URL, "story"),
        (
            f"<meta property='og:type' content='article'><h1>The council votes on it</h1>{PROSE}",
            SECTION_URL,
            "story",
        ),
        # Behind a paywall there is no prose.
        (
            f"<script type='application/ld+json'>{ARTICLE_LD}</script><h1>The council votes</h1>{CARDS}",
            STORY_URL,
            "story",
        ),
    ],
)
def test_a_page_is_a_story_or_a_section(html, url, kind):
    assert document_kind(html.encode(), "text/html; charset=utf-8", url) == kind


@pytest.mark.parametrize("card", LONG_CARDS)
def test_teasers_are_not_a_storys_prose_however_long_they_are(card):
    cards = "".join(
        LONG_CARDS[card].format(f"/2026/11/24/story-{n}", f"This is story number {n} of today", TEASER)
        for n in range(12)
    )
    for heading in ("Politics", "The latest from the harbour"):
        html = f"<h1>{heading}</h1><main>{cards}</main>"
        assert document_kind(html.encode(), "text/html; charset=utf-8", SECTION_URL) == "section"


@pytest.mark.parametrize("prose", [f"<p>{TEASER}</p>" * 8, WRAPPED, f"<p>{TEASER * 8}</p>"])
def test_a_storys_prose_counts_however_it_is_wrapped(prose):
    html = f"<h1>The council votes on timber</h1><div>{prose}</div><aside><ul>{MORE}</ul></aside>"
    assert document_kind(html.encode(), "text/html; charset=utf-8", STORY_URL) == "story"


@given(st.binary(), st.one_of(st.none(), st.text()), st.text())
def test_no_document_raises(body, content_type, url):
    document_kind(body, content_type, url)
    document_kind(b"<html>" + body, content_type, url)
    document_kind(b'{"items":' + body, content_type, url)
