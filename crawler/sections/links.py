"""The stories that a section page links to, and how likely each of them is one."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from crawler.base_address import base_of
from crawler.sections.anchors import Anchor, anchors_of
from crawler.sections.boxes import Place
from crawler.sections.chosen import is_chosen, selected
from crawler.sections.dates import day_in
from crawler.sections.headlines import POOR
from crawler.sections.listed import listed_stories
from crawler.sections.scoring import LIKELY, likelihoods
from crawler.sections.shapes import Shape, address_of
from wirewatch.models import StoryChoice
from wirewatch.text.html import parse
from wirewatch.text.urls import site

MAX_LINKS = 200
_EMPHASIS = ["b", "i", "em", "strong", "u", "mark", "q", "sub", "sup", "small", "wbr"]
_FEWEST_ABROAD = 3
_ASIDE = Place.ASIDE | Place.OFFER | Place.POPULAR | Place.MENU | Place.NAMED_MENU


@dataclass(frozen=True, slots=True)
class Link:
    """A story that a page links to."""

    url: str  # canonical
    title: str  # "" where only the page's JSON-LD names the story, without a headline
    published: datetime | None  # of the card's time element; else midnight UTC of the day in the address
    score: float = 1.0  # how likely it is a story, from 0.5 to 1


def story_links(html: str, base_url: str, choice: StoryChoice | None = None) -> list[Link]:
    """The stories a section page links to, in page order, each once, at most :data:`MAX_LINKS`. Never raises.

    Args:
        html: the section page.
        base_url: its address after redirects. Stories are of its site, or of another one that carries them
            for it.
        choice: what the user calls stories, if anything is said of it.
    """
    tree = parse(html)
    if choice is None:
        return links_in(tree, base_url)
    if choice.select is None and not choice.urls:
        return [link for link in links_in(tree, base_url) if is_chosen(link.url, 0, None, choice)]
    chosen = selected(tree, choice.select) if choice.select is not None else None
    _without_emphasis(tree)
    found: dict[str, _Found] = {}
    for anchor in anchors_of(tree, base_url):
        if is_chosen(anchor.url, anchor.node.mem_id, chosen, choice):
            found.setdefault(anchor.url, _Found()).add(anchor, 1.0)
    return [one.link(url) for url, one in found.items()][:MAX_LINKS]


def links_in(tree: LexborHTMLParser, base_url: str) -> list[Link]:
    """The stories of a parsed page, whose emphasis tags are taken out."""
    _without_emphasis(tree)
    home = site(base_url)
    listed = {
        url: title
        for url, title in listed_stories(tree, base_of(tree, base_url)).items()
        if site(url) == home
    }
    anchors = anchors_of(tree, base_url)
    scores = likelihoods(anchors, frozenset(listed))
    sites = _sites(anchors, scores, home)
    found: dict[str, _Found] = {}
    for anchor, score in zip(anchors, scores, strict=True):
        if site(anchor.url) in sites:
            found.setdefault(anchor.url, _Found()).add(anchor, score)
    stories = []
    for url, one in found.items():
        if one.grade == POOR and listed.get(url):
            one.title, one.grade = listed[url], math.inf
        if one.score >= LIKELY and one.grade > POOR:
            stories.append(one.link(url))
    for url, title in listed.items():
        # Pages that are put together in the browser have their list for machines alone.
        address = address_of(url)
        if url not in found and address is not None and address.shape is not None and not address.elsewhere:
            stories.append(Link(url, title, day_in(url), LIKELY))
    kept = {link.url for link in best_first(stories)[:MAX_LINKS]}
    return [link for link in stories if link.url in kept]


def _without_emphasis(tree: LexborHTMLParser) -> None:
    tree.unwrap_tags(_EMPHASIS)
    tree.merge_text_nodes()


def best_first(links: Sequence[Link]) -> list[Link]:
    """Links by their score; those of one score in page order."""
    return sorted(links, key=lambda link: -link.score)


@dataclass(slots=True)
class _Found:
    """What a story's links tell together: the best line is its title, the best score its own."""

    title: str = ""
    grade: float = -math.inf
    dated: datetime | None = None
    score: float = 0.0

    def add(self, anchor: Anchor, score: float) -> None:
        if anchor.title and anchor.grade > self.grade:
            self.title, self.grade = anchor.title, anchor.grade
        self.dated = self.dated or anchor.dated
        self.score = max(self.score, score)

    def link(self, url: str) -> Link:
        return Link(url, self.title, self.dated or day_in(url), round(self.score, 3))


def _sites(anchors: Sequence[Anchor], scores: Sequence[float], home: str) -> set[str]:
    """Whose stories count: the page's own site's, and those of a site that carries stories for it.

    That is one to which several likely stories lead, out of the page's own lists: where it has few other
    stories, or where they stand in one list with its own.
    """
    stories: dict[str, set[str]] = defaultdict(set)
    groups: dict[str, Counter[int]] = defaultdict(Counter)
    for anchor, score in zip(anchors, scores, strict=True):
        place = anchor.box.place if anchor.box is not None else Place.OPEN
        if score < LIKELY or place & _ASIDE or anchor.in_text or not anchor.title:
            continue
        name = site(anchor.url)
        if name != home and anchor.address.shape not in (Shape.DATE, Shape.ID):
            continue
        stories[name].add(anchor.url)
        groups[name][id(anchor.standing.group)] += 1
    own = len(stories[home])
    return {home} | {
        name
        for name, urls in stories.items()
        if len(urls) >= _FEWEST_ABROAD
        and (len(urls) >= own or not groups[name].keys().isdisjoint(groups[home]))
    }
