# ruff: noqa: E501 - pages are written as they are
"""Which links are stories by their user's word (crawler.sections.chosen)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.documents import read_document
from crawler.sections.links import story_links
from wirewatch.errors import NotAFeedError
from wirewatch.models import SourceKind, StoryChoice

BASE = "https://www.outlet.example/desk"
PAGE = """<html><body><nav><a href="/desk">Desk</a> <a href="/politics/a">A</a></nav>
<div class="wire"><p><strong><a href="/x">Short</a></strong></p><a href="/y"><h3>Old</h3></a>
  <div class="t"><a href="https://elsewhere.example/z">Zed</a> <a href="#top">up</a></div></div>
<article><h2><a href="/politics/2026/11/24/harbour-council-votes">Harbour council votes on timber</a></h2></article>
<article><h2><a href="/sport/2026/11/24/a-boat-race-is-won">A boat race is won by nobody</a></h2></article>
</body></html>"""


def paths(choice, html=PAGE):
    return [link.url.removeprefix("https://www.outlet.example") for link in story_links(html, BASE, choice)]


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"select": ".wire a"}, ["/x", "/y", "https://elsewhere.example/z"]),
        ({"select": ".wire"}, ["/x", "/y", "https://elsewhere.example/z"]),
        ({"select": "strong a"}, ["/x"]),
        ({"select": "h3"}, ["/y"]),
        ({"select": ".wire", "not_urls": ("https://elsewhere.example/*",)}, ["/x", "/y"]),
        ({"urls": ("/politics/*",)}, ["/politics/a", "/politics/2026/11/24/harbour-council-votes"]),
        ({"urls": ("/politics/*",), "not_urls": ("/politics/a",)}, ["/politics/2026/11/24/harbour-council-votes"]),
        ({"select": "nav", "urls": ("/politics/*",)}, ["/politics/a"]),
        ({"not_urls": ("/sport/*",)}, ["/politics/2026/11/24/harbour-council-votes"]),
        ({"select": ".nothing"}, []),
    ],
)  # fmt: skip
def test_links_are_stories_as_their_user_says(choice, found):
    assert paths(StoryChoice(**choice)) == found


def test_what_is_chosen_has_the_words_of_its_link_and_no_doubt():
    [link] = story_links(PAGE, BASE, StoryChoice(select="strong a"))
    assert (link.title, link.score) == ("Short", 1.0)


def test_a_chosen_page_is_a_section_whatever_it_looks_like():
    page = b"<!doctype html><html><title>Wire</title><ul class=w><li><a href=/x>One</a></ul></html>"
    choice = StoryChoice(select=".w a")
    document = read_document(page, BASE, "text/html", SourceKind.SECTION, stories=choice)
    assert [item.title for item in document.feed.items] == ["One"]
    with pytest.raises(NotAFeedError, match="`stories` chooses"):
        read_document(page, BASE, "text/html", SourceKind.SECTION, stories=StoryChoice(select=".v a"))


def test_a_section_without_stories_says_so_and_not_that_it_is_no_feed():
    page = b"<!doctype html><html><title>Wire</title><p>Nothing today</p></html>"
    with pytest.raises(NotAFeedError, match="without links that look like stories"):
        read_document(page, BASE, "text/html", SourceKind.SECTION)


@given(st.text(), st.text(), st.text())
def test_no_choice_raises(html, selector, pattern):
    story_links(html, BASE, StoryChoice(select=selector, urls=(pattern,), not_urls=(pattern,)))
