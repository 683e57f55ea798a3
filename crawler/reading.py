"""Reads documents: small ones at once, large ones in a process of their own, bounded in time and memory.

A parser holds the whole crawler up while it works, and strangers write what it works on.
"""

import asyncio
import multiprocessing
import os
import resource

from pebble import ProcessExpired, ProcessPool

from crawler.documents import Document
from crawler.schedule.failing import Failure
from crawler.unread import Failed, Unread, read_body

_SMALL = 32 * 1024
_SMALL_IF_SPLIT = 256 * 1024  # of a document whose last version was split: some milliseconds
_GZIP = b"\x1f\x8b"
_TIMEOUT_S = 30
_MEMORY = 2 * 1024**3
_PER_PROCESS = 500  # documents; then a new one, since parsers fragment their memory


class Reader:
    """Reads documents for one crawler."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None

    async def read(self, unread: Unread) -> Document | Failed:
        """The document of a body."""
        small = _SMALL_IF_SPLIT if unread.splits and unread.known else _SMALL
        if len(unread.body) <= small and not unread.body.startswith(_GZIP):
            return read_body(unread)
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=max(1, (os.cpu_count() or 1) // 2),
                max_tasks=_PER_PROCESS,
                initializer=_bound_memory,
                context=multiprocessing.get_context("spawn"),
            )
        # Its time starts when a process takes the document up: those before it do not count.
        reading = self._pool.schedule(read_body, args=(unread,), timeout=_TIMEOUT_S)
        try:
            return await asyncio.wrap_future(reading)
        except TimeoutError:
            words = f"takes more than {_TIMEOUT_S} s to read"
        except ProcessExpired:
            words = "breaks its reader"
        return Failed(words, Failure.UNFIT)

    async def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            await asyncio.to_thread(self._pool.join)


def _bound_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
