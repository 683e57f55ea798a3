"""``python -m console.run.bound PARENT COMMAND…``: becomes the command, and dies with its parent.

A supervisor that is killed cannot stop its parts. Where they outlived it, the next supervisor would meet a
store whose socket is taken and a crawler that owns its partitions. SIGKILL is the right signal: every part
is made to be killed at any instant, and none of them may go on without the others.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1  # prctl(2), Linux only; elsewhere parts are stopped by hand after such a kill


def bound(command: Sequence[str]) -> list[str]:
    """The command that runs a command bound to this process."""
    return [sys.executable, "-m", "console.run.bound", str(os.getpid()), *command]


def main() -> None:
    """Bind this process to its parent, then become the command."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before we were bound to it
        sys.exit(1)
    os.execv(command[0], command)  # noqa: S606 - the supervisor's own command


if __name__ == "__main__":
    main()
