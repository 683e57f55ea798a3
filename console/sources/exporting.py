"""A list of sources onto standard output or into a file, of which the old version stays until it is whole."""

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from wirewatch.errors import ConfigError


def write(pieces: Iterable[str], file: Path | None) -> None:
    """Write text in UTF-8.

    Raises:
        ConfigError: if the file cannot be written: why.
    """
    if file is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
        return
    try:
        _replace(pieces, file.resolve())
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or "not a file's name"
        raise ConfigError([f"{file}: cannot be written ({reason}); name another file"]) from error


def _replace(pieces: Iterable[str], file: Path) -> None:
    if file.exists() and not file.is_file():
        raise OSError(0, "not a regular file")
    with tempfile.NamedTemporaryFile("wb", dir=file.parent, prefix=f".{file.name}.", delete=False) as new:
        try:
            for piece in pieces:
                new.write(piece.encode("utf-8", "replace"))
            new.close()
            Path(new.name).chmod(_mode(file))
            Path(new.name).replace(file)
        except BaseException:  # Ctrl-C too leaves no half-written file behind
            Path(new.name).unlink(missing_ok=True)
            raise


def _mode(file: Path) -> int:
    """The mode of the file as it is, else the one that a new file would have."""
    if file.exists():
        return file.stat().st_mode
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
