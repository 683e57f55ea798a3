"""The job that decides a batch: what one bad page does to the others, and what becomes of it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from crawler.entries import Item, make_entry
from crawler.identity import own_id
from wirewatch.config.settings import Settings, SourceSettings, TopicSettings
from wirewatch.config.watched import source_of
from wirewatch.ids import EntryId
from wirewatch.models import Page, Story
from wirewatch.store import keys
from wirewatch.store.handover import hand_over
from wirewatch.text.dates import is_before
from workers import context as contexts
from workers import jobs, stories
from workers.context import Context
from workers.decide import is_old

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCE = source_of(Settings(), SourceSettings(url="https://outlet.example/rss"))
HTML = b"<html><body><article><h1>%s</h1><p>Nothing of note happened at the county fair today.</p></article>"


@pytest.fixture
def context(store):
    """The context of this process's jobs: one topic, told locally."""
    settings = Settings(topics={"iowa": TopicSettings(query="Iowa")})
    live = SimpleNamespace(current=settings, refresh=lambda: False)
    made = Context(live, store)
    contexts.use(made)
    return made


def handed_over(store, *titles, **facts):
    """Entries with their pages, waiting for a decision."""
    items = [
        Item(identity=title, url=f"https://outlet.example/{n}", title=title, **facts)
        for n, title in enumerate(titles)
    ]
    entries = [make_entry(SOURCE, item, own_id(SOURCE.id, item), now=NOW) for item in items]
    hand_over(store, [Page(entry=one, url=one.url, html=HTML % one.title.encode()) for one in entries])
    return [one.id for one in entries]


@pytest.fixture
def poison(monkeypatch):
    """A title whose page no reader survives."""
    read = stories.read

    def fragile(page):
        if page.html is not None and page.entry.title == "Iowa poison":
            raise RecursionError("a stranger's page")
        return read(page)

    monkeypatch.setattr(stories, "read", fragile)


def results(context):
    return {one["entry"]: one["result"] for _, one in context.stories.decided_since("0-0")}


def test_a_page_that_fails_keeps_back_none_of_its_batch_and_waits_to_be_tried_alone(context, store, poison):
    good, bad, better = handed_over(store, "Iowa votes", "Iowa poison", "Fair opens")
    jobs.decide_stories([good, bad, better])
    assert set(results(context)) == {good, better}
    assert store.zrange(keys.WAITING_STORIES, 0, -1) == [bad.encode()]


def test_a_page_that_fails_alone_three_times_is_set_aside_and_decided_on_the_feeds_text(
    context, store, poison
):
    (bad,) = handed_over(store, "Iowa poison")
    for _ in range(3):
        jobs.decide_stories([bad])
        assert results(context) == {}
    jobs.decide_stories([bad])
    assert results(context) == {bad: "set aside"}
    ((alert, _),) = context.deliveries.newest_alerts(9)
    assert alert.story.title == "Iowa poison"
    assert store.exists(keys.SET_ASIDE_PAGE_PREFIX + bad)
    assert store.zcard(keys.WAITING_STORIES) == 0


def test_a_story_whose_own_feed_text_fails_is_decided_on_its_headline_in_the_end(context, store, monkeypatch):
    read = stories.read

    def fragile(page):
        if page.entry.summary:
            raise RecursionError("a stranger's summary")
        return read(page)

    monkeypatch.setattr(stories, "read", fragile)
    (bad,) = handed_over(store, "Iowa votes", summary="Poison.")
    for _ in range(7):
        jobs.decide_stories([bad])
    assert results(context) == {bad: "set aside"}
    assert [alert.story.title for alert, _ in context.deliveries.newest_alerts(9)] == ["Iowa votes"]


def test_a_batch_decided_twice_alerts_once(context, store):
    ids = handed_over(store, "Iowa votes")
    jobs.decide_stories(ids)
    jobs.decide_stories(ids)
    assert len(context.deliveries.newest_alerts(9)) == 1


@pytest.mark.parametrize(
    ("silent_before", "if_undated", "published", "old"),
    [
        (None, False, NOW - timedelta(days=900), False),  # its feed dates it: that was judged at the poll
        (NOW, False, NOW - timedelta(days=2), True),
        (NOW, False, NOW + timedelta(hours=1), False),
        (NOW, False, None, False),
        (NOW, True, None, True),
        (NOW, True, datetime(2026, 11, 24, tzinfo=UTC), False),  # a day without its time may be today's end
        (NOW, True, datetime(2026, 11, 23, tzinfo=UTC), True),
    ],
)
def test_an_undated_entrys_story_is_old_by_its_pages_date(silent_before, if_undated, published, old):
    entry = make_entry(
        SOURCE,
        Item("1", "https://a.example/1"),
        EntryId("e1"),
        now=NOW,
        silent_before=silent_before,
        silent_if_undated=if_undated,
    )
    story = Story(
        id="t1", url=entry.url, title="", source="a", source_id=SOURCE.id, published=published, first_seen=NOW
    )
    assert is_old(entry, story) is old


def test_a_day_at_the_end_of_the_calendar_is_before_nothing():
    assert not is_before(datetime(9999, 12, 31, tzinfo=UTC), NOW)
