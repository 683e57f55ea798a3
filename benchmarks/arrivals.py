"""Times at which pretend sources publish: seeded, in seconds since a Monday's midnight (UTC)."""

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

HOUR = 3_600.0
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Source:
    """A source: what kind it is, and when its stories appear, in order."""

    kind: str
    arrivals: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Habit:
    """How a newsroom works.

    Attributes:
        zone_h: its clock, in hours before UTC.
        night, weekend: the part of the day's rate that is left then.
        following: stories that each story brings with it on average (a branching, or Hawkes, process).
        after: how long after, on average, in seconds.
    """

    zone_h: int
    night: float
    weekend: float
    following: float
    after: float

    def level(self, t: float) -> float:
        """The part of the full rate at a time: rising from 5 to 9, falling from 18 to 23."""
        local = (t + self.zone_h * HOUR) / DAY
        hour = local % 1 * 24
        awake = min(max((hour - 5) / 4, 0.0), 1.0) * min(max((23 - hour) / 5, 0.0), 1.0)
        return (self.night + (1 - self.night) * awake) * (self.weekend if int(local) % 7 > 4 else 1.0)  # noqa: PLR2004


def newsroom(rng: random.Random, days: float, per_day: float, habit: Habit) -> list[float]:
    """Stories that come of themselves by day and hour, each with its followers."""
    mean_level = sum(habit.level(quarter * 900) for quarter in range(7 * 96)) / (7 * 96)
    fastest = per_day * (1 - habit.following) / DAY / mean_level
    waiting = [t for t in _poisson(rng, days, fastest) if rng.random() < habit.level(t)]
    stories = []
    while waiting:
        t = waiting.pop()
        stories.append(t)
        # In a branching process of mean m, a story's next sibling comes with this chance.
        while rng.random() < habit.following / (1 + habit.following):
            waiting.append(t + rng.expovariate(1 / habit.after))
    return [t for t in stories if t < days * DAY]


def breaking(rng: random.Random, days: float, each_days: float, size: int) -> list[float]:
    """Now and then, many stories within some hours."""
    return [
        start + rng.expovariate(1 / (2 * HOUR))
        for start in _poisson(rng, days, 1 / (each_days * DAY))
        for _ in range(size)
    ]


def batches(rng: random.Random, days: int, hours: Iterable[int], size: int) -> list[float]:
    """So many at once, at fixed hours."""
    return [
        t
        for day in range(days)
        for hour in hours
        for t in [day * DAY + hour * HOUR + rng.uniform(0, 300)] * max(1, round(rng.gauss(size, size / 3)))
    ]


def cached(arrivals: Iterable[float], every: float) -> list[float]:
    """As a feed shows them that is written anew only so often."""
    return [math.ceil(t / every) * every for t in arrivals]


def restless(rng: random.Random, days: int) -> list[float]:
    """A section or a live feed: busy for some days, then quiet."""
    stories, start = [], 0
    while start < days:
        length = rng.randint(2, 7)
        habit = Habit(0, 0.1, 0.6, 0.3, 1_800)
        spell = newsroom(rng, length, rng.choice([1, 4, 15, 60]), habit)
        stories += [start * DAY + t for t in spell]
        start += length
    return stories


def world(seed: int, days: int) -> list[Source]:
    """Forty-two sources: many small, few large, some odd, as in a list that somebody keeps."""
    rng = random.Random(seed)

    def at(night: float, weekend: float, following: float, after: float) -> Habit:
        return Habit(rng.choice((-8, -5, -5, 0, 1, 1, 2, 8)), night, weekend, following, after)

    def agency() -> list[float]:
        return newsroom(rng, days, rng.uniform(250, 400), at(0.25, 0.6, 0.4, 1_200))

    def newspaper() -> list[float]:
        own = newsroom(rng, days, rng.uniform(40, 120), at(0.1, 0.5, 0.3, 1_800))
        return own + breaking(rng, days, 5, 15)

    def local_paper() -> list[float]:
        own = newsroom(rng, days, rng.uniform(4, 15), at(0.03, 0.3, 0.3, 2_400))
        return own + breaking(rng, days, 14, 6)

    def blog() -> list[float]:
        return newsroom(rng, days, rng.uniform(0.15, 0.8), at(0.2, 0.7, 0.2, 6 * HOUR))

    def in_batches() -> list[float]:
        hours = rng.sample(range(24), rng.choice((1, 2, 3)))
        return batches(rng, days, hours, rng.choice((5, 10, 20)))

    def written_hourly() -> list[float]:
        return cached(newsroom(rng, days, rng.uniform(10, 40), at(0.1, 0.5, 0.3, 1_800)), HOUR)

    def dying() -> list[float]:
        return newsroom(rng, 4, 3, at(0.2, 0.7, 0.2, HOUR))

    kinds: tuple[tuple[str, int, Callable[[], list[float]]], ...] = (
        ("agency", 2, agency),
        ("newspaper", 6, newspaper),
        ("local paper", 8, local_paper),
        ("blog", 8, blog),
        ("restless", 6, lambda: restless(rng, days)),
        ("in batches", 4, in_batches),
        ("written hourly", 4, written_hourly),
        ("dead", 4, dying),
    )
    end = days * DAY
    return [
        Source(kind, tuple(sorted(t for t in publish() if t < end)))
        for kind, count, publish in kinds
        for _ in range(count)
    ]


def _poisson(rng: random.Random, days: float, rate: float) -> list[float]:
    times, t = [], rng.expovariate(rate)
    while t < days * DAY:
        times.append(t)
        t += rng.expovariate(rate)
    return times
