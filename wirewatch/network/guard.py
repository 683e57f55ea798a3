"""Where we may connect: public addresses, and the private networks that the configuration allows.

The check stands at connect time, on the address itself, so that neither a redirect nor a DNS answer
that changes between look-up and connection gets past it (DNS rebinding).
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from wirewatch.config.settings import Network

# IPv4-compatible, IPv4-translated and NAT64 addresses (RFC 4291, 2765, 6052, 8215): the last 32 bits are
# an IPv4 address that a gateway may connect to.
_CARRIERS = tuple(map(IPv6Network, ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")))


class AddressRefusedError(OSError):
    """A connection to an address that is neither public nor allowed."""


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one that carries it: a private one must not be smuggled in there."""
    if isinstance(address, IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if embedded:
            return embedded
        if any(address in network for network in _CARRIERS) and int(address) > 1:  # not :: and ::1
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def may_connect(address: str, allow: Iterable[Network]) -> bool:
    """Whether a numeric address may be connected to."""
    plain = _plain(ip_address(address.partition("%")[0]))
    if any(plain.version == network.version and plain in network for network in allow):
        return True
    site_local = isinstance(plain, IPv6Address) and plain.is_site_local
    return plain.is_global and not plain.is_multicast and not site_local


def refusal_of_literal(host: str, allow: Iterable[Network]) -> AddressRefusedError | None:
    """The refusal of a host that is itself a private address, in any spelling, or ``localhost``.

    For requests through a proxy, which looks names up where we do not see it: what can be told from the
    address alone is refused here, all else is the proxy's to judge.
    """
    name = host.strip("[]").rstrip(".").lower()
    try:
        address = str(ip_address(name.partition("%")[0]))
    except ValueError:
        if name == "localhost" or name.endswith(".localhost"):  # RFC 6761, 6.3
            address = "127.0.0.1"
        else:
            try:
                address = socket.inet_ntoa(socket.inet_aton(name))  # "127.1", "0x7f000001", "2130706433"
            except (OSError, UnicodeError):
                return None
    return None if may_connect(address, allow) else refused(host, [address])


def refusal_in(error: BaseException | None) -> AddressRefusedError | None:
    """The guard's own error inside what a client wrapped it in, if that is what happened."""
    while error is not None:
        if isinstance(error, AddressRefusedError):
            return error
        if isinstance(error, BaseExceptionGroup):
            return next((found for one in error.exceptions if (found := refusal_in(one))), None)
        error = getattr(error, "os_error", None) or error.__cause__ or error.__context__
    return None


def refused(name: str, addresses: Iterable[str]) -> AddressRefusedError:
    """The error for a host or address that may not be connected to, with the remedy."""
    return AddressRefusedError(
        f"{name} is at the private address {', '.join(dict.fromkeys(addresses))}; "
        "network.allow in wirewatch.yaml lists those that may be reached"
    )
