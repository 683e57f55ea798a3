"""A split read equals feedparser's of the whole document, entry by entry, field by field."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

URL = "https://outlet.example/dir/feed"


def test_an_entry_with_a_piece_reads_the_same_and_leaves_its_neighbours_alone(feeds, dialect, entry_piece):
    entries = [feeds.PLAIN, entry_piece, feeds.WATCHFUL, entry_piece + feeds.PLAIN, feeds.WATCHFUL]
    feeds.compared(feeds.document(dialect, entries).encode(), URL)


def test_a_feed_with_a_piece_reads_the_same(feeds, dialect, feed_piece):
    entries = [feeds.PLAIN, "<title>T</title><content type='html'>c</content>", feeds.PLAIN]
    body = feeds.document(dialect, entries, head=feed_piece, gaps=["", feed_piece], tail=feed_piece)
    feeds.compared(body.encode(), URL)


@pytest.mark.parametrize("place", ["head", "gap", "tail"])
def test_a_piece_of_the_feed_in_one_place_reads_the_same(feeds, place):
    for number, piece in enumerate(feeds.IN_FEEDS):
        dialect = ("rss-2.0", "atom-1.0", "rdf-1.0", "rss-scopes")[number % 4]
        body = feeds.document(dialect, [feeds.PLAIN, feeds.PLAIN], **{place: piece})
        feeds.compared(body.encode(), URL)


def test_plain_entries_of_every_dialect_are_split(feeds, dialect):
    for url in (URL, ""):
        for gap in ("", "\n  ", "<!-- c -->"):
            body = feeds.document(dialect, [feeds.PLAIN] * 3, gap=gap)
            assert feeds.compared(body.encode(), url) is None


ENCODINGS = {
    "utf-8": "Zürich 東京 Ж",
    "utf-8-sig": "Zürich 東京 Ж",
    "utf-16": "Zürich 東京 Ж",
    "utf-16-be": "Zürich 東京 Ж",
    "utf-32": "Zürich 東京 Ж",
    "utf-32-le": "Zürich 東京 Ж",
    "utf-7": "Zürich",
    "iso-8859-1": "Zürich",
    "iso-8859-15": "Zürich €",
    "windows-1252": "Zürich “quoted” €",
    "koi8-r": "Жук",
    "windows-1251": "Жук",
    "shift_jis": "東京",
    "euc-jp": "東京",
    "gb2312": "北京",
    "big5": "北京",
    "euc-kr": "서울",
    "cp037": "Zurich",
    "mac-roman": "Zürich",
}
CONTENT_TYPES = [
    None,
    "text/xml",
    "application/xml",
    "application/rss+xml; charset=utf-8",
    "text/html; charset=iso-8859-1",
    "application/atom+xml; charset=nonsense",
    "text/plain",
    "",
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("declared", [True, False, "nonsense"])
def test_a_feed_in_any_encoding_reads_the_same(feeds, encoding, declared):
    word = ENCODINGS[encoding]
    entries = [feeds.PLAIN, f"<title>{word}</title><description>{word} &#8364; &#xE9;</description>"]
    text = feeds.document("rss-2.0", entries)
    name = encoding.removesuffix("-sig") if declared is True else declared
    head = f'<?xml version="1.0" encoding="{name}"?>' if declared else ""
    body = (head + text[text.index("?>") + 2 :]).encode(encoding)
    for content_type in CONTENT_TYPES:
        feeds.compared(body, URL, content_type)


ODD_DOCUMENTS = {
    "doctype": '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd">\n{}',
    "entities": '<!DOCTYPE rss [\n<!ENTITY name "value">\n<!ENTITY num "&#233;">\n]>\n{}',
    "entities in a line": '<!DOCTYPE rss [<!ENTITY name "value">]>{}',
    "stylesheet": '<?xml-stylesheet href="x.css"?>\n<!-- <item> -->\n{}',
    "blank lines first": "\n\n  {}",
    "words first": "Warning: something\n{}",
    "words behind": "{}trailing",
    "comment behind": "{}<!-- <item> -->\n",
    "carriage returns": "\r\n{}\r\n",
    "form feed": "\x0c{}",
    "broken": "{}<item>",
}


@pytest.mark.parametrize("form", ODD_DOCUMENTS)
def test_an_odd_document_reads_the_same(feeds, dialect, form):
    text = feeds.document(dialect, [feeds.PLAIN, "<title>a &name; &eacute; &amp; &num;</title>", feeds.PLAIN])
    declaration, root = text[: text.index("?>") + 2], text[text.index("?>") + 3 :]
    for body in (declaration + ODD_DOCUMENTS[form].format(root), ODD_DOCUMENTS[form].format(root)):
        for known in (body, body.replace("&name;", "").replace("&eacute;", "").replace("&num;", "")):
            feeds.compared(known.encode(), URL)
            feeds.compared(known.encode(), "")


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_any_feed_of_pieces_reads_the_same(feeds, data):
    piece = st.sampled_from(feeds.IN_ENTRIES)
    entry = st.lists(piece | st.sampled_from([feeds.PLAIN, feeds.WATCHFUL]), max_size=4).map("".join)
    entries = data.draw(st.lists(entry, min_size=1, max_size=5))
    blank = st.sampled_from(["", "\n", " "])
    gaps = data.draw(st.lists(blank | st.sampled_from(feeds.IN_FEEDS), max_size=4))
    beside = st.lists(st.sampled_from(feeds.IN_FEEDS), max_size=2).map("".join)
    body = feeds.document(
        data.draw(st.sampled_from(feeds.DIALECTS)),
        entries,
        head=data.draw(beside),
        gaps=gaps,
        tail=data.draw(beside),
    )
    feeds.compared(body.encode(), data.draw(st.sampled_from([URL, ""])))


NAMES = [
    *("item", "entry", "title", "link", "id", "guid", "description", "content", "summary", "div", "p", "svg"),
    *("image", "source", "author", "name", "foo"),
]
PREFIXED = [*NAMES, *(f"{prefix}:{name}" for prefix in ("dc", "media", "atom", "foo") for name in NAMES)]
ATTRIBUTES = [
    "",
    ' type="html"',
    ' type="xhtml"',
    ' xml:lang="de"',
    ' xml:base="http://b/"',
    ' href="h"',
    ' xmlns="http://foo"',
]
texts = st.text("ab <&]", max_size=4).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
)


def element(inner):
    parts = st.tuples(st.sampled_from(PREFIXED), st.sampled_from(ATTRIBUTES), st.lists(inner, max_size=3))
    return parts.map(lambda made: f"<{made[0]}{made[1]}>{''.join(made[2])}</{made[0]}>")


trees = st.recursive(texts, element, max_leaves=8)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.lists(trees, max_size=3).map("".join), min_size=1, max_size=4),
    st.sampled_from(["rss-2.0", "atom-1.0", "rdf-1.0", "atom-scopes", "strange"]),
    st.sampled_from([URL, ""]),
    trees,
)
def test_any_nesting_reads_the_same(feeds, entries, dialect, url, beside):
    body = feeds.document(dialect, [feeds.PLAIN, *entries, feeds.WATCHFUL], head=beside, gaps=["", beside])
    feeds.compared(body.encode(), url)
