"""A request's body, bounded while it is read."""

import asyncio

from fastapi import Request
from starlette.requests import ClientDisconnect


class BodyRefusedError(Exception):
    """A body that is not read to its end.

    Attributes:
        status: of the answer.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def bounded_body(request: Request, most: int, within_s: float) -> bytes:
    """The body as it came.

    Args:
        request: whose.
        most: bytes.
        within_s: seconds for all of it.

    Raises:
        BodyRefusedError: it is longer, or takes longer, or breaks off.
    """
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told[:20]) > most:
        raise BodyRefusedError(413)
    body = bytearray()
    try:
        async with asyncio.timeout(within_s):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise BodyRefusedError(413)
    except TimeoutError:
        raise BodyRefusedError(408) from None
    except ClientDisconnect:
        raise BodyRefusedError(400) from None
    return bytes(body)
