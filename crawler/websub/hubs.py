"""Which addresses of hubs are tried, and what they may be told."""

from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from wirewatch.config.addresses import is_loopback


def candidates(hubs: Sequence[str]) -> tuple[str, ...]:
    """The hubs in the order in which they are tried: each as https first, even where it is named as http.

    Source: WebSub, section 8.2: subscribers should always favor the https address.
    """
    found: dict[str, None] = {}
    for hub in hubs:
        parts = urlsplit(hub)
        if parts.scheme == "http" and parts.port is None and not is_loopback(parts.hostname or ""):
            found.setdefault(urlunsplit(parts._replace(scheme="https")))
        found.setdefault(hub)
    return tuple(found)


def may_be_told_secret(hub: str) -> bool:
    """Whether a secret may travel to a hub: over https, or within this machine."""
    parts = urlsplit(hub)
    return parts.scheme == "https" or is_loopback(parts.hostname or "")
