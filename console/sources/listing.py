"""The file's sources and the added ones as one list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from redis import Redis

from console.tables import relative, show_table
from wirewatch.config.settings import Settings
from wirewatch.config.watched import file_sources
from wirewatch.models import Source, utc_text
from wirewatch.store.sources import Sources, SourceState


def unpolled(settings: Settings) -> list[SourceState]:
    """The file's sources, of which nothing is known."""
    return [_new(source) for source in file_sources(settings)]


def watched(connection: Redis, settings: Settings) -> list[SourceState]:
    """Every watched source by name, with the file's options where the file has it.

    The crawler takes an edited file in within seconds; what the file says is shown from the edit on.
    """
    known = {state.source.id: state for state in Sources(connection).states()}
    for source in file_sources(settings):
        state = known.get(source.id)
        known[source.id] = replace(state, source=source) if state is not None else _new(source)
    return sorted(known.values(), key=lambda state: (state.source.name.casefold(), state.source.url))


def _new(source: Source) -> SourceState:
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


def word_for(state: SourceState) -> str:
    """How a source stands: ``not polled yet``, ``ended`` (410 Gone), ``failing`` or ``good``."""
    if state.polls == 0:
        return "not polled yet"
    if state.due is None:
        return "ended"
    return "failing" if state.error is not None else "good"


def as_row(state: SourceState) -> dict[str, Any]:
    """A source as JSON has it; times in UTC."""
    source = state.source
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "kind": state.kind.value if state.kind else None,
        "tags": list(source.tags),
        "origin": source.origin.value,
        "state": word_for(state),
        "polls": state.polls,
        "entries": state.entries,
        "last_poll": utc_text(state.polled) if state.polled else None,
        "last_good_poll": utc_text(state.good) if state.good else None,
        "next_poll": utc_text(state.due) if state.due else None,
        "failures": state.fails,
        "reason": state.error,
    }


def as_table(states: Sequence[SourceState], now: datetime) -> None:
    """Print sources for people."""
    names = ("name", "kind", "state", "polls", "entries", "last poll", "next poll", "origin", "url")
    show_table(names, [_cells(state, now) for state in states])


def _cells(state: SourceState, now: datetime) -> tuple[str, ...]:
    word = word_for(state)
    if state.error is not None:
        times = f" {state.fails} times" if state.fails > 1 else ""
        word = f"{word}{times}: {state.error}"
    # Without a poll and without a time: nothing runs that would poll it.
    next_poll = relative(state.due, now, "never" if word_for(state) == "ended" else "–")
    if state.due is not None and state.due < now:
        next_poll = "due"
    return (
        state.source.name,
        state.kind.value if state.kind else "–",
        word,
        f"{state.polls:,}",
        f"{state.entries:,}",
        relative(state.polled, now),
        next_poll,
        state.source.origin.value,
        state.source.url,
    )
