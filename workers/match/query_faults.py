"""What is wrong with a query and what would be right, in words."""

import re
from difflib import get_close_matches

from lark import Token

FIELDS = ("title", "body", "summary", "source", "url", "author", "section", "lang")

EMPTY = "the query is empty; write at least one word to look for"
BARE_WILDCARD = (
    "a wildcard needs letters beside it; write such as tariff* or t?riff, or NEAR/n for any words between"
)
UNCLOSED_QUOTE = 'this quote is not closed; put a " at the end of the phrase'
UNCLOSED_PARENTHESIS = "this parenthesis is not closed; put a ) after the group"
UNOPENED_PARENTHESIS = "this parenthesis closes nothing; remove it, or open its group with ("
EMPTY_PARENTHESES = "nothing stands in these parentheses; write the words to look for, or remove them"
NEGATIVE = "this would match stories by what they lack; add a word that must occur: tariff* NOT hotel"
NEAR_JOINS = (
    'NEAR joins words, "phrases" and OR-groups of them; quote words that stand in a row, '
    "and write AND and NOT outside: (a NEAR/5 b) NOT c"
)
ATLEAST_COUNTS = (
    'ATLEAST counts mentions of words, "phrases", OR-groups and NEAR; write AND and NOT outside of it'
)
FIELD_IN_FIELD = "a field stands inside another field; write them side by side: title:(a) AND body:(b)"


def too_long(limit: int) -> str:
    """For a query of more than ``limit`` characters."""
    return f"the query is longer than {limit:,} characters; part it into several topics"


def too_deep(limit: int) -> str:
    """For more than ``limit`` levels."""
    return (
        f"the query is nested more than {limit} levels deep; remove parentheses, or part it in several topics"
    )


def no_words(text: str) -> str:
    """For a stretch without letters or digits."""
    if text.strip() in {"&", "&&", "|", "||", "!"}:
        return "operators are written as words: AND, OR, NOT"
    return "there are no letters or digits here; write a word to look for, or remove this"


def number_wanted(operator: str, limit: int) -> str:
    """For NEAR, ONEAR or ATLEAST without a usable number."""
    example = 8 if "NEAR" in operator else 3
    return f"{operator} needs a whole number from 1 to {limit}, such as {operator}/{example}"


def word_fault(word: str) -> str | None:
    """Why a bare word is surely not meant as a word, or None."""
    if re.fullmatch(r"and|or|not|o?near/\d+|atleast/\d+", word):
        return (
            f'operators are written in capitals: {word.upper()}; to look for the word itself write "{word}"'
        )
    if re.match(r"[-+!]\w", word):
        means = "NOT " if word[0] in "-!" else "AND "
        return f'write {means}{word[1:]} instead of {word}, or "{word[1:]}" to look for the word'
    return None


def field_fault(name: str) -> str | None:
    """Why this is not a field, or None."""
    if name in FIELDS:
        return None
    if name.lower() in FIELDS:
        return f"fields are written in small letters: {name.lower()}:"
    close = get_close_matches(name.lower(), FIELDS, n=1)
    guess = f"did you mean {close[0]}: ?" if close else f"fields are {', '.join(FIELDS)}"
    return f"there is no field {name}: ; {guess}; put text that has a colon in quotes"


def stray(character: str) -> str:
    """For a character that begins nothing."""
    if character == ":":
        return 'a colon follows a field\'s name only; put text that has a colon in quotes, such as "10:30"'
    if character == "=":
        return 'write = only before a quoted phrase, such as ="Polish"; put other text that has one in quotes'
    return f"{character!r} cannot stand here; put it in quotes"


def misplaced(query: str, token: Token) -> tuple[int, str]:
    """Position and reason for a word or operator where the grammar wants another."""
    before = query.rstrip()
    if token.type == "$END":
        if not before:
            return 0, EMPTY
        last = before.split()[-1].rsplit("(", 1)[-1]
        start = len(before) - len(last)
        return start, f"the query ends after {last}; write what follows it, or remove it"
    position = token.start_pos or 0
    name = "NEAR/n" if token.type == "NEAR" else str(token)
    if token.type == "RPAR":
        opened = query[:position].rstrip()
        if opened.endswith("("):
            return len(opened) - 1, EMPTY_PARENTHESES
        return position, "a word is missing before this parenthesis; write it, or remove the operator"
    if token.type == "NEAR" and query[:position].split()[-1:] == ["NOT"]:
        return position, "NOT stands before words, not before NEAR; write a NOT (a NEAR/5 b)"
    return position, f"{name} needs a word, phrase or group on both sides; write it, or put {token} in quotes"
