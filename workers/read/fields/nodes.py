"""Which JSON-LD nodes speak of the page's own story, and which of its outlet."""

import re
from collections.abc import Iterator
from typing import Any

from workers.read.fields.cleaning import clean
from workers.read.fields.json_ld import Node, kinds
from workers.read.likeness import key

_STORY = re.compile(r"(?:Article|Posting|Report|Review|Recipe|Story)$", re.IGNORECASE)
_NEWS = re.compile(r"(?:News|Report|LiveBlog|Opinion|Analysis)\w*$", re.IGNORECASE)
_PAGE = re.compile(r"Page$", re.IGNORECASE)
_OUTLET = re.compile(r"(?:Organi[sz]ation|WebSite|Newspaper|Corporation|Brand|Periodical)$", re.IGNORECASE)
_MAX_JUDGED = 50
_SAME_STORY_CHARS = 12  # of a headline's key: shorter ones are alike by chance


def story_node(nodes: list[Node], titles: list[str], addresses: list[str]) -> dict[str, Any]:
    """The story's JSON-LD: the node that fits the page best, with what other nodes of it add.

    Args:
        nodes: all of the page's; some are of other stories that it names.
        titles: what else the page calls itself, by which its own node is known.
        addresses: what it gives as its own.
    """
    stories = [node for node in nodes if _is_story(node)][:_MAX_JUDGED]
    if not stories:
        return {}
    keys, own = [key(title) for title in titles], {_bare(address) for address in addresses}
    ranked = sorted(stories, key=lambda node: -_fit(node, keys, own))  # stable: page order among equals
    best = ranked[0]
    return about([best, *(node for node in ranked[1:] if _same(node, best, own))])


def about(nodes: list[Node]) -> dict[str, Any]:
    """Nodes of one thing as one: the first that says something to a point is heard."""
    merged: dict[str, Any] = {}
    for node in nodes:
        for name, value in node.items():
            if name not in merged and value not in (None, "", [], {}):
                merged[name] = value
    return merged


def things(value: object, nodes: dict[str, Node], saying: tuple[str, ...]) -> Iterator[str | Node]:
    """What a JSON-LD value stands for: its texts and nodes in order, out of lists, at most 50.

    Args:
        value: of any form.
        nodes: the page's, by ``@id``: a node may only refer to another one of the graph.
        saying: properties of which a node that says none refers to another.
    """
    waiting = [value]
    for _ in range(_MAX_JUDGED):
        if not waiting:
            return
        said = waiting.pop(0)
        if isinstance(said, list):
            waiting[:0] = said[:_MAX_JUDGED]
        elif isinstance(said, dict):
            refers = not any(said.get(name) for name in saying)
            yield nodes.get(str(said.get("@id")), said) if refers else said
        elif isinstance(said, str):
            yield said


def names_of(value: object, nodes: dict[str, Node]) -> list[str]:
    """The names of those whom a JSON-LD value stands for, as it spells them.

    Args:
        value: of ``author`` or the like.
        nodes: the page's, by ``@id``.
    """
    names: list[str] = []
    for thing in things(value, nodes, ("name",)):
        if isinstance(thing, str):
            names.append(clean(thing))
            continue
        whole = thing.get("name") or f"{clean(thing.get('givenName'))} {clean(thing.get('familyName'))}"
        names += map(clean, whole[:_MAX_JUDGED] if isinstance(whole, list) else [whole])
    return [name for name in names if name]


def pages(nodes: list[Node]) -> list[Node]:
    """The nodes of the page as such."""
    return [node for node in nodes if any(_PAGE.search(kind) for kind in kinds(node))]


def organisations(nodes: list[Node]) -> list[str]:
    """The names of outlets: of sites and organisations, and of the stories' publishers."""
    names: dict[str, None] = {}
    for node in nodes[:_MAX_JUDGED]:
        if any(_OUTLET.search(kind) for kind in kinds(node)):
            names |= dict.fromkeys([clean(node.get("name")), clean(node.get("alternateName"))])
        publisher = node.get("publisher")
        for said in publisher if isinstance(publisher, list) else [publisher]:
            names[clean(said.get("name")) if isinstance(said, dict) else clean(said)] = None
    return [name for name in names if name]


def _is_story(node: Node) -> bool:
    if any(_STORY.search(kind) for kind in kinds(node)):
        return True
    # Types are often forgotten or made up; who names a headline and a day speaks of a story.
    told = node.get("headline") and (node.get("datePublished") or node.get("author"))
    return bool(told) and not any(_PAGE.search(kind) or "Video" in kind for kind in kinds(node))


def _fit(node: Node, titles: list[str], own: set[str]) -> float:
    headline = key(clean(node.get("headline")) or clean(node.get("name")))
    called = bool(headline) and any(_alike(headline, title) for title in titles)
    there = not own.isdisjoint(_addresses(node))
    newsy = any(_NEWS.search(kind) for kind in kinds(node))
    told = sum(bool(node.get(name)) for name in ("headline", "datePublished", "author")) / 4
    return 2 * there + 2 * called + newsy / 2 + told


def _same(node: Node, best: Node, own: set[str]) -> bool:
    mine, its = _addresses(node), _addresses(best)
    if mine and its:
        return not mine.isdisjoint(its) or (not own.isdisjoint(mine) and not own.isdisjoint(its))
    headline, its_headline = key(clean(node.get("headline"))), key(clean(best.get("headline")))
    return not headline or not its_headline or _alike(headline, its_headline)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SAME_STORY_CHARS and short in long


def _addresses(node: Node) -> set[str]:
    page = node.get("mainEntityOfPage")
    stated = [node.get("url"), page, *((page.get("@id"), page.get("url")) if isinstance(page, dict) else ())]
    return {_bare(address) for address in stated if isinstance(address, str) and address}


def _bare(address: str) -> str:
    """An address as those who write it carelessly write it alike."""
    return address.strip().partition("#")[0].partition("?")[0].partition("://")[2].rstrip("/").casefold()
