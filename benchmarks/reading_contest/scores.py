"""How right a reader was: page by page, and over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from reading_contest.readers import Found
from reading_contest.shingles import Overlap, mean, overlap
from reading_contest.truth import TruePage
from workers.read.likeness import key


@dataclass(frozen=True, slots=True)
class Verdict:
    """One page. None: its truth is not known."""

    body: Overlap | None
    title: bool | None
    day: bool | None
    authors: bool | None


def verdict(page: TruePage, found: Found) -> Verdict:
    """What is right about what was found on a page."""
    return Verdict(
        overlap(page.body, found.text) if page.body else None,
        None if page.title is None else key(page.title) == key(found.title),
        None if page.day is None else page.day == found.day,
        None if page.authors is None else _names(page.authors) == _names(found.authors),
    )


def _names(people: Iterable[str]) -> set[str]:
    return {key(name) for name in people}


@dataclass(slots=True)
class Scores:
    """All pages: one entry for each whose truth is known."""

    bodies: list[Overlap] = field(default_factory=list)
    title: list[bool] = field(default_factory=list)
    day: list[bool] = field(default_factory=list)
    authors: list[bool] = field(default_factory=list)

    @property
    def body(self) -> Overlap:
        """Precision and recall averaged, and the F1 of both."""
        return mean(self.bodies)

    def as_json(self) -> dict[str, Any]:
        """The figures; None where no page's truth is known."""
        body = self.body if self.bodies else None
        exact = {"title": self.title, "day": self.day, "authors": self.authors}
        return {
            "body": body and {name: round(getattr(body, name), 4) for name in ("f1", "precision", "recall")},
            **{name: round(fmean(right), 4) if right else None for name, right in exact.items()},
        }


def scores(pages: Sequence[TruePage], found: Sequence[Found]) -> Scores:
    """How right a reader was on all pages."""
    total = Scores()
    for page, one in zip(pages, found, strict=True):
        seen = verdict(page, one)
        for known, right in (
            (total.bodies, seen.body),
            (total.title, seen.title),
            (total.day, seen.day),
            (total.authors, seen.authors),
        ):
            if right is not None:
                known.append(right)  # type: ignore[arg-type]
    return total
