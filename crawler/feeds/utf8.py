"""A feed's bytes in UTF-8 as feedparser converts them, and documents made to hang it refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedparser.encodings import convert_to_utf8
from feedparser.sanitizer import replace_doctype

from crawler.feeds.entities import check_entities
from wirewatch.errors import NotAFeedError

# feedparser's patterns take time with the square of what they run over, or worse. These bounds keep a
# document under some seconds; no real feed comes near them.
_LARGEST_PROLOG = 65_536
_LONGEST_BLANKS = 8_192
_LONGEST_WORD = 8_192  # what may be the name in an address of mail
_MOST_COMMENTS = 20_000
_MOST_TOPICS = 6_000  # times that one entry may speak of categories: twice for each
_MOST_TRIES = 200_000_000

_ROOT = re.compile(rb"<\w")
_BLANKS = b" " * _LONGEST_BLANKS
_WORD = b"a" * _LONGEST_WORD
_WORD_BYTES = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.+"
_AS_WORDS = bytes(97 if one in _WORD_BYTES else 32 for one in range(256))
_AS_BLANKS = bytes(32 if one in b" \t\n\r\x0b\x0c" else 97 for one in range(256))
_ENDLESS_CODECS = re.compile(rb"(?:encoding|charset)\s*=[\s'\"]*(?:punycode|idna)", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)\b", re.IGNORECASE)
_TOPICS = (b"categor", b"subject", b"keyword")
_LIST = re.compile(
    rb"<(?:[\w.-]+:)?(?:tags|keywords)(?:\s[^<>]*)?>(?:<!\[CDATA\[)?([^<]{6000,})",
)
_MOST_COMMAS = 3_000
_DECLARATION = 1_024


@dataclass(frozen=True, slots=True)
class Converted:
    """A document in UTF-8.

    Attributes:
        data: all of it; b"" where feedparser finds no encoding for it.
        parsed: what feedparser's parser is given: the same, but its DOCTYPE is replaced. They differ before
            the root only.
    """

    data: bytes
    parsed: bytes


def guarded(body: bytes, content_type: str | None) -> bytes:
    """A document that feedparser decodes in reasonable time.

    Raises:
        NotAFeedError: it would not.
    """
    line = body.partition(b"\n")[0].replace(b"\x00", b"")
    if _ENDLESS_CODECS.search(line) or _ENDLESS_CODECS.search(
        (content_type or "").encode("utf-8", "replace")
    ):
        raise NotAFeedError("an encoding that no feed has")
    tail = line[line.rfind(b"?>") + 1 :]
    tries = tail.count(b"encoding=") * (tail.count(b'"') + tail.count(b"'")) * len(tail)
    if tries < _MOST_TRIES:
        return body
    declared = body.find(b"?>", 0, _DECLARATION)
    if declared < 0 or not body.startswith(b"<?"):
        raise NotAFeedError("a declaration that does not end within reason")
    # feedparser looks for the encoding in all of the first line; a break there means nothing in XML.
    return body[: declared + 2] + b"\n" + body[declared + 2 :]


def converted(body: bytes, headers: Mapping[str, str]) -> Converted:
    """A guarded document, converted.

    Raises:
        NotAFeedError: feedparser would not be done with it in reasonable time, or breaks on it.
    """
    told: dict[str, Any] = {}
    try:
        data = convert_to_utf8(headers, body, told)
    except ValueError as error:  # a codec that is none for text, or text that is none
        raise NotAFeedError(f"cannot be decoded: {error}") from error
    _check_prolog(data)
    _, parsed, entities = replace_doctype(data)
    _check_text(parsed)
    check_entities(entities, parsed)
    return Converted(data if told["encoding"] else b"", parsed)


def _check_prolog(data: bytes) -> None:
    root = _ROOT.search(data)
    prolog = data[: root.start() if root else 0]
    if len(prolog) > _LARGEST_PROLOG or _BLANKS in prolog.translate(_AS_BLANKS):
        raise NotAFeedError("too much before its first element")


def _check_text(data: bytes) -> None:
    if len(data) > _LONGEST_WORD and _WORD in data.translate(_AS_WORDS):
        raise NotAFeedError("a word that does not end within reason")
    if data.count(b"!--") > _MOST_COMMENTS:
        raise NotAFeedError("more comments than can be read in reasonable time")
    low = data.lower()
    if (b"tags" in low or b"keywords" in low) and any(
        text.count(b",") > _MOST_COMMAS for text in _LIST.findall(low)
    ):
        raise NotAFeedError("more keywords than can be read in reasonable time")
    if _topics(low) > _MOST_TOPICS and any(_topics(piece) > _MOST_TOPICS for piece in _ENTRY.split(low)):
        raise NotAFeedError("more categories than can be read in reasonable time")


def _topics(low: bytes) -> int:
    return sum(low.count(word) for word in _TOPICS)
