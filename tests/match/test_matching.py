import pytest
from hypothesis import given
from hypothesis import strategies as st

HELD = [
    # words and wildcards
    ("tariff*", "Tariffs rise", True),
    ("tariff*", "A nontariff barrier", False),
    ("*flation", "stagflation and deflation", True),
    ("t?riff", "the tariff", True),
    ("t?riff", "the triff", False),
    ("im*t*on", "the importation of", True),
    ("China", "China’s move", True),
    ("China", "Indochina", False),
    ("cafe", "Le Café", True),
    ("Café", "the cafe", True),
    ("US", "the U.S. said", True),
    ("U.S.", "the US said", True),
    ('="US"', "give us this", False),
    ('="US"', "the U.S. said", True),
    ('="Polish"', "polish the silver", False),
    ('="Polish"', "a Polish town", True),
    ("1000", "some 1,000 jobs", True),
    # phrases
    ('"trade war"', "a trade-war footing", True),
    ('"trade war"', "war on trade", False),
    ('"trade war"', "the trade, war and peace", True),
    ('"import dut*"', "import duties", True),
    ("中国", "今天中国经济", True),
    ("中国", "中央国家", False),
    ("U.S.-China", "the US/China row", True),
    # boolean
    ("a b", "b then a", True),
    ("a b", "a", False),
    ("a NOT b", "a", True),
    ("a NOT b", "a b", False),
    ("a OR b", "b", True),
    ("NOT (NOT a OR NOT b)", "a b", True),
    ("NOT (NOT a OR NOT b)", "a", False),
    # near
    ("duty NEAR/4 imports", "duty on all other imports", True),
    ("duty NEAR/3 imports", "duty on all other imports", False),
    ("duty NEAR/1 import", "import duty", True),
    ("duty ONEAR/1 import", "import duty", False),
    ("import ONEAR/1 duty", "import duty", True),
    ("china NEAR/5 chin*", "china", False),
    ("china NEAR/5 chin*", "china and china", True),
    ('"trade war talks" NEAR/3 war', "trade war talks", False),
    ('"trade war" NEAR/2 china', "trade war with china", True),
    ('"trade war" NEAR/2 china', "china in a trade war", False),
    ("a NEAR/1 b NEAR/1 c", "a b c", True),
    ("a NEAR/3 b NEAR/1 c", "a c x b", True),
    ("a NEAR/1 b NEAR/1 c", "c x a b", False),
    ("(x OR y) NEAR/2 (a OR b)", "y of b", True),
    # counting
    ("ATLEAST/2 (soy* OR corn)", "soybeans and corn", True),
    ("ATLEAST/3 (soy* OR corn)", "soybeans and corn", False),
    ('ATLEAST/2 ("trade war" OR war)', "a trade war", False),
    ("ATLEAST/2 body:a", "a and a", True),
]


@pytest.mark.parametrize(("query", "body", "held"), HELD)
def test_a_query_holds_for_a_body(query, body, held, match_one):
    assert (match_one(query, text=body) is not None) == held


STORY = {
    "title": "Iowa looks east",
    "summary": "A mission to Asia.",
    "text": "The governor left for China.",
    "source": "Des Moines Register",
    "url": "https://www.example.org/news/world/2026/trade-trip.html",
    "authors": ("Ana Núñez", "J. R. Smith"),
    "section": "World news",
    "language": "en-US",
}
FIELDS = [
    ("title:iowa", True),
    ("title:china", False),
    ("body:china", True),
    ("summary:(mission asia)", True),
    ("title:iowa body:china", True),
    ("iowa china asia", True),
    ("register", False),
    ('source:"des moines"', True),
    ("url:world", True),
    ("url:trade-trip", True),
    ("url:example.org/news", True),
    ("author:nunez", True),
    ('author:"JR Smith" OR author:"J.R. Smith"', False),
    ('author:"J. R. Smith"', True),
    ("section:world", True),
    ("lang:en", True),
    ("lang:en-us", True),
    ("lang:us", False),
    ("lang:e", False),
    ("lang:(de OR en) iowa", True),
    ("iowa NEAR/50 china", False),
    ("iowa NOT lang:de", True),
    ("iowa NOT source:register", False),
]


@pytest.mark.parametrize(("query", "held"), FIELDS)
def test_a_field_looks_in_its_own_text_only(query, held, match_one):
    assert (match_one(query, **STORY) is not None) == held


MASKS = [
    ("China", "Fine china sells. China buys.", ["China"]),
    ("China", "fine china", []),
    ("China", "fine-china shop", []),
    ("China", "China, Maine and China, Texas", ["China"]),
    ("China", "a china cabinet", []),
    ("China", "China’s cabinet met", ["China"]),
    ("China", "the fine china’s price", []),
    ('China OR "fine china tariffs"', "fine china tariffs", ["fine china tariffs"]),
    ('"china shop"', "a fine china shop", []),
    ("people OR china", "People’s Daily on China", ["China"]),
    ("people", "people daily", ["people"]),
    ("china NEAR/3 iowa", "china fine china iowa", ["china", "iowa"]),
    ("china NEAR/2 iowa", "china fine china iowa", []),
    ("china", "chinawares", []),
    ("iowa NOT china", "fine china in iowa", ["iowa"]),
    ("plate OR china", "bone china plate", []),
]
IGNORE = ("bone china", "fine china", "China, Maine", "china cabinet", "people's daily", "china plat*")


@pytest.mark.parametrize(("query", "body", "hits"), MASKS)
def test_ignored_words_do_not_count_but_keep_their_places(query, body, hits, hit_texts):
    assert hit_texts(query, body, ignore=IGNORE) == hits


def test_the_name_of_a_source_is_not_masked(match_one):
    assert match_one("source:china", ignore=("china daily",), source="China Daily")


def test_a_match_explains_itself(match_one):
    query = 'tariff* AND (title:china OR "trade war" OR (duty NEAR/4 import*)) NOT hotel'
    found = match_one(query, title="China’s answer", text="Tariffs, and a duty on any import.")
    assert found.clauses == ("tariff*", "title:china", "duty NEAR/4 import*")
    assert [(hit.field, hit.start, hit.end, hit.text) for hit in found.hits] == [
        ("title", 0, 5, "China"),
        ("body", 0, 7, "Tariffs"),
        ("body", 15, 19, "duty"),
        ("body", 27, 33, "import"),
    ]


def test_no_hit_lies_inside_another_and_only_fifty_are_kept(match_one):
    found = match_one('"trade war" OR war', text="trade war. " * 60)
    assert len(found.hits) == 50
    assert {hit.text for hit in found.hits} == {"trade war"}


def test_the_score_rises_with_title_number_and_density(match_one):
    filler = "word " * 300
    passing = match_one("china", title="News", text=f"{filler} china")
    often = match_one("china", title="News", text=f"{filler} china china china")
    titled = match_one("china", title="China", text=f"{filler} china")
    assert 0 < passing.score < often.score < titled.score <= 1
    assert match_one("china", title="China", text="china " * 20).score == 1


WORDS = st.lists(st.sampled_from(["china", "fine", "bone", "iowa", "x"]), max_size=12)


@given(WORDS)
def test_what_is_hit_and_what_is_masked_are_all_of_a_words_occurrences(parts):
    from workers.match.fields import IndexedField
    from workers.match.masks import counts, mask
    from workers.match.query import phrase_words
    from workers.match.topics import _ignored

    field = IndexedField(" ".join(parts))
    masked = mask(field, [_ignored("fine china"), _ignored("bone china iowa")])
    left = [place for place in field.places(phrase_words("china", 0, 5)) if counts(masked, place, place)]
    plain = [
        place
        for place, word in enumerate(parts)
        if word == "china"
        and parts[max(place - 1, 0) : place] != ["fine"]
        and not (parts[max(place - 1, 0) : place] == ["bone"] and parts[place + 1 : place + 2] == ["iowa"])
    ]
    assert left == plain


@given(
    st.lists(st.sampled_from("abx"), max_size=14),
    st.integers(min_value=1, max_value=6),
    st.booleans(),
)
def test_near_is_the_distance_of_positions(match_one, parts, distance, ordered):
    found = match_one(f"a {'ONEAR' if ordered else 'NEAR'}/{distance} b", text=" ".join(parts))
    pairs = [
        second - first
        for first, a in enumerate(parts)
        for second, b in enumerate(parts)
        if (a, b) == ("a", "b")
    ]
    assert (found is not None) == any(1 <= (gap if ordered else abs(gap)) <= distance for gap in pairs)


@given(st.text(alphabet="aA.b' \n\"’中!?", max_size=900), st.booleans())
def test_hits_and_snippets_are_of_the_storys_text(match_one, text, in_summary):
    found = match_one("a* OR 中 OR b*", **{"summary" if in_summary else "text": text})
    if found is None:
        return
    assert all(text[hit.start : hit.end] == hit.text for hit in found.hits)
    assert 0 < len(found.snippet) <= 300
    assert "\n" not in found.snippet
    assert found.snippet.strip("…") in " ".join(text.split())
