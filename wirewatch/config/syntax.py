"""What the YAML parser could not read, in plain words and without repeating the text."""

import re

import yaml

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # where the parser ends a line

SELF_ALIAS = "an alias inside its own anchor; write the value out"
LOST_ALIAS = "an alias (*) without an anchor (&) before it; put a text that starts with * in quotes"
ODD_NAME = "a list or mapping where a field's name must be; write name: value"
ESCAPE = "a \\ inside double quotes that means no character; use single quotes"
TAG = "a YAML tag (!), which is not read here; put a text that starts with ! in quotes"
_QUOTES = "text after a closing quote; put the whole value in single quotes, as in '\"trade war\" OR tariff*'"
_INDENT = (
    "does not line up with what is above it; give fields of one level the same number of blanks in front"
)
_TABS = "a tab where blanks must be; indent with blanks"
_START = "a value that starts with @, ` or %, which YAML keeps for itself; put it in quotes"
_COLON = "a second colon in a line, or a line indented too far; put a value with a colon in quotes"
_STAR = "a value that starts with * or &, which have a meaning of their own; put it in quotes"
_OPEN_LIST = "a list that [ opened goes on without a comma or ]; close it, or put its texts in quotes"
_OPEN_MAPPING = "a mapping that { opened goes on without a comma or }; close it, or put its texts in quotes"
_CONTENT = "a value is missing, or starts with a sign that YAML keeps for itself; put it in quotes"

# libyaml's and PyYAML's own wording differ: each pattern finds both.
_WORDS = (
    (r"mapping (values|keys) are not allowed", _COLON),
    (r"tab character", _TABS),
    (r"alphabetic or numeric character", _STAR),
    (r"could not find expected ':'", "a line without a colon after its name; write name: value"),
    (r"expected ',' or '\]'", _OPEN_LIST),
    (r"expected ',' or '\}'", _OPEN_MAPPING),
    (r"unexpected end of stream", "a quote that is never closed; close it"),
    (r"escape|hexa?decimal", ESCAPE),
    (r"node content", _CONTENT),
    (r"undefined tag handle|expected '>'", TAG),
    (r"chomping or indentation|comment or line break", "text after | or >; start it on the next line"),
    (r"exceeded", "too many brackets inside each other; no setting is that deep"),
    (r"document", "a line that starts or ends a document wrongly; remove the line with % or ---"),
)


def unprintable(text: str) -> str | None:
    """``line: column: problem`` of the first character that YAML forbids, or None."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    line = before.count("\n") + 1
    column = found.start() - before.rfind("\n")
    return f"{line}: column {column}: the control character U+{ord(found[0]):04X}; remove it"


def explain(error: yaml.MarkedYAMLError, text: str) -> str:
    """``line: column: problem; remedy`` of a syntax error."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if "end of stream" in problem and error.context_mark is not None:
        mark = error.context_mark  # the opening quote, which is to blame, and not the end of the file
    if mark is None:
        return f"1: column 1: not YAML ({_bare(problem)})"
    words = _words(problem, *_around(text, mark.line, mark.column))
    return f"{mark.line + 1}: column {mark.column + 1}: {words}"


def _around(text: str, line: int, column: int) -> tuple[str, str]:
    """What stands before and after a place in its line."""
    lines = _BREAK.split(text, maxsplit=line + 1)
    if line >= len(lines):
        return "", ""
    return lines[line][:column], lines[line][column:]


def _words(problem: str, before: str, after: str) -> str:
    if "cannot start any token" in problem:
        if after.startswith("\t"):
            return _TABS
        return _START
    if "expected key" in problem or "'-' indicator" in problem or "<block end>" in problem:
        return _QUOTES if before.rstrip().endswith(('"', "'")) else _INDENT
    for pattern, words in _WORDS:
        if re.search(pattern, problem):
            return words
    return f"not YAML ({_bare(problem)}); put texts with signs in quotes"


def _bare(problem: str) -> str:
    """A parser's own words without what they quote of the file."""
    return re.sub(r"(['\"]).{2,}\1", "…", problem)
