"""Where we may connect: public addresses, and the private networks that the configuration allows.

The check stands at connect time, on the address itself, so that neither a redirect nor a DNS answer
that changes between look-up and connection gets past it (DNS rebinding).
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address

from wirewatch.config.settings import Network


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
