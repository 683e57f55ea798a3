"""lemon24 reader as a contestant, in a virtual environment of the benchmark's own."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, cast

from polling_contest.contestant import LONGEST_SWEEP_S, AbsentError, Sweep

_VERSION = "3.26"
# Its own copy of feedparser imports sgmllib, which feedparser's newest releases no longer bring along.
_PACKAGES = (f"reader=={_VERSION}", "sgmllib3k==1.0.0")
_WORKERS = 20
_SCRIPT = Path(__file__).with_name("reader_sweeps.py")


def _environment() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (
        cache / "wirewatch-bench" / f"reader-{_VERSION}-py{sys.version_info.major}.{sys.version_info.minor}"
    )


class LemonReader:
    """``update_feeds(workers=20)`` on a database on disk, one process for all sweeps."""

    name = "reader"
    settles = 0

    def prepare(self) -> str:
        """Install it from its package, once: into ~/.cache/wirewatch-bench."""
        folder = _environment()
        self._python = str(folder / "bin" / "python")
        done = folder / "installed"
        if not done.exists():
            install = (self._python, "-m", "pip", "install", "--quiet", *_PACKAGES)
            for command in ((sys.executable, "-m", "venv", "--clear", str(folder)), install):
                told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
                if told.returncode:
                    reason = (told.stderr.strip().splitlines() or ["no reason given"])[-1]
                    raise AbsentError(f"reader {_VERSION} could not be installed into {folder}: {reason}")
            done.touch()
        return f"lemon24 reader {_VERSION}, {_WORKERS} workers"

    def start(self, urls: list[str]) -> None:
        """An empty database with these feeds."""
        self._folder = tempfile.TemporaryDirectory(prefix="ww-reader-")
        command = [self._python, str(_SCRIPT), str(Path(self._folder.name) / "reader.db"), str(_WORKERS)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)  # noqa: S603
        self._say(json.dumps(urls))

    def sweep(self, case: str) -> Sweep:  # noqa: ARG002
        """Update all feeds."""
        too_long = threading.Timer(LONGEST_SWEEP_S, self._process.kill)
        too_long.start()
        self._say("sweep")
        line = cast(IO[str], self._process.stdout).readline()
        too_long.cancel()
        if not line:
            raise RuntimeError(f"reader ended, or took over {LONGEST_SWEEP_S:.0f} s")
        told = json.loads(line)
        if told["failed"]:
            raise RuntimeError(f"{told['failed']} feeds failed with reader")
        return Sweep(told["ended"], told["cpu_s"], told["peak_mb"], told["entries"])

    def _say(self, line: str) -> None:
        heard = cast(IO[str], self._process.stdin)
        heard.write(f"{line}\n")
        heard.flush()

    def stop(self) -> None:
        """End the process and remove the database."""
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()
