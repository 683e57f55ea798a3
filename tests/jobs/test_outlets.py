"""Stories and their outlets' memory, over the real store."""

from datetime import UTC, datetime

import pytest

from wirewatch.ids import EntryId, SourceId, story_id
from wirewatch.models import Entry, Page, Story
from wirewatch.store.furniture import Furniture
from workers.outlets import learn_from_one, without_repeats

SEEN = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
ABOUT = "Those who own a share of this paper meet each autumn beneath the old clock and drink cider."
TITLES = ("Ferry prices climb", "Wolf near village school", "Young actor wins", "Record herring landed")


def story(number, title):
    url = f"https://outlet.example/{number}"
    return Story(
        id=story_id(url),
        url=url,
        title=title,
        source="Outlet",
        source_id=SourceId("s1"),
        first_seen=SEEN,
        text=f"{title}, it was said.\n{ABOUT}",
    )


def page(number, site="outlet.example"):
    url = f"https://{site}/{number}"
    entry = Entry(
        id=EntryId("e1"), source_id=SourceId("s1"), source="", url=url, revision="", first_seen=SEEN
    )
    return Page(entry=entry, url=url, html=b"<p>page</p>")


def read(one):
    return story(one.url.rsplit("/")[-1], one.url)


@pytest.fixture
def furniture(store):
    return Furniture(store)


def test_a_batch_is_read_in_the_light_of_the_batches_before_it(furniture):
    stories = [story(number, title) for number, title in enumerate(TITLES)]
    assert without_repeats(furniture, stories[:3]) == stories[:3]
    (last,) = without_repeats(furniture, stories[3:])
    assert last.text == "Record herring landed, it was said."


def test_a_batch_that_is_repeated_after_a_kill_teaches_nothing_twice(furniture):
    stories = [story(number, title) for number, title in enumerate(TITLES[:3])]
    for _ in range(3):
        assert without_repeats(furniture, stories) == stories


def test_one_screened_out_page_of_an_outlet_that_is_little_known_is_learned(furniture):
    pages = [page(number) for number in range(40)]
    assert learn_from_one(furniture, pages[:3], read)
    assert sum(learn_from_one(furniture, [one], read) for one in pages[3:]) == 11


def test_a_page_that_did_not_load_teaches_nothing(furniture):
    assert not learn_from_one(furniture, [page(1).model_copy(update={"html": None, "reason": "404"})], read)
    assert not learn_from_one(furniture, [], read)
