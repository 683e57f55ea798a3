"""From the bytes of a page to its text, as a browser decides which encoding they are in."""

import codecs

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding, to_unicode

_GUESSED_FROM_BYTES = 65_536
"""Its time grows with what it is given, and a page's first text tells as much as its last."""

_TOO_FEW_BYTES = 256

_MOST_BYTES = 20_000_000
"""More than the most characters that are read of a page (``MAX_HTML_CHARS``) can have: all of 50 MB as text
would take a page's memory, and some."""
# Python's codecs that decode something other than a page: the WHATWG's list has none of them.
_NOT_OF_THE_WEB = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7"}
)


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of a page.

    In the order of the HTML standard ("determining the character encoding"): byte order mark, the
    transport's charset, the page's own declaration, then UTF-8 where the bytes are that, then a guess.
    A declaration that the bytes contradict is passed over where UTF-8 fits: servers that append
    ``charset=iso-8859-1`` to everything are common, and non-ASCII text that happens to be valid UTF-8
    is not. Never raises; what cannot be decoded becomes U+FFFD.

    Args:
        body: the page's bytes, uncompressed.
        charset: the charset parameter of the Content-Type header, where there was one.
    """
    body = body[:_MOST_BYTES]
    encoding, bom = read_bom(body)
    if encoding is not None and bom is not None:
        return to_unicode(body[len(bom) :], encoding)
    for declared in (_of_the_web(charset), _of_the_web(html_body_declared_encoding(body))):
        # Bytes among which there is no NUL are not UTF-16, whatever they declare.
        if declared is not None and not (declared.startswith(("utf-16", "utf-32")) and b"\x00" not in body):
            return _utf8(body) or to_unicode(body, declared)
    return _utf8(body) or to_unicode(body, _guess(body))


def _of_the_web(charset: str | None) -> str | None:
    try:
        name = resolve_encoding(charset.strip(" \t\"'")) if charset else None
    except ValueError:  # a NUL in the header's value
        return None
    if name is None or name in _NOT_OF_THE_WEB or not codecs.lookup(name)._is_text_encoding:  # noqa: SLF001
        return None
    return name


def _utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        # Pages cut off in the middle of a character, and single broken bytes in a page of good ones; in
        # another encoding nearly every byte beyond ASCII is a broken one.
        text = body.decode("utf-8", "replace")
        beyond_ascii = len(body) - len(body.decode("ascii", "ignore"))
        return text if text.count("\ufffd") * 20 <= beyond_ascii else None


def _guess(body: bytes) -> str:
    # A guess from a few bytes is worse than the browsers' fallback: "caf\xe9" alone is taken for UTF-16.
    best = from_bytes(body[:_GUESSED_FROM_BYTES]).best() if len(body) >= _TOO_FEW_BYTES else None
    encoding = best.encoding if best is not None else "cp1252"
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
