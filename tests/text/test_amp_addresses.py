"""Addresses of AMP viewers and caches are those of the outlets behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.text.urls import canonical, host

STORY = "https://www.outlet.example/politics/harbour-toll/amp"


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://www.google.com/amp/s/www.outlet.example/politics/harbour-toll/amp",
        "https://google.co.uk/amp/s/www.outlet.example/politics/harbour-toll/amp#ampshare=x",
        "https://www.google.no/amp/s/www.outlet.example/politics/harbour-toll/amp?amp_js_v=0.1&usqp=mq331AQ",
        "https://www-outlet-example.cdn.ampproject.org/c/s/www.outlet.example/politics/harbour-toll/amp",
        "https://www-outlet-example.cdn.ampproject.org/v/s/www.outlet.example/politics/harbour-toll/amp?amp_js_v=0.1",
        "https://cdn.ampproject.org/c/s/www.outlet.example/politics/harbour-toll/amp?utm_source=x",
        "https://www-outlet-example.bing-amp.com/c/s/www.outlet.example/politics/harbour-toll/amp",
        "https://www.google.com/amp/s/www.google.com/amp/s/www.outlet.example/politics/harbour-toll/amp",
    ],
)
def test_the_outlets_address_is_taken_out_of_the_wrapper(wrapped):
    assert canonical(wrapped) == STORY


def test_what_the_outlet_asks_for_stays_and_plain_http_too():
    assert (
        canonical("https://www.google.com/amp/outlet.example/n?id=7&usqp=x") == "http://outlet.example/n?id=7"
    )


def test_who_is_asked_for_it_is_the_wrappers_host():
    assert host("https://www.google.com/amp/s/www.outlet.example/a") == "www.google.com"
    assert host("HTTPS://WWW.Google.com:443/amp/s/www.outlet.example/a") == "www.google.com"


@pytest.mark.parametrize(
    "other",
    [
        "https://www.google.com/amp/s/",
        "https://www.google.com/amp/notes",
        "https://www.google.com/search?q=/amp/s/outlet.example/",
        "https://cdn.ampproject.org/v0.js",
        "https://cdn.ampproject.org/i/s/outlet.example/picture.jpg",
        "https://google.com.outlet.example/amp/s/a.example/b",
        "https://outlet.example/amp/s/a.example/b",
    ],
)
def test_other_addresses_stay_what_they_are(other):
    assert canonical(other) == other


_wrappers = st.sampled_from(
    [
        "https://www.google.com/amp/s/",
        "http://a.cdn.ampproject.org/c/",
        "https://www.bing.com/amp/s/",
        "https://x.example/",
    ]
)


@given(st.lists(_wrappers, max_size=30).map("".join), st.text("a.b/?&=#%6csp ", max_size=30))
def test_one_spelling_stays_one_spelling(wrapper, rest):
    once = canonical(wrapper + rest)
    assert canonical(once) == once
