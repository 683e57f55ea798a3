"""Serves the web application, until it is asked to stop."""

import asyncio
import logging
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import uvicorn
from redis.asyncio import Redis

from console.web.app import create_app
from wirewatch.config.live import LiveSettings
from wirewatch.errors import AlreadyRunningError
from wirewatch.store.connection import connect_async, store_url_of

logger = logging.getLogger(__name__)

_LOOK_EVERY_S = 1.0
_STOP_S = 3
_MOST_CONNECTIONS = 512
_MOST_HEADER_BYTES = 32_768
_BACKLOG = 512


def serve(live: LiveSettings) -> None:
    """Serve until SIGINT or SIGTERM, or until ``web.listen`` is edited: whoever started this starts it anew.

    Raises:
        AlreadyRunningError: the address to listen on is taken.
    """
    with suppress(KeyboardInterrupt), listening(live.current.web.listen) as listener:
        asyncio.run(_serve(live, listener))


def listening(address: str) -> socket.socket:
    """A socket that listens on ``host:port``.

    Raises:
        AlreadyRunningError: it is taken, or not this machine's.
    """
    parts = urlsplit(f"//{address}")
    family = socket.AF_INET6 if ":" in (parts.hostname or "") else socket.AF_INET
    try:
        return socket.create_server((parts.hostname or "", parts.port or 0), family=family, backlog=_BACKLOG)
    except OSError as error:
        words = error.strerror or str(error)
        raise AlreadyRunningError(
            f"the web part cannot listen on {address}: {words}; stop what does, or set another web.listen"
        ) from None


def server_of(connection: Redis) -> uvicorn.Server:
    """The server of the application, which logs no requests: a callback's address is a secret."""
    return uvicorn.Server(
        uvicorn.Config(
            create_app(connection),
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=_STOP_S,
            h11_max_incomplete_event_size=_MOST_HEADER_BYTES,
        )
    )


async def _serve(live: LiveSettings, listener: socket.socket) -> None:
    connection = connect_async(store_url_of(live.current))
    server = server_of(connection)
    follower = asyncio.create_task(_follow(live, server))
    try:
        logger.info("listening on %s", live.current.web.listen)
        await server.serve([listener])
    finally:
        follower.cancel()
        await connection.aclose()


async def _follow(live: LiveSettings, server: uvicorn.Server) -> None:
    """End the server when it should listen elsewhere."""
    listens = live.current.web.listen
    while True:
        await asyncio.sleep(_LOOK_EVERY_S)
        if live.refresh() and live.current.web.listen != listens:
            logger.info("web.listen was edited: starting anew")
            server.should_exit = True
