"""Which stories are one story: the signature and the store's clusters together."""

import random
from datetime import UTC, datetime

import pytest

from wirewatch.ids import source_id, story_id
from wirewatch.models import Story
from wirewatch.store.stories import Stories
from workers.cluster.signature import ALIKE, sign

SEEDS = range(20)
_LETTERS = "bcdfgklmnprstvz"


def _vocabulary():
    chance = random.Random(1)
    words = [
        "".join(chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(n)) for n in (2, 3, 4) * 1000
    ]
    return words, [1 / (rank + 3) for rank in range(len(words))]  # some words are common, as in any language


VOCABULARY, WEIGHTS = _vocabulary()


def prose(chance, words=45):
    return " ".join(chance.choices(VOCABULARY, WEIGHTS, k=words)) + "."


def article(seed, paragraphs=10):
    chance = random.Random(f"article {seed}")
    return [prose(chance) for _ in range(paragraphs)]


def reworded(paragraphs, share, chance):
    return [
        " ".join(chance.choice(VOCABULARY) if chance.random() < share else word for word in text.split())
        for text in paragraphs
    ]


def told(paragraphs, *, title="A headline", where="a"):
    url = f"https://{where}.example/"
    return Story(
        id=story_id(url),
        url=url,
        title=title,
        source=where,
        source_id=source_id(url),
        first_seen=datetime(2026, 11, 24, tzinfo=UTC),
        text="\n".join(paragraphs),
    )


@pytest.fixture
def are_one(store):
    """Whether two stories are told as one."""
    stories = Stories(store)

    def join(first, second):
        store.flushall()
        one, other = (
            stories.join([sign(story)], ALIKE)[0]
            for story in (told(first, where="a"), told(second, title="Another headline", where="b"))
        )
        return one == other

    return join


def test_a_copy_with_another_headline_is_one_story(are_one):
    assert all(are_one(article(seed), article(seed)) for seed in SEEDS)


def test_a_copy_without_its_last_paragraph_is_one_story(are_one):
    assert all(are_one(article(seed), article(seed)[:-1]) for seed in SEEDS)


def test_a_copy_with_a_word_in_twenty_edited_is_one_story(are_one):
    assert all(are_one(article(seed), reworded(article(seed), 0.05, random.Random(seed))) for seed in SEEDS)


def test_a_copy_cut_and_edited_is_nearly_always_one_story(are_one):
    joined = [
        are_one(article(seed), reworded(article(seed)[:-1], 0.05, random.Random(seed))) for seed in range(60)
    ]
    print(f"cut and edited: {sum(joined)} of {len(joined)} joined")
    assert sum(joined) >= 0.95 * len(joined)


def test_a_copy_with_figures_cut_to_half_is_nearly_always_one_story(are_one):
    joined = []
    for seed in range(60):
        chance = random.Random(seed)
        told = [f"{text} It was {chance.randrange(10, 9999)}." for text in article(seed)]
        joined.append(are_one(told, told[:5]))
    assert sum(joined) >= 0.8 * len(joined)  # of those that share no band nothing is known


def test_a_follow_up_that_repeats_half_the_background_is_another_story(are_one):
    for seed in range(60):
        first = article(seed)
        follow_up = article(f"{seed} next day")[:5] + first[5:]
        assert not are_one(first, follow_up)


def test_stories_that_share_an_outlets_boilerplate_are_different(are_one):
    # A fifth of the text: sign-up words, the author's biography, terms of use.
    boilerplate = article("boilerplate", 2)
    for seed in SEEDS:
        assert not are_one(article(seed, 8) + boilerplate, article(f"other {seed}", 8) + boilerplate)


def test_two_short_texts_are_different_though_their_words_are_common(are_one):
    assert not are_one(["Morning briefing: what to know today"], ["Morning briefing: what to know tonight"])
    assert not are_one(
        ["The market closed higher on Monday as traders weighed the news of the day"],
        ["The market closed lower on Monday as traders weighed the news of the day"],
    )


def report(chance, figures, paragraphs=6):
    """A market report's every line, as its template has it, with the day's figures."""
    lines = article("market report", paragraphs)
    return [f"{text} Corn stood at {chance.choice(figures)} and {chance.choice(figures)}." for text in lines]


def test_reports_of_one_template_with_other_figures_are_different(are_one):
    for seed in SEEDS:
        chance = random.Random(seed)
        monday, tuesday = ([f"{chance.uniform(3, 9):.2f}" for _ in range(12)] for _ in range(2))
        assert not are_one(report(random.Random(seed), monday), report(random.Random(seed), tuesday))


def test_a_copy_of_a_report_with_a_paragraph_cut_is_one_story(are_one):
    for seed in SEEDS:
        figures = [f"{random.Random(seed + n).uniform(3, 9):.2f}" for n in range(12)]
        told = report(random.Random(seed), figures)
        assert are_one(told, told[:-1])


def test_two_longer_briefs_of_one_template_are_different(are_one):
    chance = random.Random(3)
    for _ in SEEDS:
        one, other = (
            [prose(chance, 25) + " traders weighed the news of the day on Monday."] for _ in range(2)
        )
        assert not are_one(one, other)


def test_a_copy_in_other_case_and_quotes_is_one_story(are_one):
    first = [f'"{text}" said O’Neil' for text in article(1)]
    assert are_one(first, [text.upper().replace('"', "“").replace("’", "'") for text in first])


def test_a_text_in_chinese_is_compared_too(are_one):
    chance = random.Random(5)
    first = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(400))
    second = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(400))
    assert are_one([first], [first[:-30]])
    assert not are_one([first], [second])


def test_the_fortieth_copy_joins_the_first(store):
    stories = Stories(store)
    clusters = {
        stories.join([sign(told(reworded(article(1), 0.02, random.Random(n)), where=f"o{n}"))], ALIKE)[0]
        for n in range(70)  # more than a band holds
    }
    assert clusters == {story_id("https://o0.example/")}


@pytest.mark.parametrize("text", ["", " ", "\x00", "…", "one", "word " * 100_000])
def test_any_text_is_signed(text):
    signed = sign(told([text]))
    words, numbers = ALIKE.places * ALIKE.width, ALIKE.number_places * ALIKE.width
    assert len(signed.signature) in (0, words, words + numbers)
    assert bool(signed.bands) == bool(signed.signature)
