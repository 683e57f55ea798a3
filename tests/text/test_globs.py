"""Patterns for addresses (wirewatch.text.globs)."""

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.text.globs import glob_matches


@pytest.mark.parametrize(
    ("pattern", "url", "fits"),
    [
        ("/politics/*", "https://www.outlet.example/politics/a/b-1", True),
        ("/politics/*", "https://www.outlet.example/sport/politics/a", False),
        ("/politics/*", "https://www.outlet.example/politics", False),
        ("*/politics/*", "https://www.outlet.example/uk/politics/a", True),
        ("/view.php?id=*", "https://www.outlet.example/view.php?id=7", True),
        ("/view.php?id=*", "https://www.outlet.example/viewXphp?id=7", False),
        ("https://*.outlet.example/*-story", "https://lokal.outlet.example/a/b-story", True),
        ("https://*.outlet.example/*-story", "https://outlet.example/a/b-story", False),
        ("/siyaset/ölçü-*", "https://www.outlet.example/siyaset/%C3%B6l%C3%A7%C3%BC-1", True),
        ("/siyaset/%C3%B6l%C3%A7%C3%BC-*", "https://www.outlet.example/siyaset/%C3%B6l%C3%A7%C3%BC-1", True),
        ("/", "https://www.outlet.example", True),
        ("/ab*ba", "https://www.outlet.example/aba", False),
    ],
)
def test_a_star_stands_for_anything_and_other_signs_for_themselves(pattern, url, fits):
    assert glob_matches(pattern, url) is fits


@given(st.text("ab*", max_size=12), st.text("ab", max_size=12))
def test_stars_mean_what_they_mean_in_file_names(pattern, path):
    url = f"https://outlet.example/{path}"
    assert glob_matches(f"/{pattern}", url) is fnmatch.fnmatchcase(f"/{path}", f"/{pattern}")


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(pattern, url):
    glob_matches(pattern, url)


@pytest.mark.timeout(5)  # a regular expression would go on for ever
def test_no_pattern_takes_long():
    assert not glob_matches("/" + "*a" * 249 + "*b", "https://outlet.example/" + "a" * 8000)
