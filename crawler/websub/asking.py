"""One request to a hub: subscribe or unsubscribe, and what it says to it."""

from collections.abc import Mapping
from urllib.parse import urljoin

import aiohttp

from crawler.websub.hubs import may_be_told_secret
from wirewatch.network.connecting import trouble
from wirewatch.network.guard import refusal_in
from wirewatch.text.urls import is_web

TIMEOUT_S = 20.0

_TAKEN = range(200, 300)  # 202 by the recommendation; older hubs say 204
_ELSEWHERE = (307, 308)
_MOST_HOPS = 3
_ANSWER_BYTES = 2048
_MOST_WORDS = 200


async def ask(session: aiohttp.ClientSession, hub: str, form: Mapping[str, str]) -> str | None:
    """Post a form to a hub, or to the one that it sends us to.

    Args:
        session: guarded, without cookies.
        hub: its address.
        form: the ``hub.`` parameters (WebSub, section 5.1).

    Returns:
        None: it took the request; else why not, in words for people.
    """
    for _ in range(_MOST_HOPS + 1):
        try:
            async with session.post(hub, data=dict(form), allow_redirects=False) as response:
                if response.status not in _ELSEWHERE:
                    return None if response.status in _TAKEN else await _refusal(response)
                elsewhere = urljoin(hub, response.headers.get("Location", ""))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            refused = refusal_in(error)
            return str(refused) if refused else f"the hub: {trouble(error)}"
        if not is_web(elsewhere):
            return "the hub sends us nowhere"
        if "hub.secret" in form and not may_be_told_secret(elsewhere):
            return "the hub sends us to one without https"
        hub = elsewhere
    return "the hub sends us in circles"


async def _refusal(response: aiohttp.ClientResponse) -> str:
    """A hub should say in plain text what is wrong."""
    told = (await response.content.read(_ANSWER_BYTES)).decode("utf-8", "replace")
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in told).split())
    return f"the hub answers {response.status}: {words}"[:_MOST_WORDS].rstrip(": ")
