import ipaddress
import ssl
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from wirewatch.config.settings import NetworkAccess
from wirewatch.ids import AlertId, ClusterId, SourceId, StoryId
from wirewatch.models import Alert, Copy, Hit, Match, Story

SEEN = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def loopback():
    """A network section that allows the receivers of these tests."""
    return NetworkAccess(allow=["127.0.0.0/8", "::1/128"])


@pytest.fixture(scope="session")
def make_alert():
    """An alert with some of its words replaced."""

    def make(
        *,
        topic="tariffs",
        snippet="New tariffs on steel begin on Monday",
        hits=1,
        copies=2,
        created=SEEN,
        alert_id="a1f0",
        **story,
    ):
        facts = {
            "url": "https://news.example.org/tariffs?a=1&b=2",
            "title": "Tariffs on steel: what begins on Monday",
            "source": "Example Politics",
            "authors": ("Ada Reporter",),
            "language": "en",
            "published": SEEN - timedelta(hours=1),
            "first_seen": SEEN,
            "summary": "The duties begin on Monday.",
        }
        return Alert(
            id=AlertId(alert_id),
            topic=topic,
            cluster=ClusterId("c1"),
            story=Story(id=StoryId("t1"), source_id=SourceId("s1"), **(facts | story)),
            match=Match(
                topic=topic,
                score=0.83,
                snippet=snippet,
                hits=tuple(Hit(field="title", start=n, end=n + 7, text="Tariffs") for n in range(hits)),
            ),
            copies=tuple(
                Copy(
                    url=f"https://copy{n}.example.net/x",
                    source=f"Copy {n}",
                    title="Tariffs on steel",
                    published=SEEN,
                )
                for n in range(copies)
            ),
            created=created,
        )

    return make


@pytest.fixture(scope="session")
def receiver():
    """``async with receiver(handler) as (url, received)``: an HTTP server that keeps what it was sent."""
    # A handler that waits for good ends when its client has gone: handler_cancellation.

    @asynccontextmanager
    async def serve(handler):
        received = []

        async def keep(request):
            received.append((request, await request.read()))
            return await handler(request)

        app = web.Application()
        app.router.add_route("*", "/{path:.*}", keep)
        runner = web.AppRunner(app, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", received
        finally:
            await runner.cleanup()

    return serve


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A server's TLS context for ``localhost``, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "localhost.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cafile=str(file))


class Mailbox:
    """What an SMTP server took, and what it says to recipients and at the end."""

    def __init__(self, replies=None, at_data="250 taken", at_quit="221 bye"):
        self.taken = []
        self.replies = replies or {}
        self.at_data = at_data
        self.at_quit = at_quit

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if reply := self.replies.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, _server, session, envelope):  # noqa: N802
        self.taken.append((session.authenticated, session.ssl is not None, envelope))
        return self.at_data

    async def handle_QUIT(self, _server, _session, _envelope):  # noqa: N802
        return self.at_quit


class OnAnyPort(Controller):
    """aiosmtpd's controller greets its server on the port it asked for; this one on the port it got."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture(scope="session")
def mail_server():
    """``with mail_server(...) as (port, mailbox)``: an SMTP server that may want a login."""

    @contextmanager
    def serve(login=None, starttls=None, smtps=None, **says):
        def check(server, session, envelope, mechanism, data):
            known = login is not None and (data.login.decode(), data.password.decode()) == login
            return AuthResult(success=known, handled=known)  # not handled: the server says 535

        mailbox = Mailbox(**says)
        controller = OnAnyPort(
            mailbox,
            hostname="127.0.0.1",
            port=0,
            server_hostname="localhost",
            ssl_context=smtps,
            tls_context=starttls,
            authenticator=check,
            auth_required=login is not None,
            auth_require_tls=False,
        )
        controller.start()
        try:
            yield controller.port, mailbox
        finally:
            controller.stop()

    return serve
