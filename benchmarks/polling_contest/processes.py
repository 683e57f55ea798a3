"""What a process and those that it started have cost so far, read from Linux's /proc."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process, its children and theirs, as far as they live."""
    children: dict[int, list[int]] = {}
    for one, fields in _all():
        children.setdefault(int(fields[1]), []).append(one)
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def cpu_s(pid: int) -> float:
    """Seconds of processor time, user and system, of a process and its family, the ended ones included."""
    members = set(family(pid))
    # Fields 14 to 17 of proc(5): its own time, and that of its children that have ended.
    ticks = sum(sum(map(int, fields[11:15])) for one, fields in _all() if one in members)
    return ticks / _TICKS


def peak_mb(pid: int) -> float:
    """The most memory that was ever resident in each of a family that lives, added up, in MB."""
    kib = 0
    for one in family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{one}/status").read_text("utf-8", "replace").splitlines():
                if line.startswith("VmHWM:"):
                    kib += int(line.split()[1])
    return kib * 1024 / 1e6


def _all() -> Iterator[tuple[int, list[str]]]:
    """Every process, with its fields from the third of proc(5) on: its state, its parent and so on."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended meanwhile
            yield int(path.parent.name), path.read_text("utf-8", "replace").rpartition(")")[2].split()
