"""What tells an entry from another, and what is kept of it."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.documents import unzipped
from crawler.entries import Item, make_entry
from crawler.feeds.xml import read_xml_feed
from crawler.identity import identity_of, own_id
from crawler.pages import entry_has_all
from wirewatch.errors import NotAFeedError
from wirewatch.ids import PARTITIONS, entry_id, partition
from wirewatch.models import Entry

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
STORY = "https://outlet.example/story"

SAME = [
    (Item("1", STORY), Item("1", f"{STORY}?utm_source=rss&utm_medium=feed")),
    (Item("", STORY), Item("", f"{STORY}#comments")),
    (Item("1", STORY), Item("1", STORY.replace("https", "http"))),
    (Item(STORY, STORY), Item(f"{STORY}?utm_campaign=x", STORY)),
    (Item("1", STORY, title="Before"), Item("1", STORY, title="After", summary="edited")),
    (Item("", "", title="No address", summary="text"), Item("", "", title="No address", summary="text")),
]
DIFFERENT = [
    (Item("1", STORY), Item("2", STORY)),
    (Item("1", STORY), Item("1", f"{STORY}/2")),  # a guid reused for another story
    (Item("", f"{STORY}?id=1"), Item("", f"{STORY}?id=2")),
    (Item("", "", title="One", summary="text"), Item("", "", title="Two", summary="text")),
    (Item("", STORY, title="x"), Item(STORY, "", title="x")),
]


def entry_of(source, item):
    return make_entry(source, item, own_id(source.id, item), now=NOW)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_entry_is_known_again(one, other):
    assert identity_of(one) == identity_of(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_entries_are_told_apart(one, other):
    assert identity_of(one) != identity_of(other)


def test_the_same_item_of_two_sources_is_two_entries(source):
    other = source.model_copy(update={"id": "s1"})
    assert entry_of(source, Item("1", STORY)).id != entry_of(other, Item("1", STORY)).id


def test_an_edit_is_another_revision_of_the_same_entry(source):
    before = entry_of(source, Item("1", STORY, title="Before"))
    after = entry_of(source, Item("1", STORY, title="After"))
    assert before.id == after.id
    assert before.revision != after.revision


def test_a_new_date_is_no_edit(source):
    before = entry_of(source, Item("1", STORY, published=NOW))
    after = entry_of(source, Item("1", STORY, published=NOW.replace(day=25)))
    assert before.revision == after.revision


def test_an_item_without_an_address_is_read_from_its_feed(source):
    entry = entry_of(source, Item("7", "", title="Note"))
    assert entry.url == f"{source.url}?entry={entry.id}"
    assert entry_has_all(entry) == "read: feed"


anything = st.text(st.characters(), max_size=50)


@given(guid=anything, link=anything, title=anything, content=anything, name=anything)
def test_whatever_an_item_says_its_entry_can_be_stored(guid, link, title, content, name, source):
    item = Item(guid, link, title, content, content, (name,), language=name, tags=(name,))
    entry = entry_of(source, item)
    assert Entry.model_validate_json(entry.model_dump_json()) == entry
    assert "\x00" not in entry.title


@given(parts=st.lists(anything, min_size=1, max_size=3), host=anything)
def test_ids_are_made_of_anything(parts, host):
    assert entry_id(parts[0], parts[-1]) == entry_id(parts[0], parts[-1])
    assert 0 <= partition(host) < PARTITIONS


def test_ids_do_not_run_their_parts_together():
    assert entry_id("ab", "c") != entry_id("a", "bc")


# --- which entries need no page

LONG = "<p>" + "A sentence of a whole story. " * 80 + "</p>"


@pytest.mark.parametrize(
    ("read", "content", "reason"),
    [
        ("auto", "", None),
        ("auto", "<p>Short.</p>", None),
        ("auto", LONG, "the feed has it all"),
        ("auto", f"{LONG}<p>Read more</p>", None),
        ("auto", f'{LONG}<p><a href="/x">Continue reading →</a></p>', None),
        ("auto", f"{LONG}<p>and then […]</p>", None),
        ("auto", f"{LONG}<p>and then…</p>", None),
        ("auto", '<img alt="' + "x" * 5000 + '">', None),
        ("page", LONG, None),
        ("feed", "", "read: feed"),
        ("feed", LONG, "read: feed"),
    ],
)
def test_an_entry_whose_feed_carries_the_whole_story_needs_no_page(read, content, reason, source):
    entry = entry_of(source.model_copy(update={"read": read}), Item("1", STORY, content=content))
    assert entry_has_all(entry) == reason


# --- gzip files


def test_a_gzip_file_is_unzipped():
    assert unzipped(gzip.compress(b"<rss/>")) == b"<rss/>"
    assert unzipped(b"<rss/>") == b"<rss/>"


@pytest.mark.parametrize(
    "body", [b"\x1f\x8b", b"\x1f\x8bnonsense", gzip.compress(b"<rss/>" * 100, mtime=0)[:-12]]
)
def test_a_damaged_gzip_file_is_said_to_be_one(body):
    with pytest.raises(NotAFeedError, match="damaged gzip"):
        unzipped(body)


def test_a_gzip_bomb_is_not_blown_up():
    with pytest.raises(NotAFeedError, match="60 MB"):
        unzipped(gzip.compress(bytes(61 * 1024 * 1024), 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_unzipped_or_refused(body):
    with suppress(NotAFeedError):
        assert isinstance(unzipped(b"\x1f\x8b" + body), bytes)


def test_a_feed_that_carries_whole_stories_and_no_summaries_needs_no_pages(source, rss):
    story = "<p>" + "A sentence of the story. " * 100 + "</p>"
    item = {"guid": 1, "link": STORY, "title": "T", "content:encoded": f"<![CDATA[{story}]]>"}
    body = rss(item).replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ')
    (part,) = read_xml_feed(body.encode(), "https://outlet.example/rss", None).parts
    assert entry_has_all(entry_of(source, part.item)) == "the feed has it all"
