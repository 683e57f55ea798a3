"""Connections to the addresses that the guard lets pass, and why a host could not be reached.

The guard stands at the socket itself: what a redirect or a changed DNS answer leads to meets it there.
The look-ups here use its judgement one step earlier, so that a host with allowed and refused addresses
(``localhost`` as ``::1`` and ``127.0.0.1``) is reached by the former, and a host with refused ones only is
told apart from one that is down.
"""

import socket
import ssl
from collections.abc import Iterable

import aiohttp
from aiohttp.abc import ResolveResult
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from wirewatch.config.settings import Network
from wirewatch.network.guard import may_connect, refused

AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]

_CONNECT_S = 8.0
_TROUBLE: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    ((aiohttp.ClientConnectorDNSError, socket.gaierror), "host not found"),
    ((aiohttp.ClientSSLError, ssl.SSLError), "no secure connection"),
    (TimeoutError, "timed out"),
    (ConnectionRefusedError, "connection refused"),
    ((aiohttp.ServerDisconnectedError, ConnectionError), "connection closed"),
    (aiohttp.ClientConnectorError, "not reachable"),
    (aiohttp.ClientOSError, "connection closed"),
    (OSError, "not reachable"),
)


def trouble(error: BaseException) -> str:
    """What kept a receiver from answering, in a few words.

    The error's own text is left out: it may hold the destination's address, and with it a secret.
    """
    errors = (error, getattr(error, "os_error", None))  # what aiohttp wraps
    words = (words for kinds, words in _TROUBLE if any(isinstance(one, kinds) for one in errors))
    return next(words, f"failed: {type(error).__name__}")


class GuardedResolver(aiohttp.ThreadedResolver):
    """The system's resolver, without the addresses that may not be connected to."""

    def __init__(self, allow: Iterable[Network]) -> None:
        super().__init__()
        self._allow = tuple(allow)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The allowed addresses of a host.

        Raises:
            AddressRefusedError: it has addresses, and none is allowed.
            OSError: it has no address.
        """
        found = await super().resolve(host, port, family)
        allowed = [result for result in found if may_connect(result["host"], self._allow)]
        if found and not allowed:
            raise refused(host, (result["host"] for result in found))
        return allowed


class _QuickConnector(aiohttp.TCPConnector):
    """Gives a host that does not take our call a few seconds, however long its answers may take."""

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109
    ) -> Connection:
        bounded = aiohttp.ClientTimeout(
            total=timeout.total, connect=timeout.connect, sock_read=timeout.sock_read, sock_connect=_CONNECT_S
        )
        return await super().connect(req, traces, bounded)


def guarded_connector(allow: Iterable[Network], **options: object) -> aiohttp.TCPConnector:
    """An aiohttp connector that opens sockets only to addresses that may be connected to."""
    networks = tuple(allow)

    def open_socket(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if not may_connect(str(address[0]), networks):
            raise refused(str(address[0]), [str(address[0])])
        return socket.socket(family, kind, protocol)

    return _QuickConnector(
        socket_factory=open_socket,
        resolver=GuardedResolver(networks),
        **options,  # type: ignore[arg-type]
    )


def open_connection(host: str, port: int, allow: Iterable[Network], timeout_s: float) -> socket.socket:
    """A blocking TCP connection to the first allowed address of a host that answers.

    Raises:
        AddressRefusedError: the host has no allowed address.
        OSError: it has no address, or none answers.
    """
    networks = tuple(allow)
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    allowed = [address for address in dict.fromkeys(found) if may_connect(address, networks)]
    if not allowed:
        raise refused(host, found)
    for address in allowed[:-1]:
        try:
            return socket.create_connection((address, port), timeout_s)
        except OSError:
            continue
    return socket.create_connection((allowed[-1], port), timeout_s)
