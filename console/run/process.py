"""One part's process: started, read, restarted with growing pauses, stopped."""

import signal
import subprocess
import threading
import time
from collections.abc import Callable
from typing import IO

from console.run.bound import bound
from console.run.parts import Part

Line = Callable[[str, str, bool], None]  # part, text, whether it came from standard error

_FIRST_PAUSE_S = 0.1
_LONGEST_PAUSE_S = 30.0
_HEALTHY_AFTER_S = 20.0


class PartProcess:
    """A part that is kept running."""

    def __init__(self, part: Part, line: Line) -> None:
        self.part = part
        self.restarts = 0
        self._line = line
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._pause = _FIRST_PAUSE_S
        self._start_at = 0.0

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The process, if it was started and did not end."""
        return self._process

    def start(self) -> subprocess.Popen[bytes]:
        """Start it. From the main thread: Linux binds a child to the thread that made it."""
        process = subprocess.Popen(  # noqa: S603 - our own commands
            bound(self.part.command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Ctrl-C reaches a terminal's whole group; who stops when is the supervisor's to say.
            start_new_session=True,
        )
        self._process = process
        self._started = time.monotonic()
        for stream, is_error in ((process.stdout, False), (process.stderr, True)):
            if stream is not None:
                threading.Thread(target=self._read, args=(stream, is_error), daemon=True).start()
        return process

    def tend(self) -> None:
        """Restart it if it ended: at once the first time, then after growing pauses."""
        now = time.monotonic()
        if self._process is not None and (code := self._process.poll()) is not None:
            lived = now - self._started
            self._pause = _FIRST_PAUSE_S if lived > _HEALTHY_AFTER_S else self._pause
            self._line(self.part.name, f"{_ending(code)}; starting it again in {self._pause:.1f} s", True)
            self._start_at = now + self._pause
            self._pause = min(self._pause * 2, _LONGEST_PAUSE_S)
            self._process = None
        elif self._process is None and now >= self._start_at:
            self.restarts += 1
            self.start()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def wait_until(self, deadline: float) -> bool:
        """Whether it ended by a moment of the monotonic clock."""
        if self._process is None:
            return True
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def _read(self, stream: IO[bytes], is_error: bool) -> None:
        with stream:
            for raw in stream:
                text = raw.decode("utf-8", "replace").rstrip()
                # Addresses and errors of strangers are in it: nothing of theirs may move the cursor.
                text = "".join(letter if letter.isprintable() else " " for letter in text)
                if text.strip():
                    self._line(self.part.name, text, is_error)


def _ending(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
