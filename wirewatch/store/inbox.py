"""Pushes on their way from the web part to the crawler: taken in before the hub is thanked.

The store's appendfsync makes an accepted push durable; door A takes it out in the step that records its
entries. A crawler that dies in between reads it again, and finds the same entries.
"""

import hashlib
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import chain

from redis.asyncio import Redis

from wirewatch.ids import SourceId
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms, to_ms
from wirewatch.store.reply import text
from wirewatch.store.script import source_of
from wirewatch.store.sources import SourceState, source_partition, state_from

MOST_PUSH_BYTES = 15 * 2**20
"""As large as a document that is polled may be."""

_MOST_BYTES = 256 * 2**20  # of all inboxes: a crawler that is away for an hour must not fill the store
_MOST_OF_A_PARTITION = 256
_CLAIM_BYTES = 32 * 2**20
_MOST_TYPE_CHARS = 200


class Reception(StrEnum):
    """What became of a push at the door."""

    TAKEN = "taken"
    GONE = "gone"  # its source is watched no more
    FULL = "full"  # it must come again later


@dataclass(frozen=True, slots=True)
class Push:
    """What a hub sent of a source.

    Attributes:
        id: its source's, and a hash of the content: the same push sent twice is one.
        state: what is known of the source.
        content_type: as the hub gave it.
        body: the feed, or the part of it that is new.
    """

    id: str
    state: SourceState
    content_type: str | None
    body: bytes
    received: datetime


class Inbox:
    """The inboxes of all partitions (for the web part), or of a shard's (for its crawler)."""

    def __init__(self, connection: Redis, partitions: Sequence[int] = ()) -> None:
        self._connection = connection
        self._accept = connection.register_script(source_of("accept_push"))
        self._claim = connection.register_script(source_of("claim_pushes"))
        self._drop = connection.register_script(source_of("drop_push"))
        self._claim_keys = deque((keys.inbox(p), keys.inbox_order(p), keys.sources(p)) for p in partitions)

    async def accept(
        self, source_id: SourceId, partition: int, content_type: str | None, body: bytes
    ) -> Reception:
        """Take a push in, and wake its crawler. It is durable once this returns."""
        kind = " ".join((content_type or "").split())[:_MOST_TYPE_CHARS]
        moment = now_ms()
        head = f"{source_id}\n{moment}\n{kind}\n".encode()
        content = hashlib.blake2b(f"{kind}\n".encode() + body, digest_size=10).hexdigest()
        push_id = f"{source_id}:{content}"
        p = partition
        script_keys = [keys.inbox(p), keys.inbox_order(p), keys.INBOX_BYTES, keys.sources(p), keys.COUNTERS]
        arguments: list[str | int | bytes] = [push_id, head + body, source_id, moment]
        arguments += [_MOST_BYTES, _MOST_OF_A_PARTITION, keys.WAKE, p]
        return Reception(text(await self._accept(keys=script_keys, args=arguments)))

    async def refuse(self) -> None:
        """Count a push whose signature is wrong or missing."""
        await self._connection.hincrby(keys.COUNTERS, "refused_pushes", 1)

    async def claim(self, limit: int, in_hand: Collection[SourceId]) -> list[Push]:
        """Up to ``limit`` pushes of the shard, of each source the oldest.

        Args:
            limit: how many; at most 32 MB, too, unless the first alone is larger.
            in_hand: sources of which a push was claimed that is not recorded yet: what it teaches, their
                next is judged by.
        """
        # Each partition comes first in its turn: where more is pushed than can be read, none starves.
        self._claim_keys.rotate(-1)
        script_keys = [keys.INBOX_BYTES, *chain.from_iterable(self._claim_keys)]
        arguments: list[str | int] = [limit, _CLAIM_BYTES, keys.source(SourceId("")), *in_hand]
        pushes = []
        for push_id, push, flat in await self._claim(keys=script_keys, args=arguments):
            fields = dict(zip(flat[::2], flat[1::2], strict=True))
            _, received, kind, body = push.split(b"\n", 3)
            pushes.append(
                Push(text(push_id), state_from(fields), text(kind) or None, body, from_ms(received))
            )
        return pushes

    async def drop(self, push: Push, poll_at: datetime) -> None:
        """Give up a push that cannot be read, and poll its source at ``poll_at`` instead."""
        source = push.state.source
        p = source_partition(source)
        script_keys = [keys.inbox(p), keys.inbox_order(p), keys.INBOX_BYTES, keys.due(p), keys.COUNTERS]
        await self._drop(keys=script_keys, args=[push.id, source.id, to_ms(poll_at)])
