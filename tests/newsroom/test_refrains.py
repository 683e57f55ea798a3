"""Outlets that repeat themselves: what is theirs, what is their stories'."""

from collections import Counter

import pytest

from newsroom.refrains import HOUSES, printed

HOUSE = pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.outlet.name)


@HOUSE
def test_the_same_seed_prints_the_same_and_another_does_not(house):
    assert printed(house, 12, 3) == printed(house, 12, 3)
    assert printed(house, 12, 3) != printed(house, 12, 4)


@HOUSE
def test_a_page_shows_the_story_and_the_refrains_and_the_truth_only_the_story(house):
    refrains = {text for refrain in house.refrains for text in refrain.texts}
    told = printed(house, 60, 1)
    shown = Counter(text for one in told for text in one.shown.paragraphs if text in refrains)
    assert set(shown) == refrains
    assert min(shown.values()) > 2
    for one in told:
        assert refrains.isdisjoint(one.article.story.paragraphs)
        assert tuple(p for p in one.shown.paragraphs if p not in refrains) == one.article.story.paragraphs
        assert all(paragraph.replace("'", "&#x27;") in one.page for paragraph in one.shown.paragraphs)


@HOUSE
def test_follow_ups_repeat_paragraphs_of_their_own(house):
    counts = Counter(p for one in printed(house, 60, 1) for p in set(one.article.story.paragraphs))
    repeated = [count for count in counts.values() if count > 1]
    assert len(repeated) > 10
    assert max(repeated) >= 6
