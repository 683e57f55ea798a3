"""What is written: its words, its shape, and how alike two stories are."""

import re
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.subjects import FAR, GENERAL, IGNORED, NEAR, TOPICAL
from newsroom.world import World

START = datetime(2026, 11, 24, 21, tzinfo=UTC)
SUBJECTS = TOPICAL + NEAR + FAR
TOPIC_WORDS = {
    "china": r"china|chinese|beijing",
    "iowa": r"iowa|des moines|caucus",
    "tariffs": r"tariff|\bdut(?:y|ies)\b|trade war",
}
seeds = st.integers(0, 2**32)


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def jaccard(one, other):
    return len(one & other) / len(one | other)


def whole_text(story):
    return "\n".join((story.title, story.summary, *story.paragraphs))


def without_ignored(text):
    for phrases in IGNORED.values():
        for phrase in phrases:
            text = re.sub(phrase, " ", text, flags=re.IGNORECASE)
    return text


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_a_subject_has_a_dozen_sentences_and_a_headline_for_each_lead(subject):
    assert len(set(subject.sentences)) >= 12
    assert len(set(subject.titles)) == len(subject.leads)
    assert len(set(subject.leads)) >= 4


def test_sentences_that_fit_anything_name_no_topic():
    assert len(set(GENERAL)) >= 40
    assert not re.search("|".join(TOPIC_WORDS.values()), "\n".join(GENERAL), re.IGNORECASE)


@settings(max_examples=15, deadline=None)
@given(seed=seeds)
def test_for_any_seed_a_story_names_the_topics_of_its_truth_and_no_other(seed):
    for article in World(seed, stories=30, start=START).articles:
        text = without_ignored(whole_text(article.story))
        for topic, words in TOPIC_WORDS.items():
            found = re.findall(words, text, re.IGNORECASE)
            if topic in article.story.topics:
                assert len(found) >= 4, (topic, text)
                assert re.search(words, article.story.title, re.IGNORECASE)
                assert re.search(words, article.story.summary, re.IGNORECASE)
            else:
                assert not found, (topic, text)


@settings(max_examples=15, deadline=None)
@given(seed=seeds)
def test_for_any_seed_a_story_has_the_shape_of_one(seed):
    for article in World(seed, stories=30, start=START).articles:
        story = article.story
        assert 5 <= len(story.paragraphs) <= 9
        assert 200 <= len(story.text.split()) <= 500
        assert not re.search(r"[\[\]{}|]|  | [,.]", story.text), story.text
        assert all(paragraph[0].isupper() or paragraph[0] in "“$0123456789" for paragraph in story.paragraphs)


@pytest.mark.parametrize("seed", [1, 2])
def test_different_stories_are_not_alike_and_copies_are(seed):
    told = [
        (article.family, article.story.subject, shingles(article.story.text))
        for article in World(seed, stories=500, start=START).articles
    ]
    alike = {"copies": [], "same subject": []}
    for (family, subject, text), (family2, subject2, text2) in combinations(told, 2):
        if family == family2:
            alike["copies"].append(jaccard(text, text2))
        elif subject == subject2:
            alike["same subject"].append(jaccard(text, text2))
    assert max(alike["same subject"]) < 0.35
    assert min(alike["copies"]) > 0.6
    print({name: (min(values), max(values)) for name, values in alike.items()})
