"""A pretend WebSub hub on loopback: it asks back, leases, signs and distributes, well or badly as it is told.

By the W3C recommendation of 2018-01-23, the hub's side. It runs in the loop of whoever starts it.
"""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

import aiohttp
from aiohttp import web

HOST = "127.0.0.1"
ANSWER_TIMEOUT_S = 10.0
MOST_LEASE_S = 864_000


@dataclass(slots=True)
class Manners:
    """How the hub behaves.

    Attributes:
        status: answered to requests; None: 202, and it asks back.
        elsewhere: it sends subscribers to this hub, with 307.
        lease_s: what it leases for, whatever was asked; None: what was asked, ten days at most.
        denies: with this reason, instead of asking back.
        asks_back: whether it asks whether the subscriber meant it.
        at_once: whether it asks back before it answers, as hubs of the older protocol did.
        method: of its signatures.
        signature: what it sends instead of a right signature; "": none.
        topic: the topic that it says it was asked for; None: the right one.
    """

    status: int | None = None
    elsewhere: str | None = None
    lease_s: int | None = None
    denies: str | None = None
    asks_back: bool = True
    at_once: bool = False
    method: str = "sha256"
    signature: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A callback that has said that it means it."""

    callback: str
    topic: str
    secret: str
    lease_s: int


@dataclass(slots=True)
class Hub:
    """Serves one hub.

    Attributes:
        url: its address, once it is started.
        asked: the forms of all requests, in order.
        answers: of the subscribers to its questions: mode, status, whether the challenge came back.
        subscribers: by topic and callback.
        manners: how it behaves from now on.
    """

    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: list[tuple[str, int, bool]] = field(default_factory=list)
    subscribers: dict[tuple[str, str], Subscriber] = field(default_factory=dict)
    manners: Manners = field(default_factory=Manners)
    _runner: web.AppRunner | None = None
    _client: aiohttp.ClientSession | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self, port: int = 0) -> None:
        """Listen on loopback."""
        app = web.Application()
        app.router.add_post("/hub", self._take)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        self.url = f"http://{HOST}:{self._runner.addresses[0][1]}/hub"
        self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_TIMEOUT_S))

    async def stop(self) -> None:
        """Forget what is under way and close."""
        await self.idle()
        if self._client is not None:
            await self._client.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def idle(self) -> None:
        """Wait until every question that it had was asked."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def publish(self, topic: str, body: bytes, content_type: str) -> list[int]:
        """Push to each subscriber of a topic; their answers' statuses."""
        statuses = []
        for one in [one for one in self.subscribers.values() if one.topic == topic]:
            headers = {
                "Content-Type": content_type,
                "Link": f'<{self.url}>; rel="hub", <{topic}>; rel="self"',
                **self._signature(one.secret, body),
            }
            async with self._http.post(
                one.callback, data=body, headers=headers, allow_redirects=False
            ) as answer:
                statuses.append(answer.status)
        return statuses

    async def deny(self, topic: str, reason: str = "") -> list[int]:
        """Tell every subscriber of a topic that it is over; their answers' statuses."""
        over = [key for key, one in self.subscribers.items() if one.topic == topic]
        return [await self._say_no(self.subscribers.pop(key), reason) for key in over]

    @property
    def _http(self) -> aiohttp.ClientSession:
        if self._client is None:
            raise RuntimeError("the hub is not started")
        return self._client

    def _signature(self, secret: str, body: bytes) -> dict[str, str]:
        if self.manners.signature is not None:
            return {"X-Hub-Signature": self.manners.signature} if self.manners.signature else {}
        if not secret:
            return {}
        method = self.manners.method
        digest = hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()
        return {"X-Hub-Signature": f"{method}={digest}"}

    async def _take(self, request: web.Request) -> web.Response:
        form = dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        self.asked.append(form)
        manners = self.manners
        if manners.elsewhere is not None:
            return web.Response(status=307, headers={"Location": manners.elsewhere})
        if manners.status is not None:
            return web.Response(status=manners.status, text=f"no: {form.get('hub.callback')}")
        if manners.at_once:
            await self._ask_back(form)
        else:
            task = asyncio.create_task(self._ask_back(form))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return web.Response(status=202)

    async def _ask_back(self, form: Mapping[str, str]) -> None:
        mode, callback, topic = form["hub.mode"], form["hub.callback"], form["hub.topic"]
        wanted = min(int(form.get("hub.lease_seconds", MOST_LEASE_S)), MOST_LEASE_S)
        lease_s = wanted if self.manners.lease_s is None else self.manners.lease_s
        one = Subscriber(callback, topic, form.get("hub.secret", ""), lease_s)
        if self.manners.denies is not None:
            await self._say_no(one, self.manners.denies)
            return
        if not self.manners.asks_back:
            return
        challenge = secrets.token_urlsafe(24)
        said = {"hub.mode": mode, "hub.topic": self.manners.topic or topic, "hub.challenge": challenge}
        if mode == "subscribe":
            said["hub.lease_seconds"] = str(lease_s)
        status, text = await self._get(callback, said)
        agreed = status // 100 == 2 and text == challenge  # noqa: PLR2004 - any 2xx
        self.answers.append((mode, status, agreed))
        if agreed and mode == "subscribe":
            self.subscribers[topic, callback] = one
        elif agreed:
            self.subscribers.pop((topic, callback), None)

    async def _say_no(self, one: Subscriber, reason: str) -> int:
        said = {"hub.mode": "denied", "hub.topic": one.topic, "hub.reason": reason}
        return (await self._get(one.callback, said))[0]

    async def _get(self, callback: str, said: Mapping[str, str]) -> tuple[int, str]:
        joint = "&" if "?" in callback else "?"
        async with self._http.get(callback + joint + urlencode(said), allow_redirects=False) as answer:
            return answer.status, await answer.text()
