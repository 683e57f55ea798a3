"""Feeds and sitemaps of an outlet: RSS 2.0, RSS 1.0, Atom, JSON Feed, news sitemaps and their index."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from newsroom.article import Article
from newsroom.outlets import Kind, Outlet

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
POLITICAL = frozenset({"politics", "world", "business", "local"})
"""The sections that a feed called politics carries."""


@dataclass(frozen=True, slots=True)
class Item:
    """An article that is out."""

    article: Article
    published: datetime

    @property
    def html(self) -> str:
        """The body as a feed carries it."""
        return "".join(f"<p>{escape(text)}</p>" for text in self.article.story.paragraphs)

    @property
    def guid(self) -> str:
        """What the outlet calls it in its feed."""
        return f"tag:{self.article.outlet.host},2026:{self.article.number}"


def rss2(outlet: Outlet, base: str, items: list[Item]) -> str:
    """RSS 2.0, with whole stories in ``content:encoded`` if the outlet sends them."""
    rows = []
    for item in items:
        story = item.article.story
        body = f"<content:encoded><![CDATA[{item.html}]]></content:encoded>" if outlet.full else ""
        rows.append(
            f"<item><title>{escape(story.title)}</title><link>{escape(item.article.feed_url)}</link>"
            f'<guid isPermaLink="false">{item.guid}</guid>'
            f"<pubDate>{format_datetime(item.published)}</pubDate><dc:creator>{escape(story.byline)}</dc:creator>"
            f"<category>{story.section.title()}</category>"
            f"<description>{escape(story.summary)}</description>{body}</item>"
        )
    return (
        f'{XML}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{escape(outlet.name)}</title>'
        f"<link>{base}/</link><description>News from {escape(outlet.name)}</description>"
        f"<language>en</language>\n{_lines(rows)}</channel></rss>\n"
    )


def rss1(outlet: Outlet, base: str, items: list[Item]) -> str:
    """RSS 1.0, which is RDF."""
    rows = []
    for item in items:
        story, url = item.article.story, escape(item.article.feed_url)
        rows.append(
            f'<item rdf:about="{url}"><title>{escape(story.title)}</title><link>{url}</link>'
            f"<description>{escape(story.summary)}</description>"
            f"<dc:date>{_iso(item.published)}</dc:date><dc:creator>{escape(story.byline)}</dc:creator></item>"
        )
    members = "".join(f'<rdf:li rdf:resource="{escape(item.article.feed_url)}"/>' for item in items)
    return (
        f'{XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{base}/"><title>{escape(outlet.name)}</title><link>{base}/</link>'
        f"<description>News from {escape(outlet.name)}</description>"
        f"<items><rdf:Seq>{members}</rdf:Seq></items></channel>\n{_lines(rows)}</rdf:RDF>\n"
    )


def atom(outlet: Outlet, base: str, items: list[Item]) -> str:
    """Atom (RFC 4287)."""
    rows = []
    for item in items:
        story = item.article.story
        body = f'<content type="html">{escape(item.html)}</content>' if outlet.full else ""
        rows.append(
            f"<entry><id>{item.guid}</id><title>{escape(story.title)}</title>"
            f'<link rel="alternate" type="text/html" href="{escape(item.article.feed_url)}"/>'
            f"<published>{_iso(item.published)}</published><updated>{_iso(item.published)}</updated>"
            f"<author><name>{escape(story.byline)}</name></author>"
            f"<summary>{escape(story.summary)}</summary>{body}</entry>"
        )
    updated = _iso(items[0].published) if items else "1970-01-01T00:00:00Z"
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><id>{base}/</id><title>{escape(outlet.name)}</title>'
        f'<link rel="self" href="{base}{outlet.paths[0]}"/><updated>{updated}</updated>\n'
        f"{_lines(rows)}</feed>\n"
    )


def json_feed(outlet: Outlet, base: str, items: list[Item]) -> str:
    """JSON Feed 1.1."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}{outlet.paths[0]}",
        "language": "en",
        "items": [
            {
                "id": item.guid,
                "url": item.article.feed_url,
                "title": item.article.story.title,
                "summary": item.article.story.summary,
                "content_text": item.article.story.summary,
                "date_published": _iso(item.published),
                "authors": [{"name": item.article.story.byline}],
                "tags": [item.article.story.section],
            }
            for item in items
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def news_sitemap(outlet: Outlet, base: str, items: list[Item]) -> str:
    """A sitemap with Google's news extension."""
    del base
    rows = [
        f"<url><loc>{escape(item.article.url)}</loc><lastmod>{_iso(item.published)}</lastmod><news:news>"
        f"<news:publication><news:name>{escape(outlet.name)}</news:name><news:language>en</news:language>"
        f"</news:publication><news:publication_date>{_iso(item.published)}</news:publication_date>"
        f"<news:title>{escape(item.article.story.title)}</news:title></news:news></url>"
        for item in items
    ]
    return (
        f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{_lines(rows)}</urlset>\n'
    )


def sitemap_index(outlet: Outlet, base: str, items: list[Item]) -> str:
    """A sitemap of sitemaps; only one of them has news."""
    changed = f"<lastmod>{_iso(items[0].published)}</lastmod>" if items else ""
    return (
        f'{XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<sitemap><loc>{base}{outlet.paths[1]}</loc>{changed}</sitemap>"
        f"<sitemap><loc>{base}/sitemaps/pages.xml</loc></sitemap></sitemapindex>\n"
    )


def pages_sitemap(base: str) -> str:
    """The sitemap of what is no news."""
    return (
        f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>{base}/about</loc></url><url><loc>{base}/contact</loc></url></urlset>\n"
    )


WRITERS: dict[Kind, tuple[Callable[[Outlet, str, list[Item]], str], str]] = {
    Kind.RSS2: (rss2, "application/rss+xml"),
    Kind.RSS1: (rss1, "application/rdf+xml"),
    Kind.ATOM: (atom, "application/atom+xml"),
    Kind.JSON: (json_feed, "application/feed+json"),
    Kind.SITEMAP: (news_sitemap, "application/xml"),
}
"""Who writes the feed of an outlet of a kind, and what it is called."""


def _iso(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _lines(rows: list[str]) -> str:
    return "".join(f"{row}\n" for row in rows)
