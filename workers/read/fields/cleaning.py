"""Texts as fields may hold them: one line, bounded, without markup, entities and control characters."""

import re
from html import unescape

from wirewatch.text.html import fold

MAX_CHARS = 2000
"""Of a field: no title and no name is longer, and hostile ones are."""

_ROUNDS = 4  # an entity that is escaped more often is no news system's mistake
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--")
# Controls (C0 and C1, but for blanks, which fold() knows), marks and overrides of direction, lone surrogates.
# ZWNJ and ZWJ stay: Persian and Hindi are spelled with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\uffff\ud800-\udfff]+"
)


def clean(value: object) -> str:
    """A text, or the first text of a list, as a field may hold it; empty for anything else. Idempotent."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str) and item.strip()), "")
    if not isinstance(value, str):
        return ""
    text = value[:MAX_CHARS]
    if "&" in text or "<" in text:
        text = _plain(text)
    return fold(_UNSEEN.sub("", text))


def first(texts: list[str]) -> str:
    """The first of some texts; empty if there is none."""
    return texts[0] if texts else ""


def _plain(text: str) -> str:
    """Without entities and tags, escaped twice or not; what is left after some rounds loses its brackets."""
    for _ in range(_ROUNDS):
        plain = _UNSEEN.sub("", _TAG.sub(" ", unescape(text)))
        if plain == text:
            return text
        text = plain
    return text.replace("&", " ").replace("<", " ")
