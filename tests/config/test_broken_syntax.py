"""What is not YAML, or YAML that no configuration is, and the lines that a person then reads."""

import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wirewatch.config import compose
from wirewatch.config.example import example_text
from wirewatch.config.load import load_settings
from wirewatch.errors import ConfigError

QUOTES = """put the whole value in single quotes, as in '"trade war" OR tariff*'"""

CASES = {
    "words after a quote": (
        'topics:\n  a:\n    query: "trade war" OR tariff*\n',
        [f"3: column 24: text after a closing quote; {QUOTES}"],
    ),
    "quotes in a list item": (
        'topics:\n  a:\n    query: b\n    ignore:\n      - "x", "y"\n',
        [f"5: column 12: text after a closing quote; {QUOTES}"],
    ),
    "a wildcard in front": (
        "topics:\n  a:\n    query: *riff\n",
        [
            "3: an alias (*) without an anchor (&) before it; put a text that starts with * in quotes",
        ],
    ),
    "a star alone": (
        "a: * b\n",
        ["1: column 5: a value that starts with * or &, which have a meaning of their own; put it in quotes"],
    ),
    "a colon in a value": (
        "topics:\n  a:\n    query: title: China\n",
        [
            (
                "3: column 17: a second colon in a line, or a line indented too far; put a value with "
                "a colon in quotes"
            )
        ],
    ),
    "a tab": ("topics:\n\ta: b\n", ["2: column 1: a tab where blanks must be; indent with blanks"]),
    "an at sign": (
        "a: @b\n",
        ["1: column 4: a value that starts with @, ` or %, which YAML keeps for itself; put it in quotes"],
    ),
    "an open list": (
        "a: [b, c\nd: e\n",
        [
            (
                "2: column 2: a list that [ opened goes on without a comma or ]; close it, or put its texts "
                "in quotes"
            )
        ],
    ),
    "an open mapping": (
        "a: {b: c\nd: e\n",
        [
            (
                "2: column 2: a mapping that { opened goes on without a comma or }; close it, or put its "
                "texts in quotes"
            )
        ],
    ),
    "an open quote": ('a: "b\nc: d\n', ["1: column 4: a quote that is never closed; close it"]),
    "indents": (
        "a:\n  b: 1\n c: 2\n",
        [
            (
                "3: column 2: does not line up with what is above it; give fields of one level the same "
                "number of blanks in front"
            )
        ],
    ),
    "a tag": (
        "a: !!python/object:os.system x\n",
        ["1: a YAML tag (!), which is not read here; put a text that starts with ! in quotes"],
    ),
    "a control character": ("a: b\nc: \x07\n", ["2: column 4: the control character U+0007; remove it"]),
    "an escape": (
        'a: "\\q"\n',
        ["1: column 5: a \\ inside double quotes that means no character; use single quotes"],
    ),
    "an escape beyond all characters": (
        'a: "\\UFFFFFFFF"\n',
        ["1: column 7: a \\ inside double quotes that means no character; use single quotes"],
    ),
    "an escape of half a character": (
        'a: "\\ud800"\n',
        ["1: column 7: a \\ inside double quotes that means no character; use single quotes"],
    ),
    "a merge": (
        "topics:\n  a: &a { query: b }\n  b: { <<: *a, query: c }\n",
        ["3: topics.b.<<: YAML's merge is not read here; write the fields out"],
    ),
    "an alias of itself": ("a: &a [*a]\n", ["1: an alias inside its own anchor; write the value out"]),
    "a name that is a list": (
        "? [a]\n: b\n",
        ["1: a list or mapping where a field's name must be; write name: value"],
    ),
    "very deep": ("a: " + "[" * 40 + "]" * 40, ["1: more than 32 levels deep; no setting is"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_told_line_by_line(case, told):
    text, expected = CASES[case]
    assert told(text) == expected


def words(line):
    """A problem without its place: where exactly a parser gives up differs by some columns."""
    return line.rpartition(": column ")[2].partition(": ")[2]


@pytest.mark.parametrize("case", CASES)
def test_the_parser_in_python_is_told_in_the_same_words(case, told, monkeypatch):
    text, expected = CASES[case]
    monkeypatch.setattr(compose, "_Loader", yaml.SafeLoader)
    assert [words(line) for line in told(text)] == [words(line) for line in expected]


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_edit_breaks_is_told_with_its_line(tmp_path, data):
    text = example_text()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 80)))
    signs = data.draw(st.text("\t\n :-[]{}'\"*&!|>%@`#$aé\x00\u2028", max_size=6))
    path = tmp_path / "wirewatch.yaml"
    path.write_text(text[:start] + signs + text[end:], encoding="utf-8")
    try:
        load_settings(path, environ={})
    except ConfigError as error:
        for problem in error.problems:
            assert problem.removeprefix(f"{path}:").partition(":")[0].isdigit()


def bomb_of_lists():
    lines = ['a0: &a0 ["x", "x", "x", "x", "x", "x", "x", "x", "x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


def bomb_of_text():
    return (
        f"a: &a {'x' * 1_000_000}\ntopics: {{ a: {{ query: b, ignore: [{', '.join(['*a'] * 100_000)}] }} }}"
    )


def bomb_of_depth():
    lines = ["a0: &a0 [[[[[[[[[[[[x]]]]]]]]]]]]"]
    lines += [f"a{n}: &a{n} [[[[[[[[[[[[*a{n - 1}]]]]]]]]]]]]" for n in range(1, 200)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (bomb_of_lists(), "7: more than 3,000,000 values, aliases written out; "),
        (bomb_of_text(), "2: more than 3,000,000 values, aliases written out; "),
        (bomb_of_depth(), "3: more than 32 levels deep; "),
        ("[" * 2_000_000, "1: column 1001: too many brackets inside each other; "),
        ("- " * 2_000_000, "1: more than 32 levels deep; "),
    ],
    ids=["lists", "text", "depth", "brackets", "dashes"],
)
def test_a_bomb_is_told_at_once(text, expected, told):
    start = time.monotonic()
    (line,) = told(text)
    assert line.startswith(expected)
    assert time.monotonic() - start < 5
