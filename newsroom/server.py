"""The newsroom's web server: every outlet at its own loopback address, the control API at 127.0.0.1."""

import gzip
import socket
from typing import Any

from aiohttp import web

from newsroom.clock import Clock
from newsroom.desk import Answer, Desk
from newsroom.outlets import OUTLETS, sources
from newsroom.receiver import Receiver
from newsroom.score import score
from newsroom.world import World

CONTROL_HOST = "127.0.0.1"
GZIP_FROM_BYTES = 512
BIND_ATTEMPTS = 20
BACKLOG = 512


class Server:
    """Serves a world.

    Args:
        world: what is published; its port must be that of the listeners.
        clock: when.
        receiver: where alerts arrive.
    """

    def __init__(self, world: World, clock: Clock, receiver: Receiver) -> None:
        self.world = world
        self.clock = clock
        self.receiver = receiver
        self._desk = Desk(world, clock)
        self._runners: list[web.AppRunner] = []

    async def start(self, listeners: list[socket.socket]) -> None:
        """Serve on the sockets; the first one is the control API's."""
        control, *outlets = listeners
        for app, sockets in ((self._control(), [control]), (self._outlets(), outlets)):
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
            await runner.setup()
            self._runners.append(runner)
            for listener in sockets:
                await web.SockSite(runner, listener, backlog=BACKLOG).start()

    async def stop(self) -> None:
        """Close all listeners and connections."""
        for runner in self._runners:
            await runner.cleanup()

    def truth(self) -> list[dict[str, Any]]:
        """All articles with what should come of them; ``published`` is None for what is not out yet."""
        elapsed_s = self.clock.elapsed_s()
        rows = []
        for article in self.world.articles:
            published = self.clock.instant(article.offset_s) if article.offset_s <= elapsed_s else None
            rows.append(
                {
                    "url": article.url,
                    "title": article.story.title,
                    "outlet": article.outlet.name,
                    "subject": article.story.subject,
                    "family": article.family,
                    "topics": sorted(article.story.topics),
                    "old": article.old,
                    "published": published and published.isoformat(),
                    "copy_of": article.copy_of,
                    "trouble": article.trouble,
                }
            )
        return rows

    def _control(self) -> web.Application:
        app = web.Application(client_max_size=16 * 2**20)
        app.add_routes(
            [
                web.get("/sources", self._get_sources),
                web.get("/truth", self._get_truth),
                web.get("/score", self._get_score),
                web.post("/start", self._post_start),
                web.get("/received", self.receiver.received),
                web.post("/behaviour", self.receiver.behave),
                web.post("/hook", self.receiver.hook),
                web.post("/slack", self.receiver.slack),
            ]
        )
        return app

    def _outlets(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._get_outlet)
        return app

    async def _get_sources(self, _: web.Request) -> web.Response:
        return web.json_response(sources(self.world.port))

    async def _get_truth(self, _: web.Request) -> web.Response:
        return web.json_response(self.truth())

    async def _get_score(self, _: web.Request) -> web.Response:
        return web.json_response(score(self.world, self.clock, self.receiver.deliveries))

    async def _post_start(self, _: web.Request) -> web.Response:
        self.clock.open()
        opened = self.clock.opened
        return web.json_response({"opened": opened and opened.isoformat(), "duration_s": self._duration_s()})

    async def _get_outlet(self, request: web.Request) -> web.Response:
        """The host is the address that was connected to, whatever the Host header says."""
        host = str(request.get_extra_info("sockname")[0])
        return _response(self._desk.answer(host, request.path, request.headers), request)

    def _duration_s(self) -> float:
        return round(self.world.duration_s / self.clock.speed, 3)


def listen(port: int = 0) -> list[socket.socket]:
    """Bind one port on 127.0.0.1 and on every outlet's address; with port 0, one that is free on all.

    Raises:
        OSError: the port is taken on one of them, or this system has no 127.0.0.2 (macOS needs
            ``ifconfig lo0 alias 127.0.0.2`` for each).
    """
    hosts = [CONTROL_HOST, *(outlet.host for outlet in OUTLETS)]
    for attempt in range(BIND_ATTEMPTS):
        bound: list[socket.socket] = []
        chosen = port
        try:
            for host in hosts:
                bound.append(_bind(host, chosen))
                chosen = bound[0].getsockname()[1]
        except OSError:
            for listener in bound:
                listener.close()
            if port or attempt == BIND_ATTEMPTS - 1:
                raise
        else:
            return bound
    raise OSError("no port is free on all addresses of the newsroom")


def _bind(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def _response(answer: Answer, request: web.Request) -> web.Response:
    headers = {**answer.headers, "Vary": "Accept-Encoding"}
    body = answer.body
    if len(body) >= GZIP_FROM_BYTES and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, compresslevel=1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    if not body:
        return web.Response(status=answer.status, headers=headers)
    return web.Response(
        status=answer.status, body=body, headers=headers, content_type=answer.content_type, charset="utf-8"
    )
