"""Ways to choose the next pause, each with one dial that makes it spend more or fewer requests."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from arrivals import DAY, HOUR

from crawler.schedule import rhythm as rhythm_module
from crawler.schedule.rhythm import Rhythm

SHORTEST, LONGEST = 120.0, 6 * HOUR  # the defaults of polling.min_interval and max_interval
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)

# From what a poll brought, the seconds since the poll before, and its time, to the pause that follows.
Chooser = Callable[[int, float, float], float]


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to choose pauses.

    Attributes:
        name: for the table.
        chooser: makes one for one source, from the dial.
        dial: its ends; a larger value spends fewer requests.
    """

    name: str
    chooser: Callable[[float], Chooser]
    dial: tuple[float, float]


def within(pause: float) -> float:
    """Within the user's bounds."""
    return min(max(pause, SHORTEST), LONGEST)


def fixed(pause: float) -> Chooser:
    """Always the same."""
    return lambda _new, _elapsed, _now: pause


def additive(up: float) -> Chooser:
    """Ten minutes less after a find, some seconds more after none (as Media Cloud's rss-fetcher does)."""
    pause = SHORTEST

    def choose(new: int, _elapsed: float, _now: float) -> float:
        nonlocal pause
        pause = within(pause - 600 if new else pause + up)
        return pause

    return choose


def multiplicative(down: float) -> Callable[[float], Chooser]:
    """A fraction after a find, some part more after none."""

    def make(up: float) -> Chooser:
        pause = SHORTEST

        def choose(new: int, _elapsed: float, _now: float) -> float:
            nonlocal pause
            pause = within(pause * (down if new else 1 + up))
            return pause

        return choose

    return make


class Rate:
    """Stories a second, with what is older fading."""

    def __init__(self, half_life: float) -> None:
        self._memory = half_life / math.log(2)
        self._stories = self._span = 0.0

    def learn(self, new: int, elapsed: float) -> None:
        """Take in one poll."""
        if elapsed:
            kept = math.exp(-elapsed / self._memory)
            part = (1 - kept) * self._memory / elapsed
            self._stories = self._stories * kept + new * part
            self._span = self._span * kept + elapsed * part

    def value(self) -> float:
        """The rate, from a weak belief in one story a day."""
        return (self._stories + 0.3) / (self._span + 0.3 * DAY)


def weekly_mean(factor: float) -> Chooser:
    """A part of the mean gap of the last week (as Miniflux's entry_frequency does)."""
    rate = Rate(5 * DAY)

    def choose(new: int, elapsed: float, _now: float) -> float:
        rate.learn(new, elapsed)
        return factor / rate.value()

    return choose


def root_of_rate(worth: float) -> Chooser:
    """The root law on a rate that forgets by half a day, without hours."""
    rate = Rate(DAY)

    def choose(new: int, elapsed: float, _now: float) -> float:
        rate.learn(new, elapsed)
        return worth / math.sqrt(rate.value())

    return choose


def profiled(bins: int, period: float, burst: float) -> Callable[[float], Chooser]:
    """The root law with a finely counted profile of a day or a week, and some weight on the last hour."""
    size = period / bins

    def make(worth: float) -> Chooser:
        rate, lately = Rate(DAY), Rate(HOUR)
        counts, total = [0.0] * bins, 0.0

        def choose(new: int, elapsed: float, now: float) -> float:
            nonlocal counts, total
            rate.learn(new, elapsed)
            lately.learn(new, elapsed)
            if new:
                faded = math.exp(-elapsed * math.log(2) / (2 * period + 7 * DAY))
                counts, total = [count * faded for count in counts], total * faded + new
                steps = min(int(elapsed // size), bins - 1) + 1
                for step in range(steps):
                    counts[int((now - elapsed * (step + 0.5) / steps) % period // size)] += new / steps
            t, missing = now, worth
            while t - now < LONGEST:
                share = (counts[int(t % period // size)] + 4 / bins) * bins / (total + 4)
                level = (1 - burst) * rate.value() * share
                if burst:
                    level += burst * lately.value() * math.exp(-(t - now) / HOUR)
                end = (t // size + 1) * size
                if math.sqrt(level) * (end - t) >= missing:
                    return t + missing / math.sqrt(level) - now
                missing -= math.sqrt(level) * (end - t)
                t = end
            return LONGEST

        return choose

    return make


def wirewatch(_worth: float) -> Chooser:
    """What crawler/schedule/rhythm.py does."""
    rhythm = Rhythm.unknown()

    def choose(new: int, elapsed: float, now: float) -> float:
        nonlocal rhythm
        when = MONDAY + timedelta(seconds=now)
        rhythm = rhythm.observed(new, timedelta(seconds=elapsed), when)
        return rhythm.pause(when).total_seconds()

    return choose


@contextmanager
def worth(value: float | None) -> Iterator[None]:
    """With another worth of a request than the shipped one, for Wirewatch's curve."""
    with patch.object(rhythm_module, "_WORTH", value or rhythm_module._WORTH):  # noqa: SLF001
        yield


WIREWATCH = Strategy("Wirewatch: root of the rate, hourly", wirewatch, (1.5, 80))
RIVALS = (
    Strategy("fixed", fixed, (60, 6 * HOUR)),
    Strategy("multiplicative: halved, or a part more", multiplicative(0.5), (0.005, 5)),
    Strategy("multiplicative: a fifth less, or a part more", multiplicative(0.8), (0.002, 3)),
    Strategy("additive: 10 min less, or a step more", additive, (1, 5_000)),
    Strategy("a part of the week's mean gap", weekly_mean, (0.01, 20)),
    Strategy("root of the rate", root_of_rate, (2, 100)),
    Strategy("Wirewatch's, and a burst term", profiled(24, DAY, 0.3), (2, 100)),
    Strategy("Wirewatch's, with hours of the week", profiled(168, 7 * DAY, 0.0), (2, 100)),
)
