"""Whether a query holds for a story, and what showed it."""

from dataclasses import dataclass
from itertools import groupby

from workers.match.fields import PROSE, IndexedStory
from workers.match.masks import Ignored, Mask, counts, mask
from workers.match.nodes import And, AtLeast, Exact, InField, Leaf, Near, Node, Not, Or, Phrase, Term
from workers.match.occurrences import Occurrence, disjoint, near


@dataclass(frozen=True, slots=True)
class Evidence:
    """What made a query, or a part of it, hold."""

    occurrences: tuple[Occurrence, ...] = ()
    clauses: tuple[str, ...] = ()  # the query's own text of the positive parts that held


class Evaluation:
    """One query against one story. A part is asked for its truth, or, under NOT, for its falsehood."""

    def __init__(self, query: str, story: IndexedStory, ignored: tuple[Ignored, ...]) -> None:
        self._query = query
        self._story = story
        self._ignored = ignored
        self._masks: dict[str, Mask] = {}

    def evidence(
        self, node: Node, fields: tuple[str, ...] = PROSE, *, wanted: bool = True
    ) -> Evidence | None:
        """What shows that the node is true of the fields (or false, if not wanted); None if it is not."""
        match node:
            case Not():
                return self.evidence(node.part, fields, wanted=not wanted)
            case And() | Or():
                return self._joined(node, fields, wanted=wanted)
            case InField():
                found = self.evidence(node.part, (node.field,), wanted=wanted)
                return found and Evidence(
                    found.occurrences, tuple(f"{node.field}:{clause}" for clause in found.clauses)
                )
            case AtLeast():
                places = self._occurrences(node.part, fields)
                holds = len(disjoint(places)) >= node.count
            case _:
                places = self._occurrences(node, fields)
                holds = bool(places)
        if holds != wanted:
            return None
        return Evidence(tuple(places), (self._query[node.start : node.end],)) if wanted else Evidence()

    def _joined(self, node: And | Or, fields: tuple[str, ...], *, wanted: bool) -> Evidence | None:
        found = [self.evidence(part, fields, wanted=wanted) for part in node.parts]
        held = [evidence for evidence in found if evidence is not None]
        # De Morgan: an unwanted Or wants all of its parts unwanted.
        if len(held) < (len(found) if isinstance(node, And) == wanted else 1):
            return None
        return Evidence(
            tuple(place for evidence in held for place in evidence.occurrences),
            tuple(clause for evidence in held for clause in evidence.clauses),
        )

    def _occurrences(self, node: Node, fields: tuple[str, ...]) -> list[Occurrence]:
        """Where a node occurs that has places: the parser lets no other stand below NEAR and ATLEAST."""
        match node:
            case Term() | Phrase() | Exact():
                return [place for field in fields for place in self._leaf(node, field)]
            case Or():
                return [place for part in node.parts for place in self._occurrences(part, fields)]
            case InField():
                return self._occurrences(node.part, (node.field,))
            case Near():
                left, right = self._by_field(node.left, fields), self._by_field(node.right, fields)
                return [
                    place
                    for field in left
                    for place in near(
                        left[field], right.get(field, []), distance=node.distance, ordered=node.ordered
                    )
                ]
            case And() | Not() | AtLeast():
                raise TypeError(f"{type(node).__name__} has no place in a text")

    def _by_field(self, node: Node, fields: tuple[str, ...]) -> dict[str, list[Occurrence]]:
        places = sorted(set(self._occurrences(node, fields)))
        return {field: list(group) for field, group in groupby(places, key=lambda place: place.field)}

    def _leaf(self, node: Leaf, field: str) -> list[Occurrence]:
        indexed = self._story.field(field)
        starts = indexed.places(node.words, exact=isinstance(node, Exact))
        if field == "lang":  # en is a prefix of en-US; us is not its language
            starts = [start for start in starts if start == 0]
        masked = self._mask(field)
        reach = len(node.words) - 1
        return [
            Occurrence(field, start, start + reach)
            for start in starts
            if counts(masked, start, start + reach)
        ]

    def _mask(self, field: str) -> Mask:
        """Ignored phrases are about prose: the name of a source or a section is never ignored."""
        if field not in self._masks:
            ignored = self._ignored if field in PROSE else ()
            self._masks[field] = mask(self._story.field(field), ignored)
        return self._masks[field]
