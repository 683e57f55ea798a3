"""What is to be checked: sources with all that is known of them, and addresses that are none yet."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from redis import Redis

from console.run.store import answers, open_store
from console.sources.adding import named_source
from console.sources.known import Named
from console.sources.selecting import select, unpolled
from wirewatch.config.settings import Settings
from wirewatch.config.watched import file_sources
from wirewatch.errors import ConfigError
from wirewatch.store.catalogue import Catalogue
from wirewatch.store.sources import SourceState
from wirewatch.text.urls import is_web


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be checked, and whether it is watched."""

    state: SourceState
    watched: bool


def subjects(settings: Settings, words: Sequence[str]) -> list[Subject]:
    """The sources that are named, with all that is known of them; an address that is none as a new one.

    Raises:
        ConfigError: naming each word that is neither a source nor an address.
    """
    with existing_store(settings) as connection:
        found = []
        for word in words:
            states = _selected(connection, settings, word)
            if connection is not None and states:
                found += [Subject(_known(connection, state), watched=True) for state in states]
            else:
                found.append(_new(settings, word))
        return found


@contextmanager
def existing_store(settings: Settings) -> Iterator[Redis | None]:
    """The store, if there is one: a check alone makes none."""
    if settings.redis_url is None and not (settings.data_dir / "store").exists() and not answers(settings):
        yield None
        return
    with open_store(settings) as connection:
        yield connection


def _selected(connection: Redis | None, settings: Settings, word: str) -> list[SourceState]:
    if connection is None:
        return []
    try:
        return select(connection, settings, [word], [])
    except ConfigError:
        if is_web(word):
            return []
        raise


def _known(connection: Redis, state: SourceState) -> SourceState:
    known = Catalogue(connection).polled(state.source)
    return state if known is None else replace(known, source=state.source)


def _new(settings: Settings, word: str) -> Subject:
    found = named_source(settings, {"url": word})
    if isinstance(found, Named):
        # What the file says of it holds, though no daemon has read it yet.
        of_file = next((one for one in file_sources(settings) if one.id == found.source.id), None)
        return Subject(unpolled(of_file or found.source), watched=of_file is not None)
    raise ConfigError([f"{word}: neither an address nor a source; {text}" for _, text in found])
