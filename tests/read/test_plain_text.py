"""HTML to text (wirewatch.text.html), bytes to HTML (decode) and a page's whole text (screen)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.text.html import bounded, plain_text
from workers.read.decode import decode
from workers.read.screen import page_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One &amp; two</p><p>Three<br>four</p>", "One & two\nThree\nfour"),
        ("<p>Ta<b>rif</b>fs on <a href='/x'>steel</a></p>", "Tariffs on steel"),
        ("Chi<!-- -->na", "China"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<p>x</p><script>alert('y')</script><style>z</style>", "x"),
        ("<p>soft&shy;hyphen zero\u200bwidth</p>", "softhyphen zerowidth"),
        ("no markup\n\n at   all &eacute;", "no markup\nat all é"),
        ("&lt;p&gt;Escaped &lt;b&gt;once&lt;/b&gt; too often&lt;/p&gt;", "Escaped once too often"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("", ""),
    ],
)
def test_a_fragment_becomes_readable_text(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize("unit", ["<div>", "<b>", "<p><b id=i>", "<font size=1>", "<!-- ", "&lt;p "])
def test_hostile_nesting_costs_no_more_than_its_length(unit):
    started = time.monotonic()
    plain_text(unit * (400_000 // len(unit)))
    assert time.monotonic() - started < 5


@given(st.text())
def test_no_text_raises(html):
    plain_text(html)
    page_text(html)


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9", "iso-8859-1", "café"),
        ("café".encode("utf-16"), None, "café"),
        ("Россия".encode("cp1251"), "windows-1251", "Россия"),
        ('<meta charset="shift_jis">東京'.encode("shift_jis"), None, '<meta charset="shift_jis">東京'),
        # The server appends latin-1 to everything; the bytes say otherwise.
        ("“café”".encode(), "iso-8859-1", "“café”"),
        ("Правительство утвердило новые пошлины на сталь. ".encode("cp1251") * 9, None, None),
        (b"caf\xe9", "no-such-charset", "café"),
        ("“quoted” ".encode() * 40 + b"cut \xe2\x80", "utf-8", "“quoted” " * 40 + "cut \ufffd"),
        (b'<meta charset="utf-16">plain', None, '<meta charset="utf-16">plain'),
        (b"", None, ""),
    ],
)
def test_bytes_are_decoded_as_a_browser_would(body, charset, text):
    assert decode(body, charset) == (body.decode("cp1251") if text is None else text)


@given(st.binary(), st.one_of(st.none(), st.text(), st.sampled_from(["utf-8", "gb18030", "utf-7", "idna"])))
def test_no_bytes_raise(body, charset):
    decode(body, charset)


def test_the_screen_keeps_every_place_where_a_topic_may_match():
    text = page_text("""<html><head><title>In the title</title>
      <meta name="description" content="in the description"><meta property="og:title" content="in the card">
      <script type="application/ld+json">{"headline": "in the head\\u006cine",
        "articleBody": "in the \\"body\\"\\nand below \\ud83d\\ude00"}</script>
      <script>var hidden = "not here"</script></head>
      <body><nav>in the menu</nav><p>in a sp<i>l</i>it word</p>
      <noscript><p>without scripts</p></noscript></body></html>""")
    for said in (
        "In the title", "in the description", "in the card", "in the headline", 'in the "body"',
        "and below 😀",
        "in the menu", "in a split word", "without scripts",
    ):  # fmt: skip
        assert said in text.splitlines()
    assert "not here" not in text


def test_a_long_text_without_any_tag_is_kept_whole():
    text = "Harbour workers said so. " * 2_000
    assert len(bounded(text)) == len(text)
    assert len(bounded(f"{text}<p>Iowa</p>")) == len(text) + len("<p>Iowa</p>")
