"""The title of a story, by agreement of those who name it."""

from dataclasses import dataclass

from wirewatch.text.html import plain_text
from workers.read.document import Document
from workers.read.fields.cleaning import clean, first
from workers.read.fields.headings import main_heading
from workers.read.fields.publisher import outlet_names
from workers.read.fields.title_place import title_block
from workers.read.fields.titles import cuts, is_cut_off, is_worded, without_site
from workers.read.likeness import key

MAX_TITLE_CHARS = 500
"""What is longer is cut: it is no title."""

# How much each one's word weighs. JSON-LD and the h1 are most often the story's own title; og:title is often
# written anew for social networks, the title element for search engines. Where no two
# agree, the feed decides.
_JSON_LD, _H1, _OG, _FEED, _TITLE, _ITEM, _OTHER, _TWITTER = 1.05, 1.0, 0.8, 1.1, 0.5, 0.5, 0.3, 0.1
_SHOWN = 0.5  # of a line of the page that says what the title element says, or a part of it
_OTHER_METAS = (
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "title",
    "hdl",
    "headline",
)
_STRAY_H1 = 0.4  # of an h1 that has no word in common with whatever else names the page
_UNWORDED = 0.4
_AS_A_FORM = 0.9  # of its weight, where a title agrees once the names and rubrics around it are gone


@dataclass(slots=True, frozen=True)
class _Said:
    how: str
    weight: float
    text: str
    key: str
    forms: frozenset[str]  # keys of what it may mean besides


def headline(document: Document, entry_title: str, sites: list[str]) -> tuple[str, str]:
    """The story's title, and how it was found: the one that has the most weight of those who give it.

    Without the outlet's name, section names and rubrics, where others show that they are no part of it.

    Args:
        document: the page.
        entry_title: as the feed has it; it may hold markup.
        sites: names that the outlet goes by besides those of the page.
    """
    names = outlet_names(document.evidence, document.url, sites)
    said = _stated(document, entry_title, names)
    whole = [one for one in said if not any(is_cut_off(one.text, other.text) for other in said)]
    if not whole:
        return "", "none"
    best = max(whole, key=lambda candidate: _weight(candidate, said))
    voices = [one.how for one in said if _voice(one, best)]
    return best.text[:MAX_TITLE_CHARS].strip(), " = ".join(dict.fromkeys(voices))


def _weight(candidate: _Said, said: list[_Said]) -> float:
    voices = [voice for one in said if (voice := _voice(one, candidate))]
    # One or two words that only one gives are a section's name, or an outlet's that we do not know.
    return sum(voices) * (1 if len(voices) > 1 or is_worded(candidate.text) else _UNWORDED)


def _voice(one: _Said, candidate: _Said) -> float:
    if one.key == candidate.key:
        return one.weight
    agrees = candidate.key in one.forms or is_cut_off(one.text, candidate.text)
    return _AS_A_FORM * one.weight if agrees else 0.0


def _stated(document: Document, entry_title: str, names: frozenset[str]) -> list[_Said]:
    """All who give a title, the most trusted spelling first, without those who name only the outlet."""
    evidence, fed = document.evidence, clean(plain_text(entry_title))
    social, told = first(evidence.meta("og:title")), evidence.said("headline") or evidence.said("name")
    others = [text for text in (told, social, evidence.title, fed) if text and key(text) not in names]
    h1, fits = main_heading(evidence.headings, others, names)
    shown = title_block(document) if not evidence.headings else None
    given = [
        ("h1", _H1 if fits or not others else _STRAY_H1, h1.text, [*h1.forms]),
        ("shown", _SHOWN, clean(shown.text) if shown else "", []),
        ("json-ld", _JSON_LD, told, []),
        ("og:title", _OG, social, cuts(social)),
        ("feed", _FEED, fed, cuts(fed)),
        ("microdata", _ITEM, first(evidence.items.get("headline", [])), []),
        ("title", _TITLE, evidence.title, cuts(evidence.title)),
        *(
            (name, _OTHER, text, cuts(text))
            for name in _OTHER_METAS
            for text in evidence.metas.get(name, [])[:1]
        ),
        ("twitter:title", _TWITTER, first(evidence.meta("twitter:title")), []),
    ]
    said = []
    for how, weight, text, forms in given:
        bare = without_site(text, names)
        bare_key = key(bare)
        if bare_key and bare_key not in names:
            said.append(_Said(how, weight, bare, bare_key, frozenset(map(key, [text, *forms])) - {""}))
    return said
