"""A conversation with an SMTP server, whose address is checked when it is connected to."""

import base64
import smtplib
import socket
import ssl
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from wirewatch.config.settings import Network
from wirewatch.network.connecting import open_connection

_SMTPS_PORT = 465
_SUBMISSION_PORT = 587
_RELAY_PORT = 25
_LOGGED_IN = 235


class UnusableServerError(Exception):
    """A server that mail may not be given to as it is configured: what is wrong, and the remedy."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed in, as ``smtp://`` or ``smtps://`` says it."""

    host: str
    port: int
    tls: bool
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def smtp_server(url: str) -> SmtpServer:
    """Read an address such as ``smtps://user:p%40ss@mail.example.org``; user and password percent-encoded.

    Without a port: 465 for ``smtps``; for ``smtp`` 587 with a user, 25 without.

    Raises:
        UnusableServerError: it cannot be read; its text does not repeat the address.
    """
    unreadable = UnusableServerError(
        "the destination's smtp must read smtp://user:password@host:port or smtps://…, "
        "with other signs than letters and digits in user and password percent-encoded (@ is %40, / is %2F)"
    )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise unreadable from None
    tls = parts.scheme == "smtps"
    if (
        parts.scheme not in {"smtp", "smtps"}
        or not host
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        raise unreadable
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    usual = _SMTPS_PORT if tls else _SUBMISSION_PORT if user else _RELAY_PORT
    return SmtpServer(host, port or usual, tls, user, password)


class _Guarded(smtplib.SMTP):
    """smtplib's client on a socket to a checked address; TLS still asks for the host's name."""

    def __init__(self, server: SmtpServer, allow: Iterable[Network], timeout_s: float) -> None:
        self._allow = tuple(allow)
        self._until = time.monotonic() + timeout_s
        super().__init__(server.host, server.port, timeout=timeout_s)

    def getreply(self) -> tuple[int, bytes]:
        """The server's next answer; all of them together have the one budget of the conversation.

        Raises:
            TimeoutError: when that is spent. A server that is slow at every step would else be given the
                same message again while it still takes the first.
        """
        left_s = self._until - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        if self.sock is not None:
            self.sock.settimeout(left_s)
        return super().getreply()

    # The seam that smtplib itself uses to put TLS beneath SMTP_SSL.
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return open_connection(host, port, self._allow, timeout)


class _GuardedTls(_Guarded):
    """The same, with TLS from the first byte."""

    def __init__(
        self, server: SmtpServer, allow: Iterable[Network], timeout_s: float, context: ssl.SSLContext
    ) -> None:
        self._context = context
        super().__init__(server, allow, timeout_s)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._context.wrap_socket(super()._get_socket(host, port, timeout), server_hostname=host)


def hand_in(
    message: EmailMessage,
    server: SmtpServer,
    allow: Iterable[Network],
    timeout_s: float,
    context: ssl.SSLContext,
) -> dict[str, tuple[int, bytes]]:
    """Give a message to a server, under TLS where the server offers it.

    Args:
        message: its From and To are the envelope's as well.
        server: where to.
        allow: private networks that may be connected to.
        timeout_s: for the whole conversation.
        context: which certificates are trusted.

    Returns:
        The recipients that the server refused while it took the message for others, with its code and words.

    Raises:
        UnusableServerError: the server cannot be used as it is configured.
        smtplib.SMTPException, OSError: what smtplib and the network say.
    """
    client = (
        _GuardedTls(server, allow, timeout_s, context) if server.tls else _Guarded(server, allow, timeout_s)
    )
    try:
        client.ehlo_or_helo_if_needed()
        if not server.tls and client.has_extn("starttls"):
            client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
        if server.user:
            _log_in(client, server)
        refused = client.send_message(message)
        # The message is taken. What goes wrong in saying goodbye must not have it sent again.
        with suppress(smtplib.SMTPException, OSError):
            client.quit()
        return refused
    finally:
        client.close()


def password_may_travel(address: str, *, encrypted: bool) -> bool:
    """Whether a password may be sent to a numeric address: readable only where the internet cannot read it.

    A server out there that offers no STARTTLS, or one whose offer somebody on the way has hidden, gets none.
    """
    return encrypted or not ip_address(address.partition("%")[0]).is_global


def _log_in(client: smtplib.SMTP, server: SmtpServer) -> None:
    if not client.has_extn("auth"):
        raise UnusableServerError(f"{server.host} offers no log-in; leave user and password out of smtp")
    if client.sock is None:
        raise smtplib.SMTPServerDisconnected("closed before the log-in")
    address = client.sock.getpeername()[0]
    if not password_may_travel(address, encrypted=isinstance(client.sock, ssl.SSLSocket)):
        raise UnusableServerError(f"{server.host} offers no STARTTLS to protect the password; use smtps://")
    if (server.user + server.password).isascii():
        client.login(server.user, server.password)
        return
    # smtplib's log-in is ASCII only (https://github.com/python/cpython/issues/73936); RFC 4616 says UTF-8.
    plain = base64.b64encode(f"\0{server.user}\0{server.password}".encode()).decode()
    code, words = client.docmd("AUTH", f"PLAIN {plain}")
    if code != _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, words)
