"""From files to rows: the format is found out by what is in them."""

import codecs
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from console.sources.lists.opml import read_opml
from console.sources.lists.plain import read_json, read_plain
from console.sources.lists.rows import Fault, Row
from console.sources.lists.sheets import delimiter_of, read_sheet
from wirewatch.errors import ConfigError

STANDARD_INPUT = "-"
_LARGEST = 60_000_000  # a hundred thousand sources with names and tags take some 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


def read_file(path: Path) -> Iterator[Row | Fault]:
    """What a file of sources says; ``-`` is standard input.

    Raises:
        ConfigError: if it cannot be read at all: why, and what to do.
    """
    name = "standard input" if str(path) == STANDARD_INPUT else str(path)
    text = _decoded(_bytes(path, name), name)
    begin = text.lstrip()[:1]
    if begin == "<":
        return read_opml(text, name)
    if begin in ("[", "{"):
        return read_json(text, name)
    delimiter = delimiter_of(text)
    return read_plain(text, name) if delimiter is None else read_sheet(text, name, delimiter)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if str(path) == STANDARD_INPUT:
            body = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with path.open("rb") as file:
                body = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or "not a file's name"
        raise ConfigError([f"{name}: cannot be read ({reason}); nothing was imported"]) from error
    if len(body) > _LARGEST:
        raise ConfigError([f"{name}: longer than {_LARGEST // 1_000_000} MB; divide it"])
    return body


def _decoded(body: bytes, name: str) -> str:
    encoding = "utf-8"
    for mark, marked in _BOMS:
        if body.startswith(mark):
            body, encoding = body[len(mark) :], marked
            break
    else:
        declared = _XML_ENCODING.match(body)
        # What could be read so far is not in two bytes a letter, whatever it says.
        if declared and not declared[1].lower().startswith((b"utf-16", b"utf16", b"ucs")):
            encoding = declared[1].decode("ascii")
    try:
        return body.decode(encoding)
    except LookupError:
        raise ConfigError([f"{name}:1: its encoding {encoding} is not known; save it as UTF-8"]) from None
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = body.count(b"\n", 0, start) + 1
        raise ConfigError([f"{name}:{line}: not {encoding.upper()}; save the file as UTF-8"]) from None
