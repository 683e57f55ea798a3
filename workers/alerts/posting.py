"""One POST to a receiver, and its answer or its failure as an outcome."""

from collections.abc import Callable, Mapping

import aiohttp

from wirewatch import __version__
from wirewatch.config.settings import NetworkAccess
from wirewatch.models import now
from wirewatch.network.connecting import guarded_connector, trouble
from wirewatch.network.guard import refusal_in
from workers.alerts import plain
from workers.alerts.outcome import ANSWER_BYTES, Kind, Outcome, retry_after_s

TIMEOUT_S = 20.0  # Standard Webhooks: 15 to 30

Judge = Callable[[int, str], tuple[Kind, str]]


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    judge: Judge,
    network: NetworkAccess,
    timeout_s: float = TIMEOUT_S,
) -> Outcome:
    """Post JSON; redirects are not followed, and at most 2 kB of the answer are read.

    Args:
        url: http or https; never told in the outcome, since it may be a secret.
        body: sent as it is.
        headers: on top of the content type and the user agent.
        judge: what a status code and an answer mean: the outcome's kind and its words.
        network: who we say we are, and where we may connect.
        timeout_s: for the whole exchange.
    """
    sent = {
        "Content-Type": "application/json",
        "Accept-Encoding": "identity",  # an answer is kept, not unpacked
        "User-Agent": f"Wirewatch/{__version__} (+{plain.one_line(network.contact)})",
        **headers,
    }
    connector = guarded_connector(network.allow)
    session = aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=timeout_s),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    )
    try:
        async with session, session.post(url, data=body, headers=sent, allow_redirects=False) as response:
            answer = await _beginning(response)
            kind, status = judge(response.status, answer)
            wait_s = retry_after_s(response.headers.get("Retry-After"), now()) if kind == "retry" else None
            return Outcome(kind, status, answer, wait_s)
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return _failure(error)


async def _beginning(response: aiohttp.ClientResponse) -> str:
    """The first 2 kB of an answer, or what came of them.

    The verdict stands in the status line: a receiver that took the alert and closes in the middle of its
    answer has taken the alert, and sending it again would tell it twice.
    """
    read = bytearray()
    try:
        while len(read) < ANSWER_BYTES:
            piece = await response.content.read(ANSWER_BYTES - len(read))
            if not piece:
                break
            read += piece
    except (aiohttp.ClientError, OSError):
        pass
    return plain.lines(read.decode("utf-8", "replace"))


def _failure(error: BaseException) -> Outcome:
    if refused := refusal_in(error):
        return Outcome("refused", "address not allowed", str(refused))
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return Outcome(
            "refused", "not an address", "the destination's url must begin with http:// or https://"
        )
    return Outcome("retry", trouble(error))
