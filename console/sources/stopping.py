"""Pausing, resuming and removing sources, and what is said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redis import Redis

from console.sources.adding import first_polls_over
from wirewatch.ids import SourceId
from wirewatch.store.catalogue import Catalogue
from wirewatch.store.sources import SourceState


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a source.

    Attributes:
        refused: nothing did, and that is not what was asked for.
    """

    url: str
    text: str
    refused: bool = False


def pause(connection: Redis, states: Sequence[SourceState]) -> list[Done]:
    """Stop polling sources until they are resumed."""
    Catalogue(connection).pause(state.source for state in states if not state.paused)
    return [
        Done(
            state.source.url, "paused already" if state.paused else "paused; `sources resume` polls it again"
        )
        for state in states
    ]


def resume(connection: Redis, states: Sequence[SourceState]) -> list[Done]:
    """Poll paused sources again, and those that ended by 410 Gone."""
    asleep = [state for state in states if state.paused or _ended(state)]
    over = first_polls_over(len(asleep))
    Catalogue(connection).resume((state.source for state in asleep), over)
    when = "polled at once" if not over else f"polled within {_minutes(over.total_seconds())}"
    woken = {state.source.id for state in asleep}
    return [
        Done(state.source.url, f"resumed; {when}" if state.source.id in woken else "is not paused")
        for state in states
    ]


def _ended(state: SourceState) -> bool:
    return state.due is None and state.polls > 0


def _minutes(seconds: float) -> str:
    minutes = round(seconds / 60)
    return "a minute" if minutes <= 1 else f"{minutes} minutes"


def remove(connection: Redis, states: Sequence[SourceState], of_file: Mapping[SourceId, str]) -> list[Done]:
    """Forget sources that were added by command; those of the file are refused, with where to edit.

    Args:
        connection: to the store.
        states: the sources.
        of_file: where each of the file's sources stands.
    """
    Catalogue(connection).remove(state.source for state in states if state.source.id not in of_file)
    return [_removed(state, of_file.get(state.source.id)) for state in states]


def _removed(state: SourceState, place: str | None) -> Done:
    if place is None:
        return Done(state.source.url, "removed; for 90 days, adding it again tells no story twice")
    text = f"not removed: it stands in {place}; take it out there, or stop it with `sources pause`"
    return Done(state.source.url, text, refused=True)
