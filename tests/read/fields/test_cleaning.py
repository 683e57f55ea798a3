"""Texts as fields may hold them (workers.read.fields.cleaning)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.read.fields.cleaning import MAX_CHARS, clean


@pytest.mark.parametrize(
    ("said", "cleaned"),
    [
        ("Ships &amp;amp; boats", "Ships & boats"),
        ("<b>Ships</b> &lt;i&gt;and&lt;/i&gt; boats", "Ships and boats"),
        ("Ships\n\tand\u2028boats\x00", "Ships and boats"),
        ("\u202eevil\u202c", "evil"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("5 < 6", "5 < 6"),
        (["", "Second"], "Second"),
        ({"@value": "x"}, ""),
        (None, ""),
        (7, ""),
        ("x" * 10_000, "x" * MAX_CHARS),
    ],
)
def test_a_text_is_one_line_without_markup(said, cleaned):
    assert clean(said) == cleaned


_marked_up = st.text(alphabet="<>&;#abp/l t\n\x00\x85\u2028\u202e38mgq", max_size=80)


@given(st.text() | _marked_up)
def test_cleaning_twice_changes_nothing(text):
    once = clean(text)
    assert clean(once) == once
    assert not any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in once)
    assert "<b>" not in once
