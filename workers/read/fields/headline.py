"""The title of a story, by agreement of those who name it."""

import re

from wirewatch.text.html import plain_text
from workers.read.fields.evidence import Evidence, clean
from workers.read.likeness import key

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»›:-]{1,2}|::)\s+|\s*\|\s*")
_MOST_SITE_WORDS = 5
_FEWEST_TITLE_WORDS = 3


def without_site(title: str, sites: list[str]) -> str:
    """A title without the outlet's name at its end or beginning.

    Args:
        title: such as ``Senate passes tariff bill - The Example``.
        sites: names the outlet goes by; the part after the last bar is taken for one in any case.
    """
    names = {key(site) for site in sites if site}
    while True:
        separators = list(_SEPARATOR.finditer(title))
        if not separators:
            return title
        last, first = separators[-1], separators[0]
        tail, head = title[last.end() :], title[: first.start()]
        named = title[: last.start()].split()
        barred = (
            "|" in last[0] and len(tail.split()) <= _MOST_SITE_WORDS and len(named) >= _FEWEST_TITLE_WORDS
        )
        if key(tail) in names or barred:
            title = title[: last.start()]
        elif key(head) in names:
            title = title[first.end() :]
        else:
            return title


def headline(evidence: Evidence, entry_title: str, sites: list[str]) -> tuple[str, str]:
    """The story's title, and how it was found.

    The one that most of h1, JSON-LD, og:title, the title element and the feed entry give, spelled as the
    first of these has it; of two with as many voices, the one that visitors see. Where no two agree, each
    is written for another reader (visitor, search engine, social network), and the feed entry decides.
    """
    sites = [*sites, *evidence.meta("og:site_name"), *evidence.meta("application-name")]
    named = [
        ("h1", evidence.headings[:1]),
        ("json-ld", [evidence.said("headline")]),
        ("og:title", evidence.meta("og:title")),
        ("title", [evidence.title]),
        ("feed", [clean(plain_text(entry_title))]),
    ]
    texts = {how: without_site(said[0], sites) for how, said in named if said and key(said[0])}
    if not texts:
        return "", "none"
    voices: dict[str, list[str]] = {}
    for how, text in texts.items():
        voices.setdefault(key(text), []).append(how)
    most = max(voices.values(), key=len)
    if len(most) > 1:
        return texts[most[0]], " = ".join(most)
    if "feed" in texts:
        return texts["feed"], "feed"
    # An h1 of one or two words is the outlet's name or the section's.
    worded = (
        how for how, text in texts.items() if len(text.split()) >= _FEWEST_TITLE_WORDS or not text.isascii()
    )
    how = next(worded, next(iter(texts)))
    return texts[how], how
