import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.config.settings import TopicSettings
from wirewatch.errors import QueryError
from workers.match.matcher import match_story
from workers.match.screen import could_match
from workers.match.topics import compile_topic

SCREENED = [
    ("tariff*", "About TARIFFS", True),
    ("tariff*", "About tarts", False),
    ("U.S.", "in the US", True),
    ("US", "in the U.S.", True),
    ("1000", "some 1,000", True),
    ("don't", "don’t", True),
    ("tariff", "ta\u00adriff", True),
    ('="Polish"', "polish", True),
    ("a NOT zebra", "an a", True),
    ("title:zebra", "nothing", False),
    ("source:zebra", "nothing", True),
    ("source:zebra tariff", "nothing", False),
    ("tariff OR lang:en", "nothing", True),
    ("zebra NEAR/3 tariff", "tariff", False),
    ("ATLEAST/3 zebra", "tariff", False),
]


@pytest.mark.parametrize(("query", "text", "maybe"), SCREENED)
def test_a_text_without_the_needed_letters_is_told(query, text, maybe):
    assert could_match([compile_topic("t", TopicSettings(query=query))], text) == maybe


def test_no_topics_match_nothing():
    assert not could_match([], "tariff")


ATOMS = [
    "a",
    "B*",
    "*c",
    "a?c",
    '"a b"',
    '="Ab"',
    "é",
    "中国",
    "U.S.",
    "1,000",
    "l'a",
    "title:a",
    "lang:en",
    "source:x",
    "ﷺ",
    "half½",
    '="がb*"',
    "ß*",
    "İ*",
]
QUERIES = st.recursive(
    st.sampled_from(ATOMS),
    lambda parts: st.one_of(
        st.tuples(parts, st.sampled_from(["AND", "OR", "NEAR/2", "ONEAR/3", "NOT"]), parts).map(
            lambda made: f"({made[0]} {made[1]} {made[2]})"
        ),
        parts.map(lambda made: f"(NOT {made})"),
        parts.map(lambda made: f"(ATLEAST/2 {made})"),
    ),
    max_leaves=5,
)
TEXTS = st.lists(
    st.sampled_from(
        [
            "a",
            "b",
            "ab",
            "Ab",
            "abc",
            "ac",
            "É",
            "中",
            "国",
            "U.S.",
            "us",
            "1,000",
            "1000",
            "l’a",
            "’s",
            "ﷺ",
            "half½",
            "か\u3099b",
            "SSa",
            "ßa",
            "İx",
            "\u00ad",
            ".",
            "\u0301",
            "-",
        ]
    )
    | st.text(max_size=3),
    max_size=12,
)


@given(QUERIES, TEXTS, TEXTS, st.sampled_from(["", " "]))
def test_the_screen_never_refuses_a_story_that_matches(make_story, query, title, body, joint):
    try:
        topic = compile_topic("t", TopicSettings(query=query))
    except QueryError:
        return
    title_text, body_text = (joint.join(part).encode(errors="ignore").decode() for part in (title, body))
    story = make_story(title=title_text, text=body_text, language="en", source="X")
    if match_story([topic], story):
        assert could_match([topic], f"Menu {title_text} | {body_text} Footer")
