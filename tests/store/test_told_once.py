"""What is told of a source, poll after poll: from its documents to the frontier, through the real door A."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawler.answer import Answer
from crawler.circumstances import Circumstances
from crawler.polling import judge

NOW = datetime.now(UTC)


def item(guid=None, link="https://outlet1.example/story", title="A story", age=None, text=None):
    parts = [("guid", guid), ("link", link), ("title", title), ("description", text)]
    if age is not None:
        parts.append(("pubDate", format_datetime(NOW - age)))
    inner = "".join(
        f"<{name}>{value.replace('&', '&amp;')}</{name}>" for name, value in parts if value is not None
    )
    return f"<item>{inner.replace('<guid>', '<guid isPermaLink=' + chr(34) + 'false' + chr(34) + '>')}</item>"


@pytest.fixture
def polled(store, sources, shard, make_source):
    """Polls one source again and again; each poll gives the titles that were told by it."""
    source = make_source()
    sources.put([source])
    chance = random.Random(1)

    def poll(*items, url=source.url, links_from=None):
        channel = f"<title>Outlet</title><link>{links_from or 'https://outlet1.example/'}</link>"
        body = f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{"".join(items)}</channel></rss>'
        answer = Answer(url, 200, body.encode(), {"content-type": (b"application/rss+xml",)})
        (state,) = sources.states()
        record, _ = judge(state, answer, Circumstances(datetime.now(UTC), timedelta(hours=24), chance))
        shard.record(record)
        told = []
        while found := shard.pages():
            told += [waiting.entry for waiting in found]
            for key in store.keys("ww:*:fetching"):  # fetched and handed over
                store.delete(key)
        poll.addresses = [entry.url for entry in told]
        return sorted(entry.title for entry in told)

    # The first poll, of a feed that says nothing new.
    poll(item("before", "https://outlet1.example/before", "Before", age=timedelta(days=30)))
    return poll


def test_an_item_is_told_once_however_often_it_is_carried(polled):
    assert polled(item("1")) == ["A story"]
    assert polled(item("1")) == []
    assert polled(item("1"), item("2", "https://outlet1.example/2", "Another")) == ["Another"]


def test_a_guid_made_anew_at_every_fetch_is_told_once(polled):
    assert polled(item("g1")) == ["A story"]
    assert polled(item("g2")) == []
    assert polled(item("g3"), item("h1", "https://outlet1.example/2", "Another")) == ["Another"]
    assert polled(item("g4"), item("h2", "https://outlet1.example/2", "Another")) == []


def test_a_guid_reused_for_another_story_is_told_as_two(polled):
    assert polled(item("1", "https://outlet1.example/a", "One")) == ["One"]
    assert polled(item("1", "https://outlet1.example/b", "Two")) == ["Two"]


def test_stories_that_all_have_one_guid_are_all_told(polled):
    one = item("same", "https://outlet1.example/?p=1", "One")
    two = item("same", "https://outlet1.example/?p=2", "Two")
    assert polled(one, two) == ["One", "Two"]
    assert polled(item("same", "https://outlet1.example/?p=3", "Three"), one, two) == ["Three"]


def test_stories_of_one_guid_and_one_headline_are_two_while_both_are_carried(polled):
    first = item("same", "https://outlet1.example/?p=1", "Morning briefing")
    second = item("same", "https://outlet1.example/?p=2", "Morning briefing")
    assert polled(first) == ["Morning briefing"]
    assert polled(second, first) == ["Morning briefing"]


def test_an_edition_with_a_guid_and_date_of_its_own_is_told_under_yesterdays_headline(polled):
    link, title = "https://outlet1.example/briefing", "Morning briefing"
    for day in (3, 2, 1):
        assert polled(item(f"urn:brief:{day}", link, title, age=timedelta(days=day))) == [title]


def test_guids_and_dates_that_are_both_made_anew_at_every_fetch_tell_nothing_again(polled):
    def fetched(times, names="ABCDEF"):
        return [
            item(
                f"{name}-{times}", f"https://outlet1.example/{name}", name, age=timedelta(seconds=60 - times)
            )
            for name in names
        ]

    assert len(polled(*fetched(1))) == 6
    assert polled(*fetched(2)) == []
    assert polled(*fetched(3, "GABCDE")) == ["G"]


def test_items_that_have_nothing_but_their_headline_of_their_own_are_all_told(polled):
    home = "https://outlet1.example/"
    first = [item(None, home, "One"), item(None, home, "Two"), item(None, home, "Three")]
    assert polled(*first) == ["One", "Three", "Two"]
    # Each is a story at an address of its own, read from the feed: their common page is none of them.
    assert len(set(polled.addresses)) == 3
    assert polled(*first) == []
    assert polled(item(None, home, "Four"), *first[:2]) == ["Four"]
    assert polled(item(None, home, "Five"), item(None, home, "Four"), first[0]) == ["Five"]


def test_a_rolling_list_whose_old_lines_change_tells_the_new_line_only(polled):
    home = "https://outlet1.example/"

    def lines(names, minute):
        return [item(None, home, name, text=f"{minute} minutes ago") for name in names]

    assert polled(*lines("ABC", 1)) == ["A", "B", "C"]
    told = [polled(*lines(names, minute)) for minute, names in ((2, "DABC"), (3, "EDAB"), (4, "FEDA"))]
    # The others are edits of their own entries, and alert for nothing that they did not match before.
    assert [names[-1] for names in map(sorted, told)] == ["D", "E", "F"]


def test_an_item_without_a_guid_is_known_by_its_link(polled):
    assert polled(item(None, "https://outlet1.example/a", "One")) == ["One"]
    assert polled(item(None, "https://outlet1.example/a", "One", text="more of it")) == ["One"]  # an edit
    assert polled(item(None, "https://outlet1.example/b", "One")) == ["One"]


def test_a_link_whose_tracking_parameter_changes_at_every_fetch_is_told_once(polled):
    assert polled(item("1", "https://outlet1.example/a?utm_source=x1")) == ["A story"]
    assert polled(item("1", "https://outlet1.example/a?utm_source=x2")) == []
    assert polled(item("1", "https://outlet1.example/a?token=r3")) == []
    assert polled(item("1", "https://outlet1.example/a?token=r4")) == []


def test_an_edited_title_is_an_edit_of_the_same_entry(polled, sources, store):
    assert polled(item("1", title="Minister resigns")) == ["Minister resigns"]
    assert polled(item("1", title="Minister resigns after talks")) == ["Minister resigns after talks"]
    assert sources.states()[0].entries == 1
    assert store.hget("ww:counters", "edits") == b"1"


def test_a_site_that_moves_to_https_tells_nothing_again(polled):
    old = item("http://outlet1.example/?p=1", "http://outlet1.example/a")
    assert polled(old, url="http://outlet1.example/rss") == ["A story"]
    new = item("https://outlet1.example/?p=1", "https://outlet1.example/a")
    assert polled(new, url="https://outlet1.example/rss") == []


def test_a_feed_that_moves_to_another_host_tells_nothing_again(polled):
    before = [
        item(f"https://outlet1.example/?p={n}", f"https://outlet1.example/{n}", f"S{n}") for n in (1, 2)
    ]
    after = [item(f"https://new.example/?p={n}", f"https://new.example/{n}", f"S{n}") for n in (1, 2, 3)]
    assert polled(*before) == ["S1", "S2"]
    assert polled(*after, url="https://new.example/feed") == ["S3"]
    edited = item("https://new.example/?p=1", "https://new.example/1", "S1, with more")
    assert polled(edited, *after[1:], url="https://new.example/feed") == ["S1, with more"]


def test_entries_in_another_order_are_no_news(polled):
    items = [item(str(n), f"https://outlet1.example/{n}", f"S{n}") for n in range(5)]
    assert len(polled(*items)) == 5
    assert polled(*reversed(items)) == []


def test_a_ten_year_old_archive_served_by_accident_fills_no_frontier(polled, sources):
    old = [
        item(str(n), f"https://outlet1.example/{n}", f"S{n}", age=timedelta(days=3650 + n))
        for n in range(500)
    ]
    news = item("new", "https://outlet1.example/new", "News", age=timedelta(minutes=5))
    told = polled(*old, news)
    assert "News" in told
    # A few are looked at, and told only if their page says that they are new: the feed's date may be wrong.
    assert len(told) == 41
    assert polled(*old, news) == []


def test_an_old_item_that_comes_late_is_read_and_left_to_its_page_to_judge(polled, shard, store):
    assert polled(item("1", age=timedelta(days=900))) == ["A story"]


def test_an_item_dated_next_year_is_told_once_and_its_date_is_not_believed(polled, shard):
    assert polled(item("1", age=timedelta(days=-365))) == ["A story"]
    assert polled(item("1", age=timedelta(days=-365))) == []


def test_an_item_that_leaves_and_comes_back_is_not_told_again(polled):
    one, two = item("1"), item("2", "https://outlet1.example/2", "Another")
    polled(one)
    assert polled(two) == ["Another"]
    assert polled(one, two) == []
