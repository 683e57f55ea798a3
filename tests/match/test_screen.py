from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.config.settings import TopicSettings
from wirewatch.errors import QueryError
from workers.match.matcher import match_story
from workers.match.screen import Screen
from workers.match.topics import compile_topic

SCREENED = [
    ("tariff*", "About TARIFFS", True),
    ("tariff*", "About tarts", False),
    ("U.S.", "in the US", True),
    ("US", "in the U.S.", True),
    ("1000", "some 1,000", True),
    ("don't", "don’t", True),
    ("tariff", "ta\u00adriff", True),
    ('="Polish"', "polish", False),
    ("a NOT zebra", "an a", True),
    ("title:zebra", "nothing", False),
    ("source:zebra", "nothing", True),
    ("source:zebra tariff", "nothing", False),
    ("tariff OR lang:en", "nothing", True),
    ("zebra NEAR/3 tariff", "tariff", False),
    ("ATLEAST/3 zebra", "tariff", False),
    ("Sino", "Casino Sites", False),
    ("sino*", "Casino Sites", False),
    ("*sino", "Casino Sites", True),
    ("china", "Chinatown\nindochina", False),
    ("zebra tariff", "a zebra\nand the tariffs", False),
    ("中国", "中 and\n国", True),
    ("china", "lines\n\nof\nwhich one names China", True),
]


@pytest.mark.parametrize(("query", "text", "maybe"), SCREENED)
def test_a_text_without_the_needed_letters_is_told(query, text, maybe):
    topic = compile_topic("t", TopicSettings(query=query))
    assert Screen([topic]).possible(text) == ((topic,) if maybe else ())


def test_no_topics_match_nothing():
    assert not Screen([]).possible("tariff")


def test_a_text_of_many_words_is_judged_by_its_letters_alone():
    topics = [compile_topic(query, TopicSettings(query=query)) for query in ("Sino", "zebra", "lang:en")]
    text = " ".join(f"casino{number}" for number in range(100_000))
    assert Screen(topics).possible(text) == (topics[0], topics[2])


def test_a_thousand_topics_are_looked_through_at_once():
    names = ["".join(chr(97 + number // 26**place % 26) for place in range(3)) for number in range(1_000)]
    topics = [compile_topic(name, TopicSettings(query=f"({name} AND z{name}*) OR x{name}")) for name in names]
    found = Screen(topics).possible("About xbaa and zcaas, and caa; daa alone; not xdaab.")
    assert [topic.name for topic in found] == ["baa", "caa"]


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
        assert Screen([topic]).possible(f"Menu {title_text} | {body_text} Footer") == (topic,)


@given(st.lists(QUERIES, max_size=6), TEXTS)
def test_topics_screened_together_fare_as_each_alone(queries, text):
    topics = []
    for name, query in enumerate(queries):
        with suppress(QueryError):
            topics.append(compile_topic(str(name), TopicSettings(query=query)))
    line = " ".join(text)
    alone = [topic for topic in topics if Screen([topic]).possible(line)]
    assert list(Screen(topics).possible(line)) == alone
