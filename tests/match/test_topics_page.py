"""The page on topics says what the matcher does."""

from pathlib import Path

import pytest

from wirewatch.errors import QueryError
from workers.match.query import parse_query

PAGE = (Path(__file__).parents[2] / "docs" / "topics.md").read_text(encoding="utf-8")


def rows(section):
    table = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize(("query", "ignore", "text", "found"), rows("Examples"))
def test_an_example_finds_what_the_page_says(query, ignore, text, found, hit_texts):
    expected = [] if found == "nothing" else found.split(", ")
    assert hit_texts(query, text, ignore=(ignore,) if ignore else ()) == expected


@pytest.mark.parametrize(("query", "position", "reason"), rows("Errors"))
def test_an_error_reads_as_the_page_says(query, position, reason):
    with pytest.raises(QueryError) as told:
        parse_query(query)
    assert (told.value.position, reason in told.value.reason) == (int(position), True)
