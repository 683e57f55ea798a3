"""Sources as plain lines, an address each, and as JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from console.sources.lists.rows import COLUMNS, Fault, Row


def read_plain(text: str, name: str) -> Iterator[Row | Fault]:
    """An address a line; blank lines, and those that begin with ``#``, are passed over."""
    for number, line in enumerate(text.split("\n"), 1):
        word = line.strip()
        if word and not word.startswith("#"):
            yield Row(f"{name}:{number}", {"url": word})


def write_plain(rows: Iterable[Row]) -> Iterator[str]:
    """The addresses alone."""
    for row in rows:
        yield f"{row.fields['url']}\n"


def read_json(text: str, name: str) -> Iterator[Row | Fault]:
    """A list of objects, or of addresses."""
    try:
        entries = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        yield Fault(f"{name}:{line}", "", f"not JSON ({getattr(error, 'msg', error)}); correct it there")
        return
    except RecursionError:
        yield Fault(
            f"{name}:1", "", 'nested without end; give a list such as [{"url": "https://example.org/feed"}]'
        )
        return
    if not isinstance(entries, list):
        yield Fault(f"{name}:1", "", 'not a list; write [{"url": "https://example.org/feed"}]')
        return
    for number, entry in enumerate(entries, 1):
        yield _row(f"{name}: source {number}", {"url": entry} if isinstance(entry, str) else entry)


def _row(place: str, entry: Any) -> Row | Fault:
    if not isinstance(entry, dict):
        return Fault(
            place, "", 'neither an address nor an object such as {"url": "https://example.org/feed"}'
        )
    given = {name: value for name, value in entry.items() if name in COLUMNS and value not in (None, "", [])}
    return Row(place, given)


def write_json(rows: Iterable[Row]) -> Iterator[str]:
    """A list of objects, one a line."""
    before = "[\n"
    for row in rows:
        yield before + json.dumps(dict(row.fields), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
