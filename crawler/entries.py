"""Entries made from what sources say of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from wirewatch.ids import EntryId, revision
from wirewatch.models import Entry, Source

_LONGEST_TITLE = 1_000
_LONGEST_SUMMARY = 20_000
_LONGEST_CONTENT = 1_000_000
_MOST_NAMES = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One item as a document of any kind carries it.

    Attributes:
        identity: guid or id as written, or "".
        url: absolute http(s) address of the story, or "" where the item has none.
        fragment: the part behind ``#`` of the address as written.
        has_no_page: its story is in the feed alone.
        summary: plain text.
        content: HTML.
    """

    identity: str
    url: str
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    fragment: str = ""
    has_no_page: bool = False


def told_apart(items: Sequence[Item]) -> list[Item]:
    """Items as they are, but for those that are places on one page: a live blog's posts, a list's lines.

    Where a document's items differ by their fragment alone, each is a story of its own, read from the feed;
    its address gets a parameter that servers ignore, since a fragment tells no page from another.
    """
    fragments: dict[str, set[str]] = {}
    for item in items:
        fragments.setdefault(item.url, set()).add(item.fragment)
    return [
        replace(item, url=_with_parameter(item.url, item.fragment), has_no_page=True)
        if item.fragment and len(fragments[item.url]) > 1
        else item
        for item in items
    ]


def without_page(item: Item, known_as: EntryId) -> Item:
    """An item whose address is a list's: its story is what its source says, at an address of its own."""
    if not item.url:
        return item
    return replace(item, url=_with_parameter(item.url, known_as), has_no_page=True)


def _with_parameter(url: str, value: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}entry={quote(value, safe='')}"


def clean(text: str, longest: int) -> str:
    """Text that JSON and UTF-8 can carry: no lone surrogates, no NUL, bounded."""
    return text[:longest].encode("utf-8", "replace").decode().replace("\x00", "")


def make_entry(
    source: Source,
    item: Item,
    known_as: EntryId,
    *,
    now: datetime,
    silent_before: datetime | None = None,
    silent_if_undated: bool = False,
) -> Entry:
    """The entry of an item.

    An item without an address of its own points to its source, told apart by a parameter that servers
    ignore; its story is read from the feed.
    """
    url = item.url or _with_parameter(source.url, known_as)
    read = source.read if item.url and not item.has_no_page else "feed"
    return Entry(
        id=known_as,
        source_id=source.id,
        source=source.name,
        url=clean(url, 8_000),
        title=clean(item.title, _LONGEST_TITLE),
        summary=clean(item.summary, _LONGEST_SUMMARY),
        content=clean(item.content, _LONGEST_CONTENT),
        authors=tuple(clean(name, 200) for name in item.authors[:_MOST_NAMES]),
        published=item.published,
        updated=item.updated,
        language=clean(item.language, 40) if item.language else None,
        tags=tuple(clean(tag, 200) for tag in item.tags[:_MOST_NAMES]),
        read=read,
        revision=revision(item.title, item.summary, item.content),
        first_seen=now,
        silent_before=silent_before,
        silent_if_undated=silent_if_undated,
    )
