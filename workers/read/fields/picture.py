"""The address of a story's picture."""

import re
from collections.abc import Iterator

from wirewatch.text.urls import resolve
from workers.read.document import Document
from workers.read.fields.cleaning import clean
from workers.read.fields.json_ld import Node
from workers.read.fields.nodes import things

_MAX_STATED = 20
# Pictures that stand on every page of an outlet.
_EMPTY = re.compile(
    r"logo|placeholder|default|no-?image|no-?photo|blank|spacer|favicon|apple-touch|avatar|gravatar|sprite|fallback|pixel\.|icon[-_./]"
    r"|share[-_]?(?:image|img)|og[-_]?(?:image|default)\b|social[-_]?(?:image|share)",
    re.IGNORECASE,
)
_VECTOR = re.compile(r"\.svg(?:\?|$)", re.IGNORECASE)


def picture(document: Document) -> tuple[str | None, str]:
    """An absolute web address, and how it was found; a logo or placeholder only where nothing else is."""
    named = [
        (address, how)
        for how, link in _stated(document)
        if (address := resolve(document.url, link)) and not _VECTOR.search(address)
    ]
    own = [(address, how) for address, how in named if not _EMPTY.search(address)]
    return next(iter(own or named), (None, "none"))


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    evidence = document.evidence
    for meta in ("og:image", "og:image:secure_url", "og:image:url"):
        for link in evidence.metas.get(meta, [])[:3]:
            yield meta, link
    for source in (evidence.article, evidence.page):
        for key in ("image", "thumbnailUrl", "primaryImageOfPage"):
            for link in _links(source.get(key), evidence.nodes):
                yield "json-ld", link
    for meta in (
        "twitter:image",
        "twitter:image:src",
        "thumbnail",
        "parsely-image-url",
        "sailthru.image.full",
    ):
        for link in evidence.metas.get(meta, [])[:1]:
            yield meta, link
    for link in evidence.links.get("image_src", [])[:1]:
        yield "link", link
    for link in evidence.items.get("image", [])[:1]:
        yield "microdata", link


def _links(value: object, nodes: dict[str, Node]) -> Iterator[str]:
    for thing in things(value, nodes, ("url", "contentUrl")):
        node = {"url": thing} if isinstance(thing, str) else thing
        stated = node.get("url") or node.get("contentUrl") or node.get("@id")
        yield from filter(None, map(clean, stated if isinstance(stated, list) else [stated]))
