"""The bylines that a page shows near its title."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from workers.read.document import Document
from workers.read.fields.byline_words import AGENCY, BY
from workers.read.fields.cleaning import clean
from workers.read.fields.names import MAX_NAME_CHARS, names_role, people_of
from workers.read.fields.title_place import below_title
from workers.read.fields.written import written

# Classes, relations and addresses that say "author", in the languages of news systems.
_WORDS = (
    "author", "autor", "auteur", "autore", "byline", "writer", "reporter", "journalist", "forfatt",
    "författ", "redakteur",
    "yazar", "muhabir", "penulis", "firma", "signature",
)  # fmt: skip
_BYLINE = ",".join(
    [
        *("h1", "[rel~=author i]", "[itemprop~=author i]", "address"),
        *("[data-testid*=byline i]", "[data-testid*=author i]"),
        *("a[href*='/author/' i]", "a[href*='/autor/' i]", "a[href*='/auteur' i]"),
        *(f"[class*={word} i]" for word in _WORDS),
    ]
)
# What names others than the story's authors, or the same ones far from it.
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|most-?(?:read|viewed|popular)|teaser|\bcards?\b|promo|caption|newsletter|footer"
    r"|widget|carousel|trending|latest|more-?from|read-?next|\bnav\b|menu|credit|photo|image-?(?:author"
    r"|source)"
    r"|copyright|liveblog|disqus|slider|listing",
    re.IGNORECASE,
)
_ELSEWHERE_TAGS = frozenset({"aside", "nav", "footer", "figure", "figcaption", "blockquote", "form"})
_MOST_SHOWN = 40
_FAR = 25  # ancestors
_MAX_BYLINE_CHARS = 300
_MAX_UNITS = 30
_FEWEST, _MOST_WORDS, _MOST_SIGNS = 2, 5, 25  # of a person's name: words, or signs of a script without cases
_UNREAD = frozenset({"svg", "script", "style", "button", "template", "noscript", "time", "img", "picture"})
_CAPITAL = r"(?:[^\W\d_a-zà-ž]|d['’]|O['’])[\w.'’-]*"
_SMALL = "de|da|do|dos|das|del|della|di|du|van|von|den|der|ter|ten|zu|af|av|al|el|bin|ibn|la|le|y|i|e"
_NAMES = re.compile(rf"(?:{_CAPITAL}|{_SMALL})(?:\s(?:{_CAPITAL}|{_SMALL})){{1,4}}")
_NOT_LAST = frozenset(_SMALL.split("|")) | {"by", "par", "por"}
_MARK = re.compile(r"\s[·|•–—]\s")
_CHINESE_BY = re.compile(r"[\u4e00-\u9fff]{0,6}[記记]者")


def visible_bylines(document: Document, language: str | None) -> list[str]:
    """The names of the first byline near the title that names anybody; empty if none does.

    Args:
        document: the page.
        language: of the page, as a code of two letters.
    """
    for names in (_marked_up(document, language), _in_words(document, language)):
        if names:
            return names
    return []


def _marked_up(document: Document, language: str | None) -> list[str]:
    titled = not document.evidence.headings
    before: list[str] = []
    shown = 0
    group: LexborNode | None = None
    names: list[str] = []
    seen: set[int] = set()
    for node in document.tree.css(_BYLINE):
        if node.tag == "h1":
            titled = titled or bool(node.text(strip=True))
            continue
        if node.mem_id in seen or shown > _MOST_SHOWN or _is_elsewhere(node):
            continue
        seen.add(node.mem_id)
        shown += 1
        if group is not None:
            # The next of several authors: of the same byline, or of none.
            if _is_near(node, group):
                names += [
                    n for n in _names(node, language) if not any(_is_within(n, other) for other in names)
                ]
                continue
            break
        if found := _names(node, language):
            if not titled:
                before = before or found
                continue
            names, group = found, node
    return names or before


def _in_words(document: Document, language: str | None) -> list[str]:
    """A line under the title that begins as bylines do: "By …", "Von …"; or that tells a name and a day."""
    for block in below_title(document):
        text = block.text
        if len(text) > _MAX_BYLINE_CHARS // 3:
            continue
        # A dateline has a comma: "New York, 24 November" names nobody.
        before_day = _MARK.split(text)[0] if _MARK.search(text) and written(text, language or "") else ""
        if before_day or BY.match(text) or _CHINESE_BY.match(text):
            people = [name for name in people_of(before_day or text, language) if is_person(name)]
            if people:
                return people
    return []


def is_person(name: str) -> bool:
    """Whether a text that nobody calls a name looks like one: capital letters, two to five words."""
    words = name.split()
    if len(name) > MAX_NAME_CHARS or any(letter.isdigit() for letter in name) or names_role(name):
        return False
    if not any(letter.isupper() or letter.islower() for letter in name):  # a script without cases
        return _FEWEST <= len(name.replace(" ", "")) <= _MOST_SIGNS and len(words) <= _MOST_WORDS
    if not _FEWEST <= len(words) <= _MOST_WORDS or words[-1].lower() in _NOT_LAST:
        return False
    return _NAMES.fullmatch(name) is not None


def _names(node: LexborNode, language: str | None) -> list[str]:
    """The people in a byline's element: of its first piece of text that names any."""
    text = node.text(separator=" ")
    if len(text) > 4 * _MAX_BYLINE_CHARS or len(clean(text)) > _MAX_BYLINE_CHARS:
        return []
    names: list[str] = []
    for unit in _units(node):
        people = [name for name in people_of(unit, language) if is_person(name) or AGENCY.search(name)]
        names += [name for name in people if not any(_is_within(name, other) for other in names)]
    return names


def _is_within(name: str, other: str) -> bool:
    """Whether one is a shorter form of the other: ``Ada Poole``, ``Ada M. Poole``."""
    return set(name.casefold().split()) <= set(other.casefold().split())


def _units(node: LexborNode) -> Iterator[str]:
    """The texts of an element, one for each run that no element divides."""
    count = 0
    for part in node.traverse(include_text=True):
        if count >= _MAX_UNITS:
            return
        above = part.parent
        if (
            part.is_text_node
            and above is not None
            and above.tag not in _UNREAD
            and (text := clean(part.text_content))
        ):
            count += 1
            yield text


def _is_elsewhere(node: LexborNode) -> bool:
    at: LexborNode | None = node
    for _ in range(_FAR):
        if at is None or at.tag in {"body", "html", "article", "main"}:
            return False
        attributes = at.attributes
        words = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if at.tag in _ELSEWHERE_TAGS or _ELSEWHERE.search(words):
            return True
        at = at.parent
    return False


def _is_near(node: LexborNode, other: LexborNode) -> bool:
    """Whether two elements have an element close above them in common."""
    above = []
    at: LexborNode | None = other
    for _ in range(4):
        if at is None:
            break
        above.append(at.mem_id)
        at = at.parent
    at = node
    for _ in range(4):
        if at is None or at.tag in {"body", "article", "main"}:
            return False
        if at.mem_id in above:
            return True
        at = at.parent
    return False
