"""Work on strangers' pages in a process of its own, with bounded time and memory for each of them.

A page may hold a parser for minutes within one call into C, where no exception and no signal handler of
Python's reaches it. So the kernel keeps the bounds: a timer of processor time whose signal ends the
process, and a limit on its address space. The process is a fork of this one, so it starts in milliseconds
with everything loaded, reads page after page, and is replaced only when one has broken it.
"""

import gc
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from traceback import format_exc
from typing import Generic, Self, TypeVar, cast

TIME_S = 2.0
"""Of the processor, for one page."""

MEMORY = 200 * 1024**2
"""Bytes, for one page, beyond what the process has when it begins with it."""

_CLOCK_S = 30.0  # on a machine so busy, or for a page so odd, that its reader never gets to spend its time
_STATM = Path("/proc/self/statm")  # Linux only; elsewhere the memory is not bounded
_FORK = multiprocessing.get_context("fork")

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Overrun:
    """A page that took more than it may: of what, as a clause for people."""

    reason: str


class BrokenReaderError(RuntimeError):
    """The work on a page ended with an exception, whose traceback this tells, or with its process."""


class Confined(Generic[T, R]):
    """A function that runs on one item after the other in a process of its own, bounded for each.

    Items and results are pickled. Used as a context manager; the process starts with the first item, so what
    was set up before then is known to it.
    """

    def __init__(self, work: Callable[[T], R]) -> None:
        self._work = work
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def __call__(self, item: T) -> R | Overrun:
        """What the function returns for an item, or which bound it has overrun.

        Raises:
            BrokenReaderError: if the function raises, or its process is ended by anything else.
        """
        pipe = self._pipe or self._start()
        try:
            pipe.send(item)
            if not pipe.poll(_CLOCK_S):
                self._stop()
                return Overrun(f"takes more than {_CLOCK_S:g} s by the clock")
            outcome, traceback = pipe.recv()
        except (EOFError, OSError):  # the pipe's other end is closed: the process is gone
            return self._why_ended()
        if traceback is not None:
            raise BrokenReaderError(traceback)
        if isinstance(outcome, Overrun):
            self._stop()  # what ran out of memory in the middle of something may be half-done
        return cast("R | Overrun", outcome)

    def _start(self) -> Connection:
        self._pipe, theirs = _FORK.Pipe()
        self._process = _FORK.Process(target=_serve, args=(self._work, theirs, self._pipe), daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def _stop(self) -> int | None:
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process is None or pipe is None:
            return None
        pipe.close()
        process.kill()
        process.join()
        code = process.exitcode
        process.close()
        return code

    def _why_ended(self) -> Overrun:
        if self._process is not None:
            self._process.join(_CLOCK_S)  # so that its own end is told, and not the one below
        code = self._stop()
        if code == -signal.SIGPROF:
            return Overrun(f"takes more than {TIME_S:g} s to read")
        raise BrokenReaderError(f"the reader's process ended with {code} (below 0: a signal)")


def _serve(work: Callable[[T], R], pipe: Connection, parents: Connection) -> None:
    parents.close()  # else this process would hold its own pipe open when its parent dies
    gc.freeze()  # so that a collection does not copy the pages of memory that are shared with the parent
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with suppress(EOFError, OSError):  # the parent has what it wants, or is gone
        while True:
            pipe.send(_bounded(work, pipe.recv()))


def _bounded(work: Callable[[T], R], item: T) -> tuple[R | Overrun | None, str | None]:
    """The result of the work, or the traceback of what ended it."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if (size := _address_space()) is not None:
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, most))
    signal.setitimer(signal.ITIMER_PROF, TIME_S)
    try:
        return work(item), None
    except MemoryError:
        return Overrun(f"takes more than {MEMORY // 1024**2} MB to read"), None
    except Exception:
        return None, format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _address_space() -> int | None:
    try:
        return int(_STATM.read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
