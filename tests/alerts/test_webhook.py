import asyncio
import json
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web
from pydantic import SecretStr
from standardwebhooks import Webhook

from wirewatch.config.settings import NetworkAccess
from workers.alerts.payload import webhook_body
from workers.alerts.webhook import WebhookSender

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def deliver(receiver, handler, alert, network, *, secret=SECRET, timeout_s=5.0, attempts=1):
    """Send an alert to a receiver; the outcomes and what the receiver got."""

    async def run():
        async with receiver(handler) as (url, received):
            signed = SecretStr(secret) if secret else None
            sender = WebhookSender("hook", SecretStr(url), signed, network, timeout_s)
            outcomes = [await sender.send(alert, "d42") for _ in range(attempts)]
        return outcomes, received

    return asyncio.run(run())


def answering(status, text="", **headers):
    async def handler(request):
        return web.Response(
            status=status, text=text, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    return handler


def test_a_receiver_gets_the_alert_signed_with_the_secret(receiver, make_alert, loopback):
    (outcome,), [(request, body)] = deliver(receiver, answering(200, "thanks"), make_alert(), loopback)
    assert (outcome.kind, outcome.status, outcome.answer) == ("delivered", "200", "thanks")
    assert Webhook(SECRET).verify(body, dict(request.headers))["data"]["topic"] == "tariffs"
    assert body == webhook_body(make_alert())
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"].startswith("Wirewatch/")
    assert abs(int(request.headers["webhook-timestamp"]) - datetime.now(UTC).timestamp()) < 60


def test_each_attempt_has_the_same_id_and_the_same_body(receiver, make_alert, loopback):
    outcomes, received = deliver(receiver, answering(503), make_alert(), loopback, attempts=3)
    assert [outcome.kind for outcome in outcomes] == ["retry"] * 3
    assert {(request.headers["webhook-id"], body) for request, body in received} == {
        ("d42", webhook_body(make_alert()))
    }


def test_without_a_secret_the_alert_goes_unsigned(receiver, make_alert, loopback):
    _, [(request, _)] = deliver(receiver, answering(204), make_alert(), loopback, secret=None)
    assert "webhook-signature" not in request.headers


@pytest.mark.parametrize("secret", ["whsec_", "whsec_a", "whsec_!!!!", "sécret"])
def test_a_secret_that_cannot_sign_is_refused_without_being_told(secret, receiver, make_alert, loopback):
    (outcome,), received = deliver(receiver, answering(200), make_alert(), loopback, secret=secret)
    assert (outcome.kind, outcome.status, received) == ("refused", "secret cannot be used", [])
    assert "base64" in outcome.answer


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (200, "delivered"),
        (202, "delivered"),
        (204, "delivered"),
        (299, "delivered"),
        (301, "retry"),
        (307, "retry"),
    ]
    + [(status, "retry") for status in (400, 401, 403, 404, 429, 500, 502, 503, 504)],
)
def test_only_2xx_is_success_and_everything_but_410_may_mend(status, kind, receiver, make_alert, loopback):
    (outcome,), _ = deliver(receiver, answering(status), make_alert(), loopback)
    assert (outcome.kind, outcome.status) == (kind, str(status))


def test_a_receiver_that_is_gone_is_refused(receiver, make_alert, loopback):
    (outcome,), _ = deliver(receiver, answering(410), make_alert(), loopback)
    assert (outcome.kind, outcome.status) == ("refused", "410 gone")


def test_a_redirect_is_not_followed(receiver, make_alert, loopback):
    _, received = deliver(receiver, answering(302, Location="/elsewhere"), make_alert(), loopback)
    assert [request.path for request, _ in received] == ["/hook"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_in_seconds_or_as_a_date_is_kept(status, receiver, make_alert, loopback):
    (outcome,), _ = deliver(receiver, answering(status, Retry_After="120"), make_alert(), loopback)
    assert outcome.retry_after == 120

    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    (outcome,), _ = deliver(receiver, answering(status, Retry_After=later), make_alert(), loopback)
    assert 60 < outcome.retry_after <= 90


def test_a_receiver_that_hangs_is_tried_again(receiver, make_alert, loopback):
    async def handler(request):
        await asyncio.Event().wait()

    (outcome,), _ = deliver(receiver, handler, make_alert(), loopback, timeout_s=0.2)
    assert (outcome.kind, outcome.status) == ("retry", "timed out")


def test_a_receiver_that_closes_without_an_answer_is_tried_again(receiver, make_alert, loopback):
    async def handler(request):
        request.transport.close()
        return web.Response()

    (outcome,), _ = deliver(receiver, handler, make_alert(), loopback)
    assert (outcome.kind, outcome.status) == ("retry", "connection closed")


@pytest.mark.parametrize(("status", "kind"), [(200, "delivered"), (500, "retry")])
def test_the_status_line_decides_when_the_answer_breaks_off(status, kind, receiver, make_alert, loopback):
    async def handler(request):
        response = web.StreamResponse(status=status, headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"half an ans")
        request.transport.close()
        return response

    (outcome,), _ = deliver(receiver, handler, make_alert(), loopback)
    assert (outcome.kind, outcome.status, outcome.answer) == (kind, str(status), "half an ans")


def test_an_endless_answer_is_read_to_2_kb(receiver, make_alert, loopback):
    async def handler(request):
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1000):
            await response.write(b"x" * 65_536)
        return response

    (outcome,), _ = deliver(receiver, handler, make_alert(), loopback)
    assert (outcome.kind, len(outcome.answer)) == ("delivered", 2048)


def test_an_answer_cannot_steer_a_terminal(receiver, make_alert, loopback):
    (outcome,), _ = deliver(receiver, answering(500, "\x1b[2Jno\nway\x00"), make_alert(), loopback)
    assert outcome.answer == "[2Jno\nway"


def send_to(url, alert, network):
    return asyncio.run(WebhookSender("hook", SecretStr(url), None, network, 5.0).send(alert, "d42"))


def test_nobody_listening_is_tried_again(make_alert, loopback):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        for host in ("127.0.0.1", "localhost"):
            outcome = send_to(f"http://{host}:{port}/secret-path", make_alert(), loopback)
            assert (outcome.kind, outcome.status) == ("retry", "connection refused")
            assert "secret-path" not in json.dumps(outcome.answer)


def test_an_unknown_host_is_tried_again(make_alert, loopback):
    outcome = send_to("http://nowhere.invalid/", make_alert(), loopback)
    assert (outcome.kind, outcome.status) == ("retry", "host not found")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254", "0x7f.1"]
)
def test_a_private_address_is_refused_with_its_remedy_unless_it_is_allowed(host, make_alert):
    outcome = send_to(f"http://{host}:9/", make_alert(), NetworkAccess())
    assert (outcome.kind, outcome.status) == ("refused", "address not allowed")
    assert "network.allow" in outcome.answer


@pytest.mark.parametrize("url", ["ftp://example.org/", "not a url", "http://", "file:///etc/passwd"])
def test_what_is_not_a_web_address_is_refused(url, make_alert, loopback):
    outcome = send_to(url, make_alert(), loopback)
    assert (outcome.kind, outcome.status) == ("refused", "not an address")


def test_a_certificate_that_nobody_signed_is_not_trusted(certificate, make_alert, loopback):
    server_side, _ = certificate

    async def run():
        server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0, ssl=server_side)
        async with server:
            url = f"https://localhost:{server.sockets[0].getsockname()[1]}/"
            return await WebhookSender("hook", SecretStr(url), None, loopback, 5.0).send(make_alert(), "d42")

    outcome = asyncio.run(run())
    assert (outcome.kind, outcome.status) == ("retry", "no secure connection")
