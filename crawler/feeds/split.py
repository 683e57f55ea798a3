"""A feed's entries as slices of its bytes, found by the parser that feedparser itself uses (expat).

What is cut out must leave no trace in feedparser's state, or the other entries would be read differently.
:class:`Split` therefore says why a document cannot be cut, wherever an element stands in a place in which
feedparser would remember it (all found by reading feedparser 6.0.14, and by trying):

- an element that has a handler inside an element of text: its end is handled, its beginning is not;
- ``xml:base`` or ``xml:lang`` together with a ``div`` in escaped text: their scopes end too late;
- ``xml:base`` in an entry of a document without an address: it would never end;
- a prefix that stands for different namespaces in different places.

A run of entries that are cut out leaves one empty entry: with that feedparser forgets what the elements
before it left behind, just as it does with the entries themselves.
"""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from crawler.feeds.scanning import Scan, start_tag
from crawler.feeds.utf8 import Converted
from wirewatch.errors import NotAFeedError
from wirewatch.store.carried import VERSION_BYTES


@dataclass(frozen=True, slots=True)
class Split:
    """A document's entries.

    Attributes:
        data: the document, UTF-8.
        spans: where each entry begins and ends.
        versions: of each entry: a hash of its bytes and of what it inherits.
        whole_because: why no entry may be cut out, one word; None: each may.
        breaks: the entries before which more stands than blanks.
        is_beginning: the document goes on; these are its first entries.
    """

    data: bytes
    spans: tuple[tuple[int, int], ...] = ()
    versions: tuple[bytes, ...] = ()
    whole_because: str | None = None
    breaks: tuple[int, ...] = ()
    is_beginning: bool = False

    def with_only(self, kept: Collection[int]) -> tuple[bytes, list[int], int]:
        """The document with only some entries; which of its entries these then are; how many it has."""
        # Where something else begins than more of what is cut out.
        places = sorted({0, *self.breaks, *kept, *(number + 1 for number in kept)})
        pieces: list[bytes] = []
        found: list[int] = []
        count = 0
        for number in places:
            if number >= len(self.spans):
                break
            start, end = self.spans[number]
            if number in kept:
                found.append(count)
            pieces.append(self.data[self.spans[number - 1][1] if number else 0 : start])
            pieces.append(self.data[start:end] if number in kept else self._empty(start))
            count += 1
        pieces.append(self.data[self.spans[-1][1] if self.spans else 0 :])
        return b"".join(pieces), found, count

    def _empty(self, start: int) -> bytes:
        tag = start_tag(self.data, start)
        return tag if tag.endswith(b"/>") else tag[:-1] + b"/>"


def split(document: Converted, *, based: bool) -> Split:
    """Find a document's entries; what is beyond the first 5,000, or 8 MB, or what costs as much, is left out.

    Args:
        document: as feedparser converts it.
        based: it has an address.

    Raises:
        NotAFeedError: it has too much before its first entry, or in it.
    """
    scan = Scan(document.parsed, based=based)
    because = scan.run()
    if scan.rest is not None and not scan.spans:
        raise NotAFeedError("too large: its first entry does not end within reason")
    removed = len(document.data) - len(document.parsed)
    data = document.data
    if scan.rest is not None:
        data = data[: scan.spans[-1][1] + removed] + scan.rest
    seed = blake2b(scan.inherited, digest_size=VERSION_BYTES)
    versions = []
    for start, end in scan.spans:
        version = seed.copy()
        version.update(document.parsed[start:end])
        versions.append(version.digest())
    spans = tuple((start + removed, end + removed) for start, end in scan.spans)
    gaps = enumerate(pairwise(spans), 1)
    breaks = tuple(number for number, ((_, end), (start, _)) in gaps if data[end:start].strip())
    return Split(data, spans, tuple(versions), because, breaks, scan.rest is not None)
