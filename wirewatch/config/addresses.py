"""The shapes of addresses and secrets in a configuration, checked without repeating them.

What stands here may be a secret, or a secret in the wrong place, so no message holds the value: the line
that the loader puts before it is enough to find it.
"""

import base64
import binascii
import re
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, SecretStr

_BLANK = re.compile(r"[\x00-\x20\x7f]")
_SECRET_BYTES = range(24, 65)  # Standard Webhooks, "Signature scheme": between 24 bytes and 64 bytes


def _split(url: str, schemes: tuple[str, ...], example: str) -> SplitResult:
    ways = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number up to 65535
    except ValueError:
        raise ValueError(f"not an address that can be read; write one such as {example}") from None
    if parts.scheme not in schemes:
        raise ValueError(f"does not start with {ways}; write an address such as {example}")
    if _BLANK.search(url):
        raise ValueError(f"has a blank inside; write it as %20, or an address such as {example}")
    return parts


def _with_host(url: str, schemes: tuple[str, ...], example: str) -> None:
    if not _split(url, schemes, example).hostname:
        raise ValueError(f"has no host; write an address such as {example}")


def source_address(value: str) -> str:
    """The address of a source, without the blanks around it.

    Raises:
        ValueError: when it is not an http or https address with a host, or holds a password: addresses of
            sources are shown, logged and told on.
    """
    url = value.strip()
    _with_host(url, ("https", "http"), "https://example.org/politics/feed")
    if "@" in urlsplit(url).netloc:
        raise ValueError("names a user, whose password would be shown in lists and alerts; leave it out")
    return url


def receiver_address(value: SecretStr) -> SecretStr:
    """The address of a webhook or a chat's incoming webhook, which is a secret.

    Raises:
        ValueError: when it is not an http or https address with a host.
    """
    url = value.get_secret_value().strip()
    _with_host(url, ("https", "http"), "https://hooks.example.org/wire")
    return SecretStr(url)


def mail_server(value: SecretStr) -> SecretStr:
    """The address of an SMTP server, which may hold a password.

    Raises:
        ValueError: when it is not ``smtp://`` or ``smtps://`` with a host and nothing after it.
    """
    url = value.get_secret_value().strip()
    # The usual cause of an address that ends too early is a password with one of these signs in it.
    example = "smtps://user:${SMTP_PASSWORD}@mail.example.org, with / ? # in a password as %2F %3F %23"
    _with_host(url, ("smtps", "smtp"), example)
    parts = urlsplit(url)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"has text after the host; write {example}")
    return SecretStr(url)


def store_address(value: SecretStr) -> SecretStr:
    """The address of a Redis or Valkey server.

    Raises:
        ValueError: when it is not ``redis://`` or ``rediss://`` with a host, or ``unix://`` with a path.
    """
    url = value.get_secret_value().strip()
    example = "redis://127.0.0.1:6379/0"
    parts = _split(url, ("redis", "rediss", "unix"), example)
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise ValueError(f"has no host; write an address such as {example}")
    return SecretStr(url)


def proxy_address(value: SecretStr) -> SecretStr:
    """The address of an HTTP proxy, which may hold a password.

    Raises:
        ValueError: when it is not ``http://`` with a host and nothing after it.
    """
    url = value.get_secret_value().strip()
    example = "http://user:${PROXY_PASSWORD}@proxy.example.org:3128, with / ? # in a password as %2F %3F %23"
    _with_host(url, ("http",), example)
    parts = urlsplit(url)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"has text after the host; write {example}")
    return SecretStr(url)


def signing_secret(value: SecretStr) -> SecretStr:
    """A webhook's secret as Standard Webhooks writes it.

    Raises:
        ValueError: when it is not ``whsec_`` and the base64 of 24 to 64 bytes.
    """
    text = value.get_secret_value().strip()
    remedy = "write whsec_ and what `openssl rand -base64 32` prints, or the base64 of 24 to 64 other bytes"
    if not text.startswith("whsec_"):
        raise ValueError(f"not a webhook secret; {remedy}")
    try:
        key = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"a webhook secret with broken base64; {remedy}") from None
    if len(key) not in _SECRET_BYTES:
        raise ValueError(f"a webhook secret of {len(key)} bytes; {remedy}")
    return SecretStr(text)


def mail_address(value: str) -> str:
    """A mail address, with or without a name: ``Wire <wire@example.org>``.

    Raises:
        ValueError: when there is no address in it.
    """
    local, at, domain = parseaddr(value)[1].rpartition("@")
    if not (local and at and domain) or _BLANK.search(local + domain) or "\n" in value or "\r" in value:
        raise ValueError("not a mail address; write one such as desk@example.org")
    return value.strip()


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def public_address(value: str) -> str:
    """The address under which hubs reach the web part, without a slash at its end.

    Raises:
        ValueError: when it is not https, or http on this very machine, or says more than a host and a path.
    """
    url = value.strip()
    example = "https://wire.example.org"
    _with_host(url, ("https", "http"), example)
    parts = urlsplit(url)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise ValueError(f"not https: anyone on the way could forge stories; write one such as {example}")
    if parts.username is not None or parts.query or parts.fragment:
        raise ValueError(f"has more than a host and a path; write an address such as {example}")
    return url.rstrip("/")


def listen_address(value: str) -> str:
    """A host, or its address, and a port to listen on: ``127.0.0.1:8480``, ``[::1]:8480``.

    Raises:
        ValueError: when it is not of that form.
    """
    text = value.strip()
    try:
        parts = urlsplit(f"//{text}")
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if not parts.hostname or port is None or parts.netloc != text or parts.username is not None:
        raise ValueError("not a host and a port to listen on; write one such as 127.0.0.1:8480")
    return text


SourceAddress = Annotated[str, AfterValidator(source_address)]
ReceiverAddress = Annotated[SecretStr, AfterValidator(receiver_address)]
MailServer = Annotated[SecretStr, AfterValidator(mail_server)]
StoreAddress = Annotated[SecretStr, AfterValidator(store_address)]
ProxyAddress = Annotated[SecretStr, AfterValidator(proxy_address)]
SigningSecret = Annotated[SecretStr, AfterValidator(signing_secret)]
MailAddress = Annotated[str, AfterValidator(mail_address)]
PublicAddress = Annotated[str, AfterValidator(public_address)]
ListenAddress = Annotated[str, AfterValidator(listen_address)]
