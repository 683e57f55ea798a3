"""Which addresses are further pages of a story, and which are other stories."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.continued.places import place

OUTLET = "https://outlet.example"


@pytest.mark.parametrize(
    ("story", "further", "number"),
    [
        ("/politics/harbour-toll", "/politics/harbour-toll?page=2", 2),
        ("/politics/harbour-toll/", "/politics/harbour-toll/2/", 2),
        ("/politics/harbour-toll/", "/politics/harbour-toll/page/3", 3),
        ("/politikk/havneavgift", "/politikk/havneavgift/side-2", 2),
        ("/politik/hafenzoll.html", "/politik/hafenzoll-seite2.html", 2),
        ("/politik/hafenzoll/seite-1", "/politik/hafenzoll/seite-2", 2),
        ("/siyaset/liman-vergisi", "/siyaset/liman-vergisi?sayfa=2", 2),
        ("/politica/tassa?id=9", "/politica/tassa?id=9&pagina=2", 2),
        ("/politica/tassa?id=9&utm_source=rss", "/politica/tassa?id=9&pagina=02", 2),
        ("/новости/сбор", "/новости/сбор?страница=4", 4),
        ("/news/c_123.htm", "/news/c_123_2.htm", 2),
        ("/news/c_123.htm", "/news/c_123/2.htm", 2),
        ("/?p=1207", "/?p=1207&page=2", 2),
        ("/politics/harbour-toll?page=1", "/politics/harbour-toll?page=2", 2),
    ],
)
def test_a_further_page_has_the_storys_address_with_a_number_in_it(story, further, number):
    assert place(OUTLET + further, OUTLET + story).number == number


@pytest.mark.parametrize(
    ("story", "other"),
    [
        ("/story/1", "/story/2"),  # the next story
        ("/?p=1207", "/?p=1208"),
        ("/?p=1207", "/?p=2"),
        ("/politics/harbour-toll", "/politics/harbour-toll-2"),  # the same words a year later
        ("/politics/harbour-toll", "/politics/2"),
        ("/politics/harbour-toll", "/politics/page/2"),  # the archive
        ("/politics/harbour-toll", "/politics?page=2"),
        ("/politics/harbour-toll", "/politics/harbour-toll/comment-page-2"),
        ("/politics/harbour-toll", "/politics/harbour-toll?cpage=2"),
        ("/politics/harbour-toll", "/politics/harbour-toll?slide=2"),
        ("/politics/harbour-toll", "/politics/harbour-toll?page=2&reply=7"),
        ("/politics/harbour-toll?id=1", "/politics/harbour-toll?page=2"),
        ("/politics/harbour-toll", "/politics/harbour-toll/gallery/2"),
        ("/politics/harbour-toll", "/politics/harbour-toll?page=all"),
        ("/politics/harbour-toll", "/politics/harbour-toll?page=2026"),
        ("/politics/harbour-toll.html", "/politics/harbour-toll-vote.html"),
        ("/politics/harbour-toll.html", "/politics/harbour-toll-20.php"),
        ("/", "/?page=2"),
        ("/", "/2"),
    ],
)
def test_no_other_story_list_or_thread_is_a_further_page(story, other):
    assert place(OUTLET + other, OUTLET + story) is None


def test_another_host_has_no_page_of_a_story():
    assert place("https://other.example/toll?page=2", f"{OUTLET}/toll") is None
    assert place("http://outlet.example/toll?page=2", f"{OUTLET}/toll") is None


def test_a_number_at_the_end_of_a_file_may_be_another_story_and_is_not_sure():
    assert not place(f"{OUTLET}/toll-2.html", f"{OUTLET}/toll.html").sure
    assert place(f"{OUTLET}/toll-page2.html", f"{OUTLET}/toll.html").sure


_paths = st.lists(st.text("ab1-_.,%2é", min_size=1, max_size=8), max_size=4).map("/".join)
_queries = st.lists(st.sampled_from(["page=2", "id=7", "p=3", "page=1", "x"]), max_size=2).map("&".join)
_addresses = st.builds("https://outlet.example/{}?{}".format, _paths, _queries)


@given(_addresses, _addresses)
def test_pages_of_one_story_differ_in_the_number_alone(url, story):
    found = place(url, story)
    if found is None or not found.form:
        return
    assert 1 <= found.number <= 99
    longer = len(url.rstrip("/")) >= len(story.partition("?")[0].rstrip("/"))
    assert longer or "page" in story
    # A page of a story is never a page of a page of it.
    assert (again := place(url, url)) is None or not again.form or "page=1" in url
