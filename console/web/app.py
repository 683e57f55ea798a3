"""The web application."""

import asyncio
import logging

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from redis.asyncio import Redis
from redis.exceptions import RedisError

from console.web.headers import SafeHeaders
from console.web.websub import Callbacks

logger = logging.getLogger(__name__)

_ANSWER_WITHIN_S = 2.0
_UNAVAILABLE = 503


def create_app(connection: Redis) -> FastAPI:
    """The application on a store.

    It has no pages that describe it: what is there, its callers know.

    Args:
        connection: to the store; its owner closes it.
    """
    app = FastAPI(title="Wirewatch", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_middleware(SafeHeaders)
    app.add_exception_handler(RedisError, _come_again)
    app.include_router(Callbacks(connection).routes())

    @app.get("/healthz")
    async def healthz() -> Response:
        """Whether this part works: for load balancers and containers."""
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                await connection.ping()
        except (RedisError, OSError):
            return PlainTextResponse("the store does not answer", _UNAVAILABLE)
        return PlainTextResponse("ok")

    return app


async def _come_again(_: Request, error: Exception) -> Response:
    """While the store is away nothing is taken; hubs come again."""
    logger.warning("the store does not answer (%s)", error)
    return PlainTextResponse("the store does not answer", _UNAVAILABLE, {"Retry-After": "10"})
