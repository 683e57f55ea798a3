"""Door A: a poll is recorded, and the claims that lead to it. For asyncio: the crawler lives in a loop."""

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from secrets import token_hex

from redis.asyncio import Redis

from wirewatch.ids import EntryId, SourceId, partition
from wirewatch.models import Entry, Source
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms, to_ms
from wirewatch.store.script import source_of
from wirewatch.store.sources import SourceState, source_partition, state_from
from wirewatch.text.urls import host


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll of a source taught.

    Attributes:
        next_due: when to poll it again; None: never (410 Gone).
        interval: the pause that was chosen, for the claim that follows a crash.
        error: why it failed; None: it did not.
        learned: fields of the source's hash to set (etag, last_modified, body_hash, kind).
        forgotten: fields to delete.
        entries: all entries the document carried; the store tells the unseen.
        silent: ids of the entries that are learned without being told.
    """

    source: Source
    next_due: datetime | None
    interval: timedelta
    error: str | None = None
    learned: dict[str, str | bytes] = field(default_factory=dict)
    forgotten: tuple[str, ...] = ()
    entries: Sequence[Entry] = ()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was claimed, and when to come again if nothing else happens."""

    sources: list[SourceState]
    next_due: datetime | None


class Polls:
    """The polls of one shard."""

    def __init__(self, connection: Redis, partitions: Sequence[int]) -> None:
        self._claim = connection.register_script(source_of("claim_due"))
        self._record = connection.register_script(source_of("record_poll"))
        self._restore = connection.register_script(source_of("restore_claims"))
        self._last_claim = keys.claimed_polls(min(partitions))
        self._due_keys = deque((keys.due(p), keys.polling(p)) for p in partitions)
        self._restore_keys = [
            key
            for p in partitions
            for key in (keys.due(p), keys.polling(p), keys.frontier(p), keys.fetching(p))
        ]

    async def restore(self) -> tuple[int, int]:
        """Take over what a killed predecessor held: (sources, entries)."""
        sources, entries = await self._restore(keys=self._restore_keys, args=[now_ms()])
        return int(sources), int(entries)

    async def claim(self, limit: int, first_pause: timedelta) -> Claimed:
        """Claim up to ``limit`` sources that are due."""
        arguments: list[str | int] = [
            now_ms(),
            limit,
            keys.source(SourceId("")),
            round(first_pause.total_seconds() * 1000),
            token_hex(8),
        ]
        # Each partition comes first in its turn: where more is due than can be polled, none starves.
        self._due_keys.rotate(-1)
        script_keys = [self._last_claim, *chain.from_iterable(self._due_keys)]
        soonest, *claimed = await self._claim(keys=script_keys, args=arguments)
        states = []
        for _, flat in claimed:
            fields = dict(zip(flat[::2], flat[1::2], strict=True))
            if b"definition" in fields:
                states.append(state_from(fields))
        return Claimed(states, from_ms(soonest) if soonest >= 0 else None)

    async def record(self, poll: Poll) -> tuple[int, int]:
        """Door A. Returns how many entries were unseen and how many were edited, of those that are told."""
        source = poll.source
        p = source_partition(source)
        script_keys = [
            keys.source(source.id),
            keys.seen(source.id),
            keys.due(p),
            keys.polling(p),
            keys.FAILING,
            keys.COUNTERS,
            keys.sources(p),
        ]
        places: dict[int, int] = {}
        told = []
        # What a document, or two of an index's, carry twice is one entry, not an edit at every poll.
        for entry in _each_once(poll.entries):
            q = partition(host(entry.url))
            if q not in places:
                places[q] = len(script_keys) + 1  # Lua counts from 1
                script_keys += [keys.frontier(q), keys.entries(q)]
            silent = entry.id in poll.silent
            told.append(
                {
                    "id": entry.id,
                    "revision": entry.revision,
                    "json": None if silent else entry.model_dump_json(),
                    "at": places[q],
                }
            )
        fields = {name: _text(value) for name, value in poll.learned.items()}
        fields["interval"] = str(round(poll.interval.total_seconds() * 1000))
        if poll.error is not None:
            fields["error"] = poll.error.encode("utf-8", "replace").decode()
        document = {
            "id": source.id,
            "now": now_ms(),
            "due": to_ms(poll.next_due) if poll.next_due else 0,
            "gone": poll.next_due is None,
            "failed": poll.error is not None,
            "fields": fields,
            "forget": list(poll.forgotten),
            "entries": told,
        }
        new, edited = await self._record(
            keys=script_keys,
            args=[json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogateescape")],
        )
        return int(new), int(edited)


def _each_once(entries: Sequence[Entry]) -> list[Entry]:
    found: dict[EntryId, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return list(found.values())


def _text(value: str | bytes) -> str:
    """Bytes travel through JSON as surrogate escapes, and leave it as the very same bytes."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value
