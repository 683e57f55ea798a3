import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.config.settings import TopicSettings
from wirewatch.errors import QueryError
from workers.match.nodes import And, AtLeast, Exact, InField, Near, Not, Or, Phrase, Term
from workers.match.patterns import word_pattern
from workers.match.query import parse_query
from workers.match.topics import compile_topics


def term(text):
    return Term(word_pattern(text))


def phrase(text):
    return Phrase(tuple(map(word_pattern, text.split())))


A, B, C, D = map(term, "abcd")

TREES = [
    ("Tariff*", term("tariff*")),
    ("“Trade War”", phrase("trade war")),
    ("U.S.-China", phrase("us china")),
    ("U.S.", term("us")),
    ("中国*", phrase("中 国")),
    ('="Polish"', Exact((word_pattern("Polish"),))),
    ("a b", And((A, B))),
    ("a AND b c", And((A, B, C))),
    ("a b OR c d", Or((And((A, B)), And((C, D))))),
    ("a OR b AND c", Or((A, And((B, C))))),
    ("(a OR b) c", And((Or((A, B)), C))),
    ("a NOT b", And((A, Not(B)))),
    ("a AND NOT b OR c", Or((And((A, Not(B))), C))),
    ("a NEAR/8 b c", And((Near(A, B, 8, ordered=False), C))),
    ("a ONEAR/1 b", Near(A, B, 1, ordered=True)),
    ("a NEAR/3 b NEAR/5 c", Near(Near(A, B, 3, ordered=False), C, 5, ordered=False)),
    ("ATLEAST/3 (a OR b)", AtLeast(3, Or((A, B)))),
    ("title:(a OR b) c", And((InField("title", Or((A, B))), C))),
    ('source:"Example Politics"', InField("source", phrase("example politics"))),
    ('"AND" "near/3"', And((phrase("and"), phrase("near 3")))),
    ("a\n  OR\tb", Or((A, B))),
    ("NOT (NOT a)", Not(Not(A))),
]


@pytest.mark.parametrize(("query", "tree"), TREES)
def test_a_query_is_read_into_its_tree(query, tree):
    assert parse_query(query) == tree


def test_every_node_knows_where_it_was_read():
    query = 'a OR title:("b c" NEAR/2 d)'
    near = parse_query(query).parts[1].part
    assert query[near.start : near.end] == '"b c" NEAR/2 d'
    assert query[near.left.start : near.left.end] == '"b c"'


FAULTS = [
    ("", 0, "empty"),
    ("   ", 0, "empty"),
    ('a "b c', 2, "not closed"),
    ("a (b", 2, "not closed"),
    ("a) b", 1, "closes nothing"),
    ("a ()", 2, "nothing stands in"),
    ("a (b OR)", 7, "before this parenthesis"),
    ("a NEAR b", 2, "such as NEAR/8"),
    ("a NEAR/0 b", 2, "from 1 to 100"),
    ("a ONEAR/101 b", 2, "from 1 to 100"),
    ("a NEAR/x b", 2, "from 1 to 100"),
    ("ATLEAST (a)", 0, "such as ATLEAST/3"),
    ("*", 0, "letters beside it"),
    ("a ???", 2, "letters beside it"),
    ('"trade * war"', 7, "letters beside it"),
    ("a OR", 2, "ends after OR"),
    ("OR a", 0, "on both sides"),
    ("a OR AND b", 5, "on both sides"),
    ("a or b", 2, "capitals: OR"),
    ("a near/3 b", 2, "capitals: NEAR/3"),
    ("-a b", 0, "NOT a"),
    ("a && b", 2, "written as words"),
    ("a NOT NEAR/3 b", 6, "NOT stands before words"),
    ("titel:a", 0, "did you mean title:"),
    ("Title:a", 0, "small letters: title:"),
    ("colour:a", 0, "fields are title, body"),
    ("10:30", 2, "in quotes"),
    ("a=b", 1, "before a quoted phrase"),
    ('""', 1, "no letters or digits"),
    ("NOT a", 0, "must occur"),
    ("a OR NOT b", 0, "must occur"),
    ("NOT (a b)", 0, "must occur"),
    ("NOT NOT NOT a", 0, "must occur"),
    ("NOT title:a", 0, "must occur"),
    ("(a b) NEAR/3 c", 1, "NEAR joins"),
    ("a NEAR/3 (NOT b)", 10, "NEAR joins"),
    ("ATLEAST/2 (a b)", 11, "ATLEAST counts"),
    ("title:(a body:b)", 9, "inside another field"),
    ("(" * 101 + "a" + ")" * 101, 100, "levels deep"),
    ("NOT " * 4000 + "a", 404, "levels deep"),
    ("a" + " NEAR/1 a" * 2000, 0, "levels deep"),
    ("a" * 20_001, 80, "20,000 characters"),
]


@pytest.mark.parametrize(("query", "position", "reason"), FAULTS)
def test_a_fault_is_told_with_its_place_and_remedy(query, position, reason):
    with pytest.raises(QueryError) as told:
        parse_query(query)
    assert told.value.position == position
    assert reason in told.value.reason


@pytest.mark.parametrize(
    "query", ["NOT (NOT a OR NOT b)", "NOT (NOT a)", "(a OR b) NOT (c OR NOT a)", "lang:en"]
)
def test_a_query_that_needs_some_word_is_no_bare_not(query):
    parse_query(query)


def test_a_query_at_the_bounds_is_read():
    parse_query("(" * 100 + "a" + ")" * 100)
    parse_query(" OR ".join(["ab"] * 3300))


PIECES = [
    *("a", "b*", "?", "*", '"a b"', '="A b"', "中", "U.S.", "title:", "lang:", "x:"),
    *("AND", "OR", "NOT", "NEAR/3", "ONEAR/2", "NEAR", "ATLEAST/2", "(", ")"),
    *('"', "“", "=", ":", "-", "/", "'", "\u200b", "\ud800"),
]


@given(
    st.text()
    | st.lists(st.sampled_from(PIECES)).map(" ".join)
    | st.lists(st.sampled_from(PIECES)).map("".join)
)
def test_no_text_raises_anything_but_a_query_error(query):
    refusal = None
    try:
        parse_query(query)
    except QueryError as error:
        refusal = error
    assert refusal is None or (0 <= refusal.position <= len(refusal.query) and refusal.reason)


def test_topics_are_compiled_in_the_order_of_the_file():
    topics = compile_topics(
        {"b": TopicSettings(query="x", send=("desk",)), "a": TopicSettings(query="y", ignore=("z z",))}
    )
    assert [(topic.name, topic.send, len(topic.ignored)) for topic in topics] == [
        ("b", ("desk",), 0),
        ("a", (), 1),
    ]


@pytest.mark.parametrize("phrase_text", ["*", "--", "fine * china", "x" * 1001])
def test_an_ignored_phrase_without_words_is_refused(phrase_text):
    with pytest.raises(QueryError):
        compile_topics({"t": TopicSettings(query="china", ignore=(phrase_text,))})
