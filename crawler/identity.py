"""How a source's items are told apart, and known again when the source writes them differently.

An item is known by its guid together with its address: one guid with two addresses is two stories. Items
that have both in common are known by their headlines as well. An item that is not known by these may still
be one of the last document's under another name:

- the same guid, path, text and date: its link carries a tracking parameter that changes at every fetch;
- the same address, text and date: its guid is made anew at every fetch;
- the same guid and address but for the feed's own host: the feed has moved.

Today's "Morning briefing" is not yesterday's, whatever address they share: its date is another. But where
most of a document comes with other dates, these are made anew at every fetch too, and tell nothing.

Only an item that the document carries no more can come back under another name, so two stories with one
headline stay two.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.entries import Item
from crawler.feeds.document import Part
from wirewatch.ids import EntryId, SourceId, entry_id
from wirewatch.store.carried import MARK_BYTES, Carried, Marks
from wirewatch.text.urls import canonical

_NONE = b"\x00" * MARK_BYTES
_FEWEST_ANEW, _MOST_OF_IT = 3, 2 / 3  # entries, and their part of a document


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
    source: SourceId,
    parts: Sequence[Part],
    previous: Iterable[Carried],
    moved: tuple[str, str] | None = None,
    *,
    partial: bool = False,
) -> list[Carried]:
    """Each part of a document with the id of its entry.

    Items that have guid and address in common, such as the lines of a list that all link to one page, are
    known by their headlines as well.

    Args:
        source: whose document it is.
        parts: of the document; those without an item are in ``previous`` by their version.
        previous: what the last document carried.
        moved: the host that the feed has now and the one that it had, where they differ.
        partial: the document may be a part of the feed, as a push is: nothing in it says what is gone.
    """
    known = {one.version: one for one in previous}
    found = [known.get(part.version) for part in parts]
    marked: list[_Marked | None] = [_marked(part.item) if part.item is not None else None for part in parts]
    texts: dict[bytes, set[_Texts]] = {}
    for one, item in zip(found, marked, strict=True):
        marks = item.marks if item is not None else one.marks if one is not None else None
        if marks is not None:
            texts.setdefault(marks[0], set()).add(marks[1:])
    former = _Former(known.values())
    strangers: list[int] = []
    for at, (part, item) in enumerate(zip(parts, marked, strict=True)):
        if item is None:
            continue
        same = former.same(item.marks, alone=len(texts[item.marks[0]]) == 1)
        if same is None:
            strangers.append(at)
            shares = former.has(item.marks[0]) or len(texts[item.marks[0]]) > 1
            same = entry_id(source, f"{item.identity}\x1f{item.title}" if shares else item.identity)
        found[at] = Carried(part.version, same, item.marks)
    if strangers and known:
        unknown = set(strangers)
        carried = {one.entry for at, one in enumerate(found) if one is not None and at not in unknown}
        gone = [one for one in known.values() if partial or one.entry not in carried]
        _recognise(found, strangers, parts, _Gone(gone), moved, partial=partial)
    return [one for one in found if one is not None]


_Texts = tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Marked:
    """An item's identity, title, and the marks by which it is known again."""

    identity: str
    title: str
    marks: Marks


def _marked(item: Item) -> _Marked:
    identity = identity_of(item)
    return _Marked(identity, item.title, (_hash(identity), *_text_marks(item)))


class _Former:
    """What the last document carried, by identity."""

    def __init__(self, carried: Iterable[Carried]) -> None:
        self._by_identity: dict[bytes, list[Carried]] = {}
        for one in carried:
            self._by_identity.setdefault(one.marks[0], []).append(one)

    def has(self, identity: bytes) -> bool:
        """Whether it carried something of an identity."""
        return identity in self._by_identity

    def same(self, marks: Marks, *, alone: bool) -> EntryId | None:
        """The entry that an item is: with the same text; or edited, where no other can be meant."""
        one_of = self._by_identity.get(marks[0], ())
        for one in one_of:
            if one.marks == marks:
                return one.entry
        return one_of[0].entry if alone and len(one_of) == 1 else None


class _Gone:
    """What the last document carried and this one does not, by its marks; each comes back once."""

    def __init__(self, carried: Iterable[Carried]) -> None:
        self._by_mark: dict[bytes, list[Carried]] = {}
        for one in carried:
            for mark in one.marks[:3]:
                if mark != _NONE:
                    self._by_mark.setdefault(mark, []).append(one)
        self._taken: set[EntryId] = set()

    def take(self, mark: bytes, date: bytes | None = None) -> Carried | None:
        """One with a mark, and with a date if one is given."""
        for one in self._by_mark.get(mark, ()):
            if one.entry not in self._taken and date in (None, one.marks[3]):
                self._taken.add(one.entry)
                return one
        return None


def _recognise(
    found: list[Carried | None],
    strangers: Sequence[int],
    parts: Sequence[Part],
    gone: _Gone,
    moved: tuple[str, str] | None,
    *,
    partial: bool,
) -> None:
    """Give strangers the ids of entries that the document carries no more, where they are the same."""
    left = []
    for at in strangers:
        one, item = found[at], parts[at].item
        if one is None or item is None:
            continue
        _, by_guid, by_link, date = one.marks
        # Nothing in a push says what is gone: only a date that is given tells that two are one.
        same = None if partial and date == _NONE else gone.take(by_guid, date) or gone.take(by_link, date)
        if same is None and moved is not None:
            same = gone.take(_hash(identity_of(_as_before(item, *moved))))
        if same is not None:
            found[at] = replace(one, entry=same.entry)
        else:
            left.append(at)
    if partial or len(left) < _FEWEST_ANEW or len(left) < len(parts) * _MOST_OF_IT:
        return
    others = [(at, one, gone.take(one.marks[2])) for at in left if (one := found[at]) is not None]
    if sum(same is not None for _, _, same in others) >= len(parts) * _MOST_OF_IT:
        for at, one, same in others:
            if same is not None:
                found[at] = replace(one, entry=same.entry)


def _as_before(item: Item, host: str, was: str) -> Item:
    """An item as its feed wrote it under its old host."""
    new, old = f"//{host}", f"//{was}"
    return replace(item, url=item.url.replace(new, old, 1), identity=item.identity.replace(new, old, 1))


def _text_marks(item: Item) -> tuple[bytes, bytes, bytes]:
    """By its guid and text without its address, by its address and text without its guid, and its date."""
    link, guid = _place(item.url), _guid(item)
    text = item.title or item.summary[:200]
    date = item.published or item.updated
    by_guid = _hash("guid", guid, link.partition("?")[0], text) if guid and text else _NONE
    by_link = _hash("link", link, text) if link and text else _NONE
    return by_guid, by_link, _hash(str(date)) if date is not None else _NONE


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
