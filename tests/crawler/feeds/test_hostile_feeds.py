"""Documents made to hang, swell or break their readers: each is read in part, or refused with a reason."""

import pytest

from crawler.feeds.xml import read_xml_feed
from wirewatch.errors import NotAFeedError

HEAD, TAIL = "<rss version='2.0'><channel><title>T</title>", "</channel></rss>"
LAUGHS = '<!ENTITY e0 "a">' + "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12)
)
SWELLING = f'<?xml version="1.0"?>\n<!DOCTYPE l [\n<!ENTITY e "{"ab " * 2_000}">\n]>\n'
REFUSED = {
    "deep nesting": HEAD + "<a>" * 500_000,
    "a head without end": HEAD + "<a/>" * 500_000 + TAIL,
    "an entry without end": HEAD + "<item>" + "<a/>" * 500_000 + "</item>" + TAIL,
    "tags without end": HEAD + "<item><description>" + "&lt;a&gt;" * 410_000 + "</description></item>" + TAIL,
    "comments in text": HEAD + "<item><description>" + "&lt;!--" * 21_000 + "</description></item>" + TAIL,
    "a name without end": HEAD + f"<item><author>{'a' * 100_000}</author></item>" + TAIL,
    "blank lines without end": "\n" * 1_000_000 + HEAD + TAIL,
    "doctypes without end": "<?xml?>" + "\n<!DOCTYPE " * 100_000 + HEAD + TAIL,
    "a declaration without end": "<?" + 'encoding="' * 100_000,
    "billion laughs": f'<?xml version="1.0"?><!DOCTYPE l [{LAUGHS}]>{HEAD}<item>&e11;</item>{TAIL}',
    "quadratic laughs": f"{SWELLING}{HEAD}<item>{'&e;' * 9_000}</item>{TAIL}",
    "laughs in a broken document": f"{SWELLING}{HEAD}<item>{'&e;' * 9_000}",
    "a slow codec": f'<?xml version="1.0" encoding="punycode"?>{HEAD}{TAIL}',
    "a codec that is none for text": f'<?xml version="1.0" encoding="idna"?>{HEAD}{TAIL}',
    "a codec with a hole": f'<?xml version="1.0" encoding="a\x00b"?>{HEAD}{TAIL}',
    "large and broken": HEAD + "<item><title>a & b</title></item>" * 150_000,
    "attributes": HEAD
    + "<item><a "
    + " ".join(f'a{number}="1"' for number in range(5_000))
    + "/></item>"
    + TAIL,
    "namespaces": HEAD
    + "".join(f'<item><a xmlns:n{number}="u{number}"/></item>' for number in range(2_000))
    + TAIL,
    "categories": HEAD + "<item>" + "<category>c</category>" * 10_000 + "</item>" + TAIL,
    "keywords": HEAD + "<item><keywords>" + "a,b," * 10_000 + "</keywords></item>" + TAIL,
    "feedparser's own mistakes": HEAD
    + '<item xmlns:g="http://www.opengis.net/gml"><g:pos>1 2</g:pos></item>'
    + TAIL,
}


@pytest.mark.parametrize("what", REFUSED)
def test_is_refused_with_a_reason(what):
    with pytest.raises(NotAFeedError):
        read_xml_feed(REFUSED[what].encode(), "https://outlet.example/feed", "application/xml")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "<item><title>x</title></item>" * 20_000 + TAIL,
        HEAD + "<item><title>x</title></item>" * 20_000,
        HEAD + "<item><title>x</title></item>" * 20_000 + "<channel>",
    ],
)
def test_of_a_document_of_many_entries_the_first_5000_are_read(text):
    feed = read_xml_feed(text.encode(), "https://outlet.example/feed", None)
    assert (len(feed.parts), feed.title) == (5_000, "T")
    known = frozenset(part.version for part in feed.parts)
    again = read_xml_feed(
        text.replace(HEAD, HEAD + "<item><title>new</title></item>").encode(), "", None, known
    )
    assert [one.title for one in again.items] == ["new"]


def test_of_a_very_large_document_the_first_entries_are_read():
    entry = f"<item><title>x</title><description>{'words ' * 16_000}</description></item>"
    feed = read_xml_feed((HEAD + entry * 120 + TAIL).encode(), "https://outlet.example/feed", None)
    assert 80 <= len(feed.parts) < 120


def test_the_word_encoding_in_a_feed_of_one_line_does_not_hang_its_reader():
    text = f'<?xml version="1.0"?>{HEAD}<item><title>encoding="{chr(34) * 50_000}</title></item>{TAIL}'
    assert len(read_xml_feed(text.encode(), "", None).items) == 1


def test_deep_markup_in_an_entry_does_not_exhaust_the_stack():
    titles = "<title>" * 3_000 + "</title>" * 3_000
    text = f"{HEAD}<item><description><svg>{titles}</svg></description></item>{TAIL}"
    assert len(read_xml_feed(text.encode(), "", None).parts) == 1


def test_a_kidnapping_is_no_encoding():
    text = f"{HEAD}<item><title>Kidnapped at midnatt: encoding=none</title></item>{TAIL}"
    assert len(read_xml_feed(text.encode(), "", None).items) == 1
