"""What a contestant must be able to do, and what is known of a sweep."""

from dataclasses import dataclass
from typing import Protocol

CASES = ("first", "unchanged", "same", "new")
LONGEST_SWEEP_S = 120.0


class AbsentError(Exception):
    """A contestant that is not on this machine, and how to get it."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Every feed asked once, as fast as it can.

    Attributes:
        ended: when the last feed was done with, by ``time.monotonic``.
        cpu_s: processor time of all the contestant's processes in this sweep, seconds.
        peak_mb: most resident memory of its processes since they began, added up, MB.
        entries: how many entries were new to it; None where it does not keep them.
        began: when the program was started, where each sweep is a command of its own that loads what it
            remembers; None: it ran already, and the clock begins with its first request.
    """

    ended: float
    cpu_s: float
    peak_mb: float
    entries: int | None
    began: float | None = None


class Contestant(Protocol):
    """A program that polls feeds.

    Attributes:
        settles: how many sweeps after its first it needs until it echoes validators.
    """

    name: str
    settles: int

    def prepare(self) -> str:
        """Make sure that it is there, and tell its version.

        Raises:
            AbsentError: if it is not.
        """

    def start(self, urls: list[str]) -> None:
        """Begin anew, knowing nothing but these addresses."""

    def sweep(self, case: str) -> Sweep:
        """Ask every feed once."""

    def stop(self) -> None:
        """End its processes; leave nothing. Also after a start or a sweep that failed."""
