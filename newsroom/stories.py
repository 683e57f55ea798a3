"""Composing stories of subjects, and retelling a wire story as another outlet would print it."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from newsroom.subjects import GENERAL, Subject
from newsroom.vocabulary import FIRST_NAMES, LAST_NAMES, Cast, fill

FEWEST_WORDS, MOST_WORDS = 235, 430
"""A story is written until it has a number of words between these."""

SUBJECT_SHARE = 0.6
"""How many of the sentences are the subject's own; the others would fit any story."""

SHORT = 5
"""A story of so many paragraphs is not cut."""

EXCHANGES = {
    "said": "stated",
    "about": "around",
    "Roughly": "Around",
    "roughly": "around",
    "people": "residents",
    "nearly": "almost",
    "report": "paper",
    "began": "started",
    "called": "termed",
    "expected": "anticipated",
    "percent": "per cent",
    "showed": "revealed",
    "more": "further",
    "announced": "declared",
}
"""The words that a copy may change."""

REHEADED = (
    "{}: what to know",
    "What we know: {}",
    "{}, agency reports",
    "Today’s news: {}",
    "{} – the full report",
    "In short: {}",
)
"""Headlines that a copy may give a story, beside one made of its first sentence."""

SHORT_HEADLINE = 6
"""A headline made of a first sentence has so many words at least."""

STEM = 6
"""So many letters of a topic’s name stand in any mention of it: tariff, china, iowa."""

INTROS = (
    "This report is part of our coverage of the day’s news.",
    "Here is what we know so far.",
    "The following account was confirmed by our own desk.",
    "Our readers have asked about this for weeks.",
)


@dataclass(frozen=True, slots=True)
class Story:
    """A composed text, before any outlet prints it.

    Attributes:
        title: the headline.
        alternatives: other headlines for the same story, for those who copy it.
        summary: what a feed tells of it; names every topic that the story is about.
        paragraphs: the body.
        byline: who wrote it.
        place: where it was written, for a dateline.
        subject: names of its subjects, joined by a plus sign.
        section: the section it belongs in.
        topics: the topics that it should alert for.
    """

    title: str
    alternatives: tuple[str, ...]
    summary: str
    paragraphs: tuple[str, ...]
    byline: str
    place: str
    subject: str
    section: str
    topics: frozenset[str]

    @property
    def text(self) -> str:
        """The body, paragraphs separated by blank lines."""
        return "\n\n".join(self.paragraphs)


def compose(subjects: tuple[Subject, ...], rng: random.Random, cast: Cast | None = None) -> Story:
    """Write a new story about one subject or several; the first is the main one.

    Args:
        subjects: what it is about.
        rng: by which it is written.
        cast: who and where, if it follows another story up; else drawn anew.
    """
    main, *others = subjects
    cast = cast or Cast.draw(rng, main.roles)
    headline, opening = rng.choice(list(zip(main.titles, main.leads, strict=True)))
    tails = [fill(rng.choice(other.title_tails), cast, rng) for other in others]
    title = " ".join((_sentence(headline, cast, rng), *tails))
    lead = _sentence(opening, cast, rng)
    clipped = " ".join((_clip(lead), *tails))
    for other in others:
        lead = _extend(lead, fill(rng.choice(other.lead_tails), cast, rng))
    sentences = [lead]
    wanted = rng.randint(FEWEST_WORDS, MOST_WORDS)
    words = len(lead.split())
    for template in _order(subjects, rng):
        if words >= wanted:
            break
        sentences.append(_sentence(template, cast, rng))
        words += len(sentences[-1].split())
    alternatives = [pattern.format(title) for pattern in REHEADED]
    if len(clipped.split()) >= SHORT_HEADLINE and (main.topic or "")[:STEM] in clipped.lower():
        alternatives += [clipped] * len(alternatives)
    return Story(
        title=title,
        alternatives=tuple(alternatives),
        summary=lead,
        paragraphs=_paragraphs(sentences, rng),
        byline=f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}",
        place=cast.slots["place"],
        subject="+".join(subject.name for subject in subjects),
        section=main.section,
        topics=frozenset(subject.topic for subject in subjects if subject.topic),
    )


def wire(story: Story, agency: str) -> Story:
    """A story as an agency sends it: with its dateline, credit and closing line."""
    first, *rest = story.paragraphs
    closing = f"Reporting by {story.byline} for {agency}; editing by the {story.place} desk."
    return replace(story, paragraphs=(f"{story.place.upper()} ({agency}) — {first}", *rest, closing))


def retell(original: Story, agency: str, rng: random.Random) -> Story:
    """A wire story as another outlet prints it: small edits, the same news."""
    first, *rest = original.paragraphs
    rest = rest[:-1]  # the agency's closing line
    dateline = rng.choice((f"{original.place} — ", "", f"{original.place.upper()} ({agency}) - "))
    first = dateline + first.split(" — ", 1)[1]
    paragraphs = [first, *rest]
    edit = rng.choice(("cut", "intro", "both")) if len(paragraphs) > SHORT else "intro"
    if edit != "intro":
        paragraphs.pop()
    if edit != "cut":
        paragraphs.insert(0, rng.choice(INTROS))
    paragraphs = _exchange(paragraphs, rng.randint(1, 4), rng)
    paragraphs.append(rng.choice((f"{agency} contributed to this report.", f"Source: {agency}")))
    return replace(
        original,
        title=rng.choice(original.alternatives),
        paragraphs=tuple(paragraphs),
        byline=rng.choice((agency, f"{agency} and staff", "Staff report")),
    )


def _order(subjects: tuple[Subject, ...], rng: random.Random) -> Iterator[str]:
    """Templates in the order of use: each subject in turn, general ones between."""
    piles = [rng.sample(subject.sentences, len(subject.sentences)) for subject in subjects]
    general = rng.sample(GENERAL, len(GENERAL))
    for pile in piles:  # every subject is heard at least once more, however short the story
        yield pile.pop()
    turn = 0
    while general:
        if rng.random() < SUBJECT_SHARE and piles[turn % len(piles)]:
            yield piles[turn % len(piles)].pop()
            turn += 1
        else:
            yield general.pop()


def _sentence(template: str, cast: Cast, rng: random.Random) -> str:
    text = " ".join(fill(template, cast, rng).split())
    for place, letter in enumerate(text):
        if letter.isalnum():
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


def _clip(lead: str) -> str:
    """A first sentence up to its first comma, as a headline."""
    return re.split(r",[ ”]|\.”?$", lead)[0]


def _extend(lead: str, tail: str) -> str:
    """Put a tail before the full stop of a sentence."""
    if lead.endswith(".”"):
        return f"{lead[:-2]},” {tail}."
    return f"{lead.removesuffix('.')}, {tail}."


def _paragraphs(sentences: list[str], rng: random.Random) -> tuple[str, ...]:
    """Group sentences into 5 to 7 paragraphs of like length; the lead stands alone, the last is short."""
    last = rng.randint(1, 2)
    body = len(sentences) - 1 - last
    count = min(rng.randint(3, 5), body)
    edges = [1 + round(body * part / count) for part in range(count + 1)]
    edges = [0, *edges, len(sentences)]
    return tuple(" ".join(sentences[start:end]) for start, end in pairwise(edges))


def _exchange(paragraphs: list[str], count: int, rng: random.Random) -> list[str]:
    """Change up to ``count`` words, each at one place."""
    changed = list(paragraphs)
    for old in rng.sample(sorted(EXCHANGES), len(EXCHANGES)):
        if count == 0:
            break
        where = [i for i, paragraph in enumerate(changed) if re.search(rf"\b{old}\b", paragraph)]
        if where:
            at = rng.choice(where)
            changed[at] = re.sub(rf"\b{old}\b", EXCHANGES[old], changed[at], count=1)
            count -= 1
    return changed
