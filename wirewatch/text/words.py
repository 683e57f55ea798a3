"""The words of a text, folded for comparison, with their offsets in the text as written.

A word is a run of letters, digits and the marks on them. What that means for news:

- hyphens, dashes and slashes part words: ``U.S.-China`` is *us*, *china*;
- dotted abbreviations join: ``U.S.`` is *us*, ``P.R.C.`` is *prc*;
- possessives are dropped: ``China's`` is *china*, at the offsets of ``China``;
- other apostrophes stay: ``don't`` is *don't*; but elisions part: ``l'Iran`` is *l*, *iran*;
- numbers keep their points and lose the commas between thousands: ``1,000`` is *1000*, ``2.5`` *2.5*;
- in scripts written without spaces each character is a word, so that a phrase of them is a substring.

Everything here is linear in the length of the text and raises for no text at all.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


class Word(NamedTuple):
    """One word: ``text[start:end]`` as written, and in the two forms it is compared by."""

    folded: str  # without case, accents, invisible characters
    start: int
    end: int
    exact: str  # with case and accents; otherwise as the folded form


def _set_of(points: Iterable[int]) -> str:
    """The inside of a regular expression's set for ascending code points."""
    spans: list[tuple[int, int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1] = (spans[-1][0], point)
        else:
            spans.append((point, point))
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)


# Beyond these no marks or format characters are assigned (Unicode 14 to 16).
_CATEGORIES = {
    point: unicodedata.category(chr(point))
    for point in (0xAD, *range(0x300, 0x20000), *range(0xE0001, 0xE01F0))
}
_MARKS = _set_of(point for point, category in _CATEGORIES.items() if category in {"Mn", "Mc", "Me"})
# Soft hyphens, zero-width spaces and joiners, direction marks, the byte order mark.
_INVISIBLE = _set_of(point for point, category in _CATEGORIES.items() if category == "Cf")
_HALFWIDTH_SOUND_MARKS = "\uff9e\uff9f"  # marks by meaning, letters by category
_TAIL = f"[{_MARKS}{_INVISIBLE}{_HALFWIDTH_SOUND_MARKS}]"

# Scripts without spaces: Thai, Lao, Burmese, Khmer, kana and bopomofo, Han. Korean has spaces.
_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_LETTER_APOSTROPHES = "\u02bb\u02bc"  # letters by category; Hawaiʻi and Chinaʼs need them as apostrophes
_APOSTROPHE = f"['\u2018\u2019\u201b\u2032\uff07`\u00b4{_LETTER_APOSTROPHES}]"
# Only what stands before nouns; c'est and j'ai hold no word that anybody watches.
_ELISIONS = "l|d|un|dell|all|nell|dall|sull|coll|quell|quest|jusqu"


def _word_shape(also: str = "") -> re.Pattern[str]:
    """The expression for one word; ``also`` are further characters that count as letters.

    Possessive quantifiers keep it linear: no run of characters is read more than a few times.
    """
    letter = (
        f"(?:[^\\W_{_UNSPACED}{_LETTER_APOSTROPHES}{_HALFWIDTH_SOUND_MARKS}]{f'|[{also}]' if also else ''})"
    )
    capital = f"[^\\W\\d_{_UNSPACED}{_LETTER_APOSTROPHES}{_HALFWIDTH_SOUND_MARKS}]{_TAIL}*+"
    run = f"(?:{letter}{_TAIL}*+)++"
    joint = f"(?:{_APOSTROPHE}(?={letter})|(?<=\\d)\\.(?=\\d)|(?<=\\d),(?=\\d{{3}}(?!\\d)))"
    possessive = f"{_APOSTROPHE}[sS](?!{letter}|{_TAIL})"
    return re.compile(
        f"(?P<abbreviation>{capital}(?:\\.{capital}(?!{letter}))++\\.?)(?:{possessive})?"
        f"|(?P<elision>(?i:{_ELISIONS}))(?={_APOSTROPHE}{letter})(?!{possessive})"
        f"|(?P<plain>{run}(?:(?!{possessive}){joint}{run})*+)(?:{possessive})?"
        f"|(?P<character>(?=[^\\W_])[{_UNSPACED}]{_TAIL}*+)"
    )


_WORD = _word_shape()
_WORD_OR_WILDCARD = _word_shape("*?")

# Accents of Latin, Greek and Cyrillic, the optional vowel signs of Hebrew and Arabic with the Arabic
# stretcher, variation selectors, and what cannot be seen. Vowel signs of Indic scripts stay: they spell.
_DROPPED = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670\u180b-\u180d\u1ab0-\u1aff\u1dc0-\u1dff"
    f"\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef{_INVISIBLE}]+"
)
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
# Letters that Unicode does not decompose, but a person without that keyboard types as these.
_UNDECOMPOSED = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"}
_RESPELT = re.compile(f"{_APOSTROPHE}|[{''.join(_UNDECOMPOSED)}]")
_APOSTROPHES = re.compile(_APOSTROPHE)
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}[sS](?!\w)")


def fold(text: str) -> str:
    """A text as it is compared: NFKC, without case, accents and invisible characters, quotes straight."""
    if text.isascii():
        return text.lower().replace("`", "'")
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    respelt = _RESPELT.sub(lambda found: _UNDECOMPOSED.get(found[0], "'"), _DROPPED.sub("", spread))
    return unicodedata.normalize("NFC", respelt)


def _exact(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'")
    return _APOSTROPHES.sub("'", unicodedata.normalize("NFKC", _INVISIBLES.sub("", text)))


@lru_cache(maxsize=1 << 14)
def _forms(written: str, kind: str | None) -> tuple[str, str]:
    """The folded and the exact form of a word as written."""
    if kind == "abbreviation":
        written = written.replace(".", "")
    elif kind == "plain":
        written = written.replace(",", "")
    return fold(written), _exact(written)


def _cut(shape: re.Pattern[str], text: str) -> list[Word]:
    found: list[Word] = []
    for match in shape.finditer(text):
        kind = match.lastgroup
        start, end = match.span(kind or 0)
        folded, exact = _forms(text[start:end], kind)
        if folded.strip():
            found.append(Word(folded, start, end, exact))
    return found


def words(text: str) -> list[Word]:
    """The words of a text, in order; offsets count characters of the text as given."""
    return _cut(_WORD, text)


def pattern_words(text: str) -> list[Word]:
    """The words of a query's text, where ``*`` and ``?`` stand for letters and stay in the words."""
    return _cut(_WORD_OR_WILDCARD, text)


def is_possessive(text: str, word: Word) -> bool:
    """Whether a word of a text was written with the ``'s`` that its offsets and forms leave out."""
    return _POSSESSIVE.match(text, word.end) is not None
