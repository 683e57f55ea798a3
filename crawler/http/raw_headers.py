"""Headers sent byte for byte: validators are echoed as they came, whatever bytes they hold.

aiohttp writes headers as text, in UTF-8. A value that is not UTF-8 travels through it as a token of ASCII,
and is put in its place as the request's head is written to the socket.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import aiohttp

_PLAIN = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_TOKEN = "wirewatch-raw-"  # noqa: S105 - no secret


def as_text(headers: Mapping[bytes, Iterable[bytes]]) -> list[tuple[str, str]]:
    """Headers as aiohttp takes them.

    Args:
        headers: a name's values, as bytes.
    """
    return [(name.decode("latin-1"), _as_text(value)) for name, values in headers.items() for value in values]


def _as_text(value: bytes) -> str:
    if any(byte in value for byte in (b"\r", b"\n", b"\x00")):
        return value.decode("latin-1")  # which aiohttp refuses: it would end the header
    # aiohttp refuses control characters; and a value of a token's form would be taken for one.
    if _PLAIN.fullmatch(value) and _TOKEN.encode() not in value:
        with suppress(UnicodeDecodeError):
            return value.decode("utf-8")
    return f"{_TOKEN}{value.hex()}."


class RawHeadersRequest(aiohttp.ClientRequest):
    """aiohttp's request, whose tokens are replaced by the bytes that they stand for."""

    async def send(self, conn: Any) -> aiohttp.ClientResponse:
        """Send the request; see the base class."""
        tokens = [value for value in self.headers.values() if value.startswith(_TOKEN)]
        if not tokens:
            return await super().send(conn)
        transport = conn.protocol.transport

        def write(data: bytes) -> None:
            for token in tokens:
                raw = bytes.fromhex(token.removeprefix(_TOKEN).rstrip("."))
                data = bytes(data).replace(token.encode(), raw, 1)
            transport.write(data)

        protocol = _Through(conn.protocol, transport=_Through(transport, write=write))
        return await super().send(_Through(conn, protocol=protocol))  # type: ignore[arg-type]


class _Through:
    """An object but for some of its attributes."""

    def __init__(self, inner: Any, **instead: Any) -> None:
        self.__dict__.update(instead)
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)
