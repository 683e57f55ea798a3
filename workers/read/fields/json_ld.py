"""The JSON-LD of a page as nodes, also where it is broken: what can be had is had."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

MAX_NODES = 2000
"""Of one page."""

Node = dict[str, Any]

_MAX_CHARS = 3_000_000  # of one script: a live blog of a day has 0.6 million
_MAX_ROOTS = 50
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_MISSING_COMMA = re.compile(r'(["}\]])(\s{1,200})(?="[\w@]{1,40}"\s{0,20}:)')
# Around JSON in pages made for XHTML, outermost first.
_WRAPPINGS = (
    ("", ";"),
    ("//", ""),
    ("<![CDATA[", "]]>"),
    ("<!--", "-->"),
    ("/*", ""),
    ("*/", ""),
    ("", "//"),
)
# What is looked for by itself where a script is no JSON at all.
_SALVAGED = ("headline", "datePublished", "dateModified", "articleSection", "inLanguage", "name")
_SALVAGED_CHARS = 400
# A text ends with a quote that is followed as a text's end is: quotes inside, unescaped, are not.
_STRING = re.compile(r'\s*:\s*"(.{0,400}?)"\s*(?:[}\]]|,\s*(?:"[\w@]|[}\]{]))', re.DOTALL)
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{\s]{0,20}(?:"@?\w{1,20}"\s*:\s*"[^"]{0,200}"\s*,\s*){0,4}"name"')
_TYPE = re.compile(r'"@type"\s*:\s*"(\w{0,40}(?:Article|Posting|Report))"')


def nodes_of(scripts: list[str]) -> list[Node]:
    """The nodes of a page's JSON-LD scripts: top-level ones, those of graphs, and the main entities of pages.

    Lists of other stories are not gone into.

    Args:
        scripts: the texts of the elements. They may be anything.
    """
    nodes: list[Node] = []
    for script in scripts:
        for root in _roots(script[:_MAX_CHARS]):
            nodes.extend(_flat(root, MAX_NODES - len(nodes)))
    return nodes


def kinds(node: Node) -> list[str]:
    """The types of a node, without the address of their vocabulary."""
    types = node.get("@type")
    stated = types if isinstance(types, list) else [types]
    return [kind.rpartition("/")[2].rpartition(":")[2] for kind in stated[:10] if isinstance(kind, str)]


def _roots(text: str) -> list[object]:
    text = text.strip()
    for before, after in _WRAPPINGS:
        text = text.removeprefix(before).removesuffix(after).strip()
    if not text:
        return []
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _MISSING_COMMA.sub(r"\1,\2", text))):
        try:
            return [json.loads(attempt, strict=False)]  # raw line breaks inside strings are common
        except (ValueError, RecursionError):
            continue
    return list(_one_after_another(text)) or _salvaged(text)


def _one_after_another(text: str) -> Iterator[object]:
    """The roots of a script that holds several, parted by blanks, commas or semicolons."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    for _ in range(_MAX_ROOTS):
        at = _next_root(text, at)
        if at < 0:
            return
        try:
            root, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield root


def _next_root(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in ",;"):
        at += 1
    return at if at < len(text) and text[at] in "{[" else -1


def _salvaged(text: str) -> list[object]:
    """One node with the texts of the story that can be read out of what is no JSON."""
    kind = _TYPE.search(text)
    if kind is None:
        return []
    node: Node = {"@type": kind[1]}
    for key in _SALVAGED[:-1]:
        if said := _string(text, key, kind.start() if key == "headline" else 0):
            node[key] = said
    author = _AUTHOR.search(text)
    if author is not None and (name := _string(text, "name", author.end() - len('"name"'))):
        node["author"] = name
    return [node]


def _string(text: str, key: str, start: int) -> str:
    # The key may stand before the type as well as after it.
    for begin in (start, 0):
        at = text.find(f'"{key}"', begin)
        if at >= 0 and (found := _STRING.match(text, at + len(key) + 2)):
            said = found[1].replace('\\"', '"').replace("\\/", "/")
            return said[:_SALVAGED_CHARS]
    return ""


def _flat(value: object, most: int) -> Iterator[Node]:
    waiting = [value]
    seen = 0
    while waiting and seen < most:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value[:MAX_NODES]))
        elif isinstance(value, dict):
            seen += 1
            yield value
            inner = (value.get(key) for key in ("mainEntityOfPage", "mainEntity", "@graph"))
            waiting.extend(part for part in inner if isinstance(part, (dict, list)))
