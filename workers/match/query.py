"""A query's text read into its tree."""

import re
from pathlib import Path

from lark import Lark, Token, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError
from lark.tree import Meta
from lark.visitors import Transformer_NonRecursive

from wirewatch.errors import QueryError
from wirewatch.text.words import pattern_words
from workers.match import query_faults
from workers.match.nodes import And, AtLeast, Exact, InField, Near, Node, Not, Or, Phrase, Term
from workers.match.patterns import WordPattern, word_pattern
from workers.match.query_rules import check_outline, check_tree

MAX_NUMBER = 100  # of NEAR/n, ONEAR/n and ATLEAST/n
_OPERATOR = re.compile(r"(?P<name>O?NEAR|ATLEAST)(?:/.*)?|(?P<plain>AND|OR|NOT)", re.DOTALL)
_TYPES = {"NEAR": "NEAR", "ONEAR": "NEAR", "ATLEAST": "ATLEAST", "AND": "_AND", "OR": "_OR", "NOT": "_NOT"}


def _tell_operators(token: Token) -> Token:
    found = _OPERATOR.fullmatch(token)
    if found is None:
        return token
    return token.update(type=_TYPES[found["name"] or found["plain"]])


_PARSER = Lark(
    (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8"),
    parser="lalr",
    lexer="basic",
    propagate_positions=True,
    lexer_callbacks={"WORD": _tell_operators},
)


def phrase_words(query: str, start: int, end: int, *, exact: bool = False) -> tuple[WordPattern, ...]:
    """The patterns of a stretch of a query.

    Raises:
        QueryError: if it has no words, or a wildcard stands without letters.
    """
    found = pattern_words(query[start:end])
    kept: list[WordPattern] = []
    for index, word in enumerate(found):
        if word.folded.strip("*?"):
            kept.append(word_pattern(word.exact if exact else word.folded))
            continue
        # Characters of scripts without spaces are words of their own: the star of 中国* adds nothing.
        beside = (index and found[index - 1].end == word.start) or (
            index + 1 < len(found) and found[index + 1].start == word.end
        )
        if "?" in word.folded or not beside:
            raise QueryError(query, start + word.start, query_faults.BARE_WILDCARD)
    if not kept:
        raise QueryError(query, start, query_faults.no_words(query[start:end]))
    return tuple(kept)


@v_args(meta=True, inline=True)
class _Build(Transformer_NonRecursive[Token, Node]):
    """Lark's tree into ours, from the leaves up and without recursion, so that no query can overflow it."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self._query = query

    def _number(self, operator: Token) -> int:
        name, _, number = operator.partition("/")
        if not re.fullmatch(r"[0-9]{1,3}", number) or not 1 <= int(number) <= MAX_NUMBER:
            raise QueryError(
                self._query, operator.start_pos or 0, query_faults.number_wanted(name, MAX_NUMBER)
            )
        return int(number)

    def _extent(self, meta: Meta) -> dict[str, int]:
        return {"start": meta.start_pos, "end": meta.end_pos}

    def start(self, _: Meta, part: Node) -> Node:
        return part

    def group(self, _: Meta, part: Node) -> Node:
        return part

    def word(self, meta: Meta, token: Token) -> Node:
        start, end = meta.start_pos, meta.end_pos
        if fault := query_faults.word_fault(token):
            raise QueryError(self._query, start, fault)
        patterns = phrase_words(self._query, start, end)
        if len(patterns) == 1:
            return Term(patterns[0], start=start, end=end)
        return Phrase(patterns, start=start, end=end)

    def phrase(self, meta: Meta, _: Token) -> Node:
        start, end = meta.start_pos, meta.end_pos
        return Phrase(phrase_words(self._query, start + 1, end - 1), start=start, end=end)

    def exact(self, meta: Meta, token: Token) -> Node:
        start, end = meta.start_pos, meta.end_pos
        opening = start + len(token) - len(token[1:].lstrip())
        return Exact(phrase_words(self._query, opening + 1, end - 1, exact=True), start=start, end=end)

    def near(self, meta: Meta, left: Node, operator: Token, right: Node) -> Node:
        ordered = operator.startswith("ONEAR")
        return Near(left, right, self._number(operator), ordered, **self._extent(meta))

    def negation(self, meta: Meta, part: Node) -> Node:
        return Not(part, **self._extent(meta))

    def all(self, meta: Meta, *parts: Node) -> Node:
        return And(parts, **self._extent(meta))

    def any(self, meta: Meta, *parts: Node) -> Node:
        return Or(parts, **self._extent(meta))

    def at_least(self, meta: Meta, operator: Token, part: Node) -> Node:
        return AtLeast(self._number(operator), part, **self._extent(meta))

    def in_field(self, meta: Meta, token: Token, part: Node) -> Node:
        if fault := query_faults.field_fault(token[:-1]):
            raise QueryError(self._query, meta.start_pos, fault)
        return InField(token[:-1], part, **self._extent(meta))


def parse_query(query: str) -> Node:
    """The tree of a query.

    Raises:
        QueryError: for every text that is not a query, with the place and what would be right.
    """
    check_outline(query)
    try:
        read = _PARSER.parse(query)
        tree: Node = _Build(query).transform(read)
    except VisitError as error:
        raise error.orig_exc from None
    except UnexpectedCharacters as error:
        position = error.pos_in_stream or 0
        raise QueryError(query, position, query_faults.stray(query[position])) from None
    except UnexpectedToken as error:
        position, reason = query_faults.misplaced(query, error.token)
        raise QueryError(query, position, reason) from None
    check_tree(query, tree)
    return tree
