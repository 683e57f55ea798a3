"""Round after round, in changing order, within a bounded time."""

import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from polling_contest.contest import FeedServer, Measure, run_round
from polling_contest.contestant import Contestant
from polling_contest.report import CASE_WORDS

_NO_TURN_BEGINS_AFTER_S = 200.0


class Rounds:
    """Runs contestants and tells their progress on standard error.

    Attributes:
        failures: what contestants did not do; they take no further part.
    """

    def __init__(self, contestants: Sequence[Contestant]) -> None:
        self._contestants = list(contestants)
        self._begun = time.monotonic()
        self.failures: list[str] = []

    def run(self, counts: Mapping[str, int], folder: Path | None, rounds: int) -> list[Measure]:
        """Everything that was measured.

        Args:
            counts: how many feeds each contestant is given, by its name.
            folder: of real feeds; None: made up.
            rounds: at most.
        """
        measures: list[Measure] = []
        begun = time.monotonic()
        for number in range(rounds):
            self._say(f"round {number + 1} of {rounds}")
            for one in in_turn(self._contestants, number):
                # Everyone has one turn, on however slow a machine.
                if number and time.monotonic() - begun > _NO_TURN_BEGINS_AFTER_S:
                    self._say("the time is up")
                    return measures
                measures += self._turn(one, counts[one.name], folder)
        return measures

    def _turn(self, one: Contestant, count: int, folder: Path | None) -> list[Measure]:
        measures: list[Measure] = []

        def told(measure: Measure) -> None:
            measures.append(measure)
            words = f"{measure.contestant:<22} {CASE_WORDS[measure.case]:<21}"
            self._say(f"{words} {measure.rate:7,.0f} feeds/s")

        # Servers of its own each time: real feeds grow only once.
        with FeedServer(count, folder) as server:
            try:
                run_round(one, server, count, told, made=folder is None)
            except RuntimeError as error:
                self.failures.append(f"{one.name}: {error}")
                self._say(f"{one.name} is out: {error}")
                self._contestants.remove(one)
        return measures

    def _say(self, text: str) -> None:
        print(f"{time.monotonic() - self._begun:4.0f} s  {text}", file=sys.stderr, flush=True)


def in_turn(contestants: Sequence[Contestant], number: int) -> list[Contestant]:
    """Who comes when: one place further every two rounds, and every other round backwards."""
    if not contestants:
        return []
    at = number // 2 % len(contestants)
    turned = [*contestants[at:], *contestants[:at]]
    return turned[::-1] if number % 2 else turned
