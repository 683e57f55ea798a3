"""What a page says of itself to machines: JSON-LD, Open Graph and other meta elements."""
# ruff: noqa: E501 - lines of HTML

import json
from html import escape
from typing import Any

from page_maker.sheet import Part, Sheet


def opening(sheet: Sheet, *more: str, suffix: bool = True) -> str:
    """The head of a page, with what is added to it, up to ``<body>``."""
    title = sheet.html("title") + (f" | {escape(sheet.outlet)}" if suffix else "")
    return (
        f'<!DOCTYPE html>\n<html lang="{sheet.language}" dir="{sheet.direction}"><head><meta charset="utf-8">'
        f'<title>{title}</title><meta name="viewport" content="width=device-width">{"".join(more)}</head><body>'
    )


def open_graph(sheet: Sheet, *, dated: bool = True) -> str:
    """What social networks read."""
    stamp = f'<meta property="article:published_time" content="{_stamp(sheet)}">' if dated else ""
    return (
        f'<link rel="canonical" href="{sheet.url}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{sheet.html("title")}"><meta property="og:url" content="{sheet.url}">'
        f'<meta property="og:site_name" content="{escape(sheet.outlet)}">'
        f'<meta property="og:description" content="{sheet.html("deck")}">{stamp}'
    )


def meta_author(sheet: Sheet) -> str:
    """The authors as a meta element."""
    return f'<meta name="author" content="{escape(", ".join(sheet.authors))}">'


def news_article(sheet: Sheet, **more: Any) -> str:
    """A NewsArticle with its authors and days."""
    return _json_ld({"@context": "https://schema.org", **_article(sheet), **more})


def graph(sheet: Sheet) -> str:
    """The same as a graph, its persons and publisher somewhere else in it."""
    people = [{"@type": "Person", "@id": f"#p{i}", "name": name} for i, name in enumerate(sheet.authors)]
    article = _article(sheet) | {
        "author": [{"@id": person["@id"]} for person in people],
        "publisher": {"@id": "#outlet"},
        "isPartOf": {"@type": "WebPage", "@id": sheet.url},
    }
    outlet = {"@type": "NewsMediaOrganization", "@id": "#outlet", "name": sheet.outlet}
    site = {"@type": "WebSite", "name": sheet.outlet, "url": "/"}
    return _json_ld({"@context": "https://schema.org", "@graph": [site, outlet, article, *people]})


def live(sheet: Sheet, posts: list[tuple[str, str]]) -> str:
    """A live blog with its posts."""
    updates = [{"@type": "BlogPosting", "headline": head, "articleBody": text} for head, text in posts]
    return news_article(sheet, **{"@type": "LiveBlogPosting", "liveBlogUpdate": updates})


def paid(sheet: Sheet, parts: list[Part]) -> str:
    """A story behind a wall, whole for those who read JSON-LD."""
    return news_article(
        sheet,
        articleBody="\n\n".join(part.text for part in parts),
        isAccessibleForFree=False,
        hasPart={"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"},
    )


def _article(sheet: Sheet) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": sheet.said("title"),
        "datePublished": _stamp(sheet),
        "dateModified": _stamp(sheet),
        "author": [{"@type": "Person", "name": name} for name in sheet.authors],
        "publisher": {"@type": "Organization", "name": sheet.outlet},
        "articleSection": sheet.said("section"),
        "inLanguage": sheet.language,
        "mainEntityOfPage": sheet.url,
        "image": [f"/img/{sheet.number}.jpg"],
    }


def _stamp(sheet: Sheet) -> str:
    return sheet.published.isoformat(timespec="seconds")


def _json_ld(fields: dict[str, Any]) -> str:
    text = json.dumps(fields, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'
