"""Language, section, picture, publisher, paywall and address (workers.read.fields)."""

from datetime import UTC, datetime

import pytest

from wirewatch.ids import EntryId, SourceId
from wirewatch.models import Entry, Page
from workers.read.fields.address import address
from workers.read.fields.language import language
from workers.read.fields.paywall import paywalled
from workers.read.fields.picture import picture
from workers.read.fields.publisher import publisher
from workers.read.fields.section import section

URL = "https://www.example.org/politics/story-of-the-quay-1734567"
BENGALI = (
    "পৌরসভা সোমবার পুরনো ঘাট বিক্রির সিদ্ধান্ত নিয়েছে, যার আয় সমুদ্রপ্রাচীরে যাবে বলে জানিয়েছেন সচিব রুথ আমসেল (Ruth Amsel)।"
)
ENGLISH = "The council voted on Monday to sell the old quay, and the money is to go to the sea wall."
JAPANESE = "市議会は月曜日、古い埠頭を売却することを決めた。売却益は防潮堤の建設に充てられるという。"
RUSSIAN = "Городской совет в понедельник решил продать старую пристань и построить морскую стену."


def entry(**fields):
    usual = {
        "id": EntryId("e1"),
        "source_id": SourceId("s1"),
        "source": "Example",
        "url": URL,
        "revision": "r",
    }
    return Entry(**(usual | {"first_seen": datetime(2026, 11, 24, tzinfo=UTC)} | fields))


@pytest.mark.parametrize(
    ("lang", "fed", "text", "code"),
    [
        ("en-GB", None, ENGLISH, "en"),
        ("NB", None, ENGLISH, "nb"),
        ("", "en_US", ENGLISH, "en"),
        ("", "English", ENGLISH, "en"),
        # A template's language is not the story's,
        ("en", None, BENGALI, "bn"),
        ("en", "bn", BENGALI, "bn"),
        ("en", None, JAPANESE, "ja"),
        ("ar", None, ENGLISH, None),
        # and a script does not tell among its languages, where somebody does.
        ("uk", None, RUSSIAN, "uk"),
        ("en", "bg", RUSSIAN, "bg"),
        ("en", None, RUSSIAN, "ru"),
        # Few letters tell nothing.
        ("en", None, "পৌরসভা", "en"),
        ("{{locale}}", None, ENGLISH, None),
    ],
)
def test_the_language_fits_the_letters_of_the_text(page, lang, fed, text, code):
    assert language(page(lang=lang), entry(language=fed), text)[0] == code


def test_the_language_of_the_pages_data(page, json_ld, meta):
    assert language(
        page(json_ld(inLanguage={"name": "Turkish", "alternateName": "tr"}), lang=""), entry(), ""
    ) == ("tr", "json-ld")
    assert language(page(meta(og__locale="pt_BR"), lang=""), entry(), ENGLISH) == ("pt", "og:locale")


CRUMBS = [{"name": "Home"}, {"item": {"name": "Politics"}}, {"name": "Council sells the quay"}]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ({"articleSection": "Politics"}, "Politics"),
        ({"articleSection": ["Home", "Politikk"]}, "Politikk"),
        ({"articleSection": "News / Politics"}, "Politics"),
        ({"articleSection": "Example Times"}, None),
        ({"articleSection": "Strona główna"}, None),
        ({"@type": "BreadcrumbList", "itemListElement": CRUMBS}, "Politics"),
        ({"@type": "ItemList", "itemListElement": CRUMBS}, None),
    ],
)
def test_the_section_is_neither_the_outlet_nor_its_front_page(page, json_ld, meta, head, name):
    document = page(json_ld(**head) + meta(og__site_name="Example Times"), "<h1>Council sells the quay</h1>")
    assert section(document)[0] == name


@pytest.mark.parametrize(
    ("og", "image", "address"),
    [
        ("/quay.jpg?w=1", None, "https://www.example.org/quay.jpg?w=1"),
        ("//cdn.example.net/quay.jpg", None, "https://cdn.example.net/quay.jpg"),
        (
            "https://www.example.org/logo.png",
            {"@type": "ImageObject", "url": "/quay.jpg"},
            "https://www.example.org/quay.jpg",
        ),
        ("https://www.example.org/img/placeholder.jpg", ["/quay.jpg"], "https://www.example.org/quay.jpg"),
        ("https://www.example.org/logo.png", None, "https://www.example.org/logo.png"),
        ("https://www.example.org/quay.svg", None, None),
        ("data:image/png;base64,AAAA", None, None),
        ("", {"url": ["javascript:alert(1)", "/quay.jpg"]}, "https://www.example.org/quay.jpg"),
    ],
)
def test_the_picture_is_the_storys_own(page, json_ld, meta, og, image, address):
    assert picture(page(meta(og__image=og) + json_ld(headline="x", image=image)))[0] == address


def test_the_publisher_is_the_outlets_own_name(page, json_ld, meta):
    assert publisher(page(json_ld(headline="x", publisher={"name": "Example Times"})))[0] == "Example Times"
    assert publisher(page(meta(og__site_name="Example <b>Times</b>")))[0] == "Example Times"
    assert publisher(page(meta(og__site_name="https://www.example.org"))) == (None, "none")


@pytest.mark.parametrize(
    ("fields", "closed"),
    [
        ({"isAccessibleForFree": "False"}, True),
        ({"isAccessibleForFree": False}, True),
        ({"isAccessibleForFree": "http://schema.org/False"}, True),
        ({"isAccessibleForFree": True}, False),
        ({"hasPart": {"isAccessibleForFree": "False", "cssSelector": ".paid"}}, True),
        ({"isAccessibleForFree": True, "hasPart": [{"isAccessibleForFree": False}]}, False),
        ({}, None),
    ],
)
def test_a_paywall_is_what_the_data_say(page, json_ld, fields, closed):
    assert paywalled(page(json_ld(headline="x", **fields)))[0] is closed


@pytest.mark.parametrize(
    ("tier", "closed"), [("locked", True), ("metered", True), ("free", False), ("?", None)]
)
def test_a_content_tier_is_believed(page, meta, tier, closed):
    assert paywalled(page(meta(article__content_tier=tier)))[0] is closed


@pytest.mark.parametrize(
    ("link", "named"),
    [
        (URL + "?utm_source=x", URL),
        ("/news/1734567", "https://www.example.org/news/1734567"),
        ("https://m.example.org/x?id=3", "https://m.example.org/x?id=3"),
        ("https://www.example.org/", None),
        ("https://www.example.org/index.html", None),
        ("https://www.example.org/politics", None),
        ("https://elsewhere.com/copy-of-it", None),
        ("http://[bad", None),
        ("javascript:void(0)", None),
    ],
)
def test_the_address_is_the_pages_word_unless_it_lies(page, link, named):
    document = page(f'<link rel="canonical" href="{link}">', url=URL)
    found = address(document, Page(entry=entry(), url=URL + "?utm_medium=rss"))
    assert found == ((named, "rel=canonical") if named else (URL, "address"))


def test_an_amp_page_names_its_main_page(page):
    document = page(f'<link rel="canonical" href="{URL}">', url=URL + "/amp")
    assert address(document, Page(entry=entry(), url=URL + "/amp")) == (URL, "rel=canonical")
