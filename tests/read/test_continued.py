"""The bodies of a story's pages, joined."""

from hypothesis import given
from hypothesis import strategies as st

from workers.read.continued import joined

LONG = "The harbour council of Eastmere heard the report on the timber toll, and was in no hurry to decide."


def test_pages_follow_each_other():
    assert joined([["one", "two"], ["three"], ["four"]]) == ["one", "two", "three", "four"]


def test_a_deck_at_the_head_and_a_promotion_at_the_foot_are_told_once():
    deck, promotion = "A toll that nobody wanted", "Read our letter from the coast"
    first, second = [deck, LONG + "1", promotion], [deck, LONG + "2", promotion]
    assert joined([first, second]) == [deck, LONG + "1", promotion, LONG + "2"]


def test_a_short_answer_that_is_given_twice_stays():
    assert joined([["Was it wise?", "“No.”", LONG], ["a new day", "“No.”", "and a new toll"]])[-2:] == [
        "“No.”",
        "and a new toll",
    ]


def test_a_page_that_is_an_earlier_one_again_ends_the_story():
    assert joined([[LONG, "two"], [LONG.upper(), "“two”", "three"], ["four"]]) == [LONG, "two"]
    assert joined([[LONG], [], [LONG + "3"]]) == [LONG]


def test_the_pagers_own_line_is_no_text():
    assert joined([["港湾委員会は関税を可決した。"], ["2 / 3", "委員長は急がなかった。", "১ ২ ৩"]]) == [
        "港湾委員会は関税を可決した。",
        "委員長は急がなかった。",
    ]


def test_pages_after_the_storys_end_are_not_read():
    def pages():
        yield [LONG]
        yield [LONG]
        raise AssertionError

    assert joined(pages()) == [LONG]


_pages = st.lists(
    st.lists(st.sampled_from(["a", "b", "1", "—", LONG, LONG + "2", LONG + "3"]), max_size=6), max_size=5
)


@given(_pages)
def test_the_first_page_is_whole_and_nothing_long_comes_twice_after_it(pages):
    whole = joined(pages)
    first = pages[0] if pages else []
    assert whole[: len(first)] == first
    every = [paragraph for page in pages for paragraph in page]
    assert [paragraph for paragraph in whole if paragraph not in every] == []
    later = [one for one in whole[len(first) :] if len(one) > 60]
    assert all(one not in first for one in later)
