"""Hosts that asked to be left alone, kept so that a restart forgets none. For asyncio: the crawler's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from redis.asyncio import Redis

from wirewatch.ids import partition
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, to_ms
from wirewatch.store.script import source_of

_MOST_OF_A_PARTITION = 1_000


@dataclass(frozen=True, slots=True)
class Pause:
    """A host's pause.

    Attributes:
        until: when it may be asked again.
        in_a_row: how often it has asked to be left alone since it last answered well.
    """

    until: datetime
    in_a_row: int


class Pauses:
    """The pauses of the hosts of one shard."""

    def __init__(self, connection: Redis, partitions: Sequence[int]) -> None:
        self._connection = connection
        self._load = connection.register_script(source_of("load_pauses"))
        self._keep = connection.register_script(source_of("keep_pause"))
        self._keys = [keys.pauses(p) for p in partitions]

    async def load(self, now: datetime) -> dict[str, Pause]:
        """What is kept, by host; what ended more than a day ago is dropped."""
        found = await self._load(keys=self._keys, args=[to_ms(now)])
        pauses = {}
        for host, value in zip(found[::2], found[1::2], strict=True):
            until, _, in_a_row = value.partition(b":")
            pauses[host.decode()] = Pause(from_ms(int(until)), int(in_a_row))
        return pauses

    async def keep(self, host: str, pause: Pause, now: datetime) -> None:
        """Keep a host's pause; a partition that is full of lasting ones takes no more."""
        await self._keep(
            keys=[keys.pauses(partition(host))],
            args=[host, f"{to_ms(pause.until)}:{pause.in_a_row}", to_ms(now), _MOST_OF_A_PARTITION],
        )

    async def forget(self, host: str) -> None:
        """The host answered well again."""
        await self._connection.hdel(keys.pauses(partition(host)), host)
