"""What the contest found: the figures, the goals, and how they read."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

from polling_contest.contest import Measure
from polling_contest.contestant import CASES

CASE_WORDS = {
    "first": "first poll",
    "unchanged": "unchanged, 304",
    "same": "unchanged, same body",
    "new": "one new entry",
}
# (case, peer, how many times its feeds a second)
GOALS = (
    ("unchanged", "scrapy", 2.5),
    ("same", "scrapy", 2.5),
    ("unchanged", "newsboat", 8.0),
    ("same", "newsboat", 8.0),
    ("new", "reader", 5.0),
)
_US = "wirewatch"


@dataclass(frozen=True, slots=True)
class Figure:
    """All sweeps of one contestant in one case."""

    contestant: str
    case: str
    feeds: int
    rates: tuple[float, ...]
    cpu_ms: float | None
    peak_mb: float
    entries: int | None

    @property
    def rate(self) -> float:
        """Feeds a second: the median."""
        return median(self.rates)


def figures_of(measures: list[Measure]) -> dict[str, dict[str, Figure]]:
    """By case and contestant, in the order in which they were measured."""
    found: dict[str, dict[str, Figure]] = {case: {} for case in CASES}
    for name in dict.fromkeys(one.contestant for one in measures):
        for case in CASES:
            if mine := [one for one in measures if (one.contestant, one.case) == (name, case)]:
                found[case][name] = Figure(
                    name,
                    case,
                    mine[-1].feeds,
                    tuple(one.rate for one in mine),
                    _median([one.cpu_ms for one in mine if one.cpu_ms is not None]),
                    max(one.peak_mb for one in mine),
                    mine[-1].entries,
                )
    return found


def _median(values: list[float]) -> float | None:
    return median(values) if values else None


def _rows(measures: list[Measure]) -> Iterator[tuple[str, ...]]:
    for case, row in figures_of(measures).items():
        for name, one in sorted(row.items(), key=lambda pair: -pair[1].rate):
            ratio = "" if name == _US or _US not in row else f"{row[_US].rate / one.rate:.1f} x"
            spread = f"{min(one.rates):,.0f} to {max(one.rates):,.0f}"
            yield (
                CASE_WORDS[case],
                name,
                f"{one.rate:,.0f}",
                spread,
                "" if one.cpu_ms is None else f"{one.cpu_ms:.2f}",
                f"{one.peak_mb:.0f}",
                ratio,
            )


_HEADS = ("feeds", "program", "feeds/s", "least to most", "CPU ms/feed", "peak MB", "Wirewatch")


def as_text(measures: list[Measure]) -> str:
    """A table for a terminal."""
    rows = [_HEADS, *_rows(measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    lines = []
    last = ""
    for row in rows:
        cells = ["" if row[0] == last else row[0], *row[1:]]
        last = row[0]
        left, right = cells[:2], cells[2:]
        padded = [cell.ljust(width) for cell, width in zip(left, widths, strict=False)]
        padded += [cell.rjust(width) for cell, width in zip(right, widths[2:], strict=True)]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def as_markdown(measures: list[Measure]) -> str:
    """The same table for a page."""
    lines = ["| " + " | ".join(_HEADS) + " |", "|---|---|" + "--:|" * (len(_HEADS) - 2)]
    for row in _rows(measures):
        cells = [f"**{cell}**" if row[1] == _US and cell else cell for cell in row[1:]]
        lines.append("| " + " | ".join((row[0], *cells)) + " |")
    return "\n".join(lines)


def goals(measures: list[Measure]) -> list[dict[str, Any]]:
    """How far each goal is reached, where both sides were measured."""
    found = figures_of(measures)
    told = []
    for case, peer, wanted in GOALS:
        row = found[case]
        if _US in row and peer in row:
            reached = row[_US].rate / row[peer].rate
            told.append(
                {"case": case, "peer": peer, "goal": wanted, "times": round(reached, 2)}
                | {"reached": reached >= wanted}
            )
    return told


def goal_words(measures: list[Measure]) -> list[str]:
    """The goals as sentences."""
    return [
        f"{CASE_WORDS[one['case']]}: {one['times']:.1f} x {one['peer']}, "
        f"goal {one['goal']:g} x: {'reached' if one['reached'] else 'not reached'}"
        for one in goals(measures)
    ]


def machine() -> str:
    """Where it runs."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


@dataclass(slots=True)
class Result:
    """A whole run.

    Attributes:
        versions: of the contestants that took part, by name.
        absent: why others did not.
        parts: what was measured, by the title of its feeds.
        failures: what contestants did not do.
    """

    machine: str
    when: datetime
    versions: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[Measure]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def as_text(self) -> str:
        """Tables for a terminal."""
        lines = []
        for title, measures in self.parts.items():
            lines += ["", title, "", as_text(measures), "", *goal_words(measures)]
        return "\n".join([*lines, "", *self.versions.values(), *self.absent.values()])

    def as_json(self) -> dict[str, Any]:
        """Everything."""
        return {
            "when": self.when.isoformat(timespec="seconds"),
            "machine": self.machine,
            "contestants": self.versions,
            "absent": self.absent,
            "failures": self.failures,
            "feeds": {
                title: {"cases": _cases(measures), "goals": goals(measures)}
                for title, measures in self.parts.items()
            },
        }


def _cases(measures: list[Measure]) -> dict[str, Any]:
    return {
        case: {
            name: {
                "feeds": one.feeds,
                "feeds_per_s": {"median": round(one.rate, 1), "all": [round(r, 1) for r in one.rates]},
                "cpu_ms_per_feed": one.cpu_ms and round(one.cpu_ms, 3),
                "peak_mb": round(one.peak_mb, 1),
                "new_entries": one.entries,
            }
            for name, one in row.items()
        }
        for case, row in figures_of(measures).items()
    }
