from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.text.source_key import other_host_key, source_key
from wirewatch.text.urls import canonical, host

KNOWN = "https://www.example.org/getfeed?feedName=politics"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://www.example.org/getfeed?feedName=politics",
        "HTTPS://WWW.Example.ORG:443/getfeed?feedName=politics",
        "https://www.example.org/getfeed/?feedName=politics&utm_source=rss#top",
        "  https://www.example.org/a/../getfeed?fbclid=1&feedName=politics ",
        "https://www.example.org/getfeed?utm_medium=feed&amp;feedName=politics",
    ],
)
def test_spellings_of_one_address_are_one_source(spelling):
    assert source_key(spelling) == KNOWN


@pytest.mark.parametrize(
    "other",
    [
        "https://www.example.org/getfeed?feedName=sports",
        "https://www.example.org/getfeed",
        "https://www.example.org/getfeed?feedName=politics&ref=home",
        "https://www.example.org:8443/getfeed?feedName=politics",
        "https://example.org/getfeed?feedName=politics",
    ],
)
def test_a_parameter_that_may_choose_the_feed_makes_another_source(other):
    assert source_key(other) != KNOWN


def test_the_same_place_with_and_without_www_is_found_from_either():
    assert other_host_key(KNOWN) == "https://example.org/getfeed?feedName=politics"
    assert other_host_key(other_host_key(KNOWN)) == KNOWN
    assert other_host_key("https://ann:pw@example.org/") == "https://ann:pw@www.example.org/"
    assert other_host_key("saved.xml") is None


@given(st.text() | st.text().map("https://example.org/".__add__) | st.text().map("https://".__add__))
def test_a_key_is_its_own_key_whatever_the_address(text):
    key = source_key(text)
    assert source_key(key) == key


TIDY = st.from_regex(
    r"\Ahttps?://([a-z0-9-]{1,4}\.){1,3}[a-z]{2,3}[0-9]?(/[a-zA-Z0-9_.~-]{0,3}){0,3}(\?[\w=&.~-]{0,6})?\Z"
)


@given(TIDY)
def test_an_address_that_is_tidy_already_is_read_as_any_other(url):
    assert host(url) == (urlsplit(canonical(url)).hostname or "").rstrip(".")
    assert source_key(url) == source_key(url.replace("://", "://u@")).replace("u@", "")
