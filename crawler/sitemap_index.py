"""What is remembered of an index's sitemaps, so that none is fetched or read again unchanged: no I/O.

Validators and hash of the index itself are kept as any source's are. That it stays the same says nothing of
its sitemaps: they are asked all the same, each with its own.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.answer import Answer, conditions
from crawler.feeds.document import Part
from crawler.http.answers import NOT_MODIFIED, OK
from wirewatch.store.carried import MOST, VERSION_BYTES, versions_in
from wirewatch.store.sources import SourceState

_LONGEST_VALIDATOR = 1_000  # bytes; where a stranger's is longer, the body's hash does


@dataclass(frozen=True, slots=True)
class KnownSitemap:
    """One sitemap of an index, as its last good answer left it.

    Attributes:
        url: as the index names it.
        etag: byte for byte as received.
        last_modified: the same.
        body_hash: of what was read; None: nothing was.
        versions: of its entries, in their order, as far as the source keeps them.
    """

    url: str
    etag: bytes | None = None
    last_modified: bytes | None = None
    body_hash: str | None = None
    versions: tuple[bytes, ...] = ()

    @property
    def validators(self) -> dict[str, bytes]:
        """The headers by which it is asked whether it has changed."""
        return conditions(self.etag, self.last_modified)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its entries, all of them known."""
        return tuple(Part(version, None) for version in self.versions)

    def is_unchanged_in(self, answer: Answer) -> bool:
        """Whether an answer says, or shows by its bytes, that it is what was read."""
        if answer.status == NOT_MODIFIED:
            return self.body_hash is not None
        return answer.status == OK and answer.body_hash == self.body_hash

    def confirmed_by(self, answer: Answer) -> "KnownSitemap":
        """It after an answer in which it is unchanged. A 304 may leave validators out (RFC 9110, 15.4.5)."""
        etag, last_modified = _validator(answer, "etag"), _validator(answer, "last-modified")
        if answer.status == NOT_MODIFIED:
            etag, last_modified = etag or self.etag, last_modified or self.last_modified
        return replace(self, etag=etag, last_modified=last_modified)

    def read_from(self, answer: Answer, parts: Iterable[Part]) -> "KnownSitemap":
        """It after an answer in which it has changed."""
        versions = tuple(part.version for part in parts)
        return replace(self.confirmed_by(answer), body_hash=answer.body_hash, versions=versions)


def remembered(state: SourceState, listed: Sequence[str] | None) -> tuple[KnownSitemap, ...]:
    """What is known of an index's sitemaps.

    One whose entries are not all carried any more is as good as unknown: were it taken for unchanged, they
    would be missing from what the source carries.

    Args:
        state: of the index.
        listed: the addresses that it lists now; None: those that it listed when it was read.
    """
    known = from_text(state.documents)
    if listed is not None:
        by_url = {one.url: one for one in known}
        known = tuple(by_url.get(url, KnownSitemap(url)) for url in listed)
    carried = versions_in(state.carried)
    return tuple(one if carried.issuperset(one.versions) else KnownSitemap(one.url) for one in known)


def lists_anew(state: SourceState, listed: Sequence[str]) -> bool:
    """Whether an index lists a sitemap that it did not list when it was read last."""
    return not {one.url for one in from_text(state.documents)}.issuperset(listed)


def to_text(sitemaps: Iterable[KnownSitemap]) -> str:
    """The store's form: ASCII, with as many versions as a source keeps entries."""
    room = MOST
    rows = []
    for one in sitemaps:
        kept = b"".join(one.versions[:room])
        room -= len(kept) // VERSION_BYTES
        rows.append(
            [one.url, _text(one.etag), _text(one.last_modified), one.body_hash, b64encode(kept).decode()]
        )
    return json.dumps(rows, separators=(",", ":"))


def from_text(text: str) -> tuple[KnownSitemap, ...]:
    """What :func:`to_text` was given; nothing of an empty text."""
    known = []
    for url, etag, last_modified, body_hash, versions in json.loads(text) if text else ():
        kept = b64decode(versions)
        each = tuple(kept[at : at + VERSION_BYTES] for at in range(0, len(kept), VERSION_BYTES))
        known.append(KnownSitemap(url, _bytes(etag), _bytes(last_modified), body_hash, each))
    return tuple(known)


def _validator(answer: Answer, name: str) -> bytes | None:
    value = answer.header(name)
    return value if value is not None and len(value) <= _LONGEST_VALIDATOR else None


def _text(value: bytes | None) -> str | None:
    return value.decode("utf-8", "surrogateescape") if value is not None else None


def _bytes(text: str | None) -> bytes | None:
    return text.encode("utf-8", "surrogateescape") if text is not None else None
