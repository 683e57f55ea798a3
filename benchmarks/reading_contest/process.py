"""A reader in a process of its own, so that its memory is its own and a page that hangs it ends it alone."""

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from polling_contest.processes import peak_mb

_LONGEST_PAGE_S = 60.0
_LONGEST_START_S = 120.0


class ReaderFailedError(Exception):
    """A page on which a reader failed, died, or did not end."""


class ReaderProcess:
    """Calls a function of pages in another process, and takes its time there.

    Attributes:
        name: whose it is.
        peak_mb: the most memory that it ever held, by Linux's word; 0 where that is not to be had.
    """

    def __init__(self, name: str, build: Callable[..., Callable[..., Any]], *given: Any) -> None:
        self.name = name
        self.peak_mb = 0.0
        self._build, self._given = build, given
        self._start()

    def _start(self) -> None:
        # Not forked: it would begin with the memory of this one.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._build, self._given), daemon=True)
        self._process.start()
        theirs.close()
        self._answer(_LONGEST_START_S)

    def call(self, *arguments: Any) -> tuple[Any, float]:
        """What the function answers, and how many seconds that took.

        Raises:
            ReaderFailedError: if it did not. The next call has a new process.
        """
        try:
            self._pipe.send(arguments)
            told, took = self._answer(_LONGEST_PAGE_S)
        except (OSError, EOFError) as error:
            self.end()
            self._start()
            raise ReaderFailedError(str(error) or "its process died") from error
        self.peak_mb = max(self.peak_mb, peak_mb(self._process.pid or 0))
        if isinstance(told, Exception):
            raise ReaderFailedError(f"{type(told).__name__}: {told}")
        return told, took

    def _answer(self, longest_s: float) -> Any:
        if not self._pipe.poll(longest_s):
            raise TimeoutError(f"no answer within {longest_s:.0f} s")
        return self._pipe.recv()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, build: Callable[..., Callable[..., Any]], given: tuple[Any, ...]) -> None:
    call = build(*given)
    pipe.send(None)
    while True:
        try:
            arguments = pipe.recv()
        except EOFError:
            return
        begun = time.perf_counter()
        try:
            answer = call(*arguments)
        except Exception as error:  # of a stranger's page; the parent names the page
            answer = RuntimeError(f"{type(error).__name__}: {error}")
        pipe.send((answer, time.perf_counter() - begun))
