"""What an outlet's repetitions cost, and what is gained by knowing its other pages.

Three outlets of the newsroom print prose of their own among their stories' paragraphs; their stories follow
each other up, with background and quotes that are repeated verbatim, and one matter goes on for weeks. For
some rules it is counted which paragraphs each drops: of the outlet's (recall), and of the stories' own.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newsroom.refrains import HOUSES, Printed, printed
from wirewatch.ids import SourceId, story_id
from wirewatch.models import Story
from wirewatch.store.furniture import MOST_STORIES, Noted
from workers.read.furniture import CHOSEN, Others, Thresholds, noted, without_furniture

_NEVER = 10_000
COUNTS: tuple[tuple[str, Thresholds], ...] = tuple(
    (f"carried by {n}", Thresholds(n, n, 0.0)) for n in (1, 2, 3, 5, 8)
)
RULES: tuple[tuple[str, Thresholds], ...] = (
    *((f"chosen, foreign below {part}", Thresholds(foreign=part)) for part in (0.0, 0.05, 0.15, 0.2)),
    *((f"chosen, own by {n}", Thresholds(strangers_of_own=n)) for n in (4, 5)),
    *((f"chosen, own in {part} of all", Thresholds(share_of_own=part)) for part in (0.0, 0.15, 0.3)),
    ("as chosen", CHOSEN),
)


@dataclass(slots=True)
class Count:
    """Paragraphs, by whose they are and whether they were dropped; and stories' F1 in words."""

    theirs: int = 0
    theirs_dropped: int = 0
    repeated: int = 0
    own_dropped: int = 0
    f1: float = 0.0
    stories: int = 0


def as_read(one: Printed) -> Story:
    """A story as a reader gives it that takes every paragraph of the page for the story's."""
    return Story(
        id=story_id(one.article.url),
        url=one.article.url,
        title=one.shown.title,
        source=one.article.outlet.name,
        source_id=SourceId("s"),
        first_seen=datetime.now(UTC),
        text="\n".join(one.shown.paragraphs),
    )


def count(stories: Sequence[Printed], thresholds: Thresholds, *, strangers: bool, total: Count) -> None:
    """Read an outlet's stories one after the other, each with what is remembered by then."""
    known: list[Noted] = []
    carried: dict[str, int] = {}
    for one in stories:
        story = as_read(one)
        note = noted(story)
        if not strangers:
            note = Noted(note.site, note.story, frozenset({int(one.article.number)}), note.paragraphs)
        kept, dropped = without_furniture(
            one.shown.paragraphs, story.title, note, Others.of(known[-MOST_STORIES:]), thresholds
        )
        known.append(note)
        own = set(one.article.story.paragraphs)
        total.theirs += sum(p not in own for p in one.shown.paragraphs)
        total.theirs_dropped += sum(p not in own for p in dropped)
        total.repeated += sum(p in own and p in carried for p in one.shown.paragraphs)
        total.own_dropped += sum(p in own for p in dropped)
        carried.update(dict.fromkeys(one.shown.paragraphs, 1))
        total.f1 += _f1(kept, one.article.story.paragraphs)
        total.stories += 1


def _f1(kept: Sequence[str], truth: Sequence[str]) -> float:
    ours, theirs = _shingles(kept), _shingles(truth)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _shingles(paragraphs: Sequence[str]) -> set[tuple[str, ...]]:
    words = " ".join(paragraphs).split()
    return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stories", type=int, default=100, help="of each outlet")
    options.add_argument("--seeds", type=int, default=5)
    chosen = options.parse_args()
    world = [printed(house, chosen.stories, seed) for seed in range(chosen.seeds) for house in HOUSES]
    print(f"{'':<32}{'recall':>8}{'precision':>11}{'own lost':>10}{'of repeated':>13}{'F1':>8}")
    rules = [
        ("nothing is dropped", Thresholds(_NEVER, _NEVER), True),
        *((f"{name} others", rule, False) for name, rule in COUNTS),
        *((f"{name} strangers", rule, True) for name, rule in COUNTS),
        *((name, rule, True) for name, rule in RULES),
    ]
    for name, rule, strangers in rules:
        total = Count()
        for stories in world:
            count(stories, rule, strangers=strangers, total=total)
        dropped = total.theirs_dropped + total.own_dropped
        precision = total.theirs_dropped / dropped if dropped else 1.0
        print(
            f"{name:<32}{total.theirs_dropped / total.theirs:>8.3f}{precision:>11.3f}{total.own_dropped:>10}"
            f"{total.repeated:>13}{total.f1 / total.stories:>8.4f}"
        )


if __name__ == "__main__":
    main()
