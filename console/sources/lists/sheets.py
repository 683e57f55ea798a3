"""Sources as a sheet: a line with the columns' names, then a line each, with commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterable, Iterator

from console.sources.lists.rows import COLUMNS, LISTS, Fault, Row, tags_cell, tags_of

_LONGEST_CELL = 20_000
_MOST_LINES = 50  # of one row: a quote that is not closed must not swallow the rest of the file
_DELIMITERS = (",", ";", "\t")


def delimiter_of(text: str) -> str | None:
    """The sign between the cells if the text's first line names a column ``url``, else None."""
    header = text.lstrip().partition("\n")[0]
    for delimiter in _DELIMITERS:
        if "url" in _names(header.split(delimiter)):
            return delimiter
    return None


def read_sheet(text: str, name: str, delimiter: str) -> Iterator[Row | Fault]:
    """Each row of a sheet; a row that cannot be read is set aside, and the rest goes on."""
    columns: list[str] = []
    for line, cells in _rows(text, delimiter):
        place = f"{name}:{line}"
        if isinstance(cells, str):
            yield Fault(place, "", cells)
        elif not any(cell.strip() for cell in cells):
            continue
        elif not columns:
            columns = _names(cells)
            for column in columns:
                if column not in COLUMNS:
                    yield Fault(
                        place, column[:40], f"unknown column, left out; there are {', '.join(COLUMNS)}"
                    )
        elif len(cells) > len(columns):
            yield Fault(
                place,
                "",
                f"{len(cells)} cells under {len(columns)} columns; put a cell with a comma in quotes",
            )
        else:
            given = {
                column: cell.strip()
                for column, cell in zip(columns, cells, strict=False)
                if column in COLUMNS and cell.strip()
            }
            yield Row(place, {**given, **{name: tags_of(given[name]) for name in LISTS if name in given}})


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row's first line and cells, or what is wrong with it."""
    lines = list(io.StringIO(text, newline=""))
    at = 0
    while at < len(lines):
        for end in range(at + 1, min(at + _MOST_LINES, len(lines)) + 1):
            try:
                found = next(csv.reader(lines[at:end], strict=True, delimiter=delimiter), [])
            except csv.Error as error:
                if "unexpected end" in str(error):
                    continue  # a cell with line breaks
                yield at + 1, f"{error}; put a cell in quotes, and each quote in it twice"
                at += 1
                break
            if any(len(cell) > _LONGEST_CELL for cell in found):
                yield at + 1, f"a cell of more than {_LONGEST_CELL:,} characters; shorten it"
            else:
                yield at + 1, found
            at = end
            break
        else:
            yield at + 1, "a quote is opened and not closed; close it, or write it twice"
            at += 1


def _names(cells: Iterable[str]) -> list[str]:
    return [cell.strip().strip('"').strip().lower().replace(" ", "_") for cell in cells]


def write_sheet(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a sheet with commas, that spreadsheets read too."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = {**row.fields, **{name: tags_cell(row.fields.get(name, ())) for name in LISTS}}
        writer.writerow([cells.get(column, "") for column in COLUMNS])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()
