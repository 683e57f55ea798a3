"""Receivers of alerts: a webhook that checks signatures and fails on purpose, and one shaped like Slack's."""

import asyncio
import base64
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from newsroom.clock import Clock
from newsroom.score import Delivery

MOST_BLOCKS = 50
MOST_SECTION_CHARS = 3000
MOST_HEADER_CHARS = 150
MOST_FIELDS = 10
MOST_FIELD_CHARS = 2000
RETRY_AFTER_S = 1


@dataclass(slots=True)
class Behaviour:
    """What the next answers are to be.

    Attributes:
        status: answered instead of the usual one.
        delay_s: waited before answering.
        count: how many answers this holds for.
    """

    status: int | None = None
    delay_s: float = 0.0
    count: int = 1


class Receiver:
    """Records what arrives.

    Args:
        clock: tells when.
        secret: of the signatures (``whsec_…``); none are checked without one.
        fail_rate: the share of messages whose first attempt is answered 500 or 429.
    """

    def __init__(self, clock: Clock, secret: str | None = None, fail_rate: float = 0.0) -> None:
        self.clock = clock
        self.deliveries: list[Delivery] = []
        self.behaviour = Behaviour(count=0)
        self._webhook = Webhook(secret) if secret else None
        self._fail_rate = fail_rate
        self._attempts: Counter[str] = Counter()

    async def hook(self, request: web.Request) -> web.Response:
        """``POST /hook``: a receiver as Standard Webhooks describes it."""
        at = self.clock.now()
        body = (await request.read()).decode(errors="replace")
        signed = self._verified(body, dict(request.headers))
        webhook_id = request.headers.get("webhook-id", "")
        status = self._status(webhook_id) if signed else 401
        self.deliveries.append(
            Delivery("hook", webhook_id, body, dict(request.headers), status, at, signed=signed)
        )
        await self._delay()
        return _answer(status, "ok" if signed else "bad signature")

    async def slack(self, request: web.Request) -> web.Response:
        """``POST /slack``: an incoming webhook that enforces the limits of Block Kit."""
        at = self.clock.now()
        body = (await request.read()).decode(errors="replace")
        fault = block_fault(body)
        status = self._told() or (400 if fault else 200)
        self.deliveries.append(Delivery("slack", "", body, dict(request.headers), status, at))
        await self._delay()
        return _answer(status, fault or "ok")

    async def behave(self, request: web.Request) -> web.Response:
        """``POST /behaviour``: how the next answers of both endpoints are to be."""
        try:
            wanted = await request.json()
            self.behaviour = Behaviour(
                status=None if wanted.get("status") is None else int(wanted["status"]),
                delay_s=float(wanted.get("delay_s", 0.0)),
                count=int(wanted.get("count", 1)),
            )
        except (AttributeError, TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"ok": True})

    async def received(self, request: web.Request) -> web.Response:
        """``GET /received``: all deliveries in the order of arrival; ``?full=1`` adds headers and bodies."""
        full = "full" in request.query
        return web.json_response([_told_row(delivery, full) for delivery in self.deliveries])

    def _verified(self, body: str, headers: dict[str, str]) -> bool:
        if self._webhook is None:
            return True
        try:
            self._webhook.verify(body, headers, json_parse=False)
        except (WebhookVerificationError, ValueError):  # ValueError: a signature that is not base64
            return False
        return True

    def _told(self) -> int | None:
        """The status that was asked for, if one still is."""
        return self.behaviour.status if self.behaviour.count > 0 else None

    def _status(self, webhook_id: str) -> int:
        told = self._told()
        if told is not None:
            return told
        self._attempts[webhook_id] += 1
        if self._attempts[webhook_id] > 1 or not webhook_id:
            return 200
        dice = int.from_bytes(hashlib.sha256(webhook_id.encode()).digest()[:8]) / 2**64
        if dice >= self._fail_rate:
            return 200
        return 500 if dice < self._fail_rate / 2 else 429

    async def _delay(self) -> None:
        behaviour = self.behaviour
        if behaviour.count > 0:
            behaviour.count -= 1
            if behaviour.delay_s:
                await asyncio.sleep(behaviour.delay_s)


def make_secret(seed: int) -> str:
    """A secret for signatures that follows from a seed."""
    return "whsec_" + base64.b64encode(hashlib.sha256(f"newsroom {seed}".encode()).digest()[:24]).decode()


def block_fault(body: str) -> str | None:
    """What Slack would say against a message, or None.

    Limits: 50 blocks; 3000 characters in a section's text, 2000 in each of its 10 fields; 150 in a header
    (https://docs.slack.dev/reference/block-kit/blocks/).
    """
    try:
        message = json.loads(body)
    except ValueError:
        return "invalid_payload"
    if not isinstance(message, dict):
        return "invalid_payload"
    if not isinstance(message.get("text"), str) or not message["text"]:
        return "no_text"
    blocks = message.get("blocks", [])
    if not isinstance(blocks, list) or len(blocks) > MOST_BLOCKS:
        return "invalid_blocks"
    return None if all(_block_fits(block) for block in blocks) else "invalid_blocks"


def _block_fits(block: Any) -> bool:
    if not isinstance(block, dict) or not isinstance(block.get("type"), str):
        return False
    if block["type"] == "header":
        return _text_fits(block.get("text"), MOST_HEADER_CHARS, {"plain_text"})
    if block["type"] != "section":
        return True
    fields = block.get("fields", [])
    if "text" not in block and not fields:
        return False
    return (
        ("text" not in block or _text_fits(block["text"], MOST_SECTION_CHARS))
        and isinstance(fields, list)
        and len(fields) <= MOST_FIELDS
        and all(_text_fits(text, MOST_FIELD_CHARS) for text in fields)
    )


def _text_fits(
    text: Any, most: int, kinds: frozenset[str] | set[str] = frozenset({"plain_text", "mrkdwn"})
) -> bool:
    return (
        isinstance(text, dict)
        and text.get("type") in kinds
        and isinstance(text.get("text"), str)
        and 0 < len(text["text"]) <= most
    )


def _answer(status: int, text: str) -> web.Response:
    headers = {"Retry-After": str(RETRY_AFTER_S)} if status == web.HTTPTooManyRequests.status_code else {}
    return web.Response(status=status, text=text, headers=headers)


def _told_row(delivery: Delivery, full: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "endpoint": delivery.endpoint,
        "id": delivery.webhook_id,
        "type": delivery.message.get("type"),
        "topic": delivery.topic,
        "url": delivery.url,
        "status": delivery.status,
        "signed": delivery.signed,
        "at": delivery.at.isoformat(),
    }
    if full:
        row |= {"headers": delivery.headers, "body": delivery.body}
    return row
