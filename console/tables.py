"""How lists are shown: as a table for people, as JSON for programs; and times as people say them."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workers.alerts.plain import one_line

_MOST_FOLDED = 1_000  # rich takes 0.7 ms a row, and there may be a hundred thousand sources
_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def show_json(value: object) -> None:
    """Print a value as one JSON document."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    print(text.encode("utf-8", "replace").decode())


def show_table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their columns' names, if these are given.

    A terminal gets them folded to its width; a pipe, or where they are many, whole lines. Cells may hold a
    stranger's text: whatever could steer a terminal is taken out of them.
    """
    cells = [[one_line(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty() or len(cells) > _MOST_FOLDED:
        _print_plain([list(names), *cells] if any(names) else cells)
        return
    table = Table(box=None, pad_edge=False, header_style="bold", show_header=any(names))
    for name in names:
        table.add_column(name, overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row))
    Console(highlight=False).print(table)


def _print_plain(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        print("  ".join(padded).rstrip())


def span(length: timedelta) -> str:
    """A length of time in its largest unit: ``3 m``, ``2 h``."""
    seconds = round(length.total_seconds())
    for unit, size in _UNITS:
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return "0 s"


def relative(moment: datetime | None, now: datetime, otherwise: str = "–") -> str:
    """A moment seen from now: ``3 m ago``, ``in 2 h``, ``now``; ``otherwise`` where there is none."""
    if moment is None:
        return otherwise
    away = moment - now
    if abs(away) < timedelta(seconds=1):
        return "now"
    return f"in {span(away)}" if away > timedelta(0) else f"{span(-away)} ago"
