"""The sources as people manage them: looked up, listed by the hundred thousand, paused, resumed, removed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from redis import Redis

from wirewatch.ids import PARTITIONS, EntryId, SourceId
from wirewatch.models import Source
from wirewatch.store import keys
from wirewatch.store.reply import texts
from wirewatch.store.script import add_script, source_of
from wirewatch.store.sources import SourceState, as_watched, source_partition, state_from, unwatch

_AT_ONCE = 500
_REMEMBER_SEEN_S = 90 * 86_400  # as long as an entry that its source no longer carries
# What a poll alone needs stays in the store: what the last document carried is a kilobyte a source.
_TOLD = (
    *("definition", "kind", "polls", "fails", "error", "entries", "polled", "good", "interval", "why"),
    *("moved_to", "hub", "pushed_until", "flag", "flag_since"),
)
_FIELDS = [name.encode() for name in _TOLD]

T = TypeVar("T")


def _some(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, so many at once as one command should carry."""
    rest = iter(items)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch


class Catalogue:
    """Every source that there is: the watched ones and those that are paused."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection
        self._tell = connection.register_script(source_of("tell_sources"))

    def ids(self) -> set[SourceId]:
        """Of all of them."""
        watched, paused = self._places()
        return {one for ids in watched for one in ids} | paused

    def states(self) -> Iterator[SourceState]:
        """Every source, in no order, read as it is asked for; without what only its next poll needs."""
        watched, paused = self._places()
        for p, ids in enumerate(watched):
            found: Any = self._connection.zrange(keys.due(p), 0, -1, withscores=True) if ids else ()
            due: dict[bytes, float] = dict(found)
            for batch in _some(ids):
                for one, fields in self._fields(batch):
                    yield state_from(fields, due.get(one.encode()))
        for batch in _some(paused):
            for _, fields in self._fields(batch):
                yield state_from(fields, paused=True)

    def find(self, ids: Iterable[SourceId]) -> list[SourceState]:
        """The same of those among the ids that are watched or paused."""
        found = []
        for one, fields in (pair for batch in _some(ids) for pair in self._fields(batch)):
            p = source_partition(state_from(fields).source)
            with self._connection.pipeline(transaction=False) as pipe:
                pipe.sismember(keys.PAUSED, one)
                pipe.sismember(keys.sources(p), one)
                pipe.zscore(keys.due(p), one)
                paused, watched, due = pipe.execute()
            if paused or watched:
                found.append(state_from(fields, due, paused=bool(paused)))
        return found

    def polled(self, source: Source) -> SourceState | None:
        """All that is known of a source, as its next poll would have it; None where nothing is."""
        with self._connection.pipeline(transaction=False) as pipe:
            pipe.hgetall(keys.source(source.id))
            pipe.zscore(keys.due(source_partition(source)), source.id)
            pipe.sismember(keys.PAUSED, source.id)
            fields, due, paused = pipe.execute()
        return state_from(fields, due, paused=bool(paused)) if b"definition" in fields else None

    def seen(self, source: SourceId, entries: Sequence[EntryId]) -> set[EntryId]:
        """Which of a source's entries were met before."""
        if not entries:
            return set()
        found: Any = self._connection.hmget(
            keys.seen(source), [bytes.fromhex(entry.removeprefix("e")) for entry in entries]
        )
        return {entry for entry, value in zip(entries, found, strict=True) if value is not None}

    def definitions(self, ids: Iterable[SourceId]) -> Iterator[Source]:
        """The sources of some ids; of those that are watched no more too, unless they were removed."""
        for batch in _some(ids):
            for (definition,) in self._told(batch, ["definition"]):
                if definition is not None:
                    yield Source.model_validate_json(definition)

    def moved(self) -> Iterator[tuple[str, Source]]:
        """The sources that are polled elsewhere since a lasting redirect: where, and which."""
        for batch in _some(self.ids()):
            for definition, to in self._told(batch, ["definition", "moved_to"]):
                if definition is not None and to is not None:
                    yield to.decode(), Source.model_validate_json(definition)

    def _places(self) -> tuple[list[list[SourceId]], set[SourceId]]:
        """The ids that are watched, by partition, and those that are paused."""
        with self._connection.pipeline(transaction=False) as pipe:
            for p in range(PARTITIONS):
                pipe.smembers(keys.sources(p))
            pipe.smembers(keys.PAUSED)
            *watched, paused = pipe.execute()
        return [[SourceId(one) for one in texts(found)] for found in watched], {
            SourceId(one) for one in texts(paused)
        }

    def _fields(self, ids: Sequence[SourceId]) -> Iterator[tuple[SourceId, dict[bytes, bytes]]]:
        """The told fields of those among the ids that there is a definition of."""
        for one, values in zip(ids, self._told(ids, _TOLD), strict=True):
            fields = {name: value for name, value in zip(_FIELDS, values, strict=True) if value is not None}
            if b"definition" in fields:
                yield one, fields

    def _told(self, ids: Sequence[SourceId], fields: Sequence[str]) -> list[list[bytes | None]]:
        found: list[list[bytes | None]] = self._tell(keys=[keys.source(one) for one in ids], args=fields)
        return found

    def pause(self, sources: Iterable[Source]) -> None:
        """Poll these no more until they are resumed, whatever becomes of the file meanwhile."""
        for batch in _some(sources):
            with self._connection.pipeline() as pipe:
                for source in batch:
                    # One of the file that no crawler has met yet is not known to the store.
                    pipe.hsetnx(keys.source(source.id), "definition", source.model_dump_json())
                    pipe.sadd(keys.PAUSED, source.id)
                    unwatch(pipe, source)
                pipe.execute()

    def resume(self, sources: Iterable[Source], first_polls_over: timedelta) -> None:
        """Poll these again, within so long a time; a source that had ended too.

        The backfill window applies anew: what came long before is learned without being told.
        """
        for batch in _some(sources):
            with self._connection.pipeline() as pipe:
                for source in batch:
                    pipe.srem(keys.PAUSED, source.id)
                    pipe.hdel(keys.source(source.id), "good")
                add_script(pipe, "watch_sources", *as_watched(batch, first_polls_over, by_hand=False))
                pipe.execute()

    def remove(self, sources: Iterable[Source]) -> None:
        """Forget sources that were added by hand.

        What they had seen is kept for 90 days: whoever adds one again is not told its stories twice.
        """
        for batch in _some(sources):
            with self._connection.pipeline() as pipe:
                for source in batch:
                    unwatch(pipe, source)
                    pipe.hdel(keys.ADDED, source.id)
                    pipe.srem(keys.PAUSED, source.id)
                    pipe.srem(keys.FLAGGED, source.id)
                    pipe.delete(keys.source(source.id))
                    pipe.expire(keys.seen(source.id), _REMEMBER_SEEN_S)
                pipe.execute()
