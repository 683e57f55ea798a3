"""A quick look at a page's whole text: which topics could match a story that is read from it?

A no is certain, a yes means that the page is worth reading. One automaton (Aho and Corasick, 1975) finds the
letters that the topics' words must have, in one pass and however many topics there are; only a topic of
which enough was found is looked at more closely.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from ahocorasick import STORE_INTS, Automaton

from wirewatch.text.words import Word, fold, words
from workers.match.fields import PROSE
from workers.match.nodes import And, AtLeast, Exact, InField, Near, Node, Not, Or, Phrase, Term, children
from workers.match.patterns import WordPattern
from workers.match.topics import Topic

_MOST_CHARS = 1_000_000
"""Of the different pieces of a text; in more than any page has, only letters are looked for."""

_Has = Callable[[WordPattern, bool], bool]  # whether a text has a word (in its exact form)


class Screen:
    """The topics' necessary letters, made ready once for many texts.

    What a page's text does not settle (source, address, author, section, language, NOT) counts as found.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = tuple(topics)
        self._numbers: dict[str, int] = {}  # of letters
        self._letters: dict[WordPattern, int | None] = {}  # the most that all forms of a word have in a row
        for topic in self._topics:
            self._learn(topic.tree)
        self._sizes = list(map(len, self._numbers))
        self._always: set[int] = set()  # topics that no text settles
        self._needing: dict[int, list[int]] = defaultdict(list)  # letters -> topics that they may settle
        for place, topic in enumerate(self._topics):
            if (needed := self._needed(topic.tree, wanted=True)) is None:
                self._always.add(place)
            for number in needed or ():
                self._needing[number].append(place)
        self._automaton = Automaton(STORE_INTS)
        for literal, number in self._numbers.items():
            self._automaton.add_word(literal, number)
        self._automaton.make_automaton()

    def _learn(self, tree: Node) -> None:
        waiting = [tree]
        while waiting:
            node = waiting.pop()
            waiting.extend(children(node))
            if isinstance(node, Term | Phrase | Exact):
                for pattern in node.words:
                    letters = max((_squash(fold(one)) for one in pattern.literals), key=len, default="")
                    number = self._numbers.setdefault(letters, len(self._numbers)) if letters else None
                    self._letters[pattern] = number

    def _needed(self, node: Node, *, wanted: bool) -> frozenset[int] | None:
        """Letters of which a text must hold some for the node to be as wanted; None: it need hold none."""
        match node:
            case Not():
                return self._needed(node.part, wanted=not wanted)
            case And() | Or():
                parts = [self._needed(part, wanted=wanted) for part in node.parts]
                # De Morgan: an unwanted Or wants all of its parts unwanted.
                return self._rarest(parts) if isinstance(node, And) == wanted else _any_of(parts)
            case InField():
                return self._needed(node.part, wanted=wanted) if node.field in PROSE else None
            case Near() | AtLeast():
                parts = [self._needed(part, wanted=True) for part in children(node)]
                return self._rarest(parts) if wanted else None
            case Term() | Phrase() | Exact():
                numbers = [self._letters[pattern] for pattern in node.words]
                parts = [None if number is None else frozenset([number]) for number in numbers]
                return self._rarest(parts) if wanted else None

    def _rarest(self, parts: Iterable[frozenset[int] | None]) -> frozenset[int] | None:
        """Of sets that must all be met, the one that the fewest texts meet: long letters are rare ones."""
        sets = [part for part in parts if part is not None]
        return max(sets, key=lambda one: (min(map(self._sizes.__getitem__, one)), -len(one)), default=None)

    def possible(self, text: str) -> tuple[Topic, ...]:
        """The topics that could match a story whose title, summary and body are taken from a text.

        Args:
            text: every word of the story's stands in it, unparted.
        """
        # No word has a blank inside, so a text is as good as its different pieces between blanks, of which
        # it has a third. Folding takes time with what is not ASCII only.
        different = set(text.split())
        others = [piece for piece in different if not piece.isascii()]
        pieces = [*others, *different.difference(others)]
        folded = [*map(fold, others), fold("\n".join(pieces[len(others) :]))]
        squashed = _squash("\n".join(folded))
        found: dict[int | None, list[int]] = defaultdict(list, {None: []})  # letters -> where they end
        for end, number in self._automaton.iter(squashed) if self._numbers else ():
            found[number].append(end)
        places = self._always.union(
            *(self._needing.get(number, ()) for number in found if number is not None)
        )
        held = self._holding(sorted(places), lambda word, _: self._letters[word] in found)
        if held and len(squashed) <= _MOST_CHARS:
            cut = _Cut(pieces, squashed)
            held = self._holding(held, lambda word, exact: self._has(word, cut, found, exact=exact))
        return tuple(self._topics[place] for place in held)

    def _holding(self, places: Iterable[int], has: _Has) -> list[int]:
        return [place for place in places if _possible(self._topics[place].tree, has, wanted=True)]

    def _has(
        self, word: WordPattern, cut: "_Cut", found: Mapping[int | None, list[int]], *, exact: bool
    ) -> bool:
        """Whether a text has a word not only by its letters: Sino is in Casino."""
        if (letters := self._letters[word]) is None:
            return True
        rows = dict.fromkeys(map(cut.row, found.get(letters, ())))
        return any(word.matches(one.exact if exact else one.folded) for row in rows for one in cut.words(row))


class _Cut:
    """The pieces of a text, cut into words where they are asked for."""

    def __init__(self, pieces: Sequence[str], squashed: str) -> None:
        self._pieces = pieces
        self._ends = [found.start() for found in re.finditer("\n", squashed)]
        self._words: dict[int, Sequence[Word]] = {}

    def row(self, offset: int) -> int:
        """The number of the piece in which an offset of the squashed text lies."""
        return bisect_left(self._ends, offset)

    def words(self, row: int) -> Sequence[Word]:
        """The words of a piece."""
        if row not in self._words:
            self._words[row] = words(self._pieces[row])
        return self._words[row]


def _squash(folded: str) -> str:
    """Without what words lose beyond folding: the dots of U.S. and the commas of 1,000."""
    return folded.replace(".", "").replace(",", "")


def _any_of(parts: Sequence[frozenset[int] | None]) -> frozenset[int] | None:
    sets = [part for part in parts if part is not None]
    return frozenset().union(*sets) if len(sets) == len(parts) else None


def _possible(node: Node, has: _Has, *, wanted: bool) -> bool:
    match node:
        case Not():
            return _possible(node.part, has, wanted=not wanted)
        case And() | Or():
            every = all if isinstance(node, And) == wanted else any
            return every(_possible(part, has, wanted=wanted) for part in node.parts)
        case InField():
            return node.field not in PROSE or _possible(node.part, has, wanted=wanted)
        case Near() | AtLeast():
            return not wanted or all(_possible(part, has, wanted=True) for part in children(node))
        case Term() | Phrase() | Exact():
            return not wanted or all(has(pattern, isinstance(node, Exact)) for pattern in node.words)
