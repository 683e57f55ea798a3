from hypothesis import given
from hypothesis import strategies as st

from crawler.sections.advertised import advertised_feeds, feeds_of

BASE = "https://www.example.org/politics"


def test_feeds_that_differ_in_a_parameter_are_two():
    link = "<link rel=alternate type=application/rss+xml href=/getfeed?feedName={0} title={0}>"
    found = advertised_feeds(link.format("politics") + link.format("sports"), BASE)
    assert [title for _, title in found] == ["politics", "sports"]


def test_links_to_feeds_come_after_those_advertised_and_comments_last():
    html = """<link rel=alternate type=application/rss+xml href=/comments/feed/ title=Comments>
    <a href="/us/rss.xml">US</a> <a href="//feeds.example.net/us.atom">US, by another</a>
    <link rel=alternate type=application/feed+json href=/feed.json title=JSON>
    <a href="feed:https://www.example.org/iowa/feed/">Iowa</a> <a href=/feed.json>the same again</a>
    <a href="/services/feeds?id=7" title="RSS feed of Iowa"></a>"""
    assert feeds_of(html, BASE) == [
        ("https://www.example.org/feed.json", "JSON"),
        ("https://www.example.org/us/rss.xml", "US"),
        ("https://feeds.example.net/us.atom", "US, by another"),
        ("https://www.example.org/iowa/feed/", "Iowa"),
        ("https://www.example.org/services/feeds?id=7", "RSS feed of Iowa"),
        ("https://www.example.org/comments/feed/", "Comments"),
    ]


def test_what_merely_speaks_of_feeds_is_none():
    html = """<a href="https://feedly.com/i/subscription/feed/https://www.example.org/feed">Feedly</a>
    <a href="/about/rss-guide">How to use RSS</a> <a href="/2026/11/24/feeding-iowa">Feeding Iowa</a>
    <a href="https://other.example/feeds/help">RSS</a> <a href="javascript:feed()">RSS</a>
    <a href="/feedback">Feedback</a> <a href="/pages/feeds/">RSS</a> <a href="/rss/menu.html">RSS</a> <a href="https://web.example/?u=http://www.example.org/rss">Share</a>"""
    assert feeds_of(html, BASE) == []


@given(st.text(st.sampled_from("<>a link\"rel=alternate href=/feed.xml type=rss' "), max_size=200))
def test_any_page_can_be_looked_at(html):
    assert all(url.startswith("https://") for url, _ in feeds_of(html, BASE))
