"""Outlets that repeat themselves inside their stories, in prose that no single page gives away.

They stand apart from the world's outlets: what they are for is seen only over many of their pages.
"""
# ruff: noqa: E501 - a paragraph is one line

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from newsroom.article import Article
from newsroom.outlets import Dated, Kind, Link, Outlet, Skeleton
from newsroom.pages import article_page
from newsroom.stories import Story, compose
from newsroom.subjects import FAR, NEAR, TOPICAL, Subject
from newsroom.vocabulary import Cast

SUBJECTS = FAR + NEAR + TOPICAL
SERIES_SHARE = 0.4
"""How many of an outlet's stories are follow-ups, which repeat background and quotes of their own."""
SERIES = (2, 5)
SAGA = (8, 14)
"""Now and then a matter goes on for weeks, under many titles."""
SAGA_SHARE = 0.2
NAMING = 0.85
"""How many headlines of a series name somebody or somewhere that the story is about,"""
NAMING_SAGA = 0.4
"""and of a saga, whose readers know."""
NAMED = ("{last}: {title}", "{title}, says {last}", "{last2}: {title}", "{place}: {title}")
START = datetime(2026, 11, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Refrain:
    """Prose of an outlet's own, printed like a paragraph of the story.

    Attributes:
        texts: of which one is printed at a time.
        share: of the stories that carry one.
        at: where: 0 before the story, 1 behind it, between: within it.
    """

    texts: tuple[str, ...]
    share: float
    at: float


@dataclass(frozen=True, slots=True)
class House:
    """An outlet and what it repeats."""

    outlet: Outlet
    refrains: tuple[Refrain, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A story as it was written (the truth), and as its page shows it.

    Attributes:
        article: with the story as written.
        shown: the story with the refrains among its paragraphs.
        published: when.
    """

    article: Article
    shown: Story
    published: datetime

    @property
    def page(self) -> str:
        """Its page in HTML."""
        return article_page(replace(self.article, story=self.shown), self.published)


HOUSES = (
    House(
        Outlet("Tidewater Review", "tidewater.example", Kind.RSS2, ("/rss",), Link.NEWS, Skeleton.ARTICLE,
               Dated.JSON_LD),
        (
            Refrain(("Over the past year our reporters have walked every street between the old mill and the pier to find out how families get by. These are the voices that they brought home.",),
                    share=0.3, at=0.4),
            Refrain(("The Review is owned by those who read it. Some four thousand households put in what they could when the presses were about to stop, and they meet each autumn to elect the board.",),
                    share=1.0, at=1.0),
        ),
    ),
    House(
        Outlet("Kestrel Weekly", "kestrel.example", Kind.ATOM, ("/atom",), Link.DATED, Skeleton.WEBLOG,
               Dated.TIME),
        (
            Refrain((
                "Every Thursday evening Orla Whitby cooks what the gardens give, and tells why her grandmother would have thrown half of it out. This week it is all about leeks.",
                "On a rainy platform in the north two strangers swap their suitcases, and neither goes back for it. Our weekend serial begins with the sixth chapter.",
                "Somewhere in the archive lies a photograph of your street. Our librarians have sorted ninety boxes so far, and they open the reading room on Sundays.",
                "Twelve puzzles, one lamp and a pot of tea: the winter almanac has been printed for those long evenings, with maps by Ned Sallow and riddles for the small ones.",
            ), share=0.7, at=0.6),
        ),
    ),
    House(
        Outlet("Larch County Wire", "larch.example", Kind.JSON, ("/feed.json",), Link.POLITICS,
               Skeleton.BLOCKS, Dated.META),
        (
            Refrain(("What you have read came to us from a partner abroad and was put into English by a machine; a person has looked over the names and the numbers, though not over every sentence.",),
                    share=0.15, at=1.0),
            Refrain(("Larch County Wire writes about Iowa farms, tariffs and China trade for eleven small papers, which share its costs and print it free of charge.",),
                    share=1.0, at=0.0),
        ),
    ),
)  # fmt: skip


def printed(house: House, count: int, seed: int) -> list[Printed]:
    """What a house prints in a month: the same for a seed. Its follow-ups keep paragraphs of their own."""
    rng = random.Random(f"refrains {house.outlet.host} {seed}")
    stories = [*_written(rng, count)][:count]
    rng.shuffle(stories)
    made = []
    for number, story in enumerate(stories, 1):
        path = f"/news/{number}"
        url = f"https://{house.outlet.host}{path}"
        article = Article(house.outlet, path, url, story, 0.0, f"story-{number}", number)
        made.append(Printed(article, _shown(house, story, rng), START + timedelta(hours=9 * number)))
    return made


def _written(rng: random.Random, count: int) -> Iterator[Story]:
    left = round(count * SAGA_SHARE)
    while left > 0:
        size = min(left, rng.randint(*SAGA))
        # Seen from all sides: what it does to the harvest, to the football, to the trains.
        yield from _series([rng.choice(SUBJECTS) for _ in range(size)], NAMING_SAGA, rng)
        left -= size
    left = round(count * SERIES_SHARE)
    while left > 0:
        size = min(left, rng.randint(*SERIES))
        yield from _series([rng.choice(SUBJECTS)] * size, NAMING, rng)
        left -= size
    for _ in range(count):
        yield compose((rng.choice(SUBJECTS),), rng)


def _series(subjects: list[Subject], naming: float, rng: random.Random) -> Iterator[Story]:
    """A story and its follow-ups: the same people, each with news of its own, and what was known before."""
    cast = Cast.draw(rng, subjects[0].roles)
    stories = [compose((subject,), rng, cast) for subject in subjects]
    background, quote = stories[0].paragraphs[1:3]
    for number, story in enumerate(stories):
        pattern = rng.choice(NAMED) if rng.random() < naming else "{title}"
        paragraphs = list(story.paragraphs)
        if number:
            paragraphs.insert(-1, background)
            if rng.random() < 0.5:  # noqa: PLR2004 (every second one)
                paragraphs.insert(2, quote)
        title = pattern.format(title=story.title, **cast.slots)
        yield replace(story, title=title, paragraphs=tuple(paragraphs))


def _shown(house: House, story: Story, rng: random.Random) -> Story:
    paragraphs = list(story.paragraphs)
    for refrain in house.refrains:
        if rng.random() < refrain.share:
            paragraphs.insert(round(refrain.at * len(paragraphs)), rng.choice(refrain.texts))
    return replace(story, paragraphs=tuple(paragraphs))
