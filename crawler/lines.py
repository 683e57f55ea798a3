"""What waits to be asked of each host: a line a host, so that none holds up another."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")

# Two are on the wire at a time (CONCURRENT_REQUESTS_PER_DOMAIN); a third is at hand when one ends.
_ASKED_AT_ONCE = 3


class HostLines(Generic[T]):
    """Things to be asked of hosts, a few of each at a time, in their order.

    Args:
        ask: asks one thing, to its end.
        ended: called when one thing was asked to its end.
        longest: how many may wait for one host.
    """

    def __init__(
        self, ask: Callable[[T], Coroutine[None, None, None]], ended: Callable[[], None], longest: int
    ) -> None:
        self._ask = ask
        self._longest = longest
        self._ended = ended
        self._lines: dict[str, deque[T]] = {}
        self._asked: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0

    def __len__(self) -> int:
        """How many things wait or are being asked."""
        return self._waiting + len(self._tasks)

    def add(self, host: str, thing: T) -> bool:
        """Ask something of a host when its turn comes; False where the host's line is full."""
        if self._asked[host] < _ASKED_AT_ONCE:
            self._begin(host, thing)
            return True
        line = self._lines.setdefault(host, deque())
        if len(line) >= self._longest:
            return False
        line.append(thing)
        self._waiting += 1
        return True

    def ahead(self, host: str) -> int:
        """How many things wait in a host's line."""
        return len(self._lines.get(host, ()))

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Do something that asks nothing of a host, and count it until its end."""
        self._keep(asyncio.create_task(work))

    def close(self) -> None:
        """Ask no more."""
        self._lines.clear()
        self._waiting = 0
        for task in self._tasks:
            task.cancel()

    def _begin(self, host: str, thing: T) -> None:
        self._asked[host] += 1
        task = asyncio.create_task(self._ask(thing))
        self._keep(task)
        task.add_done_callback(lambda _: self._next(host))

    def _next(self, host: str) -> None:
        self._asked[host] -= 1
        if line := self._lines.get(host):
            self._waiting -= 1
            self._begin(host, line.popleft())
            return
        self._lines.pop(host, None)
        if not self._asked[host]:
            del self._asked[host]

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("something was not done to its end", exc_info=task.exception())
        self._ended()
