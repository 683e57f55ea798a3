"""What a query must keep to beyond its grammar: its size, its nesting, and that it can be answered."""

import re

from wirewatch.errors import QueryError
from workers.match import query_faults as faults
from workers.match.nodes import And, AtLeast, Exact, InField, Near, Node, Not, Or, Phrase, Term, children

MAX_QUERY = 20_000  # characters
MAX_NESTING = 100  # levels

_QUOTES = '"“”„‟«»＂'
_OUTLINE = re.compile(f"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]|[(){_QUOTES}]")


def check_outline(query: str) -> None:
    """Refuse what is too long, too deep, or has a quote or parenthesis without its other half."""
    if len(query) > MAX_QUERY:
        raise QueryError(query[:80] + "…", 80, faults.too_long(MAX_QUERY))
    if not query.strip():
        raise QueryError(query, 0, faults.EMPTY)
    open_at: list[int] = []
    for piece in _OUTLINE.finditer(query):
        if piece[0] == "(":
            open_at.append(piece.start())
            if len(open_at) > MAX_NESTING:
                raise QueryError(query, piece.start(), faults.too_deep(MAX_NESTING))
        elif piece[0] == ")":
            if not open_at:
                raise QueryError(query, piece.start(), faults.UNOPENED_PARENTHESIS)
            open_at.pop()
        elif len(piece[0]) == 1:
            raise QueryError(query, piece.start(), faults.UNCLOSED_QUOTE)
    if open_at:
        raise QueryError(query, open_at[-1], faults.UNCLOSED_PARENTHESIS)


def check_tree(query: str, tree: Node) -> None:
    """Refuse a tree that is too deep, joins what cannot be joined, or matches without any word found."""
    _check_nesting(query, tree)
    _check_joints(query, tree, in_field=False)
    if not _anchored(tree, wanted=True):
        raise QueryError(query, tree.start, faults.NEGATIVE)


def _check_nesting(query: str, tree: Node) -> None:
    """Without recursion: everything after this may recurse."""
    level: list[Node] = [tree]
    for _ in range(MAX_NESTING + 1):
        level = [child for node in level for child in children(node)]
        if not level:
            return
    raise QueryError(query, level[0].start, faults.too_deep(MAX_NESTING))


def _check_joints(query: str, node: Node, *, in_field: bool) -> None:
    match node:
        case Near():
            for side in (node.left, node.right):
                _check_places(query, side, faults.NEAR_JOINS)
        case AtLeast():
            _check_places(query, node.part, faults.ATLEAST_COUNTS)
        case InField() if in_field:
            raise QueryError(query, node.start, faults.FIELD_IN_FIELD)
        case _:
            pass
    for child in children(node):
        _check_joints(query, child, in_field=in_field or isinstance(node, InField))


def _check_places(query: str, node: Node, reason: str) -> None:
    """Refuse what has a truth but no place in the text."""
    if isinstance(node, And | Not | AtLeast):
        raise QueryError(query, node.start, reason)
    for child in children(node):
        _check_places(query, child, reason)


def _anchored(node: Node, *, wanted: bool) -> bool:
    """Whether a story that makes the node true (or false, if not wanted) has a word of it in some field."""
    match node:
        case Term() | Phrase() | Exact() | Near() | AtLeast():
            return wanted
        case Not():
            return _anchored(node.part, wanted=not wanted)
        case InField():
            return _anchored(node.part, wanted=wanted)
        case And() | Or():
            # De Morgan: an unwanted Or wants all of its parts unwanted.
            some = any if isinstance(node, And) == wanted else all
            return some(_anchored(part, wanted=wanted) for part in node.parts)
