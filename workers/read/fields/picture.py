"""The address of a story's picture."""

import re
from collections.abc import Iterator

from wirewatch.text.urls import resolve
from workers.read.document import Document
from workers.read.fields.cleaning import clean

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


def _links(value: object, nodes: dict[str, dict[str, object]]) -> Iterator[str]:
    waiting = [value]
    for _ in range(_MAX_STATED):
        if not waiting:
            return
        said = waiting.pop(0)
        if isinstance(said, list):
            waiting[:0] = said[:_MAX_STATED]
        elif isinstance(said, dict):
            node = (
                said if said.get("url") or said.get("contentUrl") else nodes.get(str(said.get("@id")), said)
            )
            waiting[:0] = [node.get("url") or node.get("contentUrl") or node.get("@id")]
        elif link := clean(said):
            yield link
