"""The callback that hubs know: they ask whether we mean a subscription, and push what is new.

Its address is the only thing that a hub proves itself by, so it is written to no log, and an unknown one
learns nothing.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from redis.asyncio import Redis
from starlette.datastructures import Headers, QueryParams

from console.web.body import BodyRefusedError, bounded_body
from console.web.signature import is_signed
from crawler.websub.lease import denied, left, verified
from wirewatch.models import now
from wirewatch.store.inbox import MOST_PUSH_BYTES, Inbox, Reception
from wirewatch.store.subscriptions import Callback, Held, Subscription, Subscriptions

logger = logging.getLogger(__name__)

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_CHALLENGE = re.compile(r"[ -~]{1,1024}")
_SECONDS = re.compile(r"\d{1,10}")
_MOST_REASON = 200
_BODY_WITHIN_S = 30.0
_BODIES_AT_ONCE = 8
_COME_AGAIN = {"Retry-After": "60"}
_TAKEN, _NOT_FOUND, _GONE, _FULL = 202, 404, 410, 503

Decision = Callable[[Subscription], Subscription | None]


class Callbacks:
    """What hubs may do with a callback's address."""

    def __init__(self, connection: Redis) -> None:
        self._subscriptions = Subscriptions(connection)
        self._inbox = Inbox(connection)
        self._bodies = asyncio.Semaphore(_BODIES_AT_ONCE)

    def routes(self) -> APIRouter:
        """The routes under ``/websub/``."""
        router = APIRouter()
        router.add_api_route("/websub/{token}", self.asked, methods=["GET"])
        router.add_api_route("/websub/{token}", self.pushed, methods=["POST"])
        return router

    async def asked(self, token: str, request: Request) -> Response:
        """A hub asks whether we mean it, or says that it will not push (WebSub, sections 5.2 and 5.3)."""
        said = request.query_params
        decide, answer = _decision(token, said), said.get("hub.challenge", "")
        if said.get("hub.mode") == "denied":
            answer = ""
        elif not _CHALLENGE.fullmatch(answer):
            return Response(status_code=_NOT_FOUND)
        while (held := await self._held(token)) is not None:
            subscription = decide(held.subscription)
            if subscription is None:
                break
            # Else the crawler has written it meanwhile: decide on that.
            if await self._subscriptions.put(held, subscription, now()):
                return PlainTextResponse(answer)
        return Response(status_code=_NOT_FOUND)

    async def pushed(self, token: str, request: Request) -> Response:
        """A hub pushes (WebSub, section 7)."""
        held = await self._held(token)
        if held is None:
            return Response(status_code=_NOT_FOUND)
        callback = next((one for one in held.subscription.callbacks if one.token == token), None)
        if callback is None:
            return Response(status_code=_GONE)
        if callback.begins is None:
            return Response(status_code=_NOT_FOUND)
        async with self._bodies:
            try:
                body = await bounded_body(request, MOST_PUSH_BYTES, _BODY_WITHIN_S)
            except BodyRefusedError as error:
                return Response(status_code=error.status)
            return await self._take(held, callback, request.headers, body)

    async def _take(self, held: Held, callback: Callback, headers: Headers, body: bytes) -> Response:
        if callback.secret and not is_signed(headers.get("x-hub-signature"), callback.secret, body):
            # Thanked all the same: whoever guesses is not told how near the guess was.
            await self._inbox.refuse()
            return Response(status_code=_TAKEN)
        kind = headers.get("content-type")
        reception = await self._inbox.accept(held.source_id, held.partition, kind, body)
        if reception is Reception.FULL:
            logger.warning("the inbox is full: is a crawler running? Hubs are asked to come again")
            return Response(status_code=_FULL, headers=_COME_AGAIN)
        return Response(status_code=_GONE if reception is Reception.GONE else _TAKEN)

    async def _held(self, token: str) -> Held | None:
        return await self._subscriptions.of_callback(token) if _TOKEN.fullmatch(token) else None


def _decision(token: str, said: QueryParams) -> Decision:
    mode, topic = said.get("hub.mode", ""), said.get("hub.topic", "")
    lease = said.get("hub.lease_seconds", "")
    reason = "".join(letter if letter.isprintable() else " " for letter in said.get("hub.reason", ""))
    decisions: dict[str, Decision] = {
        "subscribe": lambda subscription: verified(
            subscription,
            token,
            topic,
            timedelta(seconds=int(lease)) if _SECONDS.fullmatch(lease) else None,
            now(),
        ),
        "unsubscribe": lambda subscription: left(subscription, token, topic),
        "denied": lambda subscription: denied(subscription, token, topic, reason[:_MOST_REASON], now()),
    }
    return decisions.get(mode, lambda _: None)
