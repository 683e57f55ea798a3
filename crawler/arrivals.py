"""Which entries a document brings, and which of them are learned without being told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from crawler.documents import Document
from crawler.entries import Item, make_entry, without_page
from crawler.identity import identified
from wirewatch.ids import EntryId
from wirewatch.models import Entry, SourceKind
from wirewatch.store.carried import Carried, unpacked
from wirewatch.store.sources import SourceState
from wirewatch.text.dates import is_before

# So many undated items of a first poll, or old ones of a later, are looked at; the rest is learned.
_MOST_DOUBTFUL = 40
# A story that its feed dates so long before the last good poll is an archive's, served by accident.
_LONG_AGO = timedelta(days=7)
# Two entries of one address may be one story, with the headline that it had before; the more are a list, and
# two that link to a site's front page are one as well.
_FEW_LINES = 2
_AHEAD = timedelta(days=1)  # time zones told wrong; a date beyond is none


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What a document brings.

    Attributes:
        entries: of the items that were parsed, each once.
        silent: which of them are learned without being told.
        carried: all that the document carries.
        new: entries that the last document did not carry, and that are not silent.
    """

    entries: Sequence[Entry]
    silent: frozenset[str]
    carried: Sequence[Carried]
    new: frozenset[EntryId]


def arrivals(
    state: SourceState,
    document: Document,
    url: str,
    now: datetime,
    backfill: timedelta,
    *,
    once: bool = False,
    partial: bool = False,
) -> Arrivals:
    """The arrivals of a document.

    At a source's first poll, and as long as its documents were empty, entries older than the backfill window
    are silent; later, those much older than the last good poll are. Where no date is given, or an old one, a
    number of entries is read all the same, and told only if their page says that they are new.

    Args:
        state: of its source.
        document: as read.
        url: where it came from, after redirects.
        now: when.
        backfill: how old a story may be to be told at a first poll.
        once: a one-off crawl, which tells everything it finds.
        partial: the document may be a part of the feed, as a push is.
    """
    previous = unpacked(state.carried)
    base = urlsplit(url).netloc
    moved = (base, state.base) if state.base and state.base != base else None
    carried = identified(state.source.id, document.feed.parts, previous, moved, partial=partial)
    items = {one.version: one.item for one in document.feed.parts if one.item is not None}
    before = {one.entry for one in previous}
    sieve = _Sieve(state, document.kind, now, backfill, once=once)
    sharing = _sharing(carried)
    entries: dict[EntryId, Entry] = {}
    for one in carried:
        item = items.get(one.version)
        # What the document has twice is one entry; else one would be the other's edit at every poll.
        if item is not None and one.entry not in entries:
            if sharing[one.marks[0]] > (_FEW_LINES if urlsplit(item.url).path.strip("/") else 1):
                item = without_page(item, one.entry)
            entries[one.entry] = sieve.entry(item, one.entry)
    new = {one.entry for one in carried} - before - sieve.silent
    return Arrivals(list(entries.values()), frozenset(sieve.silent), carried, frozenset(new))


def _sharing(carried: Sequence[Carried]) -> Counter[bytes]:
    """How many entries share each guid and address: the lines of a list, which all link to one page."""
    return Counter(identity for identity, _ in {(one.marks[0], one.entry) for one in carried})


class _Sieve:
    """Tells old entries from new ones by their dates."""

    def __init__(
        self, state: SourceState, kind: SourceKind, now: datetime, backfill: timedelta, *, once: bool
    ) -> None:
        self._state = state
        self._kind = kind
        self._now = now
        self._once = once
        self._first = state.good is None
        # A feed that was empty until now may bring its whole past.
        self._young = self._first or state.size == 0
        since = now if state.good is None else min(state.good, now)
        self._cutoff = since - (backfill if self._young else max(_LONG_AGO, backfill))
        self._doubtful = 0
        self.silent: set[EntryId] = set()

    def entry(self, item: Item, known_as: EntryId) -> Entry:
        """The entry of an item, noted where it is silent."""
        item = replace(item, published=self._possible(item.published), updated=self._possible(item.updated))
        when = item.published or item.updated
        old = when is not None and is_before(when, self._cutoff)
        # A feed says that what it adds is new, dated or not; a page's lists bring old stories up again.
        undated = when is None and (self._first or self._kind is not SourceKind.FEED)
        doubtful = (undated or (old and not self._young)) and not self._once
        if doubtful:
            self._doubtful += 1
        # A page's undated links are its ordinary way, and are all looked at but at first.
        too_many = self._doubtful > _MOST_DOUBTFUL and (self._first or old)
        if not self._once and ((old and self._young) or (doubtful and too_many)):
            self.silent.add(known_as)
        return make_entry(
            self._state.source,
            item,
            known_as,
            now=self._now,
            silent_before=self._cutoff if doubtful else None,
            silent_if_undated=doubtful and (self._first or old),
        )

    def _possible(self, moment: datetime | None) -> datetime | None:
        """A date that a story can have: one of next year is a mistake, or an event's."""
        return None if moment is not None and moment > self._now + _AHEAD else moment
