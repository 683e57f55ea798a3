"""What is watched, and what was learned of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis import Redis
from redis.client import Pipeline

from wirewatch.ids import PARTITIONS, SourceId, partition
from wirewatch.models import Origin, Source, SourceKind
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms
from wirewatch.text.urls import host


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source and what its polls taught: all that is needed to poll it again."""

    source: Source
    kind: SourceKind | None  # as configured, else as found out
    etag: bytes | None  # byte for byte as received
    last_modified: bytes | None
    body_hash: str | None
    polls: int
    fails: int  # in a row
    error: str | None  # of the last poll, if it failed
    entries: int  # ever put on the frontier
    polled: datetime | None
    good: datetime | None  # the last poll that did not fail; None: the backfill window still applies
    interval: timedelta | None  # the pause that the last poll chose
    due: datetime | None = None  # None: ended, by 410 Gone


def source_partition(source: Source) -> int:
    """The partition that owns a source: that of its host."""
    return partition(host(source.url))


def state_from(fields: Mapping[bytes, bytes], due: float | None = None) -> SourceState:
    """A state from its hash, as bytes."""

    def time_of(name: bytes) -> datetime | None:
        value = fields.get(name)
        return from_ms(value) if value else None

    def text_of(name: bytes) -> str | None:
        value = fields.get(name)
        return value.decode("utf-8", "replace") if value else None

    source = Source.model_validate_json(fields[b"definition"])
    found = text_of(b"kind")
    return SourceState(
        source=source,
        kind=source.kind or (SourceKind(found) if found else None),
        etag=fields.get(b"etag"),
        last_modified=fields.get(b"last_modified"),
        body_hash=text_of(b"body_hash"),
        polls=int(fields.get(b"polls", 0)),
        fails=int(fields.get(b"fails", 0)),
        error=text_of(b"error"),
        entries=int(fields.get(b"entries", 0)),
        polled=time_of(b"polled"),
        good=time_of(b"good"),
        interval=timedelta(milliseconds=int(fields[b"interval"])) if b"interval" in fields else None,
        due=from_ms(due) if due is not None else None,
    )


class Sources:
    """Adding, listing and removing; the file's sources and the added ones are one list."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection

    def add(self, sources: Sequence[Source]) -> None:
        """Watch sources that the user names on the command line: kept in the store, not in the file.

        Where the file has the same address, the file's options win.
        """
        added = [source.model_copy(update={"origin": Origin.ADDED}) for source in sources]
        with self._connection.pipeline() as pipe:
            for source in added:
                pipe.hset(keys.ADDED, source.id, source.model_dump_json())
                pipe.hget(keys.source(source.id), "definition")
                pipe.sismember(keys.sources(source_partition(source)), source.id)
            answers = pipe.execute()
        of_file = {
            source.id
            for source, known, watched in zip(added, answers[1::3], answers[2::3], strict=True)
            if watched and known and Source.model_validate_json(known).origin is Origin.FILE
        }
        self.put([source for source in added if source.id not in of_file])

    def remove_added(self, sources: Sequence[Source]) -> None:
        """Stop watching sources that were added by hand; those of the file stay the file's."""
        self._connection.hdel(keys.ADDED, *(source.id for source in sources))
        for source in sources:
            if source.origin is Origin.ADDED:
                self.pause(source)

    def put(self, sources: Iterable[Source]) -> None:
        """Watch these sources from now on; what was learned of known ones is kept, their due times too."""
        with self._connection.pipeline(transaction=False) as pipe:
            for source in sources:
                self._put(pipe, source)
            pipe.execute()

    @staticmethod
    def _put(pipe: Pipeline, source: Source) -> None:
        p = source_partition(source)
        pipe.hset(keys.source(source.id), "definition", source.model_dump_json())
        pipe.sadd(keys.sources(p), source.id)
        # At once for a new source; a known one keeps its time.
        pipe.zadd(keys.due(p), {source.id: now_ms()}, nx=True)

    def sync_file(self, wanted: Sequence[Source], partitions: Iterable[int] = range(PARTITIONS)) -> None:
        """Make the file's sources of some partitions those that are wanted.

        One taken out of the file stops being polled and keeps what it had learned; one that is also added
        by hand goes on as added.
        """
        owned = set(partitions)
        mine = {source.id: source for source in wanted if source_partition(source) in owned}
        watched = {state.source.id: state for state in self.states(owned)}
        changed = []
        for source in mine.values():
            known = watched.get(source.id)
            if known is None or known.source != source:
                changed.append(source)
        self.put(changed)
        dropped = [
            state.source
            for state in watched.values()
            if state.source.origin is Origin.FILE and state.source.id not in mine
        ]
        for source in dropped:
            by_hand = self._connection.hget(keys.ADDED, source.id)
            if by_hand is None:
                self.pause(source)
            else:
                self.put([Source.model_validate_json(by_hand)])

    def pause(self, source: Source) -> None:
        """Stop polling a source; what it taught stays, and putting it again goes on from there."""
        p = source_partition(source)
        with self._connection.pipeline() as pipe:
            pipe.zrem(keys.due(p), source.id)
            pipe.srem(keys.sources(p), source.id)
            pipe.srem(keys.FAILING, source.id)
            pipe.execute()

    def states(self, partitions: Iterable[int] = range(PARTITIONS)) -> list[SourceState]:
        """Every watched source of some partitions, by name."""
        chosen = list(partitions)
        with self._connection.pipeline(transaction=False) as pipe:
            for p in chosen:
                pipe.smembers(keys.sources(p))
            ids = [
                (p, one.decode()) for p, found in zip(chosen, pipe.execute(), strict=True) for one in found
            ]
            for p, one in ids:
                pipe.hgetall(keys.source(SourceId(one)))
                pipe.zscore(keys.due(p), one)
            answers = pipe.execute() if ids else []
        pairs = zip(answers[::2], answers[1::2], strict=True)
        states = [state_from(fields, due) for fields, due in pairs if b"definition" in fields]
        return sorted(states, key=lambda state: (state.source.name.casefold(), state.source.url))
