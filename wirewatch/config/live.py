"""A configuration that follows its file: a valid edit takes effect, an invalid one is refused and told."""

import logging
from collections.abc import Callable
from pathlib import Path

from wirewatch.config.load import Document, load_document
from wirewatch.config.settings import Settings
from wirewatch.errors import ConfigError

_log = logging.getLogger(__name__)

_Stamp = tuple[int, int, int]


class LiveSettings:
    """The last good settings of a file; whoever holds it asks for news as often as it likes.

    Args:
        path: the file.
        data_dir: goes before the file's own.
        check: raises ConfigError for what only the caller can judge, such as a topic's query.

    Attributes:
        current: the last good settings.
        problem: what is wrong with the file now, or None.

    Raises:
        ConfigError: when the file is no good at the start.
    """

    def __init__(
        self, path: Path, data_dir: Path | None = None, check: Callable[[Document], None] | None = None
    ) -> None:
        self._path = path
        self._data_dir = data_dir
        self._check = check
        self.problem: str | None = None
        # The stamp is taken before the file is read: an edit in between is then seen the next time.
        self._stamp = self._stat()
        self.current = self._load()

    def refresh(self) -> bool:
        """Look at the file, and read it if it is another than last time.

        Returns:
            Whether new settings were taken.
        """
        stamp = self._stat()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self.current = self._load()
        except ConfigError as error:
            self._refuse(str(error))
            return False
        self.problem = None
        return True

    def _load(self) -> Settings:
        document = load_document(self._path, data_dir=self._data_dir)
        if self._check is not None:
            self._check(document)
        return document.settings

    def _refuse(self, problem: str) -> None:
        if problem != self.problem:
            _log.warning("The configuration stays as it was; its file now has errors:\n%s", problem)
        self.problem = problem

    def _stat(self) -> _Stamp | None:
        """What changes with the file: an editor that saves by renaming changes the inode. None: no file."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
