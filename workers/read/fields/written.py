"""Days as people write them, in the page's language: ``24. november 2026``, ``2026年11月24日``."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_MAX_CHARS = 300
_WORD = r"([^\s\d.,/:;|()–—-]{2,20})"  # not \w: vowel signs of Indian scripts are none
_OF = r"(?:\s*(?:de|del|do|d['’]|of|ta['’]|da|ng|ngày)\s)?"
_DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|[.º°ª]|-?(?:го|ше|е))?,?\s*{_OF}\s*{_WORD}[.,]?\s*{_OF}\s*(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(
    rf"{_WORD}[.,]?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE
)
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(\d{{4}})[.,]?\s+{_WORD}[.,]?\s+(\d{{1,2}})(?!\d)", re.IGNORECASE)
_SIGNS = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d.:])([01]?\d|2[0-3])\s?[:.h時시Uu]\s?([0-5]\d)(?![\d.])\s*([ap]\.?\s?m\b)?", re.IGNORECASE
)
_BUDDHIST = range(2500, 2700)
_BUDDHIST_AHEAD = 543
_MONTH_FIRST = ("en-us", "en-ph", "en-pr", "fil")
_MONTHS_IN_YEAR, _NOON = 12, 12


def written(text: str, language: str) -> datetime | None:
    """The first day that a text names, with the time beside it if there is one; without a zone.

    Args:
        text: a short one: a byline, the text of a time element.
        language: of the page, as it states it: ``nb``, ``en-US``. English months are understood in any.
    """
    line = _with_plain_digits(text[:_MAX_CHARS])
    for year, month, day, start, end in _candidates(line, language):
        when = _day(year, month, day)
        if when is not None:
            clock = _clock(line[:start] + " " + line[end:])
            return when if clock is None else datetime.combine(when, clock)
    return None


def _candidates(line: str, language: str) -> Iterator[tuple[int, int, int, int, int]]:
    months = _months(language.replace("_", "-").partition("-")[0].lower())
    for found in _SIGNS.finditer(line):
        yield int(found[1]), int(found[2]), int(found[3]), *found.span()
    for pattern, year, word, day in (
        (_DAY_MONTH_YEAR, 3, 2, 1), (_MONTH_DAY_YEAR, 3, 1, 2), (_YEAR_MONTH_DAY, 1, 2, 3),
    ):  # fmt: skip
        for found in pattern.finditer(line):
            if month := months.get(found[word].casefold().strip("'’")):
                yield int(found[year]), month, int(found[day]), *found.span()
    for found in _YEAR_FIRST.finditer(line):
        yield int(found[1]), int(found[2]), int(found[3]), *found.span()
    for found in _YEAR_LAST.finditer(line):
        first, second = int(found[1]), int(found[3])
        swap = second > _MONTHS_IN_YEAR or (
            found[2] == "/" and _is_month_first(language) and first <= _MONTHS_IN_YEAR
        )
        day, month = (second, first) if swap else (first, second)
        yield int(found[4]), month, day, *found.span()


def _is_month_first(language: str) -> bool:
    return language.replace("_", "-").lower().startswith(_MONTH_FIRST) or language.lower() == "en"


def _day(year: int, month: int, day: int) -> datetime | None:
    if year in _BUDDHIST:
        year -= _BUDDHIST_AHEAD
    try:
        return datetime(year, month, day)  # noqa: DTZ001 (nobody has told a zone)
    except ValueError:
        return None


def _clock(line: str) -> time | None:
    found = _CLOCK.search(line)
    if found is None:
        return None
    hour = int(found[1])
    if found[3] and 0 < hour <= _NOON:
        hour = hour % _NOON + _NOON * found[3].lower().startswith("p")
    return time(hour, int(found[2]))


def _with_plain_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """Month names of a language, and of English, in lower case, whole and short."""
    numbers: dict[str, int] = {}
    for code in (language, "en"):
        try:
            months = Locale.parse(code).months
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    numbers.setdefault(_with_plain_digits(name).casefold().strip("."), number)
    return numbers
