"""Who wrote a story: people's names, from those who state them, in the order of how often they are right."""

from collections.abc import Iterable

from workers.read.document import Document
from workers.read.fields.byline_words import AGENCY, DESK
from workers.read.fields.names import people_of
from workers.read.fields.naming import is_outlet
from workers.read.fields.nodes import names_of
from workers.read.fields.publisher import outlet_names
from workers.read.fields.visible_bylines import visible_bylines
from workers.read.likeness import key

_MAX_AUTHORS = 20
_MAX_STATED = 50
_METAS = (
    "author", "article:author_name", "article:author", "og:article:author", "parsely-author",
    "sailthru.author", "byl",
    "byline", "dc.creator", "dcterms.creator", "dc.contributor", "citation_author", "cxenseparse:author",
    "mrf:authors",
    "dable:author", "twitter:data1", "authors", "creator", "lp.article:author", "vr:author",
)  # fmt: skip


def authors(document: Document, fed: Iterable[str], sites: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """The story's authors, and who named them: the first who names a person.

    A person is heard before a desk, an agency or the outlet itself, whoever names it; where nobody names a
    person, the first of those stands, if the page's own data name it as the author. A feed and a line on
    the page that name only the outlet tell nothing.

    Args:
        document: the page.
        fed: the feed entry's authors.
        sites: names of the outlet besides those of the page.
    """
    evidence = document.evidence
    outlet = outlet_names(evidence, document.url, sites)
    language = evidence.language[:2].lower() or None
    desks: tuple[tuple[str, ...], str] = (), "none"
    for how, names, is_stated in (
        ("json-ld", names_of(evidence.article.get("author"), evidence.nodes), True),
        ("json-ld", names_of(evidence.article.get("creator"), evidence.nodes), True),
        ("meta", [name for meta in _METAS for name in evidence.metas.get(meta, [])], True),
        ("microdata", evidence.items.get("author", []) or evidence.items.get("creator", []), True),
        ("json-ld", names_of(evidence.page.get("author"), evidence.nodes), True),
        ("feed", fed, False),
    ):
        found = _unlike(person for name in list(names)[:_MAX_STATED] for person in people_of(name, language))
        people = tuple(name for name in found if not is_outlet(name, outlet))
        if _persons(people):
            return _without_desks(people), how
        if found and is_stated and not desks[0]:
            desks = (people or found)[:_MAX_AUTHORS], how
    shown = _unlike(name for name in visible_bylines(document, language) if not is_outlet(name, outlet))
    if persons := _persons(shown):
        return persons, "byline"
    agencies = tuple(name for name in shown if AGENCY.search(name))
    return (agencies, "byline") if agencies and not desks[0] else desks


def _persons(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if not DESK.search(name) and not AGENCY.search(name))[:_MAX_AUTHORS]


def _without_desks(names: tuple[str, ...]) -> tuple[str, ...]:
    """People, and the agencies that are named with them."""
    return tuple(name for name in names if not DESK.search(name) or AGENCY.search(name))[:_MAX_AUTHORS]


def _unlike(names: Iterable[str]) -> tuple[str, ...]:
    """Each once: one person under two spellings, from two meta tags, is the first of them."""
    first_of: dict[str, str] = {}
    for name in names:
        first_of.setdefault(key(name), name)
    return tuple(first_of.values())
