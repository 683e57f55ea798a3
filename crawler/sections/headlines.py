"""How much a line reads like a headline, in any script, and the lines that a card has for its story."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from wirewatch.text.html import fold

HEADINGS = "h1,h2,h3,h4,h5,h6,[role='heading']"
_LONGEST_HEADLINE = 300
_MOST_OF_IT = 0.6
_MOST_PIECES = 10
_LETTERS_A_WORD = 7  # Finnish, Turkish and German write in three words what others write in six
_SIGNS_A_WORD = 2.5  # of scripts without blanks
_WORDLESS_SCRIPT = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
# Only English: other languages are told by structure, and these lines would pass for headlines.
_NO_HEADLINE = re.compile(
    r"(read|see|view|show|load|find\sout|learn)\s(more|all)\b|continue\sreading|sign\s(in|up)|log\sin|subscribe|(skip|go|back)\sto\b"
    r"|(all|more|latest)\s(from|in|about|on)\s|opens\sin\b|share\son|follow\sus|terms\s(of|and)\s|privacy\s|cookie\s|about\sour\s",
    re.IGNORECASE,
)
_GRADES = ((5, 1.5), (4, 1.0), (3, 0.0), (2, -1.0))  # from so many words on
POOR = -2.0
"""The grade of what is no headline."""


def grade(line: str) -> float:
    """How much a folded line reads like a headline: from -2, a menu's word, to 1.5."""
    if len(line) > _LONGEST_HEADLINE or _NO_HEADLINE.match(line):
        return POOR
    words = sum(any(map(str.isalpha, word)) for word in line.split())
    letters = sum(map(str.isalpha, line))
    if letters * 2 < len(line.replace(" ", "")):  # "12:30", "1 234"
        return POOR
    signs = len(_WORDLESS_SCRIPT.findall(line))
    if signs * 2 > letters:
        length = signs / _SIGNS_A_WORD
    else:
        # One long word is a rubric still.
        length = max(words, min(letters / _LETTERS_A_WORD, words * 2))
    return next((points for least, points in _GRADES if length >= least), POOR)


def own_lines(anchor: LexborNode) -> Iterator[str]:
    """The lines in an anchor that may name its story, the likeliest first."""
    for heading in anchor.css(HEADINGS):
        yield without_kicker(heading)
    yield without_kicker(anchor)
    yield from _pieces(anchor)[:_MOST_PIECES]
    yield fold(anchor.attrs.get("aria-label") or "")
    yield fold(anchor.attrs.get("title") or "")


def pictured(anchor: LexborNode) -> Iterator[str]:
    """What is said of the pictures in an anchor."""
    for picture in anchor.css("img[alt]"):
        yield fold(picture.attrs.get("alt") or "")


def without_kicker(node: LexborNode) -> str:
    """The text of a node, or the one piece that is most of it: ``LIVE`` and ``4,759 Read`` stand in spans."""
    pieces = _pieces(node)
    longest = max(pieces, key=len, default="")
    return longest if len(longest) >= _MOST_OF_IT * sum(map(len, pieces)) else " ".join(pieces)


def _pieces(node: LexborNode) -> list[str]:
    return [line for piece in node.text(separator="\x1e").split("\x1e") if (line := fold(piece))]
