# ruff: noqa: E501 - pages are written as they are
"""Section pages of made-up outlets, in many languages, layouts and address schemes, with the truth.

Each page has what such pages have: menus, hubs, bylines, tags, a list of what is most read, partners' offers,
sister sites, legal pages, pagination. The truth is what its list of stories links to.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from tests.sections.tongues import TONGUES, Tongue

STORIES = 14
_SLUGS = "havn-raad-stemmer-over-toll-tommer-bro-lukkes-vinter-budsjett-skole-vei-liten-stor-ny-gammel"


@dataclass(frozen=True, slots=True)
class Story:
    """A story as its card shows it."""

    url: str
    title: str
    teaser: str
    number: int
    tongue: Tongue


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A page, and the addresses of its stories, in page order."""

    name: str
    url: str
    html: str
    stories: tuple[str, ...]


def _slug(number: int, words: int) -> str:
    known = [
        "havn",
        "raad",
        "stemmer",
        "over",
        "toll",
        "tommer",
        "bro",
        "lukkes",
        "vinter",
        "budsjett",
        "skole",
        "vei",
        "liten",
        "stor",
        "ny",
        "gammel",
    ]
    return "-".join(known[(number * 7 + at * 5) % len(known)] for at in range(words))


SCHEMES = {
    "day": lambda n, _: f"/2026/11/{n % 20 + 1:02}/{_slug(n, 5)}",
    "number": lambda n, _: f"/politics/{_slug(n, 4)}-{8410230 + n}",
    "slug": lambda n, _: f"/politics/{_slug(n, 6)}",
    "root slug": lambda n, _: f"/{_slug(n, 6)}.html",
    "hash": lambda n, _: f"/news/articles/c{n}x2g9ev1yz{n}qo",
    "compact day": lambda n, _: f"/a/202611{n % 20 + 1:02}/{1234500 + n}.htm",
    "short id": lambda n, _: f"/nyheter/i/Xy{n}bQ{n % 7}/{_slug(n, 4)}",
    "query": lambda n, _: f"/view.php?no={94000 + n}",
    "native": lambda n, t: f"/politics/{quote('-'.join(t.title(n).split()))}",
    "two words": lambda n, _: f"/politics/{_slug(n, 2)}-{'abcdefghijklmnopqrstuvwxyz'[n]}",
    "bare number": lambda n, _: f"/story/{61000 + n}",
    "one word": lambda n, _: f"/politics/{_slug(n, 1)}{'abcdefghijklmnopqrstuvwxyz'[n]}",
    "sister": lambda n, _: f"https://lokal.sister-press.example/2026/11/{n % 20 + 1:02}/{_slug(n, 5)}",
}


def _cards(story: Story) -> str:
    return f"""<article class="post-{story.number} card"><figure><a href="{story.url}"><img src="/i/{story.number}.jpg"></a></figure>
    <header><h3><a href="{story.url}">{story.title}</a></h3></header>{_byline(story)}<p>{story.teaser}</p>
    <time datetime="2026-11-24T0{story.number % 9}:00:00Z">24.11.</time></article>"""


def _whole(story: Story) -> str:
    mark = "&" if "?" in story.url else "?"
    return f"""<a class="sc-a{story.number % 3}f" href="{story.url}{mark}utm_source=front"><div><img src="/i/{story.number}.jpg" alt=""></div>
    <div><span>{story.tongue.section}</span><h2>{story.title}</h2><p>{story.teaser}</p></div></a>"""


def _lines(story: Story) -> str:
    return f'<li><span>0{story.number % 9}:15</span> <a href="{story.url}">{story.title}</a></li>'


def _cells(story: Story) -> str:
    return f"""<tr><td><a href="{story.url}"><img src="/i/{story.number}.gif"></a></td><td><font size=2>
    <a href="{story.url}"><b>{story.title}</b></a><br>{story.teaser}</font></td></tr>"""


def _terms(story: Story) -> str:
    return f'<dt><a href="{story.url}">{story.title}</a></dt><dd>{story.teaser}</dd>'


def _button(story: Story) -> str:
    return f"""<div class="c7"><div><h4>{story.title}</h4></div><div><p>{story.teaser}</p>
    <a class="btn" href="{story.url}">{story.tongue.more}</a></div></div>"""


def _turns(story: Story) -> str:
    return f'<h2><a href="{story.url}" rel="bookmark">{story.title}</a></h2>{_byline(story)}<p>{story.teaser}</p>'


def _labels(story: Story) -> str:
    return f"""<div class="tile"><a href="{story.url}" aria-label="{story.title}"><img src="/i/{story.number}.jpg"></a>
    <div>{_byline(story)}</div></div>"""


def _spans(story: Story) -> str:
    return f"""<div class="i_{story.number}"><div class="u"><a href="{story.url}"><span class="k">{story.tongue.section}</span>
    <span class="t">{story.title}</span></a><a href="{story.url}#comments">12</a>{_byline(story)}</div></div>"""


CARDS = {
    "cards": ("<section>{}</section>", _cards),
    "whole": ('<div class="grid">{}</div>', _whole),
    "lines": ("<ul>{}</ul>", _lines),
    "cells": ("<table><tr><td><table>{}</table></td></tr></table>", _cells),
    "terms": ("<dl>{}</dl>", _terms),
    "button": ('<div class="list">{}</div>', _button),
    "turns": ("<div id=content>{}</div>", _turns),
    "labels": ('<div class="mosaic">{}</div>', _labels),
    "spans": ('<div><div class="zz">{}</div></div>', _spans),
}


def _byline(story: Story) -> str:
    tongue = story.tongue
    return f"""<div class="m"><a href="/{tongue.author_path}/{_slug(story.number, 2)}">{tongue.names[story.number % len(tongue.names)]}</a>
    <a href="/{tongue.tag_path}/{_slug(story.number, 3)}">{tongue.menu[story.number % len(tongue.menu)]}</a></div>"""


def _menu(tongue: Tongue) -> str:
    items = "".join(f'<li><a href="/{_slug(n, 1)}">{word}</a></li>' for n, word in enumerate(tongue.menu))
    long = "".join(f'<a href="/{_slug(n, 4)}">{text}</a>' for n, text in enumerate(tongue.hubs))
    return f"<ul>{items}</ul><div>{long}</div>"


def _legal(tongue: Tongue) -> str:
    return "".join(
        f'<li><a href="/{_slug(n + 3, 4)}-om">{text}</a></li>' for n, text in enumerate(tongue.legal)
    )


def _popular(tongue: Tongue, scheme: str, start: int, *, numbered: bool) -> str:
    rows = "".join(
        f'<li>{f"<span>{n + 1}</span>" if numbered else ""}<a href="{SCHEMES[scheme](start + n, tongue)}">{tongue.title(start + n)}</a></li>'
        for n in range(5)
    )
    box = '<div class="k9">{}</div>' if numbered else '<aside class="most-read">{}</aside>'
    return box.format(f"<h3>{tongue.popular}</h3><ol>{rows}</ol>")


def _partners(tongue: Tongue) -> str:
    return f"""<div class="sponsored-box"><a href="/{_slug(1, 5)}-annonse">{tongue.title(24)}</a></div>
    <div><a rel="sponsored nofollow" href="/2026/11/20/{_slug(2, 5)}">{tongue.title(25)}</a>
    <a href="https://www.other-press.example/2026/11/24/{_slug(3, 5)}">{tongue.title(23)}</a>
    <a href="https://social.example/share?u=https://outlet.example/">{tongue.more}</a></div>"""


def build(name: str, tongue: Tongue, scheme: str, card: str, *, plain: bool, seed: int) -> SectionPage:
    """A page.

    Args:
        name: of the page.
        tongue: its language.
        scheme: of its addresses.
        card: how its list shows a story.
        plain: without the elements and roles that say what is a menu, a footer and the like.
        seed: of what is left to chance.
    """
    chance = random.Random(seed)
    url = f"https://www.outlet{seed}.example/politics"
    stories = [
        Story(SCHEMES[scheme](n, tongue), tongue.title(n), tongue.teaser(n), n, tongue)
        for n in range(STORIES)
    ]
    frame, write = CARDS[card]
    main = frame.format("".join(map(write, stories)))
    popular = _popular(tongue, scheme, STORIES, numbered=bool(chance.randrange(2)))
    header = f'<a href="/"><img src=/logo.svg alt="{tongue.paper}"></a>{_menu(tongue)}'
    crumbs = f'<div class="breadcrumb"><a href="/">{tongue.paper}</a> › <a href="/politics">{tongue.section}</a></div>'
    pages = f'<div><a href="/politics?page=2">2</a> <a href="/politics/page/3">3</a> <a href="?page=2">{tongue.more}</a></div>'
    topics = "".join(
        f'<li><a href="/politics/{_slug(n, 3)}-x/">{tongue.menu[-n - 1]}</a></li>' for n in range(4)
    )
    topics = f"<ul>{topics}</ul>"
    offers, legal = _partners(tongue), f"<ul>{_legal(tongue)}</ul>"
    if plain:
        body = f"""<div class="a1">{header}</div><div class="a2">{crumbs}{topics}{main}{pages}</div>
        <div class="a3">{popular}{offers}</div><div class="a4">{legal}{_menu(tongue)}</div>"""
    else:
        body = f"""<header><nav>{header}</nav></header><main>{crumbs}{topics}{main}{pages}</main>
        <aside>{popular}{offers}</aside><footer>{legal}{_menu(tongue)}</footer>"""
    html = f'<!doctype html><html lang="{tongue.code}"><head><title>{tongue.section}</title></head><body>{body}</body></html>'
    return SectionPage(name, url, html, tuple(urljoin(url, story.url) for story in stories))


def section_pages() -> Iterator[SectionPage]:
    """Every scheme with several layouts and languages, each once with and once without telling elements."""
    cards = list(CARDS)
    for at, scheme in enumerate(SCHEMES):
        for turn in range(4):
            number = at * 4 + turn
            tongue, card = TONGUES[number % len(TONGUES)], cards[(number * 5 + at) % len(cards)]
            plain = turn % 2 == 1
            name = f"{tongue.code}, {scheme}, {card}{', plain' * plain}"
            yield build(name, tongue, scheme, card, plain=plain, seed=number)
