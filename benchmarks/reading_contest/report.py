"""The figures of a contest, as a table, as JSON and as the marked part of a page."""

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Any

from reading_contest.contest import DECIDING, Measured
from reading_contest.readers import READERS
from reading_contest.scores import Scores, scores

_US, _PEER = "wirewatch", "trafilatura"
GOALS = {"f1": 0.970, "title": 0.95, "day": 0.98, "authors": 0.90, "pages": 4.0, "stories": 10.0}
"""On pages that its makers have not seen; the last two are times the peer's figure."""
_EXACT = {"title": "title exact", "day": "publication day exact", "authors": "authors exact, as a set"}
_BLOCK = re.compile(r"(<!-- reading: begin[^>]*-->\n).*?(<!-- reading: end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One measure.

    Attributes:
        peer, ours: as they are shown.
        goal: what is aimed at, as it is shown.
    """

    measure: str
    peer: str
    ours: str
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run."""

    title: str
    measured: Measured

    @property
    def scores(self) -> dict[str, Scores]:
        """How right each reader was."""
        return {name: scores(self.measured.pages, self.measured.found[name]) for name in READERS}

    def rate(self, name: str) -> float:
        """Pages a second of one process."""
        return len(self.measured.pages) / sum(self.measured.seconds[name])

    def rows(self) -> Iterator[Row]:
        """The measures in the order in which they are told."""
        peer, ours = self.scores[_PEER], self.scores[_US]
        if ours.bodies:
            count = f" ({len(ours.bodies)} pages)"
            yield _exact("body F1, rows of 4 words" + count, peer.body.f1, ours.body.f1, GOALS["f1"])
            yield _exact("  precision", peer.body.precision, ours.body.precision)
            yield _exact("  recall", peer.body.recall, ours.body.recall)
        for field, words in _EXACT.items():
            right = getattr(ours, field)
            if right:
                measure = f"{words} ({len(right)} pages)"
                yield _exact(measure, fmean(getattr(peer, field)), fmean(right), GOALS[field])
        yield self._rate("pages read a second", self.rate(_US), GOALS["pages"])
        if self.measured.worth_reading:
            part = 100 * self.measured.worth_reading / len(self.measured.pages)
            decided = f"stories decided a second, {part:.1f} % worth reading"
            yield self._rate(decided, self.rate(DECIDING), GOALS["stories"])
        peak = self.measured.peak_mb
        if all(peak.values()):
            yield Row("most memory, MB", f"{peak[_PEER]:.0f}", f"{max(peak[_US], peak[DECIDING]):.0f}")

    def _rate(self, measure: str, ours: float, goal: float) -> Row:
        peer = self.rate(_PEER)
        return Row(measure, f"{peer:.1f}", f"{ours:.1f}, {ours / peer:.1f} x", f"{goal:g} x")

    @property
    def versions(self) -> dict[str, str]:
        """Who took part."""
        return {name: f"{name} {version(name)}" for name in (_PEER, _US)}

    @property
    def about(self) -> str:
        """What was read, and where."""
        count = len(self.measured.pages)
        mean_kb = self.measured.bytes_read / count / 1000
        return (
            f"{self.title}: {count} pages of {mean_kb:.0f} kB on average; one process each, "
            f"{os.cpu_count()} cores, Python {platform.python_version()}"
        )

    def as_text(self) -> str:
        """A table for a terminal."""
        cells = [("", *self.versions.values(), "goal")]
        cells += [(row.measure, row.peer, row.ours, row.goal) for row in self.rows()]
        widths = [max(len(row[column]) for row in cells) for column in range(4)]
        lines = [
            "  ".join((row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:]))).rstrip()
            for row in cells
        ]
        return "\n".join([self.about, "", *lines, *self._notes()])

    def _notes(self) -> list[str]:
        wanted, told = self.measured.worth_reading, self.measured.told
        missed = [f"{wanted} pages are about a topic, and {told} were told"] if wanted != told else []
        return ["", *missed, *self.measured.failures] if missed or self.measured.failures else []

    def as_markdown(self) -> str:
        """The same table for a page."""
        lines = [f"Measured on {datetime.now(UTC):%d %B %Y}. {self.about}.", ""]
        lines += [f"| | {' | '.join(self.versions.values())} | goal |", "|---|--:|--:|--:|"]
        lines += [f"| {row.measure} | {row.peer} | **{row.ours}** | {row.goal} |" for row in self.rows()]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Everything."""
        measured = self.measured
        return {
            "pages": len(measured.pages),
            "mean_bytes": round(measured.bytes_read / len(measured.pages)),
            "worth_reading": measured.worth_reading,
            "told": measured.told,
            "failures": measured.failures,
            "stories_decided_per_s": round(self.rate(DECIDING), 1),
            "readers": {
                name: {
                    **one.as_json(),
                    "version": version(name),
                    "pages_per_s": round(self.rate(name), 1),
                    "peak_mb": round(measured.peak_mb[name], 1),
                }
                for name, one in self.scores.items()
            },
            "goals": GOALS,
        }

    def write_block(self, page: Path) -> None:
        """Put the table between a page's marks.

        Raises:
            ValueError: if it has none.
        """
        written = page.read_text("utf-8")
        if not _BLOCK.search(written):
            raise ValueError(f"{page} has no <!-- reading: begin --> and <!-- reading: end -->")
        text = self.as_markdown()
        page.write_text(_BLOCK.sub(lambda found: f"{found[1]}{text}\n{found[2]}", written), "utf-8")


def _exact(measure: str, peer: float, ours: float, goal: float | None = None) -> Row:
    return Row(measure, f"{peer:.3f}", f"{ours:.3f}", f"{goal:.2f}" if goal else "")
