"""A query as a tree. Every node knows the stretch of the query's text that it was read from."""

from dataclasses import dataclass, field

from workers.match.patterns import WordPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """``query[start:end]`` is where a node was read."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Term(_Read):
    """One word."""

    word: WordPattern

    @property
    def words(self) -> tuple[WordPattern, ...]:
        """The word as a phrase of one."""
        return (self.word,)


@dataclass(frozen=True, slots=True)
class Phrase(_Read):
    """Words in a row: in quotes, or one query word that the text parts, such as ``U.S.-China``."""

    words: tuple[WordPattern, ...]


@dataclass(frozen=True, slots=True)
class Exact(_Read):
    """Words in a row with this case and these accents."""

    words: tuple[WordPattern, ...]


@dataclass(frozen=True, slots=True)
class Near(_Read):
    """Two occurrences in one field, at most ``distance`` positions apart, neighbours being 1 apart."""

    left: "Node"
    right: "Node"
    distance: int
    ordered: bool  # left stands before right


@dataclass(frozen=True, slots=True)
class And(_Read):
    """All of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or(_Read):
    """At least one of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not(_Read):
    """Not this."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class AtLeast(_Read):
    """So many mentions, counted over the searched fields; overlapping ones count once."""

    count: int
    part: "Node"


@dataclass(frozen=True, slots=True)
class InField(_Read):
    """A part of the query that looks in one field only."""

    field: str
    part: "Node"


Leaf = Term | Phrase | Exact
Node = Term | Phrase | Exact | Near | And | Or | Not | AtLeast | InField


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, in the order written."""
    match node:
        case And() | Or():
            return node.parts
        case Not() | AtLeast() | InField():
            return (node.part,)
        case Near():
            return (node.left, node.right)
        case _:
            return ()
