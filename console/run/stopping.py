"""Being asked to stop, by SIGINT or SIGTERM."""

import signal
import time

_LOOK_EVERY_S = 0.1


class StopSignal:
    """Set by SIGINT or SIGTERM from the moment it is made.

    A plain flag: a handler runs between two steps of the main thread, and ``threading.Event.set`` there waits
    for ever for the lock that ``Event.wait`` may just have taken.
    """

    def __init__(self) -> None:
        self._asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self._asked = True

    def wait(self, seconds: float) -> bool:
        """Wait for some seconds; whether it was asked to stop, by then or before."""
        end = time.monotonic() + seconds
        while not self._asked and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _LOOK_EVERY_S))
        return self._asked
