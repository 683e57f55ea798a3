"""Connections to the addresses that the guard lets pass, and why a host could not be reached.

The guard stands at the socket itself: what a redirect or a changed DNS answer leads to meets it there.
The look-ups here use its judgement one step earlier, so that a host with allowed and refused addresses
(``localhost`` as ``::1`` and ``127.0.0.1``) is reached by the former, and a host with refused ones only is
told apart from one that is down.
"""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast

import aiohttp
from aiohttp.abc import ResolveResult
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from wirewatch.config.settings import Network
from wirewatch.network.guard import may_connect, refused

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]

_CONNECT_S = 8.0
_MOST_LOOK_UPS = 128
_MOST_FILES = 65_536
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


class _LookUps:
    """Look-ups of names, each in a thread of its own; the part of a loop that aiohttp's resolver uses.

    The loop's own has four to six threads for all, and a name server that is down holds one for half a
    minute: a few dead names would keep every other host from being found.
    """

    def __init__(self) -> None:
        self._room = asyncio.Semaphore(_MOST_LOOK_UPS)

    async def getaddrinfo(self, host: str, port: int, **options: int) -> Any:
        """As ``socket.getaddrinfo``.

        Raises:
            OSError: the host has no address.
        """
        await self._room.acquire()
        loop = asyncio.get_running_loop()
        found: asyncio.Future[Any] = loop.create_future()

        def tell(answer: object) -> None:
            self._room.release()  # only here: a look-up whose asker gave up still has its thread
            if found.done():
                return
            if isinstance(answer, OSError):
                found.set_exception(answer)
            else:
                found.set_result(answer)

        def look_up() -> None:
            answer: object
            try:
                answer = socket.getaddrinfo(host, port, **options)
            except OSError as error:
                answer = error
            except UnicodeError:
                answer = socket.gaierror(socket.EAI_NONAME, "not a host name")
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(tell, answer)

        # A daemon, not an executor's: those are waited for when the process ends.
        threading.Thread(target=look_up, name="look-up", daemon=True).start()
        return await found

    async def getnameinfo(self, address: Any, flags: int) -> tuple[str, str]:
        """As ``socket.getnameinfo``: asked for numbers only, it looks nothing up."""
        return socket.getnameinfo(address, flags)


class SystemResolver(aiohttp.ThreadedResolver):
    """The system's resolver, for many look-ups at once."""

    def __init__(self) -> None:
        super().__init__(cast("asyncio.AbstractEventLoop", _LookUps()))


class GuardedResolver(SystemResolver):
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


def allow_many_connections() -> None:
    """Let this process open as many files as it may: most systems begin with 1,024; each socket is one."""
    if resource is not None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            with suppress(ValueError, OSError):  # some systems promise more than they give
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


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


def proxy_connector(_allow: Iterable[Network], **options: object) -> aiohttp.TCPConnector:
    """An aiohttp connector for requests that all go to a proxy: the user named it, it may be anywhere."""
    return _QuickConnector(resolver=SystemResolver(), **options)  # type: ignore[arg-type]


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
