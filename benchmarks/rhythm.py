"""How late stories are found, against the requests spent: Wirewatch's rhythm and other ways to choose pauses.

Each way is dialled to spend as many requests as Wirewatch does, on the same arrivals (`arrivals.world`). The
first week is for learning and is not counted. Prints Markdown, and draws ``docs/rhythm.svg``.
"""

import math
import time
from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from arrivals import DAY, HOUR, Source, world
from plot import Line, plot
from strategies import MONDAY, RIVALS, WIREWATCH, Strategy, within, worth

from crawler.schedule.rhythm import Rhythm
from crawler.schedule.silence import is_silent

_SEED, _DAYS, _LEARNING = 1, 28, 7
_JITTER = 1.05  # the mean of what next_poll adds
_CLOSE_ENOUGH = 0.01
_PICTURE = Path(__file__).parent.parent / "docs" / "rhythm.svg"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Requests, and seconds from each story's appearance to the poll that found it, by kind of source."""

    requests: dict[str, int]
    delays: dict[str, list[float]]

    def spent(self) -> float:
        """All requests."""
        return sum(self.requests.values())

    def all_delays(self) -> list[float]:
        """Of all stories, in order."""
        return sorted(delay for delays in self.delays.values() for delay in delays)


def run(strategy: Strategy, dial: float, sources: list[Source]) -> Outcome:
    """Poll all sources for the whole time."""
    outcome = Outcome({}, {})
    for place, source in enumerate(sources):
        choose, arrivals = strategy.chooser(dial), source.arrivals
        delays = outcome.delays.setdefault(source.kind, [])
        t = place * 37.0 % 120
        seen = bisect_right(arrivals, t)
        pause = choose(0, 0.0, t)
        requests = 0
        while (now := t + within(pause) * _JITTER) < _DAYS * DAY:
            found = bisect_right(arrivals, now, seen)
            if now > _LEARNING * DAY:
                requests += 1
                delays += [now - arrivals[story] for story in range(seen, found)]
            pause = choose(found - seen, now - t, now)
            t, seen = now, found
        outcome.requests[source.kind] = outcome.requests.get(source.kind, 0) + requests
    return outcome


def dialled(strategy: Strategy, budget: float, sources: list[Source]) -> Outcome:
    """With the dial at which it spends as many requests."""
    low, high = strategy.dial
    best = None
    for _ in range(14):
        dial = math.sqrt(low * high)
        outcome = run(strategy, dial, sources)
        if best is None or abs(outcome.spent() - budget) < abs(best.spent() - budget):
            best = outcome
        if abs(outcome.spent() / budget - 1) < _CLOSE_ENOUGH:
            break
        low, high = (dial, high) if outcome.spent() > budget else (low, dial)
    if best is None:
        raise AssertionError("the dial was never turned")
    return best


def table(outcomes: dict[str, Outcome], sources: list[Source]) -> list[str]:
    """Markdown: a row for each way."""
    kinds = [kind for kind in dict.fromkeys(source.kind for source in sources) if kind != "dead"]
    per_day = len(sources) * (_DAYS - _LEARNING)
    rows = [
        f"| how the pause is chosen | requests a day and source | mean | p90 | {' | '.join(kinds)} |",
        f"|---|{'---:|' * (len(kinds) + 3)}",
    ]
    for name, outcome in outcomes.items():
        delays = outcome.all_delays()
        minutes = [sum(delays) / len(delays), delays[len(delays) * 9 // 10]]
        minutes += [sum(outcome.delays[kind]) / len(outcome.delays[kind]) for kind in kinds]
        cells = " | ".join(f"{delay / 60:.1f}" for delay in minutes)
        rows.append(f"| {name} | {outcome.spent() / per_day:.1f} | {cells} |")
    return rows


def curve(strategy: Strategy, sources: list[Source], dials: list[float]) -> Line:
    """Mean delay, in minutes, against requests a day and source."""
    points = []
    for dial in dials:
        with worth(dial if strategy is WIREWATCH else None):
            outcome = run(strategy, dial, sources)
        delays = outcome.all_delays()
        spent = outcome.spent() / len(sources) / (_DAYS - _LEARNING)
        points.append((spent, sum(delays) / len(delays) / 60))
    return Line(strategy.name, sorted(points), strong=strategy is WIREWATCH)


def spaced(strategy: Strategy, count: int) -> list[float]:
    """Dials at equal ratios between the ends, without these."""
    low, high = strategy.dial
    return [low * (high / low) ** ((step + 1) / (count + 1)) for step in range(count)]


def silences(sources: list[Source]) -> list[str]:
    """Markdown: false alarms of silence while sources live, and how soon their end would be noticed."""
    rows = ["| kind | sources | false alarms in 28 days | end noticed after |", "|---|---:|---:|---:|"]
    for kind in dict.fromkeys(source.kind for source in sources):
        alike = [source for source in sources if source.kind == kind]
        watched = [_watched(source) for source in alike]
        ends = [end for _, end in watched if end is not None]
        noticed = f"{median(ends) / DAY:.1f} weekdays" if ends else "too few stories to tell"
        rows.append(f"| {kind} | {len(alike)} | {sum(alarms for alarms, _ in watched)} | {noticed} |")
    return rows


def _watched(source: Source) -> tuple[int, float | None]:
    """False alarms, and how long after its last story the source would count as silent, if ever."""
    rhythm, alarms, silent = Rhythm.unknown(), 0, False
    last_new = now = MONDAY
    for story in [*source.arrivals, None]:
        until = MONDAY + timedelta(seconds=story) if story is not None else now + timedelta(days=60)
        while now < until:
            step = min(timedelta(seconds=HOUR / 2), until - now)
            now += step
            found = story is not None and now == until
            was, silent = silent, not found and is_silent(rhythm, last_new, now)
            if silent and story is None:
                return alarms, sum(
                    HOUR
                    for hour in range(int((now - last_new) / timedelta(hours=1)))
                    if (last_new + timedelta(hours=hour)).weekday() < 5  # noqa: PLR2004
                )
            alarms += silent and not was
            rhythm = rhythm.observed(int(found), step, now)
            last_new = now if found else last_new
    return alarms, None


def main() -> None:
    """Compare, print and draw."""
    began = time.monotonic()
    sources = world(_SEED, _DAYS)
    own = run(WIREWATCH, 0, sources)
    outcomes = {strategy.name: dialled(strategy, own.spent(), sources) for strategy in RIVALS}
    outcomes[f"**{WIREWATCH.name}**"] = own
    stories = len(own.all_delays())
    print(f"{len(sources)} sources, {stories} stories, {_DAYS - _LEARNING} days. Delays in minutes.\n")
    print("\n".join(table(outcomes, sources)), "\n")
    print("\n".join(silences(sources)), "\n")
    lines = [curve(strategy, sources, spaced(strategy, 9)) for strategy in RIVALS[:6]]
    lines.append(curve(WIREWATCH, sources, spaced(WIREWATCH, 6)))
    _PICTURE.write_text(plot(lines, "requests a day and source", "mean minutes until a story is found"))
    print(f"{_PICTURE.name} drawn; {time.monotonic() - began:.0f} s in all")


if __name__ == "__main__":
    main()
