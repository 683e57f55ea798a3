"""The people whom a byline names: parted, and freed of what stands around their names."""

import re
from functools import lru_cache

from wirewatch.text.html import fold
from workers.read.fields.byline_words import (
    ALWAYS_AND,
    AND_IN,
    BY,
    COMMAS,
    JOINED_AND,
    PICTURES,
    RANKS,
    ROLE,
)
from workers.read.fields.cleaning import clean
from workers.read.likeness import key

MAX_NAME_CHARS = 60
_MAX_BYLINE_CHARS = 1000
_WHOLE_NAME = 2  # words; what follows a name begins behind them
_BRACKETS = re.compile(r"\s*[(\[{（［【<][^()\[\]（）］】<>]{0,80}[)\]}）］】>]\s*")
# Where somebody writes for or from: "… for Example.com", "… in Berlin".
_PLACE = re.compile(
    r"\s+(?:for|in|from|aus|i|à|en|em|da|w|v|fra|från|για)\s+(?:the\s)?"
    r"(?:\w+\.(?:com|org|net|co\.uk|info)|[A-Z][\w’'.-]+(?:\s[A-Z][\w’'.-]+){0,3})$"
)
_INITIALS = re.compile(r"(?<=\w)\s+(?:[a-zà-ž]{2,4}|[A-ZÀ-Ž]{2,4})$")
_PARTICLES = frozenset(
    {"de", "da", "do", "di", "du", "la", "van", "von", "af", "av", "al", "el", "bin", "ibn", "y"}
)
_NO_NAME = re.compile(
    r"https?:|www\.|[@#%=<>{}]|^\d|\d{3}|\.(?:com|org|net|co|html?|php)$|^\w$"
    r"|^(?:admin\w*|unknown|n/?a|none|null|undefined|author|user\d*|guest|root|anonym\w*|by|von|par"
    r"|see\sall|view\s.*"
    r"|follow.*|share|\d+\smins?(?:ute)?s?\sread|webmaster|super\suser|nobody|test)$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"[a-z]+(?:[-_.][a-z]+)+|[a-z]*[\d_][a-z\d_.-]*")
_KOREAN_REPORTER = re.compile(r"([가-힣]{2,4})\s*(?:기자|특파원|논설위원|선임기자|인턴기자)(?:\s.*)?$")
_CHINESE_REPORTER = re.compile(
    r"^(?:\S{0,8}?[記记]者)?\s*([\u4e00-\u9fff·]{2,6})(?:[／/].{0,12}[報报]導?道?|[記记]者)?$"
)
_INVERTED = re.compile(r"^([^\W\d_][\w’'.-]{1,25}),\s+([^\W\d_][\w’'.-]*(?:\s[^\W\d_][\w’'.-]*)?)$")
_AROUND = " .,:;-–—|/\\*•·\"“”„«»'‘’…、，"


def people_of(text: str, language: str | None = None) -> list[str]:
    """The names in a byline: ``By A. Smith and B. Jones, Berlin`` is two; an address is none.

    Args:
        text: as the page or the feed has it.
        language: of the page, as a code of two letters, for the words that join names in it.
    """
    line = clean(text[:_MAX_BYLINE_CHARS])
    if not line or "://" in line:
        return []
    line = fold(_BRACKETS.sub(" ", _without_by(line)))
    inverted = _INVERTED.match(line)
    if inverted and not inverted[1].isupper() and not ROLE.search(line) and _is_name(inverted[2]):
        return [f"{inverted[2]} {inverted[1]}"]  # "Poole, Ada"
    parts = [part for part in _joint((language or "")[:2]).split(line) if key(part)]
    names = [_name(part) for at, part in enumerate(parts) if not at or not _is_role(part)]
    # "Ada Poole, Berlin": one word behind a whole name is a place; without one it may be an agency.
    whole = [name for name in names if " " in name]
    chosen = whole if whole and whole[0] == names[0] else names
    return list(dict.fromkeys(name for name in chosen if name))


def names_role(text: str) -> bool:
    """Whether a text tells what somebody is rather than who: ``Travel News Reporter``."""
    first, _, rest = text.partition(" ")
    return ROLE.search(text) is not None or (first.lower() in RANKS and bool(rest))


def _is_role(part: str) -> bool:
    """Whether a part behind a name tells its role: ``Harbour Editor``, but not ``Jo Quay, Editor``."""
    role = None if _KOREAN_REPORTER.search(part) else ROLE.search(part.strip(_AROUND))
    return role is not None and part[: role.start()].strip().count(" ") == 0


def _without_by(line: str) -> str:
    for _ in range(2):  # "Text: By …"
        found = BY.match(line)
        rest = line[found.end() :].lstrip(_AROUND) if found else ""
        # "Von der Heide" and "Di Stefano" are names.
        if found is None or not rest or rest[0].islower():
            return line
        before = found[0].strip().lower()
        if rest.isascii() and " " not in rest and before.isalpha() and before != "by":
            return line
        line = rest
    return line


@lru_cache(maxsize=128)
def _joint(language: str) -> re.Pattern[str]:
    """What parts names in a language."""
    and_in = AND_IN.get(language, "").split("|")
    words = "|".join([ALWAYS_AND, *(word for word in and_in if len(word) > 1)])
    joints = [rf"(?:\s*,)?\s+(?:{words})\s+", COMMAS]
    if letters := "|".join(word for word in and_in if len(word) == 1):
        joints.append(rf"\s+(?:{letters})\s+(?=\S+\s+\S)")  # "Ortega y Gasset" is one name
    if language in JOINED_AND:
        joints.append(rf"\s+{JOINED_AND[language]}")
    return re.compile("|".join(joints), re.IGNORECASE)


def _name(part: str) -> str:
    part = part.strip(_AROUND)
    if PICTURES.match(part):
        return ""
    if reporter := _KOREAN_REPORTER.search(part) or _CHINESE_REPORTER.match(part):
        return reporter[1]
    name = _without_initials(_without_role(_without_by(part)).strip(_AROUND))
    return name if _is_name(name) else ""


def _without_role(name: str) -> str:
    role = ROLE.search(name)
    if role is not None and role.start() == 0 and " " in name[role.end() :].strip():
        name = name[role.end() :].strip()
    elif role is not None and " " in name[: role.start()].strip():
        name = name[: role.start()].strip()
    return _PLACE.sub("", name) if name.count(" ") > 2 else name  # noqa: PLR2004 (two names, a word, and where)


def _without_initials(name: str) -> str:
    """``Ada Poole`` of ``Ada Poole apo`` and ``Ada Poole AP``: letters of the words before them."""
    words = name.split()
    if len(words) <= _WHOLE_NAME or words[-1].lower() in _PARTICLES or not _INITIALS.search(name):
        return name
    last, before = words[-1], words[:-1]
    letters = iter(key("".join(before)))
    if last.isupper():
        are_theirs = last == "".join(word[0] for word in before)
    else:
        are_theirs = all(sign in letters for sign in key(last))
    return " ".join(before) if are_theirs else name


def _is_name(name: str) -> bool:
    if not key(name) or key(name).isdigit() or len(name) > MAX_NAME_CHARS:
        return False
    role = ROLE.match(name)
    no_name = _NO_NAME.search(name) or _ACCOUNT.fullmatch(name)
    return not no_name and (role is None or role.end() < len(name))
