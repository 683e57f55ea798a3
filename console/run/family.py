"""The processes below a process, for the demo that kills some of them."""

import os
from pathlib import Path


def descendants(root: int) -> list[int]:
    """The ids of a process and of all below it, read from /proc; just the process where there is none."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in parentheses, may hold anything; the parent is the second field behind it.
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found, new = [], [root]
    while new:
        one = new.pop()
        found.append(one)
        new += children.get(one, [])
    return found


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
