"""Entries made from what sources say of them, and how one is told from another."""

from dataclasses import dataclass
from datetime import datetime

from wirewatch.ids import entry_id, revision
from wirewatch.models import Entry, Source
from wirewatch.text.urls import canonical

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


def clean(text: str, longest: int) -> str:
    """Text that JSON and UTF-8 can carry: no lone surrogates, no NUL, bounded."""
    return text[:longest].encode("utf-8", "replace").decode().replace("\x00", "")


def identity_of(item: Item) -> str:
    """What tells an item from the source's others.

    Its guid together with its address (one guid with two addresses is two stories), or the address
    alone, or else its text. Addresses count in canonical form, so that tracking parameters which
    change at every poll do not make an old item new.
    """
    link = _place(item.url)
    guid = _place(item.identity) if "://" in item.identity else item.identity
    if guid or link:
        return f"{guid}\x1f{link}"
    return f"{item.title}\x1f{item.summary[:500]}"


def _place(url: str) -> str:
    """An address in canonical form without its scheme: a site that moves to https republishes nothing."""
    return canonical(url).partition("://")[2] if url else ""


def make_entry(source: Source, item: Item, *, now: datetime, silent_before: datetime | None = None) -> Entry:
    """The entry of an item.

    An item without an address of its own points to its source, told apart by a parameter that servers
    ignore; its story is read from the feed.
    """
    made = entry_id(source.id, identity_of(item))
    url, read = item.url, source.read
    if not url:
        url = f"{source.url}{'&' if '?' in source.url else '?'}entry={made}"
        read = "feed"
    return Entry(
        id=made,
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
    )
