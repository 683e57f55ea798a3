"""Door A: a poll is recorded, and the claims that lead to it. For asyncio: the crawler lives in a loop."""

import json
from collections import deque
from collections.abc import Mapping, Sequence
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
from wirewatch.store.scripted import Scripted
from wirewatch.store.sources import SourceState, source_partition, state_from
from wirewatch.text.urls import host

_DAY_MS = 86_400_000
# More than the crawler's line of one host holds: a host with thousands of feeds must not keep those of its
# partition's other hosts from being claimed.
_MOST_OF_A_PARTITION = 4_000


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll of a source taught, or one push.

    Attributes:
        next_due: when to poll it again; None: never (410 Gone).
        interval: the pause that was chosen, for the claim that follows a crash.
        why: a clause for people: why then.
        error: why it failed; None: it did not.
        weight: of the failure: see ``crawler.schedule.failing``.
        learned: fields of the source's hash to set (etag, last_modified, body_hash, kind, rhythm, …).
        forgotten: fields to delete.
        entries: those that were parsed; the store tells the unseen and the edited.
        silent: ids of the entries that are learned without being told.
        carried: all that the document carried (see ``wirewatch.store.carried``), of a push what it carried
            besides; None: none was read.
        flag: what is odd about the source (silent, html, shrunk, failing, gone); "": nothing; None: as it
            was.
        because: the reason for the flag.
        counts: counters to raise.
        push: the id of the push that this is the record of, instead of a poll.
    """

    source: Source
    next_due: datetime | None
    interval: timedelta
    why: str = ""
    error: str | None = None
    weight: float = 1.0
    learned: Mapping[str, str | bytes] = field(default_factory=dict)
    forgotten: tuple[str, ...] = ()
    entries: Sequence[Entry] = ()
    silent: frozenset[str] = frozenset()
    carried: bytes | None = None
    flag: str | None = None
    because: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    push: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was claimed, and when to come again if nothing else happens."""

    sources: list[SourceState]
    next_due: datetime | None


class Polls:
    """The polls of one shard."""

    def __init__(self, connection: Redis, partitions: Sequence[int]) -> None:
        self._connection = connection
        self._claim = connection.register_script(source_of("claim_due"))
        self._record = Scripted(connection, "record_poll")
        self._postpone = connection.register_script(source_of("postpone_poll"))
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
            _MOST_OF_A_PARTITION,
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

    async def postpone(self, source: Source, until: datetime, why: str) -> None:
        """Give a claimed source back unasked, to be polled at a time.

        Args:
            source: which was claimed.
            until: when.
            why: a clause for people: why then.
        """
        p = source_partition(source)
        script_keys = [keys.due(p), keys.polling(p), keys.source(source.id)]
        await self._postpone(keys=script_keys, args=[source.id, to_ms(until), why])

    async def record(self, poll: Poll) -> tuple[int, int]:
        """Door A. Returns how many entries were unseen and how many were edited, of those that are told."""
        new, edited = await self._record(*_as_script(poll))
        return int(new), int(edited)


def _as_script(poll: Poll) -> tuple[list[str], list[str | int | bytes]]:
    """The keys and arguments of ``record_poll.lua``."""
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
        keys.FLAG_CHANGES,
        keys.FLAGGED,
        keys.inbox(p),
        keys.inbox_order(p),
        keys.INBOX_BYTES,
        keys.websub_due(p),
    ]
    places: dict[int, int] = {}
    entries: list[str | int] = []
    for entry in _each_once(poll.entries):
        q = partition(host(entry.url))
        if q not in places:
            places[q] = len(script_keys) + 1  # Lua counts from 1
            script_keys += [keys.frontier(q), keys.entries(q)]
        told = "" if entry.id in poll.silent else entry.model_dump_json()
        entries += [entry.id, entry.revision, told, places[q]]
    moment = now_ms()
    fields = {name: _text(value) for name, value in poll.learned.items()}
    if not poll.push:
        fields |= {"interval": str(round(poll.interval.total_seconds() * 1000)), "why": poll.why}
    if poll.error is not None:
        fields["error"] = poll.error.encode("utf-8", "replace").decode()
    document = {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "now": moment,
        "day": moment // _DAY_MS,
        "due": to_ms(poll.next_due) if poll.next_due else 0,
        "gone": poll.next_due is None,
        "failed": poll.error is not None,
        "weight": poll.weight,
        "fields": fields,
        "forget": list(poll.forgotten),
        "flag": poll.flag,
        "because": poll.because.encode("utf-8", "replace").decode(),
        "counts": dict(poll.counts),
        "push": poll.push,
    }
    told_as = json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogateescape")
    return script_keys, [told_as, poll.carried or b"", *entries]


def _each_once(entries: Sequence[Entry]) -> list[Entry]:
    """What a document, or two of an index's, carry twice is one entry, not an edit at every poll."""
    found: dict[EntryId, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return list(found.values())


def _text(value: str | bytes) -> str:
    """Bytes travel through JSON as surrogate escapes, and leave it as the very same bytes."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value
