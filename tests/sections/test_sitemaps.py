"""News sitemaps and indexes (crawler.sections.sitemaps)."""

import contextlib
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sections.sitemaps import MAX_ENTRIES, news_sitemaps, read_sitemap
from crawler.unread import Unread, read_body
from wirewatch.errors import NotAFeedError
from wirewatch.models import SourceKind

BASE = "https://www.example.org/sitemap-news.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://www.example.org/a </loc><image:image><image:loc>https://x.org/i.jpg</image:loc>
    <image:title>A picture</image:title></image:image>
    <n:news><n:publication><n:name>Example</n:name><n:language>en</n:language></n:publication>
    <n:publication_date>2026-11-24T09:30:00+01:00</n:publication_date>
    <n:title>Tariffs &amp; timber</n:title></n:news></url>
  <url><loc>/b</loc><lastmod>2026-11-24</lastmod></url>
  <url><loc>javascript:x</loc></url>
  <url/>
</urlset>"""


def test_a_news_sitemap_gives_address_title_time_and_language():
    sitemap = read_sitemap(NEWS.encode(), BASE)
    when = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    assert sitemap.entries == [
        ("https://www.example.org/a", "Tariffs & timber", when, "en"),
        ("https://www.example.org/b", "", None, None),
    ]
    assert sitemap.children == []


def test_an_index_gives_its_children():
    body = b"""\xef\xbb\xbf<sitemapindex><sitemap><loc>https://www.example.org/s1.xml</loc><lastmod>2026-11-24</lastmod></sitemap>
      <sitemap><loc>https://www.example.org/s2.xml.gz</loc></sitemap></sitemapindex>"""
    assert read_sitemap(body, BASE).children == [
        ("https://www.example.org/s1.xml", datetime(2026, 11, 24, tzinfo=UTC)),
        ("https://www.example.org/s2.xml.gz", None),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<urlset><url><loc>https://www.example.org/?a=1&b=2</loc></url><url><loc>https://www.example.org/c</loc></url>",
        "\n\n<?xml version='1.0'?><urlset><url><loc>https://www.example.org/c</loc></url><url><loc>https://cut",
    ],
)
def test_a_broken_sitemap_gives_what_can_be_read(body):
    assert "https://www.example.org/c" in [entry.url for entry in read_sitemap(body.encode(), BASE).entries]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body>Not found</body></html>", "<html>"),
        (b"<rss/>", "<rss>"),
        (b"", "no sitemap"),
        (b"no markup", "no sitemap"),
        (b"\x1f\x8b\x08", "no sitemap"),
    ],
)
def test_what_is_no_sitemap_says_why(body, reason):
    with pytest.raises(NotAFeedError, match=reason) as told:
        read_sitemap(body, BASE)
    assert BASE in str(told.value)


def test_entities_are_not_expanded_nor_files_read():
    bomb = b"""<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
      <urlset><url><loc>https://www.example.org/&b;&f;</loc></url></urlset>"""
    assert [entry.url for entry in read_sitemap(bomb, BASE).entries] == ["https://www.example.org/"]


def test_entries_are_bounded():
    body = "<urlset>" + "<url><loc>https://e.org/a</loc></url>" * (MAX_ENTRIES + 10) + "</urlset>"
    assert len(read_sitemap(body.encode(), BASE).entries) == MAX_ENTRIES


@given(st.binary(), st.text())
def test_anything_is_read_or_refused(body, url):
    for document in (body, b"<urlset><url><loc>" + body):
        with contextlib.suppress(NotAFeedError):
            read_sitemap(document, url)


def test_robots_txt_names_the_sitemaps_of_news():
    robots = b"""\xef\xbb\xbfUser-agent: *
Disallow: /search
Sitemap: https://www.example.org/sitemap.xml
sitemap:/news-sitemap.xml # ours
Sitemap: https://cdn.example.net/nyheter/index.xml.gz
SITEMAP : https://www.example.org/video.xml
Sitemap: javascript:news
Sitemap: https://www.example.org/news-sitemap.xml"""
    assert news_sitemaps(robots, "https://www.example.org/robots.txt") == [
        "https://www.example.org/news-sitemap.xml",
        "https://cdn.example.net/nyheter/index.xml.gz",
    ]


@given(st.binary(), st.text())
def test_any_robots_txt_can_be_looked_at(body, url):
    news_sitemaps(b"Sitemap: /news" + body, url)


def test_a_gzipped_sitemap_is_read_and_of_its_next_version_only_what_is_new():
    first = read_body(Unread(gzip.compress(NEWS.encode()), BASE, None, SourceKind.SITEMAP, frozenset()))
    assert [item.title for item in first.feed.items] == ["Tariffs & timber", ""]
    known = frozenset(part.version for part in first.feed.parts)
    more = NEWS.replace("</urlset>", "<url><loc>/c</loc></url></urlset>").encode()
    again = read_body(Unread(gzip.compress(more), BASE, None, SourceKind.SITEMAP, known))
    assert [item.url for item in again.feed.items] == ["https://www.example.org/c"]
    assert len(again.feed.parts) == 3
