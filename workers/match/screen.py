"""A quick look at a page's whole text: could any topic match a story that is read from it?

Only the letters that a query's words must have are looked for, as substrings: a no is certain, a yes
means that the page is worth reading.
"""

from collections.abc import Iterable

from wirewatch.text.words import fold
from workers.match.fields import PROSE
from workers.match.nodes import And, AtLeast, Exact, InField, Near, Node, Not, Or, Phrase, Term, children
from workers.match.patterns import WordPattern
from workers.match.topics import Topic


def _squash(text: str) -> str:
    """Folded, and without what words lose beyond folding: the dots of U.S. and the commas of 1,000."""
    return fold(text).replace(".", "").replace(",", "")


def could_match(topics: Iterable[Topic], text: str) -> bool:
    """Whether any topic could match a story whose title, summary and body are taken from this text.

    The text must hold every word of theirs unparted: tags inside words removed, not made blanks.
    What a page's text does not settle (source, address, author, section, language, NOT) counts as maybe.
    """
    squashed = _squash(text)
    return any(_possible(topic.tree, squashed, wanted=True) for topic in topics)


def _possible(node: Node, text: str, *, wanted: bool) -> bool:
    match node:
        case Not():
            return _possible(node.part, text, wanted=not wanted)
        case And() | Or():
            # De Morgan: an unwanted Or wants all of its parts unwanted.
            every = all if isinstance(node, And) == wanted else any
            return every(_possible(part, text, wanted=wanted) for part in node.parts)
        case InField():
            return node.field not in PROSE or _possible(node.part, text, wanted=wanted)
        case Near() | AtLeast():
            return not wanted or all(_possible(part, text, wanted=True) for part in children(node))
        case Term() | Phrase() | Exact():
            return not wanted or all(_literals_in(pattern, text) for pattern in node.words)


def _literals_in(pattern: WordPattern, text: str) -> bool:
    return all(_squash(literal) in text for literal in pattern.literals)
