"""How a source's items are told apart, and known again when the source writes them differently.

An item is known by its guid together with its address: one guid with two addresses is two stories. An item
that is not known by these may still be one of the last document's under another name:

- the same guid, path and text: its link carries a tracking parameter that changes at every fetch;
- the same address and text: its guid is made anew at every fetch;
- the same guid and address but for the feed's own host: the feed has moved.

Only an item that the document carries no more can come back under another name, so two stories with one
headline stay two.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.entries import Item
from crawler.feeds.document import Part
from wirewatch.ids import EntryId, SourceId, entry_id
from wirewatch.store.carried import MARK_BYTES, Carried
from wirewatch.text.urls import canonical

_NONE = b"\x00" * MARK_BYTES
Marks = tuple[bytes, bytes, bytes]


def identity_of(item: Item) -> str:
    """What tells an item from the source's others.

    Its guid together with its address, or the address alone, or else its text. Addresses count in
    canonical form, so that tracking parameters which are known as such do not make an old item new.
    """
    link, guid = _place(item.url), _guid(item)
    if guid or link:
        return f"{guid}\x1f{link}"
    return f"{item.title}\x1f{item.summary[:500]}"


def own_id(source: SourceId, item: Item) -> EntryId:
    """The id of an item's entry by what the item itself says."""
    return entry_id(source, identity_of(item))


def identified(
    source: SourceId, parts: Sequence[Part], previous: Iterable[Carried], moved: tuple[str, str] | None = None
) -> list[Carried]:
    """Each part of a document with the id of its entry.

    Args:
        source: whose document it is.
        parts: of the document; those without an item are in ``previous`` by their version.
        previous: what the last document carried.
        moved: the host that the feed has now and the one that it had, where they differ.
    """
    known = {one.version: one for one in previous}
    own = {one.marks[0]: one for one in known.values()}
    found: list[Carried | None] = []
    strangers: list[int] = []
    for part in parts:
        if part.item is None:
            found.append(known.get(part.version))
            continue
        marks = _marks(part.item)
        same = own.get(marks[0])
        if same is None:
            strangers.append(len(found))
        entry = same.entry if same is not None else own_id(source, part.item)
        found.append(Carried(part.version, entry, marks))
    if strangers and known:
        _recognise(found, strangers, parts, known.values(), moved)
    return [one for one in found if one is not None]


def _recognise(
    found: list[Carried | None],
    strangers: Sequence[int],
    parts: Sequence[Part],
    previous: Iterable[Carried],
    moved: tuple[str, str] | None,
) -> None:
    """Give strangers the ids of entries that the document carries no more, where they are the same."""
    unknown = set(strangers)
    carried = {one.entry for at, one in enumerate(found) if one is not None and at not in unknown}
    gone = [one for one in previous if one.entry not in carried]
    by_mark: list[dict[bytes, Carried]] = [{}, {}, {}]
    for former in gone:
        for names, mark in zip(by_mark, former.marks, strict=True):
            if mark != _NONE:
                names.setdefault(mark, former)
    for at in strangers:
        one, item = found[at], parts[at].item
        if one is None or item is None:
            continue
        same = by_mark[1].get(one.marks[1]) or by_mark[2].get(one.marks[2])
        if same is None and moved is not None:
            same = by_mark[0].get(_marks(_as_before(item, *moved))[0])
        if same is not None:
            found[at] = replace(one, entry=same.entry)
            _forget(by_mark, same)


def _forget(by_mark: Sequence[dict[bytes, Carried]], one: Carried) -> None:
    """One entry comes back as one item, not as two."""
    for names, mark in zip(by_mark, one.marks, strict=True):
        if names.get(mark) is one:
            del names[mark]


def _as_before(item: Item, host: str, was: str) -> Item:
    """An item as its feed wrote it under its old host."""
    new, old = f"//{host}", f"//{was}"
    return replace(item, url=item.url.replace(new, old, 1), identity=item.identity.replace(new, old, 1))


def _marks(item: Item) -> Marks:
    link, guid = _place(item.url), _guid(item)
    text = item.title or item.summary[:200]
    by_guid = _hash(guid, link.partition("?")[0], text) if guid and text else _NONE
    by_link = _hash(link, text) if link and text else _NONE
    return _hash(identity_of(item)), by_guid, by_link


def _hash(*parts: str) -> bytes:
    text = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=MARK_BYTES).digest()


def _guid(item: Item) -> str:
    guid = item.identity
    if "://" in guid:  # with its fragment: a live blog's posts have nothing else of their own
        return _place(guid) + guid[guid.find("#") :] * ("#" in guid)
    return guid


def _place(url: str) -> str:
    """An address in canonical form without its scheme: a site that moves to https republishes nothing."""
    return canonical(url).partition("://")[2] if url else ""
