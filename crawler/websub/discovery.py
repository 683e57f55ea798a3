"""The hub and the topic that an answer's Link headers name (RFC 8288; WebSub, section 4).

Kept libraries were looked at: what there is in requests and aiohttp splits at commas inside addresses and
quoted strings, and the packages made for it have seen no release for years.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urldefrag, urljoin

from wirewatch.text.urls import MAX_URL_CHARS, is_web, resolve

_MOST_HUBS = 5
_MOST_CHARS = 16_384  # of all headers; a server's own limit is half of that

_BETWEEN = re.compile(r"[\s,]*")
_TARGET = re.compile(r"<([^<>]*)>")
_PARAMETER = re.compile(r'\s*;\s*([^\s=;,"<>]*)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,"]*))?')
_ESCAPED = re.compile(r"\\(.)")
_PLAIN = re.compile(r"[!-~]+")


def links_in(header_values: Sequence[bytes], base: str) -> tuple[tuple[str, ...], str | None]:
    """The hubs that Link headers name, at most five, and the address to subscribe to.

    Args:
        header_values: each Link header; never raises, whatever they hold.
        base: the address of the answer, to which relative links are relative.

    Returns:
        Absolute http or https addresses; the topic is None where no header names it.
    """
    hubs: dict[str, None] = {}
    topic = None
    for target, relations in _links(_text(header_values), base):
        if "hub" in relations and (hub := resolve(base, target)) and len(hubs) < _MOST_HUBS:
            hubs.setdefault(hub)
        if "self" in relations and topic is None:
            topic = _topic(base, target)
    return tuple(hubs), topic


def _text(header_values: Iterable[bytes]) -> str:
    """All headers as one: several are the same as one with commas (RFC 9110, section 5.3)."""
    joined = b", ".join(value[:_MOST_CHARS] for value in header_values)[:_MOST_CHARS]
    try:
        return joined.decode("utf-8")
    except UnicodeDecodeError:
        return joined.decode("latin-1")


def _links(text: str, base: str) -> Iterator[tuple[str, list[str]]]:
    """Each link's target and its relations, in lower case; what cannot be read is stepped over."""
    at = 0
    while between := _BETWEEN.match(text, at):
        found = _TARGET.match(text, between.end())
        if found is None:
            at = text.find(",", between.end())
            if at < 0:
                return
            continue
        at = found.end()
        parameters: dict[str, str] = {}
        while parameter := _PARAMETER.match(text, at):
            at = parameter.end()
            name, value = parameter[1].lower(), parameter[2] or ""
            if value.startswith('"'):
                value = _ESCAPED.sub(r"\1", value[1:-1])
            parameters.setdefault(name, value)  # the first counts (RFC 8288, section 3.3)
        # A link of something else than this document says nothing of it.
        if urljoin(base, parameters.get("anchor", "")) == urljoin(base, ""):
            yield found[1].strip(), parameters.get("rel", "").lower().split()


def _topic(base: str, target: str) -> str | None:
    """The very address that the hub knows: nothing in it is spelt otherwise unless it must be."""
    if not _PLAIN.fullmatch(target) or len(target) > MAX_URL_CHARS:
        return resolve(base, target)
    try:
        absolute = urldefrag(urljoin(base, target)).url
    except ValueError:
        return None
    return absolute if is_web(absolute) else None
