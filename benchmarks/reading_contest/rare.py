"""Topics that three pages in a hundred are about: words that stand in one page only."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from reading_contest.truth import Folder, TruePage
from workers.read.decode import decode

PART = 0.03
"""How many of the stories that a monitor meets are worth reading."""

_WORD = re.compile(r"\b[^\W\d_]{7,14}\b")


def rare_queries(folder: Folder) -> list[str]:
    """A query for each of about 3 % of the pages (at least one page), that none of the others matches.

    The pages are of all sizes alike, so that reading them well costs what reading any page does.
    """
    sizes = {}
    in_pages: Counter[str] = Counter()
    for page in folder.pages:
        html = folder.html(page)
        sizes[page] = len(html)
        in_pages.update(_words(decode(html)))
    ranked = sorted((page for page in folder.pages if page.body), key=lambda page: (sizes[page], page.file))
    wanted = max(1, round(PART * len(folder.pages)))
    queries: list[str] = []
    for part in range(min(wanted, len(ranked))):
        middle = int((part + 0.5) * len(ranked) / wanted)
        word = next(_own_words(ranked[middle:] + ranked[:middle], in_pages, queries), None)
        if word is not None:
            queries.append(f'"{word}"')
    return queries


def _own_words(pages: Iterable[TruePage], in_pages: Counter[str], taken: list[str]) -> Iterator[str]:
    """For each page, the first word of its body that no other page has."""
    for page in pages:
        words = [word.casefold() for word in _WORD.findall(page.body or "")]
        if any(query.strip('"') in words for query in taken):
            continue
        yield from [word for word in words if in_pages[word] == 1][:1]


def _words(html: str) -> set[str]:
    return set(_WORD.findall(html.casefold()))
