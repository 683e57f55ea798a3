"""Sources as their user names them: by address, id, name or tag."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redis import Redis

from wirewatch.config.load import Document
from wirewatch.config.settings import Settings
from wirewatch.config.watched import file_sources, id_of
from wirewatch.errors import ConfigError
from wirewatch.ids import SourceId
from wirewatch.models import Source
from wirewatch.store.catalogue import Catalogue
from wirewatch.store.sources import SourceState
from wirewatch.text.source_key import other_host_key, source_key
from wirewatch.text.urls import is_web

_MOST_NAMED = 5


def every_state(connection: Redis, settings: Settings) -> Iterator[SourceState]:
    """Every source of the store and of the file, in no order, with the file's options where the file has it.

    The crawler takes an edited file in within seconds; what the file says is shown from the edit on.
    """
    of_file = {source.id: source for source in file_sources(settings)}
    for state in Catalogue(connection).states():
        source = of_file.pop(state.source.id, None)
        yield state if source is None else replace(state, source=source)
    yield from map(unpolled, of_file.values())


def unpolled(source: Source) -> SourceState:
    """A source of which nothing is known."""
    return SourceState(
        source=source,
        kind=source.kind,
        etag=None,
        last_modified=None,
        body_hash=None,
        polls=0,
        fails=0,
        error=None,
        entries=0,
        polled=None,
        good=None,
        interval=None,
    )


def select(
    connection: Redis, settings: Settings, words: Sequence[str], tags: Sequence[str]
) -> list[SourceState]:
    """The sources that are named, each once: by address, id or name, and all that have one of the tags.

    Raises:
        ConfigError: naming each word that is no source, or several; then nothing should be done.
    """
    of_file = {source.id: source for source in file_sources(settings)}
    found: dict[SourceId, SourceState] = {}
    unknown: list[str] = []
    ids = {one: word for word in words for one in _ids(word)}
    by_id = {state.source.id: state for state in Catalogue(connection).find(ids)}
    for word in words:
        for one in _ids(word):
            if one in by_id or one in of_file:
                state = by_id.get(one) or unpolled(of_file[one])
                found[one] = replace(state, source=of_file.get(one, state.source))
                break
        else:
            unknown.append(word)
    if unknown or tags:
        found |= _scanned(every_state(connection, settings), unknown, tags)
    return list(found.values())


def _scanned(
    states: Iterable[SourceState], names: Sequence[str], tags: Sequence[str]
) -> dict[SourceId, SourceState]:
    wanted: dict[str, list[SourceState]] = {name.casefold(): [] for name in names}
    tagged = {}
    met: set[str] = set()
    for state in states:
        named = wanted.get(state.source.name.casefold())
        if named is not None:
            named.append(state)
        if not set(tags).isdisjoint(state.source.tags):
            tagged[state.source.id] = state
            met.update(state.source.tags)
    problems = [_no_such(name) for name in names if not wanted[name.casefold()]]
    problems += [
        _ambiguous(name, wanted[name.casefold()]) for name in names if len(wanted[name.casefold()]) > 1
    ]
    problems += [
        f"{tag}: no source has this tag; `wirewatch sources list` shows them"
        for tag in tags
        if tag not in met
    ]
    if problems:
        raise ConfigError(problems)
    return {state.source.id: state for named in wanted.values() for state in named} | tagged


def _ids(word: str) -> list[SourceId]:
    """The ids that a word may mean: as an id itself, or as an address with or without ``www.``."""
    if not is_web(word):
        return [SourceId(word)]
    other = other_host_key(source_key(word))
    return [id_of(word), *([id_of(other)] if other is not None else [])]


def _no_such(word: str) -> str:
    return f"{word}: no source has this address, id or name; `wirewatch sources list` shows them"


def _ambiguous(name: str, states: Sequence[SourceState]) -> str:
    addresses = ", ".join(state.source.url for state in states[:_MOST_NAMED])
    more = f" and {len(states) - _MOST_NAMED} more" if len(states) > _MOST_NAMED else ""
    return f"{name}: {len(states)} sources have this name: {addresses}{more}; name one by its address"


def places_in(document: Document) -> dict[SourceId, str]:
    """Where each of the file's sources stands, as ``file:line``."""
    return {
        source.id: f"{document.path}:{document.line(('sources', at))}"
        for at, source in enumerate(file_sources(document.settings))
    }
