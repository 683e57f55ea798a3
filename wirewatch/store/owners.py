"""Which crawler owns which partitions: a host is polled and fetched by one process only."""

import json
import os
import socket
from collections.abc import Sequence
from secrets import token_hex

from redis import Redis

from wirewatch.errors import AlreadyRunningError
from wirewatch.store import keys
from wirewatch.store.reply import text
from wirewatch.store.script import source_of

SILENT_AFTER_MS = 15_000


def _another_lives(pid: int) -> bool:
    # A container that is started again has its old name, and its process often its predecessor's number.
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Ownership:
    """This process's claim on the partitions of its shard."""

    def __init__(self, connection: Redis, partitions: Sequence[int]) -> None:
        self._connection = connection
        self._partitions = [str(p) for p in partitions]
        self._host = socket.gethostname()
        self._me = f"{self._host}-{os.getpid()}-{token_hex(4)}"
        self._script = connection.register_script(source_of("own_partitions"))

    def _ask(self) -> str:
        description = json.dumps({"name": self._me, "host": self._host, "pid": os.getpid()})
        arguments: list[str | int] = [
            self._me,
            description,
            SILENT_AFTER_MS,
            keys.OWNER_PREFIX,
            *self._partitions,
        ]
        return text(self._script(keys=[keys.OWNERS], args=arguments))

    def claim(self) -> None:
        """Own the partitions, or say again that this process lives.

        Raises:
            AlreadyRunningError: if another living process owns one of them.
        """
        while owner := self._ask():
            told = json.loads(owner)
            if told["host"] != self._host or _another_lives(told["pid"]):
                whose = f"another crawler, process {told['pid']} on {told['host']}"
                raise AlreadyRunningError(
                    f"{whose}, owns partitions of this shard; "
                    "stop it first, or give each crawler a --shard i/n of its own"
                )
            # Killed a moment ago: its sign of life would keep us waiting for some seconds.
            self._connection.delete(keys.OWNER_PREFIX + told["name"])

    def release(self) -> None:
        """Let the next owner begin at once."""
        self._connection.delete(keys.OWNER_PREFIX + self._me)
