"""What a source's last document carried: by it the crawler tells the new entries of the next one.

It is kept with the source and comes with every claim, so that no question to the store is needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from wirewatch.ids import EntryId

VERSION_BYTES = 8
MARK_BYTES = 5
MOST = 5_000
_ID_BYTES = 10
_MARKS = 4
_STRIDE = VERSION_BYTES + _ID_BYTES + _MARKS * MARK_BYTES


Marks = tuple[bytes, bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class Carried:
    """One entry of a document.

    Attributes:
        version: 8 bytes: a hash of its raw text; the same version is never parsed again.
        entry: its id.
        marks: four hashes of 5 bytes each, by which it is known again (see ``crawler.identity``).
    """

    version: bytes
    entry: EntryId
    marks: Marks


def packed(entries: Iterable[Carried]) -> bytes:
    """The store's form: 38 bytes an entry, of the first 5,000."""
    return b"".join(
        one.version + bytes.fromhex(one.entry[1:]) + b"".join(one.marks) for one in islice(entries, MOST)
    )


def unpacked(data: bytes) -> tuple[Carried, ...]:
    """What :func:`packed` was given."""
    return tuple(_unpacked(data[at : at + _STRIDE]) for at in range(0, len(data) - _STRIDE + 1, _STRIDE))


def versions_in(data: bytes) -> frozenset[bytes]:
    """Only the versions."""
    return frozenset(data[at : at + VERSION_BYTES] for at in range(0, len(data), _STRIDE))


def _unpacked(one: bytes) -> Carried:
    entry_at, marks_at = VERSION_BYTES, VERSION_BYTES + _ID_BYTES
    ends = range(marks_at, _STRIDE, MARK_BYTES)
    identity, by_guid, by_link, date = (one[at : at + MARK_BYTES] for at in ends)
    entry = EntryId("e" + one[entry_at:marks_at].hex())
    return Carried(one[:entry_at], entry, (identity, by_guid, by_link, date))
