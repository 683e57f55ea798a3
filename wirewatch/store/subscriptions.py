"""Subscriptions at WebSub hubs: what the crawler has asked for, and what hubs have said to it.

Two processes write them: the crawler that owns the source's partition asks, the web part hears the hub's
answers. Both decide on what they read (see ``crawler.websub.lease``) and write only if nobody else has
written in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from secrets import token_hex

from pydantic import BaseModel, ConfigDict, Field
from redis.asyncio import Redis

from wirewatch.ids import SourceId
from wirewatch.models import UtcTime
from wirewatch.store import keys
from wirewatch.store.clock import now_ms, to_ms
from wirewatch.store.reply import text
from wirewatch.store.script import source_of
from wirewatch.text.urls import is_web

_CLAIMED_FOR = timedelta(minutes=2)
# Longer than any lease that we take (30 days): a hub that pushes after its end is told that it is over.
_CALLBACK_KNOWN_FOR = timedelta(days=60)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CallbackState(StrEnum):
    """What a hub knows of a callback."""

    ASKED = "asked"  # to push to it; the hub has not asked back yet
    VERIFIED = "verified"  # it pushes, until the lease ends
    LEAVING = "leaving"  # asked not to push any more; until it has asked back it may


class Callback(_Record):
    """An address that one hub was given, for one topic and one lease.

    Attributes:
        token: the secret end of its address.
        url: the whole address.
        hub: the hub as the source names it.
        topic: the address under which the hub knows the source.
        secret: with which the hub signs; empty: it does not.
        asked: when it was last asked to push, or to stop.
        asks: how often it was asked to stop.
        begins: when the hub verified it.
        ends: when the lease ends.
    """

    token: str = Field(repr=False)
    url: str = Field(repr=False)
    hub: str
    topic: str
    secret: str = Field("", repr=False)
    state: CallbackState = CallbackState.ASKED
    asked: UtcTime
    asks: int = 0
    begins: UtcTime | None = None
    ends: UtcTime | None = None


class Subscription(_Record):
    """All that was asked for one source.

    Attributes:
        base: the address that the callbacks are under.
        callbacks: in the order in which they were made: the last is the one of today, those before it end.
        failures: in a row; decides the pause, and which hub is asked next.
        not_before: the pause.
        trouble: why the last ask came to nothing, in words for people.
    """

    base: str = ""
    callbacks: tuple[Callback, ...] = ()
    failures: int = 0
    not_before: UtcTime | None = None
    trouble: str = ""

    @property
    def pushed_until(self) -> datetime | None:
        """How long a hub has promised to push; None: none has."""
        verified = (one.ends for one in self.callbacks if one.state is CallbackState.VERIFIED)
        return max((end for end in verified if end is not None), default=None)


class Wanted(_Record):
    """What a source's own document names: its hubs, and the address under which they know it."""

    hubs: tuple[str, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Held:
    """A subscription as it was read.

    Attributes:
        wanted: what there should be; None: nothing. Only known of what was claimed.
        version: of the record, to write it only if it is still that.
        claimed_until: ms; None: it was not claimed.
    """

    source_id: SourceId
    partition: int
    subscription: Subscription
    version: str
    wanted: Wanted | None = None
    claimed_until: int | None = None


class Subscriptions:
    """The store's door to subscriptions, for the crawler and for the web part."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection
        self._claim = connection.register_script(source_of("claim_subscriptions"))
        self._put = connection.register_script(source_of("put_subscription"))
        self._rebase = connection.register_script(source_of("rebase_subscriptions"))

    async def claim(self, partitions: Sequence[int], limit: int, now: datetime) -> list[Held]:
        """Up to ``limit`` subscriptions of the partitions that are to be looked at.

        One that is not written within two minutes is claimed again.
        """
        until = to_ms(now + _CLAIMED_FOR)
        script_keys = list(chain.from_iterable((keys.websub_due(p), keys.sources(p)) for p in partitions))
        prefixes = (keys.source(SourceId("")), keys.SUBSCRIPTION_PREFIX)
        claimed = await self._claim(keys=script_keys, args=[to_ms(now), limit, until, *prefixes])
        return [
            Held(
                SourceId(text(source_id)),
                partitions[place - 1],
                _subscription(record),
                text(version or b""),
                _wanted(hub, topic) if watched else None,
                until,
            )
            for place, source_id, watched, hub, topic, version, record in claimed
        ]

    async def of_callback(self, token: str) -> Held | None:
        """The subscription that a callback belongs, or belonged, to; None: no such callback was ever made."""
        whose = await self._connection.get(keys.callback(token))
        if whose is None:
            return None
        partition, _, source_id = text(whose).partition(" ")
        return await self.of_source(SourceId(source_id), int(partition))

    async def of_source(self, source_id: SourceId, partition: int) -> Held:
        """The subscription of a source, which may be an empty one."""
        version, record = await self._connection.hmget(keys.subscription(source_id), "version", "json")
        return Held(source_id, partition, _subscription(record), text(version or b""))

    async def put(self, held: Held, subscription: Subscription, look_at: datetime | None) -> bool:
        """Write what became of a subscription.

        Args:
            held: as it was read.
            subscription: as it shall be.
            look_at: when to look at it again; None: never.

        Returns:
            Whether it was written; if not, somebody else has written it since it was read.
        """
        p, known = held.partition, {one.token for one in held.subscription.callbacks}
        until = subscription.pushed_until
        script_keys = [
            keys.subscription(held.source_id),
            keys.websub_due(p),
            keys.source(held.source_id),
            keys.due(p),
            *(keys.callback(one.token) for one in subscription.callbacks if one.token not in known),
        ]
        arguments: list[str | int] = [
            held.version,
            subscription.model_dump_json(exclude_defaults=True) if subscription != Subscription() else "",
            held.source_id,
            to_ms(look_at) if look_at else "",
            held.claimed_until if held.claimed_until is not None else "",
            to_ms(until) if until else "",
            now_ms(),
            f"{p} {held.source_id}",
            round(_CALLBACK_KNOWN_FOR.total_seconds() * 1000),
            token_hex(8),
        ]
        return bool(await self._put(keys=script_keys, args=arguments))

    async def rebase(self, partitions: Sequence[int], base: str | None) -> int:
        """Look at all subscriptions of the partitions if their callbacks are under another address than this.

        Returns:
            How many are looked at.
        """
        script_keys = [keys.CALLBACK_BASES, *(keys.websub_due(p) for p in partitions)]
        return int(await self._rebase(keys=script_keys, args=[min(partitions), base or "", now_ms()]))


def _subscription(record: bytes | str | None) -> Subscription:
    return Subscription.model_validate_json(record) if record else Subscription()


def _wanted(hubs: bytes | None, topic: bytes | None) -> Wanted | None:
    named = tuple(hub for hub in text(hubs or b"").split() if is_web(hub))
    return Wanted(hubs=named, topic=text(topic)) if named and topic else None
