"""The feed servers of the contest: one process, many loopback addresses, answers at hand.

``python -m polling_contest.server PORT-FILE COUNT [FEEDS-DIR]`` serves ``http://127.0.0.N:PORT/feed/K.xml``
for every K, at any of the addresses, and is told over ``/-/begin/MODE`` what the feeds shall do from now on:

* ``first``: 200 with an ETag and a Last-Modified;
* ``unchanged``: 304 to those who echo them, else as before;
* ``same``: 200 with the same bytes and no validators;
* ``new``: 200 with one entry more, and a new ETag.

``/-/stats`` tells as JSON how often it was asked in this mode, and when first and last (by
``time.monotonic``, one clock for all processes of a machine).
"""

import asyncio
import json
import socket
import sys
import time
from email.utils import formatdate
from pathlib import Path

import uvloop

from polling_contest.bodies import Feed, documents, feeds
from polling_contest.hosts import HOSTS

_END = b"\r\n\r\n"
_STARTED = time.time() - 86_400
_BACKLOG = 1024
_TRIES = 20


class World:
    """The feeds, what they do now, and how often they were asked."""

    def __init__(self, served: list[Feed]) -> None:
        self._feeds = served
        self._mode = "first"
        self._asked = [0] * len(served)
        self._versions = [0] * len(served)
        self._not_modified = 0
        self._first_at = self._last_at = 0.0

    def answer(self, path: bytes, head: bytes) -> bytes:
        """The bytes of an answer."""
        if path.startswith(b"/-/begin/"):
            self._mode = path.rpartition(b"/")[2].decode()
            self._asked = [0] * len(self._feeds)
            self._not_modified, self._first_at = 0, 0.0
            return _ok(b"{}", b"application/json")
        if path == b"/-/stats":
            return _ok(json.dumps(self._stats()).encode(), b"application/json")
        if not path.startswith(b"/feed/"):
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        return self._feed(int(path[6:-4]), head)

    def _feed(self, number: int, head: bytes) -> bytes:
        self._last_at = time.monotonic()
        self._first_at = self._first_at or self._last_at
        self._asked[number] += 1
        feed = self._feeds[number]
        if self._mode == "new":
            self._versions[number] += 1
            return _ok(feed.next_body(), b"application/rss+xml", self._validators(number))
        if self._mode == "same":
            return _ok(feed.body(), b"application/rss+xml")
        validators = self._validators(number)
        if self._mode == "unchanged" and _echoed(head) == self._etag(number):
            self._not_modified += 1
            return b"HTTP/1.1 304 Not Modified\r\n" + validators + b"\r\n"
        return _ok(feed.body(), b"application/rss+xml", validators)

    def _etag(self, number: int) -> bytes:
        return b'"%d-%d"' % (number, self._versions[number])

    def _validators(self, number: int) -> bytes:
        # libcurl, and so newsboat, takes a 200 whose Last-Modified is not newer for a 304.
        modified = formatdate(_STARTED + self._versions[number], usegmt=True).encode()
        return b"ETag: %b\r\nLast-Modified: %b\r\n" % (self._etag(number), modified)

    def _stats(self) -> dict[str, float]:
        return {
            "requests": sum(self._asked),
            "feeds": sum(1 for times in self._asked if times),
            "not_modified": self._not_modified,
            "first_at": self._first_at,
            "last_at": self._last_at,
        }


def _echoed(head: bytes) -> bytes:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"if-none-match":
            return value.strip()
    return b""


def _ok(body: bytes, content_type: bytes, more: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n%b\r\n%b" % (
        content_type,
        len(body),
        more,
        body,
    )


class _Connection(asyncio.Protocol):
    def __init__(self, world: World) -> None:
        self._world = world
        self._heard = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport  # uvloop's are of no class of asyncio's

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while _END in self._heard:
            head, _, self._heard = self._heard.partition(_END)
            self._transport.write(self._world.answer(head.split(b" ", 2)[1], head))
            if b"connection: close" in head.lower():
                self._transport.close()


async def _serve(port_file: Path, served: list[Feed]) -> None:
    world = World(served)
    loop = asyncio.get_running_loop()
    bound = _bound()
    for one in bound:
        await loop.create_server(lambda: _Connection(world), sock=one, backlog=_BACKLOG)
    part = port_file.with_suffix(".part")
    part.write_text(str(bound[0].getsockname()[1]), "ascii")
    part.rename(port_file)
    await asyncio.Event().wait()


def _bound() -> list[socket.socket]:
    """One port that is free at all addresses."""
    for _ in range(_TRIES):
        found: list[socket.socket] = []
        try:
            for host in HOSTS:
                one = socket.socket()
                found.append(one)
                one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                one.bind((host, found[0].getsockname()[1]))  # 0, any, for the first
        except OSError:  # another program has this port at one of them
            for one in found:
                one.close()
        else:
            return found
    raise OSError("no port is free at all addresses")


if __name__ == "__main__":
    real = documents(Path(sys.argv[3])) if len(sys.argv) > 3 else None  # noqa: PLR2004
    uvloop.run(_serve(Path(sys.argv[1]), feeds(int(sys.argv[2]), real)))
