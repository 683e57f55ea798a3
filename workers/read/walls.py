"""Pages that stand in front of the story: challenges, consent forms, log-ins, errors served as 200.

First what a page is for: one that shows the story that was asked for is none, whatever else it says. Then
how little it says, what the makers of walls left in it, what form it has, and only then what it says.
"""

import re
from itertools import chain

from selectolax.lexbor import LexborNode

from wirewatch.text.html import fold
from wirewatch.text.urls import canonical, host, is_front_page, is_web, resolve, site
from wirewatch.walls import Wall
from workers.read.document import Document
from workers.read.likeness import key
from workers.read.wall_addresses import maybe_sent_to, surely_sent_to
from workers.read.wall_marks import possible_mark, sure_mark
from workers.read.wall_words import asks_in, is_headline, titled, told_in

MOST_CHARS = 1500
"""A page with as many characters of text of its own is no wall; of CJK, which say more, a third."""

_LITTLE = 600  # characters of all that a page shows, menus included
_HARDLY = 150
_NOTHING = 60
_STORY_HEADING = 15  # characters of a heading that may be a headline
_ALIKE = 0.6  # of a headline's letters, three by three
_WIDE = 3  # a CJK character says as much as three letters
_FIRST_WIDE = "\u2e80"
_SOON_S = 10  # later refreshes reload a page that is read
_REFRESH = re.compile(
    r"""^\s*(\d{1,4})[\d.]*\s*[;,]\s*(?:url\s*=)?\s*["']?([^"'\s]{1,2000})""", re.IGNORECASE
)
_GOES_ELSEWHERE = re.compile(
    r"""\blocation(?:\.href)?\s*(?:=|\.(?:replace|assign)\s*\()\s*["'][^"']{1,2000}["']"""
)
_STORES = re.compile(
    r"//(?:apps\.apple\.com|itunes\.apple\.com|play\.google\.com/store|appgallery\.|[\w-]+\.app\.link)"
)
_PARTS = re.compile(r"\s[|–—·»:-]\s")


def wall(document: Document, text: str, headline: str, asked: str) -> Wall | None:
    """What kind of wall a page is, or None for a story. Never raises.

    Args:
        document: the page, with the address that was reached.
        text: the body as it was read from the page, or all the words of it.
        headline: as the feed has it, or nothing.
        asked: the address that the feed names.
    """
    got = document.url
    if kind := surely_sent_to(asked, got):
        return kind
    if is_front_page(got) and is_web(asked) and not is_front_page(asked):
        # Outlets send the reader of a withdrawn story to their front page; link shorteners send to stories.
        lost = maybe_sent_to(asked, got) or Wall.ERROR
        return lost if site(got) == site(asked) or _size(text) < MOST_CHARS else None
    if _size(text) >= MOST_CHARS:
        return None
    shown = " ".join(block.text for block in document.blocks if not block.hidden)[: 2 * MOST_CHARS]
    if _size(shown) < _HARDLY and (kind := _sends_on(document)):
        return kind
    if _is_the_story(document, headline):
        return None
    return (
        _marked(document.html, shown)
        or maybe_sent_to(asked, got)
        or next((kind for title in _titles(document) if (kind := titled(title))), None)
        or (
            None
            if _tells(document, text)
            else _by_form(document, shown) or _by_words(document, shown, headline)
        )
    )


def _marked(html: str, shown: str) -> Wall | None:
    size = _size(shown)
    return (sure_mark(html) if size < MOST_CHARS else None) or (
        possible_mark(html) if size < _HARDLY else None
    )


def _by_form(document: Document, shown: str) -> Wall | None:
    """What a page is by what it is made of, in any language."""
    if _size(shown) >= _LITTLE:
        return None
    tree = document.tree
    if tree.css_first("input[type='password' i]") is not None:
        return Wall.LOGIN
    links = [node.attributes.get("href") or "" for node in tree.css("a[href]")[:20]]
    if any(_STORES.search(link) for link in links) and len(links) <= 5:  # noqa: PLR2004 - a store or two, terms
        return Wall.APP
    if _size(shown) < _NOTHING and (said := _without_scripts(document)):
        return asks_in(said) or Wall.SCRIPT
    named = {key(name) for name in (host(document.url), host(document.url).removeprefix("www."))}
    if (
        _size(shown) < _HARDLY
        and key(document.evidence.title) in named
        and tree.css_first("script") is not None
    ):
        return Wall.CHALLENGE
    return None


def _by_words(document: Document, shown: str, headline: str) -> Wall | None:
    if _size(shown) < _LITTLE and (kind := asks_in(shown)):
        return kind
    if _size(shown) < _NOTHING and (said := _without_scripts(document)) and (kind := asks_in(said)):
        return kind
    # Hidden from search, of another name than the story, with hardly a word: it is not there.
    unlisted = any("noindex" in one.lower() for one in document.evidence.meta("robots"))
    return Wall.ERROR if headline and unlisted and _size(shown) < _LITTLE else None


def _sends_on(document: Document) -> Wall | None:
    """A page without text that sends a browser to another one."""
    for node in document.tree.css("meta[http-equiv='refresh' i]")[:5]:
        found = _REFRESH.match(node.attributes.get("content") or "")
        target = resolve(document.url, found[2]) if found else None
        if found and target and int(found[1]) <= _SOON_S and canonical(target) != canonical(document.url):
            return Wall.SCRIPT if _is_inside_noscript(node) else sure_mark(document.html) or Wall.ELSEWHERE
    scripts = document.tree.css("script:not([src])")[:5]
    if len(document.html) < 10 * MOST_CHARS and any(
        _GOES_ELSEWHERE.search(one.text()[:5000]) for one in scripts
    ):
        return sure_mark(document.html) or Wall.ELSEWHERE
    return None


def _is_inside_noscript(node: LexborNode) -> bool:
    return node.parent is not None and node.parent.tag == "noscript"


def _without_scripts(document: Document) -> str:
    """What a page says to a browser without scripts; pictures and frames that count readers are no words."""
    return fold(" ".join(node.text(separator=" ") for node in document.tree.css("noscript")[:20]))[
        :MOST_CHARS
    ]


def _is_the_story(document: Document, headline: str) -> bool:
    """Whether a page says of itself that it is a story with a date, or the one of that headline."""
    evidence = document.evidence
    if evidence.meta("article:published_time") or (
        evidence.said("headline") and evidence.said("datePublished")
    ):
        return True
    wanted = _triples(max(_PARTS.split(headline), key=len))
    found = set(chain.from_iterable(map(_triples, _titles(document))))
    return bool(wanted) and len(wanted & found) >= _ALIKE * len(wanted)


def _titles(document: Document) -> list[str]:
    evidence = document.evidence
    headings = [fold(node.text(separator=" "))[:300] for node in document.tree.css("h1, h2")[:6]]
    return [one for one in (evidence.title, *evidence.meta("og:title")[:1], *headings) if one]


def _triples(text: str) -> set[str]:
    letters = key(text[:500])
    return {letters[index : index + 3] for index in range(max(len(letters) - 2, 0))}


def _tells(document: Document, text: str) -> bool:
    """Whether there is something told under a heading: for pages of whose story nothing is known."""
    if document.tree.css_first("input[type='password' i]") is not None or _size(text) < _HARDLY:
        return False
    headings = (fold(node.text(separator=" ")) for node in document.tree.css("h1")[:3])
    named = any(_size(one) >= _STORY_HEADING and is_headline(one) for one in headings)
    return named and _size(told_in(text)) >= _NOTHING


def _size(text: str) -> int:
    return sum(_WIDE if character >= _FIRST_WIDE else 1 for character in text[: 2 * MOST_CHARS])
