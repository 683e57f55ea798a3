"""A server of raw sockets that does whatever a test wants, and the crawler that asks it."""

import asyncio
import importlib.util
import ipaddress
import json
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_ASKER = Path(__file__).with_name("asker.py")
_spec = importlib.util.spec_from_file_location("asker", _ASKER)
asker = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(asker)


class RawServer:
    """Answers on every loopback address, path by path, from a thread of its own."""

    def __init__(self, context=None):
        self.routes: dict[str, Callable] = {}
        self.otherwise: bytes | Callable = answer(b"not here", status="404 Not Found")
        self.asked: list[tuple[str, str]] = []  # path, head
        self.connections = 0
        self.resumed = 0  # TLS sessions that were taken up again
        self._secure = context is not None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._open(context), self._loop).result(10)

    async def _open(self, context):
        # The listening line is long: a test may open hundreds of connections at once.
        self._server = await asyncio.start_server(self._serve, "0.0.0.0", 0, ssl=context, backlog=1024)
        return self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader, writer):
        self.connections += 1
        secured = writer.get_extra_info("ssl_object")
        self.resumed += bool(secured and secured.session_reused)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split()[1].decode()
                self.asked.append((path, head.decode("latin-1")))
                route = self.routes.get(path, self.otherwise)
                if isinstance(route, bytes):
                    writer.write(route)
                elif await route(reader, writer) == "hang up":
                    return
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def url(self, path, host="127.0.0.1"):
        return f"http{'s' if self._secure else ''}://{host}:{self.port}{path}"

    def paths(self):
        return [path for path, _ in self.asked]

    def close(self):
        def stop():
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.call_soon(self._loop.stop)

        self._loop.call_soon_threadsafe(stop)
        self._thread.join(10)


def answer(body=b"", status="200 OK", **headers):
    """A plain answer; header names with _ for -, lists for repeated ones."""
    lines = [f"HTTP/1.1 {status}"]
    if "Content_Length" not in headers and "Transfer_Encoding" not in headers:
        headers["Content_Length"] = len(body)
    for name, value in headers.items():
        values = value if isinstance(value, list) else [value]
        lines += [f"{name.replace('_', '-')}: {one}" for one in values]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@pytest.fixture
def server():
    made = RawServer()
    yield made
    made.close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """The files of a certificate for localhost that vouches for itself: (certificate, key)."""
    folder = tmp_path_factory.mktemp("certificate")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "certificate.pem", folder / "key.pem"


@pytest.fixture
def secure_server(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    made = RawServer(context)
    yield made
    made.close()


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The certificate is one of the system's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


@pytest.fixture(scope="session")
def crawl():
    return asker.crawl


@pytest.fixture(scope="session")
def respond():
    return answer


@pytest.fixture(scope="session")
def ask_apart():
    """Ask addresses in a process of its own, whose memory is measured."""

    def ask(urls, **settings):
        done = subprocess.run(
            [sys.executable, str(_ASKER)],
            input=json.dumps({"urls": urls, "settings": settings}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return ask
