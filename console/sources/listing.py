"""Sources as lists show them: filtered, as rows of JSON, as a table."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from redis import Redis

from console.sources.selecting import every_state, unpolled
from console.tables import relative, show_table
from wirewatch.config.settings import Settings
from wirewatch.config.watched import file_sources
from wirewatch.models import utc_text
from wirewatch.store.sources import SourceState

State = Literal["new", "good", "failing", "paused", "ended", "silent", "html", "shrunk", "moved"]
Kind = Literal["feed", "section", "sitemap"]
_NOT_POLLED = "not polled yet"
_FLAGS = {
    "silent": "silent",
    "html": "turned into a web page",
    "shrunk": "shrunk to nothing",
    "failing": "failing for a day or more",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sources to list.

    Attributes:
        tags: those with one of them; empty: all.
        kind, state: None: any.
    """

    tags: tuple[str, ...] = ()
    kind: Kind | None = None
    state: State | None = None

    def takes(self, state: SourceState) -> bool:
        """Whether a source is one of them."""
        return (
            (not self.tags or not set(self.tags).isdisjoint(state.source.tags))
            and (self.kind is None or state.kind == self.kind)
            and (self.state is None or self.state in _states_of(state))
        )


def of_file(settings: Settings) -> list[SourceState]:
    """The file's sources, of which nothing is known."""
    return by_name(map(unpolled, file_sources(settings)))


def watched(connection: Redis, settings: Settings, wanted: Wanted = Wanted()) -> list[SourceState]:
    """The wanted sources by name: watched ones and paused ones."""
    return by_name(filter(wanted.takes, every_state(connection, settings)))


def by_name(states: Iterable[SourceState]) -> list[SourceState]:
    """The sources in the order of lists."""
    return sorted(states, key=lambda state: (state.source.name.casefold(), state.source.url))


def word_for(state: SourceState) -> str:
    """How a source stands: ``paused``, ``not polled yet``, ``ended`` (410 Gone), ``failing`` or ``good``."""
    if state.paused:
        return "paused"
    if state.polls == 0:
        return _NOT_POLLED
    if state.due is None:
        return "ended"
    return "failing" if state.error is not None else "good"


def _states_of(state: SourceState) -> set[str]:
    word = word_for(state)
    marks = {"new" if word == _NOT_POLLED else word, state.flag}
    return marks | ({"moved"} if state.moved_to else set())


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
        "flag": state.flag or None,
        "flag_since": _time(state.flag_since),
        "moved_to": state.moved_to,
        "polls": state.polls,
        "entries": state.entries,
        "last_poll": _time(state.polled),
        "last_good_poll": _time(state.good),
        "next_poll": _time(state.due),
        "because": state.why or None,
        "pushed_until": _time(state.pushed_until),
        "failures": state.fails,
        "reason": state.error,
    }


def _time(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment is not None else None


def show_rows(states: Iterable[SourceState]) -> None:
    """Print sources as one JSON array, a source at a time: there may be a hundred thousand."""
    for piece in _pieces(states):
        sys.stdout.write(piece.encode("utf-8", "replace").decode())


def _pieces(states: Iterable[SourceState]) -> Iterator[str]:
    before = "[\n"
    for state in states:
        yield before + json.dumps(as_row(state), ensure_ascii=False, indent=2)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_table(states: Sequence[SourceState], now: datetime) -> None:
    """Print sources for people."""
    names = ("name", "kind", "state", "polls", "entries", "last poll", "next poll", "tags", "origin", "url")
    show_table(names, [_cells(state, now) for state in states])


def _cells(state: SourceState, now: datetime) -> tuple[str, ...]:
    source = state.source
    # Without a poll and without a time: nothing runs that would poll it.
    next_poll = relative(state.due, now, "never" if word_for(state) in ("ended", "paused") else "–")
    if state.due is not None and state.due < now:
        next_poll = "due"
    elif state.due is not None and state.why:
        next_poll = f"{next_poll}: {state.why}"
    return (
        source.name,
        state.kind.value if state.kind else "–",
        _standing(state, now),
        f"{state.polls:,}",
        f"{state.entries:,}",
        relative(state.polled, now),
        next_poll,
        ", ".join(source.tags) or "–",
        source.origin.value,
        source.url if state.moved_to is None else f"{source.url} → {state.moved_to}",
    )


def _standing(state: SourceState, now: datetime) -> str:
    word = word_for(state)
    if state.error is not None and not state.paused:
        times = f" {state.fails} times" if state.fails > 1 else ""
        word = f"{word}{times}: {state.error}"
    if state.flag and not (state.flag == "failing" and state.error is not None):
        since = f" since {relative(state.flag_since, now)}" if state.flag_since else ""
        word = f"{word}, {_FLAGS.get(state.flag, state.flag)}{since}"
    return word
