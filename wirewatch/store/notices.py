"""What door A tells of sources' flags, until it has become notices to the operator."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha1
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from redis import Redis

from wirewatch.ids import NoticeId, SourceId, delivery_id
from wirewatch.models import Notice, UtcTime
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms
from wirewatch.store.queues import enqueue_delivery
from wirewatch.store.reply import text, texts
from wirewatch.store.script import add_script

_KEEP_S = 90 * 86_400  # as long as alerts
_READ_MOST = 20_000  # some 6 MB


def _at_most(length: int) -> BeforeValidator:
    """Names, addresses and reasons are strangers' text: a notice is made of their beginnings."""

    def cut(value: object) -> object:
        return f"{value[: length - 1]}…" if isinstance(value, str) and len(value) > length else value

    return BeforeValidator(cut)


class FlagChange(BaseModel):
    """One source's flag has changed, as ``record_poll.lua`` tells it."""

    model_config = ConfigDict(frozen=True)

    source: SourceId
    name: Annotated[str, _at_most(200)]
    url: Annotated[str, _at_most(2000)]
    flag: Annotated[str, _at_most(20)]
    was: Annotated[str, _at_most(20)]
    reason: Annotated[str, _at_most(500)]
    at: Annotated[UtcTime, BeforeValidator(from_ms)]


@dataclass(frozen=True, slots=True)
class Changes:
    """The oldest changes that nobody has told of.

    Attributes:
        texts: as they stand in the store.
        read: those of them that can be read, oldest first.
    """

    texts: tuple[bytes, ...]
    read: tuple[FlagChange, ...]


class Notices:
    """Changes waiting to be told, and the notices that were made of them."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection

    def oldest_change(self) -> datetime | None:
        """When the oldest change that waits happened, long ago if it cannot be read; None: none waits."""
        found: Any = self._connection.lindex(keys.FLAG_CHANGES, 0)
        if found is None:
            return None
        change = _read(found)
        return change.at if change else from_ms(0)

    def changes(self) -> Changes:
        """The changes that wait."""
        found: Any = self._connection.lrange(keys.FLAG_CHANGES, 0, _READ_MOST - 1)
        return Changes(tuple(found), tuple(change for one in found if (change := _read(one)) is not None))

    def made_within(self, span: timedelta) -> int:
        """How many notices were made in the last so long."""
        after = now_ms() - round(span.total_seconds() * 1000)
        return int(self._connection.zcount(keys.NOTICES, f"({after}", "+inf"))

    def record(self, changes: Changes, notices: Sequence[Notice], destinations: Sequence[str]) -> bool:
        """Make notices of the oldest changes, and enqueue their deliveries: all or nothing.

        Returns:
            Whether it was done: False where somebody else has done it since the changes were read.
        """
        planned = [
            (notice, [(delivery_id(notice.id, name), name) for name in destinations]) for notice in notices
        ]
        document = {
            "now": now_ms(),
            "keep": _KEEP_S,
            "prefixes": {
                "notice": keys.NOTICE_PREFIX,
                "delivery": keys.DELIVERY_PREFIX,
                "alert_deliveries": keys.ALERT_DELIVERIES_PREFIX,
            },
            "changes": len(changes.texts),
            "digest": sha1(b"\n".join(changes.texts), usedforsecurity=False).hexdigest(),
            "notices": [
                {
                    "id": notice.id,
                    "json": notice.model_dump_json(),
                    "deliveries": [{"id": one, "destination": name} for one, name in ways],
                }
                for notice, ways in planned
            ],
        }
        script_keys = [keys.FLAG_CHANGES, keys.NOTICES, keys.WAITING_DELIVERIES, keys.COUNTERS]
        with self._connection.pipeline() as pipe:
            pipe.multi()
            add_script(pipe, "make_notices", script_keys, [json.dumps(document)])
            for _, ways in planned:
                for one, _ in ways:
                    # If somebody else was faster, these find nothing to do.
                    enqueue_delivery(self._connection, pipe, one)
            return bool(pipe.execute()[0])

    def notice(self, notice_id: NoticeId) -> Notice | None:
        """A notice, as long as it is kept."""
        record = self._connection.hget(keys.notice(notice_id), "json")
        return Notice.model_validate_json(record) if record else None

    def newest(self, count: int) -> list[Notice]:
        """The newest notices, newest first."""
        ids = texts(self._connection.zrevrange(keys.NOTICES, 0, count - 1))
        return [notice for one in ids if (notice := self.notice(NoticeId(one))) is not None]


def _read(change: bytes) -> FlagChange | None:
    """A change; None for what is none, which is passed by, since nobody could ever tell of it."""
    try:
        return FlagChange.model_validate_json(text(change))
    except (ValidationError, OverflowError):
        return None
