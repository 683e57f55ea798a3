"""One spelling for each address (wirewatch.text.urls)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.text.urls import canonical, host, is_web, resolve, site


@pytest.mark.parametrize(
    ("url", "spelled"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org/a#comments", "https://example.org/a"),
        ("https://example.org/a/../b/./c", "https://example.org/b/c"),
        ("https://example.org/%7euser/%e4%b8%ad", "https://example.org/~user/%E4%B8%AD"),
        ("https://exämple.org/straße", "https://xn--exmple-cua.org/stra%C3%9Fe"),
        ("  https://example.org/a \n", "https://example.org/a"),
        # Where a reader came from is dropped,
        ("https://example.org/a?utm_source=x&utm_medium=rss", "https://example.org/a"),
        ("https://example.org/a?fbclid=1&gclid=2&mc_cid=3&cmpid=4&ref=home", "https://example.org/a"),
        ("https://example.org/a?source=rss", "https://example.org/a"),
        ("https://example.org/a?at_medium=RSS&at_campaign=KARANGA", "https://example.org/a"),
        # and what page it is, is kept, in its order.
        ("https://example.org/?p=123&utm_campaign=x", "https://example.org/?p=123"),
        ("https://example.org/story.php?sid=9&id=3", "https://example.org/story.php?sid=9&id=3"),
        ("https://example.org/?20261124.html", "https://example.org/?20261124.html"),
        ("https://example.org/a?source=42", "https://example.org/a?source=42"),
        ("https://example.org/a?x=1&amp;y=2", "https://example.org/a?x=1&y=2"),
        # A trailing slash may be another page.
        ("https://example.org/a/", "https://example.org/a/"),
        # What is no web address stays.
        ("file:///tmp/Page.html#top", "file:///tmp/Page.html#top"),
        ("urn:uuid:1-2", "urn:uuid:1-2"),
        ("http://[bad", "http://[bad"),
        ("http://example.org:port/", "http://example.org:port/"),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(url, spelled):
    assert canonical(url) == spelled


@pytest.mark.parametrize(
    ("url", "its_host", "its_site"),
    [
        ("https://www.Example.co.uk:8443/a", "www.example.co.uk", "example.co.uk"),
        ("https://news.example.com", "news.example.com", "example.com"),
        ("http://127.0.0.1:8000/a", "127.0.0.1", "127.0.0.1"),
        ("http://[::1]:8000/", "::1", "::1"),
        ("http://localhost:8000/", "localhost", "localhost"),
        ("https://example.org./", "example.org", "example.org"),
        ("file:///tmp/x", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_a_host_and_its_site(url, its_host, its_site):
    assert host(url) == its_host
    assert site(url) == its_site


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a?b=1#c", "https://example.org/a?b=1"),
        ("../up", "https://example.org/up"),
        ("//other.org/x", "https://other.org/x"),
        ("?p=2", "https://example.org/news/today?p=2"),
        (" /new\ns ", "https://example.org/news"),
        ("javascript:void(0)", None),
        ("mailto:desk@example.org", None),
        ("data:text/html,x", None),
        ("tel:+4912345", None),
        ("ftp://example.org/x", None),
        ("http://[bad", None),
        ("http://", None),
        ("", None),
    ],
)
def test_a_link_on_a_page_is_resolved_or_left(link, address):
    assert resolve("https://example.org/news/today", link) == address


_odd = st.one_of(
    st.text(),
    st.text(alphabet=":/?#[]@!$&'()*+,;=%.-_ ~aZ09é中\t\n\x00", max_size=60).map("http://e.org/".__add__),
    st.text(alphabet=":/?#[]@%.-é中 x1", max_size=20).map("https://".__add__),
)


@given(_odd)
def test_spelling_twice_changes_nothing(url):
    assert canonical(canonical(url)) == canonical(url)


@given(_odd, _odd)
def test_no_address_raises(base, link):
    host(link)
    site(link)
    found = resolve(base, link)
    assert found is None or is_web(found)
