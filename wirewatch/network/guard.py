"""Where we may connect: public addresses, and the private networks that the configuration allows.

The check stands at connect time, on the address itself, so that neither a redirect nor a DNS answer
that changes between look-up and connection gets past it (DNS rebinding).
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address

import aiohttp

from wirewatch.config.settings import Network

AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


class AddressRefusedError(OSError):
    """A connection to an address that is neither public nor allowed."""


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside ``::ffff:…``, 6to4 or Teredo: a private one must not be smuggled in there."""
    if isinstance(address, IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        return embedded or address
    return address


def may_connect(address: str, allow: Iterable[Network]) -> bool:
    """Whether a numeric address may be connected to."""
    plain = _plain(ip_address(address.partition("%")[0]))
    if any(plain.version == network.version and plain in network for network in allow):
        return True
    return plain.is_global and not plain.is_multicast


def guarded_connector(allow: Iterable[Network], **options: object) -> aiohttp.TCPConnector:
    """An aiohttp connector that opens sockets only to addresses that :func:`may_connect` allows."""
    networks = tuple(allow)

    def open_socket(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        if not may_connect(str(address[0]), networks):
            raise AddressRefusedError(
                f"{address[0]} is a private address; "
                "network.allow in wirewatch.yaml lists those that may be reached"
            )
        return socket.socket(family, kind, protocol)

    return aiohttp.TCPConnector(socket_factory=open_socket, **options)  # type: ignore[arg-type]
