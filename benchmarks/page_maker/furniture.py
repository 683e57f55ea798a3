"""What stands around a story and is none of it: menus, boxes, comments, scripts."""
# ruff: noqa: E501 - lines of HTML

import json
from html import escape

from page_maker.sheet import Sheet


def menu(sheet: Sheet, times: int = 1) -> str:
    """The items of a menu; ``times`` for the mega menus that list every rubric's rubrics."""
    words = sheet.all_said("menu")
    return "".join(
        f'<li><a href="/{turn}/{at}">{escape(word)}{f" {turn}" if turn else ""}</a></li>'
        for turn in range(times)
        for at, word in enumerate(words)
    )


def links(sheet: Sheet, count: int = 4, tag: str = "li") -> str:
    """Headlines of other stories, each a link."""
    shown = sheet.all_said("links")[:count]
    return "".join(
        f'<{tag}><a href="/2026/11/o-{i}">{escape(text)}</a></{tag}>' for i, text in enumerate(shown)
    )


def related(sheet: Sheet, count: int = 3) -> str:
    """A box of other stories for the middle of the text."""
    return f'<div class="box-rel"><h4>{sheet.html("related")}</h4><ul>{links(sheet, count)}</ul></div>'


def sign_up(sheet: Sheet) -> str:
    """A box that asks for an address."""
    return (
        f'<div class="newsletter-promo"><p>{sheet.html("sign_up")}</p>'
        f'<form action="/nl"><input type="email" name="e"><button>OK</button></form></div>'
    )


def cookies(sheet: Sheet) -> str:
    """The notice on cookies."""
    return f'<div id="consent" class="cookie-banner"><p>{sheet.html("cookies")}</p><button>OK</button></div>'


def share(sheet: Sheet) -> str:
    """The share bar."""
    ways = "".join(f'<a href="#{way}">{way}</a> ' for way in ("Facebook", "X", "WhatsApp", "Email"))
    return f'<div class="share-tools"><span>{sheet.html("share")}</span> {ways}</div>'


def figure(sheet: Sheet) -> str:
    """A picture with its caption and credit."""
    return (
        f'<figure><img src="/img/{sheet.number}.jpg" alt="{sheet.html("caption")}" width="1200" height="800">'
        f'<figcaption>{sheet.html("caption")} <span class="credit">{sheet.html("credit")}</span>'
        f"</figcaption></figure>"
    )


def comments(sheet: Sheet) -> str:
    """What readers wrote beneath."""
    said = "".join(
        f'<li class="comment"><cite>user{i}</cite><p>{escape(text)}</p></li>'
        for i, text in enumerate(sheet.all_said("comments"))
    )
    return f'<section id="comments"><ol class="comment-list">{said}</ol></section>'


def popular(sheet: Sheet) -> str:
    """What others read."""
    return f'<aside class="most-read"><h3>{sheet.html("popular")}</h3><ol>{links(sheet)}</ol></aside>'


def bio(sheet: Sheet) -> str:
    """Who the author is."""
    return f'<div class="author-bio"><p>{sheet.html("bio")}</p></div>'


def footer(sheet: Sheet) -> str:
    """The last lines of a page."""
    return f"<footer><ul>{menu(sheet, 2)}</ul><p>© 2026 {escape(sheet.outlet)}. {sheet.html('rights')}</p></footer>"


def advertisement(sheet: Sheet) -> str:
    """A place for an advertisement."""
    return f'<div class="ad-slot" data-slot="mid"><span>{sheet.html("ad")}</span></div>'


def styles(count: int = 1200) -> str:
    """A style sheet in the page, as long as today's."""
    rules = (f".c{i:04x}{{margin:{i % 7}px {i % 11}px;color:#{i % 16:x}0{i % 9:x}}}" for i in range(count))
    return f"<style>{''.join(rules)}</style>"


def state(sheet: Sheet, count: int = 800) -> str:
    """What a page's scripts begin with: its menus and headlines once more, as JSON."""
    words = [*sheet.all_said("links"), *sheet.all_said("menu")]
    rows = (
        {"id": i, "path": f"/2026/11/o-{i}", "label": words[i % len(words)], "kind": "teaser", "children": []}
        for i in range(count)
    )
    return f"<script>window.__STATE__={json.dumps(list(rows), ensure_ascii=False)};</script>"
