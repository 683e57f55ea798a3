"""Alerts told on this machine: a line printed, a line appended to ``matches.jsonl``.

Where topics without ``send`` go: a first run shows something before any destination is configured.
"""

import asyncio
import errno
import fcntl
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wirewatch.models import Alert, Notice
from workers.alerts.fields import alert_fields, json_bytes
from workers.alerts.notice import line as notice_line
from workers.alerts.outcome import Outcome
from workers.alerts.plain import one_line

MATCHES = "matches.jsonl"

# How far back a repeat is looked for: some two thousand lines. A repeat comes at once, or half a minute
# after the worker that wrote the line was killed.
_LOOKED_BACK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class LocalSender:
    """Prints alerts and keeps them in a file that only grows."""

    name: str
    folder: Path

    async def send(self, alert: Alert, delivery_id: str) -> Outcome:  # noqa: ARG002 - the line has the alert's id
        """Append an alert's line, unless it is there; print it if it was appended."""
        return await asyncio.to_thread(self._send, alert)

    async def send_digest(self, alerts: Sequence[Alert], delivery_id: str) -> Outcome:
        """Append each alert's line that is not there; delivered if all are."""
        outcomes = [await self.send(alert, delivery_id) for alert in alerts]
        return next((outcome for outcome in outcomes if outcome.kind != "delivered"), outcomes[-1])

    async def send_notice(self, notice: Notice, delivery_id: str) -> Outcome:  # noqa: ARG002 - as in send
        """Print a notice. The file is of matches, and those who read it expect nothing else."""
        _print(notice_line(notice))
        return Outcome("delivered", "printed")

    def _send(self, alert: Alert) -> Outcome:
        try:
            appended = append(self.folder / MATCHES, matches_line(alert))
        except OSError as error:  # a full disk, a folder without permission: a person mends it meanwhile
            return Outcome("retry", "not written", f"{self.folder / MATCHES}: {error.strerror}")
        if not appended:
            return Outcome("delivered", "already written")
        _print(printed_line(alert))
        return Outcome("delivered", "written")


def matches_line(alert: Alert) -> bytes:
    """An alert as a line of ``matches.jsonl``: its id comes first."""
    fields = alert_fields(alert)
    story, match = fields["story"], fields["match"]
    line = {
        "alert_id": fields["alert_id"],
        "topic": fields["topic"],
        "url": story["url"],
        "title": story["title"],
        "source": story["source"],
        "published": story["published"],
        "first_seen": story["first_seen"],
        "score": match["score"],
        "snippet": match["snippet"],
    }
    return json_bytes(line) + b"\n"


def printed_line(alert: Alert) -> str:
    """An alert as a line for a terminal, in which news text cannot move the cursor."""
    story = alert.story
    return (
        f"{one_line(alert.topic)}: {one_line(story.title)} ({one_line(story.source)}) {one_line(story.url)}"
    )


def append(path: Path, line: bytes) -> bool:
    """Append a line for good, unless its first field is that of a line among the file's last megabyte.

    Args:
        path: the file; made, with its folder, if missing.
        line: JSON, made by :func:`matches_line`.

    Returns:
        Whether the line was appended.

    Raises:
        OSError: it could not be; the file is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        tail, size = _tail(file)
        # News text holds no raw newline once it is JSON, so this stands at the head of a line only.
        if b"\n" + line[: line.index(b",") + 1] in tail:
            os.fsync(file)  # its writer may have been killed before it came to this
            return False
        if not tail.endswith(b"\n"):
            line = b"\n" + line
        try:
            _write(file, line)
        except OSError:
            os.ftruncate(file, size)  # or the next attempt would take the line for one that was kept
            raise
        if size == 0:
            _keep_name(path.parent)
    finally:
        os.close(file)
    return True


def _tail(file: int) -> tuple[bytes, int]:
    """The file's last megabyte after a newline, and its size, with what a power cut left of a line cut off.

    The alert of a torn line was never acknowledged, and comes again.
    """
    size = os.fstat(file).st_size
    tail = b"\n" + os.pread(file, _LOOKED_BACK_BYTES, max(size - _LOOKED_BACK_BYTES, 0))
    whole, newline, last = tail.rpartition(b"\n")
    if not last or _is_json(last):
        return tail, size
    os.ftruncate(file, size - len(last))
    return whole + newline, size - len(last)


def _write(file: int, line: bytes) -> None:
    if os.write(file, line) < len(line):  # what a disk does that has room for half a line
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _keep_name(folder: Path) -> None:
    # A new file's name is the folder's, and survives a power cut only once the folder is synced too.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _print(line: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stdout.flush()
    except (OSError, ValueError):
        pass  # nobody reads our output any more: the file has the line
