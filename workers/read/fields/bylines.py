"""Who wrote a story: people's names, cleaned of titles, addresses and the outlet's own name."""

import re
from collections.abc import Iterable

from wirewatch.text.html import fold
from workers.read.fields.evidence import Evidence, clean
from workers.read.likeness import key

_MAX_AUTHORS = 20
_METAS = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "citation_author", "cxenseparse:author", "twitter:data1",
)  # fmt: skip
_BY = re.compile(r"^(?:(?:written\s|story\s|text\s)?by|par|von|por|di|door|af|av)\s+|^@", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;|/•]\s*|\s*,\s+|\s+(?:and|und|et|y|e|og|och|en|&)\s+", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?\b|\(|\)|www\.|@|\d{3}|^(?:admin|editor(?:ial)?|staff|newsroom|news\s?desk|unknown|n/?a|none|null|author|desk"
    r"|\d+\smins?(?:ute)?s?\sread)$|\.(?:com|org|net|co)\b",
    re.IGNORECASE,
)
_MOST_NAME_CHARS = 60


def authors(evidence: Evidence, fed: Iterable[str], sites: list[str]) -> tuple[tuple[str, ...], str]:
    """The story's authors in the order of the first who names any, and who that was.

    Args:
        evidence: the page's own statements; JSON-LD is right most often, then meta tags.
        fed: the feed entry's authors.
        sites: names of the outlet, which stand where a person should on many pages.
    """
    outlet = {key(site) for site in [*sites, *evidence.meta("og:site_name")] if site}
    metas = [name for meta in _METAS for name in evidence.meta(meta)]
    for how, names in (("json-ld", list(_json_ld(evidence))), ("meta", metas), ("feed", list(fed))):
        people = dict.fromkeys(
            person for name in names for person in people_of(name) if key(person) not in outlet
        )
        if people:
            # One person under two spellings, from two meta tags: the first stays.
            first_of = {key(person): person for person in reversed(people)}
            return tuple(person for person in people if first_of[key(person)] == person)[:_MAX_AUTHORS], how
    return (), "none"


def people_of(text: str) -> list[str]:
    """The names in a byline: ``By A. Smith and B. Jones`` is two. An address instead of a name is none."""
    if "://" in text:
        return []
    names = (_BY.sub("", fold(part)).strip(" .,:-–—") for part in _BETWEEN.split(_BY.sub("", fold(text))))
    return [
        name for name in names if key(name) and len(name) <= _MOST_NAME_CHARS and not _NO_NAME.search(name)
    ]


def _json_ld(evidence: Evidence) -> Iterable[str]:
    stated = evidence.article.get("author") or evidence.article.get("creator")
    for author in stated if isinstance(stated, list) else [stated]:
        if isinstance(author, str):
            yield clean(author)
        elif isinstance(author, dict):
            # "@id" refers to a Person elsewhere in the graph.
            node = author if author.get("name") else evidence.nodes.get(str(author.get("@id")), author)
            names = node.get("name")
            for name in names if isinstance(names, list) else [names]:
                yield clean(name)
