"""A configuration file's text, or the reason why there is none."""

import codecs
from pathlib import Path

from wirewatch.errors import ConfigError

MAX_BYTES = 60_000_000
"""Above a hundred thousand sources with names and tags; beyond it lies a file given by mistake."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, without its byte order mark.

    Raises:
        ConfigError: when the file is missing, unreadable, too long, or not UTF-8.
    """
    return _decode(path, _read_bytes(path))


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        problem = "no such file; `wirewatch config init` makes one"
    except IsADirectoryError:
        problem = "is a directory; name the file in it"
    except PermissionError:
        problem = "this user may not read it; change its owner or mode, as with `chmod u+r`"
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or "not a file's name"
        problem = f"cannot be read ({reason}); give another file with --config"
    else:
        if len(body) <= MAX_BYTES:
            return body
        problem = (
            f"longer than {MAX_BYTES // 1_000_000} MB; keep large lists of sources in the store with "
            "`wirewatch sources add`"
        )
    raise ConfigError([f"{path}: {problem}"])


def _decode(path: Path, body: bytes) -> str:
    if body.startswith(_UTF16):
        raise ConfigError([f"{path}:1: is UTF-16; save the file as UTF-8"])
    body = body.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        start = error.start
    line = body.count(b"\n", 0, start) + 1
    place = start - body.rfind(b"\n", 0, start)
    problem = f"byte {place} of the line, 0x{body[start]:02x}, is not UTF-8; save the file as UTF-8"
    raise ConfigError([f"{path}:{line}: {problem}"])
