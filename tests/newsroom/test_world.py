"""The plan: the same for a seed, and consistent for any."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.article import Trouble
from newsroom.clock import Clock
from newsroom.outlets import OUTLETS, Kind, Link, sources
from newsroom.world import World, slugify

START = datetime(2026, 11, 24, 21, tzinfo=UTC)
seeds = st.integers(0, 2**32)


def outlet(name):
    return next(outlet for outlet in OUTLETS if outlet.name == name)


def test_the_same_seed_gives_the_same_world():
    assert World(5, 80, start=START).articles == World(5, 80, start=START).articles


def test_another_seed_gives_another_world():
    assert World(5, 80, start=START).articles != World(6, 80, start=START).articles


@settings(max_examples=20, deadline=None)
@given(seed=seeds, stories=st.integers(0, 70), rate=st.floats(0.5, 200))
def test_for_any_seed_the_truth_is_consistent(seed, stories, rate):
    world = World(seed, stories, rate, START)
    new = [article for article in world.articles if not article.old]
    assert len(new) == stories
    assert len({article.url for article in world.articles}) == len(world.articles)
    originals = {article.url: article for article in new if article.copy_of is None}
    for article in new:
        if article.copy_of is None:
            continue
        original = originals[article.copy_of]
        assert original.outlet.agency
        assert original.offset_s < article.offset_s
        assert (original.family, original.story.topics) == (article.family, article.story.topics)
        assert original.story.text != article.story.text
    for family, members in Counter(article.family for article in world.articles).items():
        outlets = {article.outlet.host for article in world.articles if article.family == family}
        assert len(outlets) == members


@settings(max_examples=20, deadline=None)
@given(seed=seeds)
def test_for_any_seed_every_outlet_has_a_back_catalogue_that_must_not_alert(seed):
    world = World(seed, 10, start=START)
    old = [article for article in world.articles if article.old]
    counts = Counter(article.outlet.name for article in old)
    assert set(counts) == {outlet.name for outlet in OUTLETS}
    assert all(5 <= count <= 10 for count in counts.values())
    assert all(-20 * 86_400 <= article.offset_s <= -2 * 86_400 for article in old)
    assert not {family for family, _ in world.expected(1e9)} & {article.family for article in old}


def test_a_page_is_gone_only_where_the_feed_tells_enough_and_no_copy_would_be_missed():
    world = World(3, 1000, 100, START)
    families = Counter(article.family for article in world.articles)
    trouble = Counter(article.trouble for article in world.articles)
    for article in world.articles:
        if article.trouble is Trouble.GONE:
            assert article.outlet.has_summary
            assert families[article.family] == 1
    assert 0.02 < trouble[Trouble.BUSY] / len(world.articles) < 0.06
    assert 0.01 < trouble[Trouble.GONE] / len(world.articles) < 0.03


def test_one_original_in_eight_is_a_wire_story_with_two_to_five_copies():
    world = World(3, 1000, 100, START)
    copies = Counter(article.copy_of for article in world.articles if article.copy_of)
    originals = sum(not article.old and article.copy_of is None for article in world.articles)
    assert 0.08 < len(copies) / originals < 0.17
    assert set(copies.values()) <= {2, 3, 4, 5}


def test_there_are_outlets_of_every_kind():
    kinds = Counter(outlet.kind for outlet in OUTLETS)
    assert len(OUTLETS) >= 14
    assert kinds[Kind.SECTION] == 3
    assert kinds[Kind.SITEMAP] == 2
    assert set(kinds) == set(Kind)
    assert {outlet.link for outlet in OUTLETS if outlet.kind is Kind.SECTION} == set(Link)
    assert len(sources(8000)) == len(OUTLETS) + 1


def test_a_shelf_holds_the_newest_thirty_that_are_out():
    world = World(3, 1000, 100, START)
    shelf = world.shelf(outlet("Harbor Ledger"), 5.0)
    assert len(shelf) == 30
    assert all(article.offset_s <= 5.0 for article in shelf)
    assert [article.offset_s for article in shelf] == sorted(
        (article.offset_s for article in shelf), reverse=True
    )


def test_a_clock_tells_real_instants_at_any_speed():
    present = START
    clock = Clock(START - timedelta(hours=1), speed=10, now=lambda: present)
    assert clock.elapsed_s() < 0
    assert clock.instant(5.0) is None
    assert clock.instant(-60.0) == START - timedelta(hours=1, minutes=1)
    clock.open()
    present += timedelta(seconds=2)
    assert clock.elapsed_s() == pytest.approx(20.0)
    assert clock.instant(5.0) == START + timedelta(seconds=0.5)
    clock.open()
    assert clock.opened == START


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("China’s “new” deal: 4.5 percent", "chinas-new-deal-4-5-percent"),
        ("One two three four five six seven eight nine ten", "one-two-three-four-five-six-seven-eight-nine"),
        ("Café", "cafe"),
    ],
)
def test_a_slug_is_made_of_plain_words(title, slug):
    assert slugify(title) == slug
