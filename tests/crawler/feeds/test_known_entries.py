"""What was read before is not read again: versions, parts, and the reasons for reading all the same."""

import json

import pytest

from crawler.feeds.jsonfeed import read_json_feed
from crawler.feeds.xml import read_xml_feed

URL = "https://outlet.example/feed"


def item(number, extra=""):
    return f"<title>Story {number}</title><link>/story/{number}</link><guid>urn:{number}</guid>{extra}"


def read(text, known=frozenset()):
    return read_xml_feed(text.encode(), URL, "application/rss+xml", known)


def versions(feed):
    return frozenset(part.version for part in feed.parts)


def test_a_first_document_is_read_whole(feeds):
    feed = read(feeds.document("rss-2.0", [item(1), item(2)]))
    assert (feed.route, feed.whole_because) == ("whole", "first")
    assert [one.title for one in feed.items] == ["Story 1", "Story 2"]
    assert all(len(part.version) == 8 for part in feed.parts)


def test_only_the_new_entry_of_the_next_document_is_read(feeds, dialect):
    first = read(feeds.document(dialect, [item(1), item(2), item(3)]))
    following = feeds.document(dialect, [item(0), item(1), item(2), item(3)])
    then = read(following, versions(first))
    assert (then.route, then.whole_because) == ("split", None)
    assert [part.item is None for part in then.parts] == [False, True, True, True]
    assert then.parts[0] == read(following).parts[0]
    assert [part.version for part in then.parts[1:]] == [part.version for part in first.parts]
    assert (then.title, then.link, then.language) == (first.title, first.link, first.language)


def test_an_edited_entry_is_read_again(feeds):
    first = read(feeds.document("rss-2.0", [item(1), item(2)]))
    then = read(feeds.document("rss-2.0", [item(1), item(2, "<category>c</category>")]), versions(first))
    assert [part.item and part.item.tags for part in then.parts] == [None, ("c",)]


def test_entries_are_other_entries_under_another_base(feeds):
    first = read(feeds.document("atom-scopes", [item(1)]))
    moved = feeds.document("atom-scopes", [item(1)]).replace("http://b.example/", "http://c.example/")
    assert len(read(moved, versions(first)).items) == 1


def test_a_document_in_which_nothing_is_new_gives_no_items_but_its_parts(feeds):
    first = read(feeds.document("rss-2.0", [item(1), item(2)]))
    then = read(feeds.document("rss-2.0", [item(2), item(1)], head="<ttl>5</ttl>"), versions(first))
    assert (then.route, then.items) == ("split", [])
    assert versions(then) == versions(first)


def test_entries_in_another_encoding_are_the_same_entries(feeds):
    text = feeds.document("rss-2.0", [item("ü")])
    first = read(text)
    then = read_xml_feed(
        text.replace("utf-8", "iso-8859-1", 1).encode("iso-8859-1"), URL, None, versions(first)
    )
    assert then.items == []


WHOLE = {
    "malformed": "<description>a & b</description>",
    "fragments": "<link>/live#post-2</link>",
    "nested": "<description>a <title>b</title></description>",
    "namespaces": '<dc:title xmlns:dc="http://stranger.example/">x</dc:title>',
    "scopes": '<description xml:lang="de"><div>a</div><div>b</div></description>',
}


@pytest.mark.parametrize("because", WHOLE)
def test_what_cannot_be_split_is_read_whole_and_says_why(feeds, because):
    known = versions(read(feeds.document("rss-2.0", [item(1)])))
    then = read(feeds.document("rss-2.0", [WHOLE[because], item(1)]), known)
    assert (then.route, then.whole_because) == ("whole", because)
    assert len(then.parts) == 2


@pytest.mark.parametrize(
    ("because", "text"),
    [
        (
            "doctype",
            '<?xml version="1.0"?><!DOCTYPE rss><rss version="2.0"><channel><item>{}</item></channel></rss>',
        ),
        ("late-title", "<rss><channel><item>{}</item><title>Late</title></channel></rss>"),
    ],
)
def test_a_document_that_cannot_be_split_says_why(because, text):
    then = read(text.format(item(1)), frozenset([b"known123"]))
    assert (then.whole_because, [one.title for one in then.items]) == (because, ["Story 1"])


def test_a_base_that_would_never_end_is_read_whole():
    text = f'<feed><entry xml:base="http://a.example/">{item(1)}</entry><entry>{item(2)}</entry></feed>'
    feed = read_xml_feed(text.encode(), "", None, frozenset([b"known123"]))
    assert feed.whole_because == "base"


def test_known_entries_of_a_broken_document_are_not_handed_on_again(feeds):
    text = feeds.document("rss-2.0", [item(1), "<title>A & B</title>"])
    first = read(text)
    assert (first.whole_because, len(first.items)) == ("first", 2)
    then = read(text.replace("Story 1", "Story 1 edited"), versions(first))
    assert [part.item and part.item.title for part in then.parts] == ["Story 1 edited", None]


def test_fragments_tell_the_posts_of_a_live_blog_apart_also_when_one_is_new(feeds):
    posts = [f"<title>Post {number}</title><link>/live#p{number}</link>" for number in (1, 2)]
    first = read(feeds.document("rss-2.0", posts[:1]))
    then = read(feeds.document("rss-2.0", posts), versions(first))
    assert [one.url for one in then.items] == [
        f"https://outlet.example/live?entry=p{number}" for number in (1, 2)
    ]


def test_a_feed_says_when_to_ask_and_who_pushes_it(feeds):
    head = (
        "<!-- <ttl>1</ttl> --><ttl> 30 </ttl><sy:updatePeriod>hourly</sy:updatePeriod>"
        "<skipHours><hour>1</hour><hour><![CDATA[2]]></hour></skipHours><skipDays><day>Sunday</day></skipDays>"
        '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="hub" href="ftp://hub.example/"/>'
        '<atom:link rel="self" href="/the-feed"/>'
    )
    entries = ["<ttl>5</ttl>" + item(1)]
    known = versions(read(feeds.document("rss-2.0", entries)))
    for text in (feeds.document("rss-2.0", entries, head=head), feeds.document("rss-2.0", ["&"], head=head)):
        feed = read(text, known)
        assert feed.wishes.ttl.total_seconds() == 1800
        assert feed.wishes.update_every.total_seconds() == 3600
        assert (feed.wishes.skip_hours, feed.wishes.skip_days) == ({1, 2}, {6})
        assert (feed.hubs, feed.topic) == (("https://hub.example/",), "https://outlet.example/the-feed")


def test_known_items_of_a_json_feed_are_not_built_again():
    items = [{"id": str(number), "url": f"/{number}", "title": f"Story {number}"} for number in range(3)]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}
    first = read_json_feed(json.dumps(document).encode(), URL)
    items[1]["title"] = "edited"
    document |= {
        "hubs": [
            {"type": "rssCloud", "url": "https://cloud.example/"},
            {"type": "WebSub", "url": "https://hub.example/"},
        ],
        "feed_url": URL,
    }
    then = read_json_feed(json.dumps(document, indent=1).encode(), URL, versions(first))
    assert [part.item and part.item.title for part in then.parts] == [None, "edited", None]
    assert (first.route, then.route) == ("whole", "split")
    assert (then.hubs, then.topic) == (("https://hub.example/",), URL)
    assert then.parts[1] == read_json_feed(json.dumps(document).encode(), URL).parts[1]
