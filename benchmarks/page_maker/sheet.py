"""A story with all that its page shows: our own text in one language, its names and numbers filled in."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).with_name("texts")
_FIRST = datetime.fromisoformat("2026-11-02T06:10:00")


@cache
def languages() -> list[str]:
    """The languages that there are texts in."""
    return sorted(path.stem for path in TEXTS.glob("*.yaml"))


@cache
def _texts(language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((TEXTS / f"{language}.yaml").read_text("utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a body: ``deck``, ``text``, ``head``, ``quote`` or ``item``."""

    kind: str
    text: str


class Sheet:
    """One story of one outlet. Texts are plain; what is named ``…_html`` is escaped."""

    def __init__(self, language: str, number: int, variant: int) -> None:
        """Draw a story.

        Args:
            language: whose texts.
            number: of the page, which tells its address and its day.
            variant: which names it has; no two of a language share any.
        """
        self._given = _texts(language)
        self.language = language
        self.number = number
        self.rng = random.Random(f"{language} {variant}")
        people, places = self._given["people"], self._given["places"]
        self.authors = [people[2 * variant]]
        self._slots: dict[str, str] = {
            "person": people[2 * variant],
            "second": people[2 * variant + 1],
            "place": places[2 * variant],
            "other": places[2 * variant + 1],
            "n": str(self.rng.randint(61, 99)),
            "m": str(self.rng.randint(12, 60)),
        }
        self.outlet: str = self._given["outlets"][variant]
        day = _FIRST + timedelta(days=number % 23, minutes=37 * number % 900)
        self.published = datetime.fromisoformat(f"{day.isoformat()}{self._given['zone']}")

    def said(self, name: str) -> str:
        """One of the texts that a page says: ``title``, ``deck``, ``cookies`` and others."""
        return self._fill(str(self._given[name]))

    def all_said(self, name: str) -> list[str]:
        """One of the lists: ``text``, ``items``, ``menu``, ``links``, ``comments``."""
        return [self._fill(text) for text in self._given[name]]

    def html(self, name: str) -> str:
        """As :meth:`said`, escaped."""
        return escape(self.said(name))

    def _fill(self, text: str) -> str:
        for name, value in self._slots.items():
            text = text.replace("{" + name + "}", value)
        return text

    @property
    def second(self) -> str:
        """Another name: who is quoted, or who wrote it too."""
        return self._slots["second"]

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return str(self._given.get("dir", "ltr"))

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return f"story-{self.language}-{1_000_000 + 7919 * self.number}"

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://{self.language}{self.number}.example.org/{self.published:%Y/%m/%d}/{self.slug}"

    @property
    def byline(self) -> str:
        """Who wrote it, as readers see it."""
        return self.said("by").replace(self.authors[0], ", ".join(self.authors))

    @property
    def shown_date(self) -> str:
        """The time of publication, as readers see it."""
        when = self.published
        slots = {"d": f"{when.day}", "y": f"{when.year}", "H": f"{when:%H}", "M": f"{when:%M}"}
        text = str(self._given["date"])
        for name, value in slots.items():
            text = text.replace("{" + name + "}", value)
        return text

    def parts(self, *, deck: bool = True, items: bool = True) -> list[Part]:
        """The body in order, with or without a deck and a list."""
        first, second, third, fourth, fifth = (Part("text", text) for text in self.all_said("text"))
        listed = [Part("item", text) for text in self.all_said("items")] if items else []
        head, quote = Part("head", self.said("head")), Part("quote", self.said("quote"))
        before = [Part("deck", self.said("deck"))] if deck else []
        return [*before, first, second, head, third, quote, fourth, *listed, fifth]
