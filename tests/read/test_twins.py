"""AMP, print and mobile pages, and the story that they are of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.text.urls import canonical
from workers.read.document import document
from workers.read.twins import main_page

MAIN = "https://www.outlet.example/politics/harbour-toll"


def twin_of(url, head="", body=""):
    html = (
        f"<html><head><title>Harbour toll</title>{head}</head><body><h1>Harbour toll</h1>{body}</body></html>"
    )
    found = main_page(document(html, url))
    return found[0] if found is not None else None


@pytest.mark.parametrize(
    "url",
    [
        f"{MAIN}/amp",
        f"{MAIN}/amp/",
        f"{MAIN}?amp",
        f"{MAIN}?amp=1",
        f"{MAIN}?print=true",
        f"{MAIN}?view=print",
        f"{MAIN}?output=amp",
        f"{MAIN}/print",
        f"{MAIN}-print",
        f"{MAIN}.amp",
        f"{MAIN}/drucken",
        f"{MAIN}/yazdır/",
        f"{MAIN}/печать",
        "https://www.outlet.example/amp/politics/harbour-toll",
        "https://www.outlet.example/politics/imprimir/harbour-toll",
        "https://m.outlet.example/politics/harbour-toll",
        "https://amp.outlet.example/politics/harbour-toll?utm_source=x",
        "https://www.m.outlet.example/politics/harbour-toll",
    ],
)
def test_a_twin_that_names_its_main_page_is_that_story(url):
    assert twin_of(url, f'<link rel="canonical" href="{MAIN}">') == MAIN
    assert (
        twin_of(url, f'<meta property="og:url" content="{MAIN}"><link rel="canonical" href="{url}">') == MAIN
    )
    assert twin_of(url, body=f'<p><a href="{MAIN}?utm_source=print">Full version</a></p>') == MAIN
    told = f'{{"@type": "NewsArticle", "headline": "Harbour toll", "mainEntityOfPage": {{"@id": "{MAIN}"}}}}'
    assert twin_of(url, f'<script type="application/ld+json">{told}</script>') == MAIN


def test_a_file_keeps_its_ending():
    story = "https://outlet.example/n/harbour-toll.html"
    link = f'<a href="{story}">Zur Webansicht</a>'
    assert twin_of("https://outlet.example/n/harbour-toll-druck.html", body=link) == story
    assert twin_of("https://outlet.example/n/harbour-toll.amp.html", body=link) == story


@pytest.mark.parametrize(
    ("url", "head", "body"),
    [
        (f"{MAIN}/amp", "", ""),  # nobody says so
        (f"{MAIN}?print=1", "", '<a href="/">Home</a><a href="/politics">Politics</a>'),
        (f"{MAIN}?print=1", "", '<a href="https://other.example/politics/harbour-toll">x</a>'),
        ("https://m.outlet.example/a", "", '<a href="https://m.outlet.example/a">x</a>'),
        (
            MAIN,
            '<link rel="amphtml" href="/politics/harbour-toll/amp">',
            f'<a href="{MAIN}?print=1">Print</a>',
        ),
        ("https://outlet.example/print/", "", '<a href="/">Home</a>'),
        ("https://outlet.example/politics/amp-prices-rise", "", '<a href="/politics/prices-rise">x</a>'),
        ("https://outlet.example/print-shops-close", "", '<a href="/shops-close">x</a>'),
        (f"{MAIN}?page=2", "", f'<a href="{MAIN}">1</a>'),
        (f"{MAIN}?view=full", "", f'<a href="{MAIN}">1</a>'),
        (f"{MAIN}/amp", '<link rel="canonical" href="/politics/vote">', f'<a href="{MAIN}">x</a>'),
    ],
)
def test_without_two_signs_two_stories_stay_two(url, head, body):
    assert twin_of(url, head, body) is None


_parts = st.sampled_from(["amp", "print", "m", "a", "b-print", "x.amp.html", "", "drucken"])
_paths = st.lists(_parts, max_size=4).map("/".join)
_hosts = st.sampled_from(
    ["m.outlet.example", "www.outlet.example", "outlet.example", "amp.co", "[::1]", "m."]
)
_urls = st.builds("https://{}/{}?{}".format, _hosts, _paths, st.sampled_from(["", "amp=1", "print", "id=7"]))


@given(_urls, _urls)
def test_a_twins_main_page_is_one_that_it_names(url, link):
    found = twin_of(url, body=f'<a href="{link}">x</a>')
    assert found is None or (found == canonical(link) != canonical(url))
    # And there the way ends, or goes on to another address: no two pages are each other's twins.
    assert found is None or twin_of(found, body=f'<a href="{url}">x</a>') != canonical(url)
