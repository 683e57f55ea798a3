"""Whether an address is a source already, however it is spelled and wherever it has moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wirewatch.config.settings import Settings
from wirewatch.config.watched import file_sources, id_of
from wirewatch.ids import SourceId, source_id
from wirewatch.models import Origin, Source
from wirewatch.store.catalogue import Catalogue
from wirewatch.text.source_key import other_host_key, source_key

Word = Literal["added", "changed", "known", "file", "refused"]


@dataclass(frozen=True, slots=True)
class Named:
    """A source as its user names it.

    Attributes:
        given: the fields that were given; the others are defaults.
        leads_to: where its address redirects for good, if that is known.
        in_vain: its address was looked at, and there is nothing to watch.
    """

    source: Source
    given: tuple[str, ...]
    leads_to: str | None = None
    in_vain: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of it: added, its options changed, known already, the file's own, or refused.

    Attributes:
        source: as it is from now on.
        named: the address as it was named; where the source is known by another, by redirects say, not its.
        polled: the look at it was its first poll, and is recorded.
    """

    word: Word
    source: Source
    named: str
    polled: bool = False


class Known:
    """What there is, to be asked by the batch.

    Args:
        catalogue: of the store.
        settings: whose file has sources as well.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._of_file = {source.id: source for source in file_sources(settings)}
        self._stored = catalogue.ids()
        self._moved = {id_of(to): source for to, source in catalogue.moved()}

    def judge(self, named: Sequence[Named]) -> list[Told]:
        """What becomes of each."""
        spellings = [_spellings(one) for one in named]
        stored = {one for ids in spellings for one in ids} & self._stored
        added = {
            source.id: source
            for source in self._catalogue.definitions(stored)
            if source.origin is Origin.ADDED
        }
        told = []
        for one, ids in zip(named, spellings, strict=True):
            told.append(self._judge(one, ids, added))
            if told[-1].word == "added":  # another spelling of it may come next
                added |= dict.fromkeys(ids, one.source)
        return told

    def _judge(self, named: Named, ids: Sequence[SourceId], added: dict[SourceId, Source]) -> Told:
        url = named.source.url
        for one in ids:
            if one in self._of_file:
                return Told("file", self._of_file[one], url)
        if named.source.id in added:
            before = added[named.source.id]
            after = _changed(before, named)
            return Told("known" if after == before else "changed", after, url)
        for one in ids:
            if one in added:
                return Told("known", added[one], url)
        if named.source.id in self._moved:
            return Told("known", self._moved[named.source.id], url)
        return Told("refused" if named.in_vain else "added", named.source, url)


def _spellings(named: Named) -> list[SourceId]:
    """The ids under which it may be known, the most likely first."""
    ids = []
    for url in (named.source.url, named.leads_to):
        if url is not None:
            key = source_key(url)
            ids += [source_id(spelling) for spelling in (key, other_host_key(key)) if spelling is not None]
    return ids


def _changed(before: Source, named: Named) -> Source:
    """A known source with what was given anew; it keeps its address, and tags have no order."""
    given = {field: getattr(named.source, field) for field in named.given}
    if set(given.get("tags", ())) == set(before.tags):
        given.pop("tags", None)
    return before.model_copy(update=given)
