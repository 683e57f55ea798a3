"""A section page polled again and again: what is told, what is learned in silence (crawler.polling)."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from crawler.answer import Answer
from crawler.circumstances import Circumstances
from crawler.polling import judge
from wirewatch.ids import source_id
from wirewatch.models import Source, SourceKind, StoryChoice
from wirewatch.store.sources import SourceState

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
URL = "https://www.outlet.example/politikk"


def page(*cards):
    return f"<!doctype html><html><body><main>{''.join(cards)}</main></body></html>".encode()


def card(number, day=None, when=None):
    path = f"/{day.replace('-', '/')}/sak-{number}" if day else f"/politikk/sak-nummer-{number}-i-raadet"
    time = f"<time datetime='{when}'></time>" if when else ""
    return (
        f"<article><h3><a href='{path}'>Havnerådet stemmer over sak nummer {number}</a></h3>{time}</article>"
    )


class Section:
    """A source whose polls follow each other, each in the state in which the one before left it."""

    def __init__(self, **facts):
        self.now = NOW
        self.met = set()  # as door A has it: entries that were met are no news
        source = Source(
            id=source_id(URL),
            url=URL,
            name="Outlet",
            kind=SourceKind.SECTION,
            min_interval=timedelta(minutes=2),
            max_interval=timedelta(hours=6),
            **facts,
        )
        unknown = dict.fromkeys(("etag", "last_modified", "body_hash", "error", "polled", "good", "interval"))
        self.state = {"source": source, "kind": source.kind, "polls": 0, "fails": 0, "entries": 0, **unknown}

    def poll(self, body):
        """The numbers of the stories that are told, and whether only if their page dates them so."""
        at = Circumstances(self.now, timedelta(hours=24), random.Random(1))
        answer = Answer(URL, 200, body)
        poll, _ = judge(SourceState(**self.state), answer, at)
        assert poll.error is None
        learned = {
            name: poll.learned[name] for name in ("body_hash", "rhythm", "base") if name in poll.learned
        }
        size = int(poll.learned.get("size", self.state.get("size", 0)))
        told = [entry for entry in poll.entries if entry.id not in poll.silent and entry.id not in self.met]
        self.met |= {entry.id for entry in poll.entries}
        self.state |= learned | {"carried": poll.carried or b"", "size": size, "good": self.now, "polls": 1}
        self.now += timedelta(minutes=30)
        return [(int(entry.title.split()[-1]), entry.silent_before is not None) for entry in told]


@pytest.fixture
def section():
    return Section()


def test_the_first_poll_tells_what_the_backfill_window_holds(section):
    old = [card(n, "2026-11-10") for n in range(5)]
    new = [card(10, "2026-11-24"), card(11, "2026-11-24", "2026-11-24T20:00:00Z")]
    assert section.poll(page(*new, *old)) == [(10, False), (11, False)]


def test_the_undated_of_a_first_poll_are_told_only_if_their_pages_say_that_they_are_new(section):
    told = section.poll(page(*(card(n) for n in range(60))))
    assert told == [(n, True) for n in range(40)]


def test_what_a_later_poll_brings_is_told_and_what_was_there_is_not(section):
    first = [card(n) for n in range(6)]
    section.poll(page(*first))
    assert section.poll(page(*first)) == []
    assert section.poll(page(card(90), card(91, "2026-11-24"), *first)) == [(90, True), (91, False)]
    assert section.poll(page(card(91, "2026-11-24"), *first)) == []


def test_a_story_that_comes_back_is_not_told_twice(section):
    section.poll(page(*(card(n) for n in range(6))))
    section.poll(page(*(card(n) for n in range(3))))
    assert section.poll(page(*(card(n) for n in range(6)))) == []


def test_an_old_story_shown_again_is_not_told_without_a_word_of_its_page(section):
    section.poll(page(*(card(n) for n in range(6))))
    assert section.poll(page(card(80, "2025-03-01"), *(card(n) for n in range(6)))) == [(80, True)]


def test_what_the_user_chooses_is_all_that_is_told():
    section = Section(stories=StoryChoice(urls=("/2026/*",), not_urls=("*sak-2",)))
    assert section.poll(page(card(1), card(2, "2026-11-24"), card(3, "2026-11-24"))) == [(3, False)]
