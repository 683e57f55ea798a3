"""The title by agreement (workers.read.fields.headline)."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.read.document import document
from workers.read.fields.headline import MAX_TITLE_CHARS, headline


def title_of(document, fed="", sites=()):
    return headline(document, fed, list(sites))[0]


@pytest.mark.parametrize(
    ("title", "chosen"),
    [
        ("Council sells the old quay | Harbour News", "Council sells the old quay"),
        ("Council sells the old quay - Politics - Harbour News", "Council sells the old quay"),
        ("Harbour News: Council sells the old quay", "Council sells the old quay"),
        ("Harbour News » Council sells the old quay", "Council sells the old quay"),
        ("Kommunen selger den gamle kaia – Harbour News", "Kommunen selger den gamle kaia"),
        ("Belediye eski rıhtımı satıyor · Harbour News", "Belediye eski rıhtımı satıyor"),
        ("المجلس يبيع الرصيف القديم | Harbour News", "المجلس يبيع الرصيف القديم"),
        ("市议会出售旧码头以支付海堤费用-Harbour News", "市议会出售旧码头以支付海堤费用"),
        ("市議会が古い埠頭を売却へ：Harbour News", "市議会が古い埠頭を売却へ"),
        ("পুরনো ঘাট বিক্রি করছে পৌরসভা | Harbour News", "পুরনো ঘাট বিক্রি করছে পৌরসভা"),
        ("Wer zahlt die Mauer? - Ein Streit", "Wer zahlt die Mauer? - Ein Streit"),
        ("Too short | No", "Too short | No"),
    ],
)
def test_the_outlets_name_and_sections_go_from_the_title_element(page, meta, title, chosen):
    head = f"<title>{escape(title)}</title>" + meta(og__site_name="Harbour News")
    # With the section's name between, only the heading shows where the title ends.
    body = f"<h1>{chosen}</h1>" if "Politics" in title or "-Harbour" in title else ""
    assert title_of(page(head, body)) == chosen


@pytest.mark.parametrize(
    ("h1", "told", "chosen"),
    [
        # A rubric beside the title in the heading,
        (
            "<span class='kicker'>Exclusive</span> Council sells the quay",
            "Council sells the quay",
            "Council sells the quay",
        ),
        (
            "<small>Harbour</small><span>Council sells the quay</span>",
            "Council sells the quay",
            "Council sells the quay",
        ),
        # which the page's data count to the title.
        (
            "<i>Harbour:</i> Council sells the quay",
            "Harbour: Council sells the quay",
            "Harbour: Council sells the quay",
        ),
        # A headline that was cut for its length.
        (
            "Council sells the quay to the wall’s builders",
            "Council sells the quay to the …",
            "Council sells the quay to the wall’s builders",
        ),
        # An h1 that is no title.
        ("Harbour News", "Council sells the quay", "Council sells the quay"),
        ("<img src=logo.png alt='Harbour News'>", "Council sells the quay", "Council sells the quay"),
    ],
)
def test_the_headline_and_the_heading_are_weighed(page, json_ld, meta, h1, told, chosen):
    head = json_ld(headline=told) + meta(og__site_name="Harbour News")
    assert title_of(page(head, f"<h1>{h1}</h1>")) == chosen


def test_the_heading_that_others_agree_with_is_the_storys(page):
    body = "<h1>Allergies and you</h1><h1>Council sells the quay</h1><h1>Most read today</h1>"
    assert title_of(page("<title>Council sells the quay - Health</title>", body)) == "Council sells the quay"


def test_a_stray_heading_weighs_less_than_the_title_element(page):
    document = page("<title>Council sells the quay</title>", "<h1>Sign up to letters from us</h1>")
    assert title_of(document) == "Council sells the quay"


def test_without_any_heading_a_line_of_the_page_shows_where_the_title_ends(page):
    body = "<table><tr><td>Politics<td><font size=5>Council sells the quay</font><br>By Ada Poole</table>"
    document = page("<title>Politics - Council sells the quay - Harbour</title>", body)
    assert headline(document, "", []) == ("Council sells the quay", "shown = title")


def test_a_short_title_stands_if_two_give_it(page, json_ld):
    document = page(
        json_ld(headline="Ein Albtraum") + "<title>Ein Albtraum - KIOSK 52/2026</title>",
        "<h1>Ein Albtraum</h1>",
    )
    assert title_of(document) == "Ein Albtraum"


def test_what_most_weight_says_wins_over_the_social_title(page, json_ld, meta):
    head = json_ld(headline="Council sells quay") + meta(og__title="You will not believe what they sold")
    document = page(head + "<title>Council sells quay | News</title>", "<h1>Council sells quay</h1>")
    assert headline(document, "", []) == ("Council sells quay", "h1 = json-ld = title")


def test_a_page_without_any_title_takes_the_feeds(page):
    assert headline(page(), "The <b>fed</b> title of it", []) == ("The fed title of it", "feed")
    assert headline(page(), "", []) == ("", "none")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=20))
def test_a_title_is_one_bounded_line(h1, og, title, site):
    html = f"<title>{escape(title)}</title><meta property=og:title content='{escape(og * 99)}'>"
    html += f"<h1>{escape(h1)}</h1>"
    found, how = headline(document(html), og, [site])
    assert found == " ".join(found.split())
    assert len(found) <= MAX_TITLE_CHARS
    assert bool(found) == (how != "none")
