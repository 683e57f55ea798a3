"""Page by page in turn, round after round, within a bounded time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from reading_contest.process import ReaderFailedError, ReaderProcess
from reading_contest.rare import rare_queries
from reading_contest.readers import READERS, Found, wirewatch_decider
from reading_contest.truth import Folder, TruePage

_NO_ROUND_BEGINS_AFTER_S = 120.0
_NO_PAGE_BEGINS_AFTER_S = 900.0
_TOLD_EVERY_S = 5.0
DECIDING = "deciding"


@dataclass(slots=True)
class Measured:
    """What came out of a contest.

    Attributes:
        pages: those that were reached, in the folder's order.
        found: what each reader made of each, by reader.
        seconds: the shortest time that each page took, by reader, and that of deciding it.
        bytes_read: the size of all the pages together.
        worth_reading: how many pages one of the topics is about.
        told: how many were found to be so.
        peak_mb: the most memory that each reader held.
        failures: what went wrong, by page.
    """

    pages: list[TruePage] = field(default_factory=list)
    found: dict[str, list[Found]] = field(default_factory=lambda: {name: [] for name in READERS})
    seconds: dict[str, list[float]] = field(
        default_factory=lambda: {name: [] for name in (*READERS, DECIDING)}
    )
    bytes_read: int = 0
    worth_reading: int = 0
    told: int = 0
    peak_mb: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


class Contest:
    """Has every page read by each reader, and decided, and tells its progress on standard error."""

    def __init__(self, folder: Folder, rounds: int) -> None:
        self._folder, self._rounds = folder, rounds
        self._begun = self._last_told = time.monotonic()
        self.measured = Measured()

    def run(self) -> Measured:
        """Everything that was measured."""
        queries = rare_queries(self._folder)
        self.measured.worth_reading = len(queries)
        with _processes(queries) as processes:
            for number in range(self._rounds):
                if number and self._elapsed() > _NO_ROUND_BEGINS_AFTER_S:
                    break
                self._round(processes, number)
            self.measured.peak_mb = {one.name: one.peak_mb for one in processes}
        return self.measured

    def _round(self, processes: list[ReaderProcess], number: int) -> None:
        measured = self.measured
        pages = self._folder.pages if number == 0 else measured.pages
        for at, page in enumerate(pages):
            if self._elapsed() > _NO_PAGE_BEGINS_AFTER_S:
                self._say(f"the time is up after {at} pages")
                return
            html = self._folder.html(page)
            if number == 0:
                measured.pages.append(page)
                measured.bytes_read += len(html)
            # In turn: whatever else the machine does meets all alike. Backwards every other round, so that
            # nobody always follows the same one.
            for one in processes[::-1] if number % 2 else processes:
                self._turn(one, page, html, at, first=number == 0)
            if time.monotonic() - self._last_told > _TOLD_EVERY_S:
                self._say(f"round {number + 1} of at most {self._rounds}, {at + 1} of {len(pages)} pages")

    def _turn(self, one: ReaderProcess, page: TruePage, html: bytes, at: int, *, first: bool) -> None:
        measured = self.measured
        deciding = one.name == DECIDING
        begun = time.perf_counter()
        try:
            answer, took = one.call(html, page.url, *([page.title or page.file] if deciding else []))
        except ReaderFailedError as error:
            answer, took = (False if deciding else Found()), time.perf_counter() - begun
            if first:
                measured.failures.append(f"{one.name}: {page.file}: {error}")
        times = measured.seconds[one.name]
        if not first:
            times[at] = min(times[at], took)
            return
        times.append(took)
        if deciding:
            measured.told += answer
        else:
            measured.found[one.name].append(answer)

    def _elapsed(self) -> float:
        return time.monotonic() - self._begun

    def _say(self, text: str) -> None:
        self._last_told = time.monotonic()
        print(f"{self._elapsed():4.0f} s  {text}", file=sys.stderr, flush=True)


_WARM_UP = b"<html><title>A title of its own</title><article><p>" + b"A word or two. " * 50 + b"</article>"


@contextmanager
def _processes(queries: list[str]) -> Iterator[list[ReaderProcess]]:
    """A process for each reader, and one that decides; warm, for a worker starts once and reads for days."""
    started: list[ReaderProcess] = []
    try:
        for name, build in READERS.items():
            started.append(ReaderProcess(name, build))
        started.append(ReaderProcess(DECIDING, wirewatch_decider, queries))
        for one in started:
            with suppress(ReaderFailedError):  # the pages will tell
                one.call(_WARM_UP, "https://example.org/1", *(["A title"] if one.name == DECIDING else []))
        yield started
    finally:
        for one in started:
            one.end()
