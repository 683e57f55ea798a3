"""Pages in HTML: articles, the front page, and the pages that are no news at all."""

import json
from datetime import datetime
from html import escape

from newsroom.article import Article
from newsroom.chrome import Chrome
from newsroom.outlets import Dated, Kind, Outlet
from newsroom.skeletons import SKELETONS, Sheet

FEED_TYPES = {
    Kind.RSS2: "application/rss+xml",
    Kind.RSS1: "application/rdf+xml",
    Kind.ATOM: "application/atom+xml",
    Kind.JSON: "application/feed+json",
}


def article_page(article: Article, published: datetime) -> str:
    """The page of an article."""
    sheet = Sheet(article, published, Chrome.around(article.outlet, article.number))
    head = [
        f"<title>{sheet.title} | {sheet.name}</title>",
        f'<link rel="canonical" href="{article.url}">',
        f'<meta property="og:title" content="{sheet.title}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:url" content="{article.url}">',
        f'<meta property="og:site_name" content="{sheet.name}">',
        f'<meta name="description" content="{escape(article.story.summary)}">',
        f'<meta property="article:section" content="{article.story.section.title()}">',
    ]
    if article.outlet.dated is Dated.META:
        stamp = published.isoformat(timespec="seconds")
        head.append(f'<meta property="article:published_time" content="{stamp}">')
    if article.outlet.dated is Dated.JSON_LD:
        head.append(_json_ld(article, published))
    return _document("\n".join(head), SKELETONS[article.outlet.skeleton](sheet))


def front_page(outlet: Outlet) -> str:
    """The page at ``/``, which advertises the outlet's feeds."""
    kind = FEED_TYPES.get(outlet.kind)
    name = escape(outlet.name)
    head = f"<title>{name}</title>"
    if kind:
        head += "".join(
            f'<link rel="alternate" type="{kind}" title="{name}" href="{path}">' for path in outlet.paths
        )
    chrome = Chrome.around(outlet, 0)
    body = f"<header><h1>{name}</h1><ul>{chrome.menu}</ul></header><footer>{chrome.footer}</footer>"
    return _document(head, body)


def section_page(outlet: Outlet, articles: list[Article]) -> str:
    """A list of links to stories, as a section page of the outlet shows it."""
    chrome = Chrome.around(outlet, 1)
    rows = "\n".join(
        f'<div class="teaser"><h3><a href="{article.path}">{escape(article.story.title)}</a></h3>'
        f'<span class="kicker">{article.story.section.title()}</span></div>'
        for article in articles
    )
    title = outlet.paths[0].strip("/").title()
    body = f"""<header><a href="/">{escape(outlet.name)}</a><nav><ul>{chrome.menu}</ul></nav>
{chrome.search}</header><main><h1>{title}</h1><div class="river">{rows}</div>
<a class="next" href="{outlet.paths[0]}?page=2">Older</a></main>
<footer>{chrome.footer}</footer>"""
    return _document(f"<title>{title} | {escape(outlet.name)}</title>", body)


def not_found_page() -> str:
    """What stands where there is no page, or none yet."""
    return _document("<title>Page not found</title>", "<h1>Page not found</h1><p>Try the front page.</p>")


def _document(head: str, body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
{head}
</head><body>
{body}
</body></html>
"""


def _json_ld(article: Article, published: datetime) -> str:
    stamp = published.isoformat(timespec="seconds")
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.story.title,
        "datePublished": stamp,
        "dateModified": stamp,
        "author": [{"@type": "Person", "name": article.story.byline}],
        "publisher": {"@type": "Organization", "name": article.outlet.name},
        "mainEntityOfPage": article.url,
    }
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'
