"""Titles as pages write them: with the outlet's name, its sections and its rubrics around them."""

import re

from workers.read.fields.naming import is_outlet
from workers.read.likeness import key

# Between the parts of a title: dashes, bars, dots, colons and guillemets between blanks, bars without, colons
# before one; hyphens and underscores between signs of scripts that have no hyphenated words.
_SIGN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_SEPARATOR = re.compile(
    r"\s+(?:[|¦｜–—―·•»«›‹:/\\~-]{1,3}|::)\s+|\s*[|｜¦：]\s*|:\s+|\s*(?:\s»|«\s)\s*|(?<=\S)(?:\s[–—]|[–—]\s)(?=\S)"
    rf"|(?<=[{_SIGN}])[_-](?=[{_SIGN}])"
)
_MOST_SITE_WORDS = 5
_MOST_SITE_CHARS = 40
_FEWEST_TITLE_WORDS = 3
_FEWEST_TITLE_LETTERS = 10  # of a title in a script without blanks between words
_MOST_PARTS = 12
_MOST_CUTS = 5  # their runs grow with the square
_CUT_OFF = re.compile(r"(?:…|\.\.\.)\W{0,3}$")
_CUT_AT = (95, 112)  # characters: JSON-LD headlines are cut at 110, and between words


def without_site(title: str, names: frozenset[str]) -> str:
    """A title without the outlet's name at its end or beginning.

    Args:
        title: such as ``Senate passes tariff bill - The Example``.
        names: keys of the outlet's names; the part after the last bar is taken for one in any case.
    """
    for _ in range(_MOST_PARTS):
        separators = list(_SEPARATOR.finditer(title))
        if not separators:
            break
        first, last = separators[0], separators[-1]
        before, tail = title[: last.start()], title[last.end() :]
        head, after = title[: first.start()], title[first.end() :]
        if _is_site(tail, last[0], names) or ("|" in last[0] and _is_short(tail) and is_worded(before)):
            title = before
        elif _is_site(head, first[0], names):
            title = after
        else:
            break
    return title


def cuts(title: str) -> list[str]:
    """The runs of a title's parts that are not the whole of it, the longest first."""
    separators = list(_SEPARATOR.finditer(title))[:_MOST_CUTS]
    starts = [0, *(found.end() for found in separators)]
    ends = [*(found.start() for found in separators), len(title)]
    runs = (title[start:end] for at, start in enumerate(starts) for end in ends[at:])
    return sorted((run for run in runs if run != title and key(run)), key=len, reverse=True)


def is_worded(text: str) -> bool:
    """Whether a text has enough words for a title, in scripts with and without blanks between them."""
    return len(text.split()) >= _FEWEST_TITLE_WORDS or (
        not text.isascii() and len(key(text)) >= _FEWEST_TITLE_LETTERS
    )


def is_cut_off(text: str, whole: str) -> bool:
    """Whether a title is another one's beginning, cut for its length."""
    cut = _CUT_OFF.search(text)
    if cut is None and not _CUT_AT[0] <= len(text) <= _CUT_AT[1]:
        return False
    start, said = key(text[: cut.start()] if cut else text), key(whole)
    return len(start) < len(said) and is_worded(text) and said.startswith(start)


def _is_site(part: str, separator: str, names: frozenset[str]) -> bool:
    # What stands before a colon may be a place or a person with a part of the outlet's name.
    return key(part) in names if ":" in separator else _is_short(part) and is_outlet(part, names)


def _is_short(part: str) -> bool:
    return len(part.split()) <= _MOST_SITE_WORDS and len(part) <= _MOST_SITE_CHARS
