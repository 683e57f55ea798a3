import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.text.words import fold, is_possessive, pattern_words, words

CASES = [
    ("U.S.-China talks", "us china talks"),
    ("US–China, US—China, US/China", "us china us china us china"),
    ("China-based", "china based"),
    ("the U.K. and the U.S.", "the uk and the us"),
    ("U.S.China", "us china"),
    ("J.D. Vance at 9 a.m.", "jd vance at 9 am"),
    ("end.Next", "end next"),
    ("China's China’s CHINA'S Chinaʼs China`s", "china china china china china"),
    ("U.S.'s farmers' dogs'", "us farmers dogs"),
    ("don't O’Brien rock'n'roll", "don't o'brien rock'n'roll"),
    ("l'Iran d’acier dell'Iowa", "l iran d acier dell iowa"),
    ("Dell's laptops", "dell laptops"),
    ("100% of 1,000,000 at 2.5", "100 of 1000000 at 2.5"),
    ("1,2,3 and 12,3456", "1 2 3 and 12 3456"),
    ("A320neo 5G COVID-19", "a320neo 5g covid 19"),
    ("Café CAFÉ Cafe\u0301 Łódź Straße", "cafe cafe cafe lodz strasse"),
    ("ta\u00adriff tar\u200biff \ufefftariff", "tariff tariff tariff"),
    ("Ｔａｒｉｆｆ ﬁne", "tariff fine"),
    ("‘China’ “Iowa”", "china iowa"),
    ("snake_case #China @Iowa", "snake case china iowa"),
    ("中国经济", "中 国 经 济"),
    ("トランプ ｶﾞｽ", "ト ラ ン プ ガ ス"),
    ("ไทย", "ไ ท ย"),
    ("서울은 мир ёлка", "서울은 мир елка"),
    ("\ud800 lone \udfff", "lone"),
    ("— … !? ' \u0301", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_is_cut_into_folded_words(text, expected):
    assert [word.folded for word in words(text)] == expected.split()


def test_offsets_cover_the_word_as_written_without_its_possessive():
    text = "The U.S. and Chi\u00adna’s Café"
    assert [text[word.start : word.end] for word in words(text)] == [
        "The", "U.S.", "and", "Chi\u00adna", "Café",
    ]  # fmt: skip
    assert [is_possessive(text, word) for word in words(text)] == [False, False, False, True, False]


def test_the_exact_form_keeps_case_and_accents():
    assert [word.exact for word in words("Polish U.S. Cafe\u0301")] == ["Polish", "US", "Café"]


def test_wildcards_are_letters_in_a_pattern():
    assert [word.folded for word in pattern_words("T?riff* *flation U.S.-China* don't*")] == [
        "t?riff*", "*flation", "us", "china*", "don't*",
    ]  # fmt: skip


LETTERS = "aZé1 .,'’-*?\u0301\u00ad中がｶﾞกำłßﷺ½Ǆİſ\u1ec1\u3099ᄀ\u1161\ud800ͅʼ"
TEXTS = st.text() | st.text(alphabet=LETTERS)


@given(TEXTS)
def test_words_stand_in_order_inside_the_text_and_fold_from_it(text):
    reached = 0
    for word in words(text):
        assert reached <= word.start < word.end <= len(text)
        reached = word.end
        written = text[word.start : word.end]
        assert [again.folded for again in words(written)] == [word.folded]
        assert fold(word.exact) == word.folded


@given(TEXTS)
def test_every_word_is_found_in_the_folded_text(text):
    folded = fold(text).replace(".", "").replace(",", "")
    assert all(word.folded.replace(".", "").replace(",", "") in folded for word in words(text))


@given(TEXTS, TEXTS)
def test_words_do_not_depend_on_their_neighbours(before, after):
    assert [word.folded for word in words(f"{before}\n{after}")] == [
        word.folded for part in (before, after) for word in words(part)
    ]


@settings(deadline=None, max_examples=20)
@given(st.text(alphabet=LETTERS, min_size=1, max_size=6))
def test_the_time_grows_with_the_length_only(unit):
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    words(text)
    assert time.process_time() - started < 2
