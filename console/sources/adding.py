"""Sources named on the command line: checked, then kept in the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError
from redis import Redis

from wirewatch.config.settings import Settings, SourceSettings
from wirewatch.config.watched import file_sources, source_of
from wirewatch.errors import ConfigError
from wirewatch.models import Origin, Source
from wirewatch.store.sources import Sources, source_partition

Word = Literal["added", "changed", "known", "file"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options that were given; None or empty: not given."""

    name: str | None = None
    tags: tuple[str, ...] = ()
    kind: str | None = None

    def given(self) -> dict[str, Any]:
        """Only those."""
        return {
            name: value for name, value in zip(("name", "tags", "kind"), self._all(), strict=True) if value
        }

    def _all(self) -> tuple[Any, ...]:
        return self.name, self.tags, self.kind


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a source: added, its options changed, known already, or the file's own."""

    word: Word
    source: Source


@dataclass(frozen=True, slots=True)
class Named:
    """A source as the command line has it, and the fields that it set."""

    source: Source
    given: tuple[str, ...]


def read_wanted(settings: Settings, urls: Sequence[str], wanted: Wanted) -> list[Named]:
    """The sources for addresses, each once.

    Raises:
        ConfigError: naming each address or option that cannot be used; then none is added.
    """
    given = wanted.given()
    named: dict[str, Named] = {}
    problems = []
    for url in urls:
        try:
            item = SourceSettings.model_validate({"url": url, **given})
        except ValidationError as error:
            problems += [
                f"{url}: {_field(detail['loc'])}{detail['msg'].removeprefix('Value error, ')}"
                for detail in error.errors(include_url=False, include_input=False)
            ]
            continue
        source = source_of(settings, item, Origin.ADDED)
        named.setdefault(source.id, Named(source, tuple(given)))
    if problems:
        raise ConfigError(problems)
    return list(named.values())


def _field(path: tuple[int | str, ...]) -> str:
    return "" if path[0] == "url" else f"--{str(path[0]).removesuffix('s')}: "


def add_sources(connection: Redis, settings: Settings, wanted: Sequence[Named]) -> list[Told]:
    """Add what is new, change what was given anew, and say of each which it was.

    A known source keeps the options that were not given this time.
    """
    registry = Sources(connection)
    of_file = {source.id for source in file_sources(settings)}
    partitions = {source_partition(one.source) for one in wanted}
    known = {state.source.id: state.source for state in registry.states(partitions)}
    told = [_judge(one, known.get(one.source.id), in_file=one.source.id in of_file) for one in wanted]
    registry.add([one.source for one in told if one.word in ("added", "changed")])
    return told


def _judge(named: Named, before: Source | None, *, in_file: bool) -> Told:
    if in_file:
        return Told("file", named.source)
    if before is None or before.origin is Origin.FILE:  # the file has it no more
        return Told("added", named.source)
    after = before.model_copy(update={field: getattr(named.source, field) for field in named.given})
    return Told("known" if after == before else "changed", after)
