"""When a story was published and changed (workers.read.fields.moments, told_times, written)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.text.dates import moment, stated
from workers.read.document import document
from workers.read.fields.moments import modified, published
from workers.read.fields.written import written

SEEN = datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
PLAIN = "https://www.example.org/story"


def when(document, fed=None):
    return published(document, fed, SEEN)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-24T09:30:00-05:00", "2026-11-24T09:30:00-05:00"),
        ("2026-11-24T09:30:00+0100", "2026-11-24T09:30:00+01:00"),
        ("2026-11-24T09:30+0100", "2026-11-24T09:30:00+01:00"),
        ("2026-11-24 09:30:00 +02:00", "2026-11-24T09:30:00+02:00"),
        ("2026-11-24T09:30:00.1234567Z", "2026-11-24T09:30:00.123456+00:00"),
        ("2026-11-24 9:30", "2026-11-24T09:30:00"),
        ("2026/11/24 9:30 pm", "2026-11-24T21:30:00"),
        ("20261124T093000Z", "2026-11-24T09:30:00+00:00"),
        ("20261124", "2026-11-24T00:00:00"),
        ("Tue, 24 Nov 2026 09:30:00 +0100", "2026-11-24T09:30:00+01:00"),
        ("Tue Nov 24 09:30:00 EST 2026", "2026-11-24T09:30:00-05:00"),
        ("Tue Nov 24 2026 09:30:00 GMT+0100 (CET)", "2026-11-24T09:30:00+01:00"),
        ("1795512600", "2026-11-24T09:30:00+00:00"),
        ("1795512600000", "2026-11-24T09:30:00+00:00"),
        ("2026-13-01", None),
        ("2026", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_time_for_machines_keeps_its_zone(text, time):
    found = stated(text)
    assert (found and found.isoformat()) == time
    assert moment(text) == (found and (found if found.tzinfo else found.replace(tzinfo=UTC)))


@given(st.text(max_size=40) | st.text(alphabet="0123456789-:TZ+ /.", max_size=30))
def test_no_text_raises(text):
    found = moment(text)
    assert found is None or found.tzinfo == UTC
    written(text, "de")


@pytest.mark.parametrize(
    ("text", "language", "time"),
    [
        ("Published 24 November 2026, 9:30 pm", "en", "2026-11-24T21:30:00"),
        ("November 24th, 2026", "en-US", "2026-11-24T00:00:00"),
        ("11/24/2026", "en-US", "2026-11-24T00:00:00"),
        ("4/11/2026", "en-GB", "2026-11-04T00:00:00"),
        ("11/4/2026", "en-US", "2026-11-04T00:00:00"),
        ("24.11.2026 | 09:30", "de", "2026-11-24T09:30:00"),
        ("Dienstag, 24. November 2026, 9.30 Uhr", "de", "2026-11-24T09:30:00"),
        ("24 de noviembre de 2026", "es", "2026-11-24T00:00:00"),
        ("Publié le 24 août 2026 à 9h30", "fr", "2026-08-24T09:30:00"),
        ("24. nóvember 2026", "is", "2026-11-24T00:00:00"),
        ("24 listopada 2026", "pl", "2026-11-24T00:00:00"),
        ("24 Kasım 2026", "tr", "2026-11-24T00:00:00"),
        ("24 ноября 2026 г., 09:30", "ru", "2026-11-24T09:30:00"),
        ("2026. november 24. 9:30", "hu", "2026-11-24T09:30:00"),
        ("24 Νοεμβρίου 2026", "el", "2026-11-24T00:00:00"),
        ("24 نوفمبر 2026", "ar", "2026-11-24T00:00:00"),
        ("২৪ নভেম্বর ২০২৬", "bn", "2026-11-24T00:00:00"),
        ("24 नवंबर 2026", "hi", "2026-11-24T00:00:00"),
        ("24 พฤศจิกายน 2569", "th", "2026-11-24T00:00:00"),
        ("2026年11月24日 9時30分", "ja", "2026-11-24T09:30:00"),
        ("2026년 11월 24일", "ko", "2026-11-24T00:00:00"),
        ("2026-11-24", "xx", "2026-11-24T00:00:00"),
        ("31 February 2026", "en", None),
        ("36 comments", "en", None),
    ],
)
def test_a_day_for_people_is_read_in_the_pages_language(text, language, time):
    found = written(text, language)
    assert (found and found.isoformat()) == time


@pytest.mark.parametrize(
    ("fields", "time"),
    [
        ({"datePublished": "2026-11-24T00:30:00+09:00"}, "2026-11-24T00:30:00+09:00"),
        # A time without a zone is in that of the page's other times,
        (
            {"datePublished": "2026-11-24 00:30", "dateModified": "2026-11-24T09:00:00+09:00"},
            "2026-11-24T00:30:00+09:00",
        ),
        # or of the same instant in UTC,
        (
            {"datePublished": "2026-11-24 00:30", "dateModified": "2026-11-23T15:30:00Z"},
            "2026-11-24T00:30:00+09:00",
        ),
        ({"datePublished": "2026-11-24 00:30"}, "2026-11-24T00:30:00+00:00"),
        ({"datePublished": "24. November 2026"}, "2026-11-24T00:00:00+00:00"),
        # and a time in another century, or yet to come, is a template's.
        (
            {"datePublished": "1970-01-01T00:00:00Z", "dateCreated": "2026-11-24T07:00:00Z"},
            "2026-11-24T07:00:00+00:00",
        ),
        ({"datePublished": "2027-11-24T00:00:00Z"}, None),
        ({"datePublished": "0001-01-01T00:00:00+10:00"}, None),
    ],
)
def test_the_day_is_the_pages_own(page, json_ld, fields, time):
    found, _ = when(page(json_ld(headline="x", **fields), url=PLAIN))
    assert (found and found.isoformat()) == time


def test_a_day_takes_its_time_from_who_knows_it(page, json_ld, meta):
    day = json_ld(headline="x", datePublished="2026-11-24")
    timed = meta(article__published_time="2026-11-24T07:00:00+01:00")
    assert when(page(day + timed, url=PLAIN))[0].isoformat() == "2026-11-24T07:00:00+01:00"
    fed = datetime(2026, 11, 24, 5, tzinfo=UTC)
    assert when(page(day, url=PLAIN), fed) == (fed, "feed")
    assert when(page(day, url=PLAIN), fed - timedelta(days=9))[0] == datetime(2026, 11, 24, tzinfo=UTC)


def test_the_last_change_is_not_taken_for_the_publication(page, json_ld, meta):
    head = json_ld(headline="x", datePublished="2026-11-24T07:00:00Z", dateModified="2026-11-24T07:00:00Z")
    head += meta(article__published_time="2026-11-20T07:00:00Z")
    assert when(page(head, url=PLAIN))[0].day == 20


def test_the_address_decides_between_two_days(page, json_ld, meta):
    head = json_ld(headline="x", datePublished="2026-11-24T07:00:00Z") + meta(
        article__published_time="2026-11-20T07:00:00Z"
    )
    assert when(page(head, url="https://www.example.org/2026/11/20/quay"))[0].day == 20
    assert when(page(head, url="https://www.example.org/2026/nov/24/quay"))[0].day == 24
    assert when(page(head, url=PLAIN))[0].day == 24


@pytest.mark.parametrize(
    ("body", "lang", "day", "how"),
    [
        ("<h1>T t t</h1><time datetime='2026-11-24T07:00:00+01:00'>today</time>", "en", 24, "time element"),
        (
            "<time datetime='2026-11-25'>now</time><h1>T t t</h1><time>24.11.2026, 9:30</time>",
            "de",
            24,
            "time element",
        ),
        (
            "<h1>T t t</h1><time class=updated>2026-11-25</time><time class=published>2026-11-24</time>",
            "en",
            24,
            "time element",
        ),
        # A box with a time of its own stands before the story's.
        (
            "<h1>T<time datetime=2026-11-20></time><p class=date>24 août 2026</p><time>2026-08-24</time>",
            "fr",
            24,
            "time element",
        ),
        ("<h1>T t t</h1><div class='post-date'>24 Kasım 2026 - 09:30</div>", "tr", 24, "date shown"),
        ("<h1>T t t</h1><p>গ্রাম, ২৪ নভেম্বর ২০২৬</p><p>The story.</p>", "bn", 24, "date shown"),
    ],
)
def test_a_day_that_the_page_shows(page, body, lang, day, how):
    found, by = when(page("", body, lang=lang, url=PLAIN))
    assert (found.day, by) == (day, how)


def test_the_feed_is_heard_before_what_the_page_shows(page):
    fed = datetime(2026, 11, 24, 5, tzinfo=UTC)
    assert when(page("", "<h1>T t t</h1><time datetime='2026-11-20'></time>"), fed) == (fed, "feed")


def test_an_address_may_be_all_that_tells_the_day(page):
    found, how = when(page(url="https://www.example.org/a/2026-11-24/quay"))
    assert (found, how) == (datetime(2026, 11, 24, tzinfo=UTC), "address")
    assert when(page(url="https://www.example.org/a/2026-13-24/quay")) == (None, "none")


def test_a_change_is_never_before_the_publication(page, json_ld, meta):
    after = datetime(2026, 11, 24, 7, tzinfo=UTC)
    head = json_ld(headline="x", dateModified="2026-11-24T07:30:00+01:00") + meta(
        article__modified_time="2026-11-24T09:00:00+01:00"
    )
    changed, how = modified(page(head), None, after, SEEN)
    assert (changed, how) == (datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=1))), "meta")
    assert modified(page(), after - timedelta(1), after, SEEN) == (None, "none")
    assert modified(page(), after + timedelta(1), after, SEEN) == (after + timedelta(1), "feed")
    assert modified(page(json_ld(headline="x", dateModified="2031-01-01")), None, after, SEEN) == (
        None,
        "none",
    )


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789-:TZ+ ", max_size=25), st.text(alphabet="0123456789-:TZ+ ", max_size=25))
def test_no_statement_gives_an_unlikely_or_a_naive_time(one, other):
    html = f'<meta property="article:published_time" content="{one}"><h1>T t t</h1><time datetime="{other}">'
    found, _ = published(document(html, PLAIN), None, SEEN)
    assert found is None or (found.tzinfo is not None and found < SEEN + timedelta(days=1))
