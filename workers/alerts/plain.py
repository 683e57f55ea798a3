"""News text made plain: what a stranger wrote, before it goes into a line, a header, a link."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

# C0 and C1 controls, line and paragraph separators end lines and headers and steer terminals; half a
# surrogate pair is no character, and no encoding takes it.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CONTROLS_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Bidirectional embeddings, overrides and isolates let a title rearrange what stands beside it (Trojan
# Source). Zero-width joiners stay: Persian, Hindi and emoji are spelled with them.
_REORDERING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# What RFC 3986 keeps out of URLs, and what ends a link in Slack's and HTML's notation.
_NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029<>\"'|\\^`{}]")
_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)


def one_line(text: str) -> str:
    """The text on one line, without control characters; runs of white space become one blank."""
    return " ".join(_REORDERING.sub("", _CONTROLS.sub(" ", text)).split())


def title_line(title: str) -> str:
    """A headline on one line, or words in its place."""
    return one_line(title) or "(no title)"


def lines(text: str) -> str:
    """The text without control characters other than newlines and tabs."""
    return _REORDERING.sub("", _CONTROLS_IN_LINES.sub("", text)).strip()


def shorten(text: str, most: int, measure: Callable[[str], int] = len) -> str:
    """The text, or as much of it as measures at most ``most`` with the ellipsis that shows the cut.

    Args:
        text: any.
        most: at least 1.
        measure: a length that grows with the text.
    """
    if measure(text) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle] + "…") <= most else (low, middle - 1)
    return text[:low].rstrip() + "…"


def web_link(url: str) -> str:
    """A URL that can stand in quotes, angle brackets or Slack's ``<url|label>``.

    Returns:
        An empty string for what a reader should not be asked to click: ``javascript:``, ``data:``, …
    """
    url = _REORDERING.sub("", one_line(url))
    if not _WEB.match(url):
        return ""
    return _NOT_IN_URLS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def minute(moment: datetime) -> str:
    """An aware time for readers: ``2026-11-24 21:00 UTC``."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
