"""What a file of sources says, line by line, whatever its format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COLUMNS = (
    *("url", "name", "tags", "kind", "min_interval", "max_interval", "read"),
    *("select", "urls", "not_urls"),
)
"""What there is to say of a source, in the order in which it is written."""
LISTS = ("tags", "urls", "not_urls")
"""Those of several texts."""

# A tag stands as it is, or in quotes where it has a sign that parts tags.
_TAG = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;|]*))\s*(?:[,;|]|$)')
_TO_QUOTE = re.compile(r'[,;|"]')
_FEED_SCHEME = re.compile(r"feed:(?://)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One source of a file.

    Attributes:
        place: where it stands, as ``file:line``.
        fields: those that are given, of ``COLUMNS``; tags as a list, all else as text.
    """

    place: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was set aside.

    Attributes:
        place: where it stands, as ``file:line``.
        field: which, where it is one.
        text: what is wrong, and what would be right.
    """

    place: str
    field: str
    text: str

    def __str__(self) -> str:
        """As people read it: ``file:line: field: what is wrong; what would be right``."""
        return ": ".join(part for part in (self.place, self.field, self.text) if part)


def tags_of(cell: str) -> list[str]:
    """The tags of a cell, parted by commas, semicolons or bars."""
    tags, at = [], 0
    while at < len(cell):
        found = _TAG.match(cell, at)
        if found is None:  # letters behind a closing quote
            tags.append(cell[at:])
            break
        quoted, plain = found.groups()
        tags.append(quoted.replace('""', '"') if quoted is not None else plain)
        at = found.end()
    return [tag.strip() for tag in tags if tag.strip()]


def tags_cell(tags: tuple[str, ...]) -> str:
    """The cell that :func:`tags_of` reads as these tags."""
    return ", ".join('"' + tag.replace('"', '""') + '"' if _TO_QUOTE.search(tag) else tag for tag in tags)


def web_address(url: str) -> str:
    """An address whose scheme was written for feed readers (``feed:https://…``, ``feed://…``) as http."""
    rest = _FEED_SCHEME.sub("", url.strip(), count=1) if _FEED_SCHEME.match(url.strip()) else url
    return rest if rest == url or "://" in rest else f"http://{rest}"
