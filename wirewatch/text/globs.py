"""Patterns for addresses: ``*`` stands for anything, every other sign for itself.

Globs and not regular expressions: an address is full of signs that mean something else in these, one pastes
it and puts a star where it varies, and no pattern takes long on any address.
"""

from urllib.parse import unquote, urlsplit


def glob_matches(pattern: str, url: str) -> bool:
    """Whether an address is one of a pattern's.

    Args:
        pattern: a path such as ``/politics/*``, compared with path and query; or, with another beginning, a
            whole address, such as ``https://*.example.org/politics/*``. Percent-encoded or not.
        url: a web address.
    """
    if pattern.startswith("/"):
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        url = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return _fits(unquote(pattern), unquote(url))


def _fits(pattern: str, text: str) -> bool:
    """Each piece between stars at the first place where it fits: that leaves the others the most room."""
    first, *others = pattern.split("*")
    if not others:
        return pattern == text
    if not text.startswith(first):
        return False
    at = len(first)
    for piece in others[:-1]:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(text) - at >= len(others[-1]) and text.endswith(others[-1])
