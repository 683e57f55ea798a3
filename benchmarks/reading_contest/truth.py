"""A folder of saved pages, and what a person found on each: ``truth.json``."""

import gzip
import json
import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

_MOST_BYTES = 60_000_000
_SHAPE = (
    'a list of {"file", "url", "title", "authors", "published", "body"}; '
    "what nobody has looked up is null or left out"
)


class TruthError(Exception):
    """A folder that cannot be measured on: which file, entry and field, and what it should be."""


class TruePage(BaseModel):
    """What a page says, according to a person. None: nobody has looked."""

    model_config = ConfigDict(frozen=True)

    file: str = Field(pattern=r"^[^/\\]+\.html?(\.gz)?$")
    url: str
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    body: str | None = None

    @field_validator("published")
    @classmethod
    def _begins_with_its_day(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"\d{4}-\d\d-\d\d(?!\d)", value):
            raise ValueError("begins with no day such as 2026-11-24")
        return value

    @property
    def day(self) -> str | None:
        """The day of publication where the outlet is, as ``2026-11-24``."""
        return self.published[:10] if self.published else None


@dataclass(frozen=True, slots=True)
class Folder:
    """Pages with their truth, in its order."""

    path: Path
    pages: list[TruePage]

    def html(self, page: TruePage) -> bytes:
        """A page's bytes as they came from its server.

        Raises:
            TruthError: if its file is damaged.
        """
        path = self.path / page.file
        try:
            if path.suffix != ".gz":
                return path.read_bytes()
            with gzip.open(path) as file:
                return file.read(_MOST_BYTES)
        except (OSError, EOFError, zlib.error) as error:
            raise TruthError(f"{path}: {error}") from error


def load(path: Path) -> Folder:
    """The pages of a folder that its truth.json names.

    Raises:
        TruthError: if there is none, if it is malformed, or if a page that it names is not there.
    """
    told = path / "truth.json"
    pages: list[TruePage] = []
    for number, entry in enumerate(_entries(told), 1):
        name = entry.get("file") if isinstance(entry, dict) else None
        which = f"{told}: entry {number}" + (f" ({name})" if name else "")
        try:
            pages.append(TruePage.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise TruthError(
                f"{which}: {field + ': ' if field else ''}{first['msg']}; needed is {_SHAPE}"
            ) from None
        if not (path / pages[-1].file).is_file():
            raise TruthError(
                f"{which}: file: {path} has no such page; take the entry out, or save the page there"
            )
    return Folder(path, pages)


def _entries(told: Path) -> list[Any]:
    try:
        entries = json.loads(told.read_text("utf-8"))
    except FileNotFoundError:
        raise TruthError(f"{told}: there is no such file; needed is {_SHAPE}") from None
    except (OSError, ValueError, RecursionError) as error:
        raise TruthError(f"{told}: {error}; needed is JSON, {_SHAPE}") from None
    if not isinstance(entries, list) or not entries:
        raise TruthError(f"{told}: no list, or an empty one; needed is {_SHAPE}")
    return entries
