"""Requests a second and processor time of Scrapy's download handlers: ours, Scrapy's own, an incubator's.

All ask the same loopback server (50 hosts, 64 requests in flight) with the crawler's own settings; only the
handler differs, and the middleware that a foreign one needs to unpack bodies. Each run is a process of its
own; the order changes from round to round, and the median counts.
"""

import argparse
import asyncio
import gzip
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import scrapy
from rich.console import Console
from rich.table import Table
from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings as ours

_HOSTS, _IN_FLIGHT, _WARM_UP = 50, 64, 300
_INCUBATOR = ("scrapy-download-handlers-incubator==0.7.0", "pyreqwest==0.15.1", "wreq==0.13.0")
_OURS = "Wirewatch"
_HANDLERS = {
    _OURS: "crawler.http.handler.GuardedHandler",
    "Scrapy's aiohttp": "scrapy.core.downloader.handlers._aiohttp.AiohttpDownloadHandler",
    "Scrapy's own (Twisted)": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler",
    "incubator: pyreqwest": "scrapy_download_handlers_incubator.handlers.PyreqwestDownloadHandler",
    "incubator: wreq": "scrapy_download_handlers_incubator.handlers.WreqDownloadHandler",
}
_UNPACKING = "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware"
_FEED = b"<item><title>The county board votes</title><link>https://example.org/1</link></item>" * 150
_HEAD = b'HTTP/1.1 %b\r\nContent-Type: application/rss+xml\r\nETag: "1"\r\nContent-Length: %d\r\n%b\r\n%b'
_PACKED = gzip.compress(_FEED)
_ANSWERS = {
    "304": _HEAD.replace(b"Content-Length: %d\r\n", b"") % (b"304 Not Modified", b"", b""),
    "12 kB": _HEAD % (b"200 OK", len(_FEED), b"", _FEED),
    "12 kB, gzip": _HEAD % (b"200 OK", len(_PACKED), b"Content-Encoding: gzip\r\n", _PACKED),
}


class _Server(asyncio.Protocol):
    """Answers what the number in the path stands for."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._head = b""

    def data_received(self, data: bytes) -> None:
        *heads, self._head = (self._head + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write([*_ANSWERS.values()][int(head[5:6])])


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Server, "0.0.0.0", 0, backlog=1024)  # noqa: S104
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def _served() -> Iterator[str]:
    server = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield server.stdout.readline().strip() if server.stdout else ""
    finally:
        server.kill()
        server.wait()


class _Asking(scrapy.Spider):
    """Asks as fast as it is answered; the first requests only open the connections."""

    name = "asking"

    async def start(self) -> AsyncIterator[Any]:
        room = asyncio.Semaphore(_IN_FLIGHT)
        for count in (_WARM_UP, self.count):
            begun, spent = time.perf_counter(), time.process_time()
            tasks = []
            for number in range(count):
                await room.acquire()
                tasks.append(asyncio.create_task(self._ask(room, number)))
            bodies = set(await asyncio.gather(*tasks))
            wall, spent = time.perf_counter() - begun, time.process_time() - spent
        if bodies - {_FEED, b""}:
            raise AssertionError("an answer is not what was sent")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"rate": self.count / wall, "cpu": spent * 1000 / self.count, "peak": peak}))
        return
        yield

    async def _ask(self, room: asyncio.Semaphore, number: int) -> bytes:
        try:
            url = f"http://127.0.0.{1 + number % _HOSTS}:{self.port}/{self.answer}/{number}"
            response = await self.crawler.engine.download_async(
                Request(url, meta={"dont_obey_robotstxt": True})
            )
            return bytes(response.body)
        finally:
            room.release()


def _run(handler: str, port: str, answer: int, count: int) -> None:
    settings = Settings()
    settings.setmodule(ours)
    settings.set("SPIDER_MODULES", [])
    settings.set("WIREWATCH_ALLOW_NETWORKS", ["127.0.0.0/8"])
    settings.set("LOG_LEVEL", "ERROR")
    settings.set("DOWNLOAD_HANDLERS", {**ours.DOWNLOAD_HANDLERS, "http": _HANDLERS[handler], "https": None})
    if handler != _OURS:
        settings.set("DOWNLOADER_MIDDLEWARES", {**ours.DOWNLOADER_MIDDLEWARES, _UNPACKING: 590})
    process = AsyncCrawlerProcess(settings)
    process.crawl(_Asking, port=port, answer=answer, count=count)
    process.start()


def _measured(handler: str, port: str, answer: int, count: int, path: str) -> dict[str, float] | None:
    """One run in a process of its own; None where the handler is not installed."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, __file__, "--run", handler, port, str(answer), str(count)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
        timeout=300,
    )
    if not done.stdout:
        print(f"{handler}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _incubator(folder: str) -> bool:
    """Install the incubator's handlers beside our environment, not into it."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", folder, *_INCUBATOR]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def _compare(count: int, rounds: int) -> Table:
    columns = [f"{answer}: {what}" for answer in _ANSWERS for what in ("requests/s", "CPU ms")]
    table = Table("handler", *columns, "peak MB", title=f"{count} requests, median of {rounds}")
    with tempfile.TemporaryDirectory(prefix="ww-bench-") as folder, _served() as port:
        names = [name for name in _HANDLERS if not name.startswith("incubator")]
        if _incubator(folder):
            names = [*_HANDLERS]
        else:
            print("The incubator's handlers cannot be installed here; they are left out.")
        found: dict[tuple[str, int], list[dict[str, float]]] = {}
        for turn in range(rounds):
            for answer in range(len(_ANSWERS)):
                for name in names[turn % len(names) :] + names[: turn % len(names)]:
                    if (figures := _measured(name, port, answer, count, folder)) is not None:
                        found.setdefault((name, answer), []).append(figures)
    for name in names:
        row, peak = [name], 0.0
        for answer in range(len(_ANSWERS)):
            runs = found.get((name, answer), [])
            row += [
                f"{statistics.median(one[what] for one in runs):,.{places}f}" if runs else "-"
                for what, places in (("rate", 0), ("cpu", 3))
            ]
            peak = max([peak, *(one["peak"] for one in runs)])
        table.add_row(*row, f"{peak:.0f}")
    return table


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--requests", type=int, default=5000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--run", nargs=4, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.serve:
        asyncio.run(_serve())
    elif asked.run:
        handler, port, answer, count = asked.run
        _run(handler, port, int(answer), int(count))
    else:
        Console(width=140).print(_compare(asked.requests, asked.rounds))


if __name__ == "__main__":
    main()
