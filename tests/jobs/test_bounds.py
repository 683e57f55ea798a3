"""The job that decides a batch, and pages that take more than a page may."""

import time
from types import SimpleNamespace

import pytest

from crawler.entries import Item, make_entry
from crawler.identity import own_id
from wirewatch.config.settings import Settings, SourceSettings, TopicSettings
from wirewatch.config.watched import source_of
from wirewatch.models import Page, now
from wirewatch.store import keys
from wirewatch.store.handover import hand_over
from workers import confined, jobs, stories
from workers import context as contexts
from workers.context import Context

SOURCE = source_of(Settings(), SourceSettings(url="https://outlet.example/rss"))
HTML = "<html><body><article><h1>%s</h1><p>Nothing of note happened at the county fair today.</p></article>"


@pytest.fixture
def context(store, monkeypatch):
    """The context of this process's jobs: one topic, told locally. Whoever reads of molasses never ends."""
    settings = Settings(topics={"iowa": TopicSettings(query="Iowa")})
    made = Context(SimpleNamespace(current=settings, refresh=lambda: False), store)
    contexts.use(made)
    read = stories.read

    def slow(page):
        if b"molasses" in (page.html or b"") or "molasses" in page.entry.summary:
            while True:
                time.process_time()
        return read(page)

    monkeypatch.setattr(stories, "read", slow)
    monkeypatch.setattr(confined, "TIME_S", 1.0)
    return made


def handed_over(store, *titles, **facts):
    items = [
        Item(identity=title, url=f"https://outlet.example/{n}", title=title, **facts)
        for n, title in enumerate(titles)
    ]
    entries = [make_entry(SOURCE, item, own_id(SOURCE.id, item), now=now()) for item in items]
    hand_over(store, [Page(entry=one, url=one.url, html=(HTML % one.title).encode()) for one in entries])
    return [one.id for one in entries]


def results(context):
    return {one["entry"]: one["result"] for _, one in context.stories.decided_since("0-0")}


def test_a_page_that_takes_too_long_is_decided_on_the_feeds_text_in_the_same_batch(context, store):
    good, bad, better = handed_over(store, "Iowa votes", "Iowa molasses", "Fair opens")
    jobs.decide_stories([good, bad, better])
    assert results(context) == {good: "decided", bad: "set aside", better: "decided"}
    titles = {alert.story.title for alert, _ in context.deliveries.newest_alerts(9)}
    assert titles == {"Iowa votes", "Iowa molasses"}
    assert b"takes more than 1 s to read" in store.hget(keys.SET_ASIDE, bad)
    assert store.exists(keys.SET_ASIDE_PAGE_PREFIX + bad)
    assert store.zcard(keys.WAITING_STORIES) == 0


def test_a_story_whose_feed_text_takes_too_long_as_well_is_decided_on_its_headline(context, store):
    (bad,) = handed_over(store, "Iowa molasses", summary="All about molasses.")
    jobs.decide_stories([bad])
    assert results(context) == {bad: "set aside"}
    assert [alert.story.title for alert, _ in context.deliveries.newest_alerts(9)] == ["Iowa molasses"]


def test_a_page_that_kills_its_reader_waits_to_be_tried_alone_and_the_batch_goes_on(
    context, store, monkeypatch
):
    read = stories.read
    monkeypatch.setattr(
        stories, "read", lambda page: exit_at_once() if "Corn" in page.entry.title else read(page)
    )
    good, bad = handed_over(store, "Iowa votes", "Corn in Iowa")
    jobs.decide_stories([bad, good])
    assert results(context) == {good: "decided"}
    assert store.zrange(keys.WAITING_STORIES, 0, -1) == [bad.encode()]


def test_a_story_that_kills_its_matcher_waits_to_be_tried_alone_and_the_batch_goes_on(
    context, store, monkeypatch
):
    matched = stories.match_story
    monkeypatch.setattr(
        stories,
        "match_story",
        lambda topics, story: exit_at_once() if "Corn" in story.title else matched(topics, story),
    )
    good, bad = handed_over(store, "Iowa votes", "Corn in Iowa")
    jobs.decide_stories([bad, good])
    assert results(context) == {good: "decided"}
    assert store.zrange(keys.WAITING_STORIES, 0, -1) == [bad.encode()]


def test_a_story_that_takes_too_long_to_match_is_matched_by_its_headline(context, store, monkeypatch):
    matched = stories.match_story

    def slow(topics, story):
        while story.text:
            time.process_time()
        return matched(topics, story)

    monkeypatch.setattr(stories, "match_story", slow)
    (long,) = handed_over(store, "Iowa votes")
    jobs.decide_stories([long])
    assert results(context) == {long: "decided"}
    assert [alert.story.title for alert, _ in context.deliveries.newest_alerts(9)] == ["Iowa votes"]


def exit_at_once():
    raise SystemExit(3)
