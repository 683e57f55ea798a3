"""Who wrote a story (workers.read.fields.bylines, names, visible_bylines)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.read.document import document
from workers.read.fields.bylines import authors
from workers.read.fields.names import people_of


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("By Ada Poole and Jo Quay", "en", ["Ada Poole", "Jo Quay"]),
        ("Ada Poole, Jo Quay, and Li Wei", "en", ["Ada Poole", "Jo Quay", "Li Wei"]),
        ("Af Ada Poole og Jo Quay", "da", ["Ada Poole", "Jo Quay"]),
        ("Von Ada Poole und Jo Quay, Hamburg", "de", ["Ada Poole", "Jo Quay"]),
        ("Ada Poole ve Jo Quay", "tr", ["Ada Poole", "Jo Quay"]),
        ("Ада Пул и Джо Куэй", "ru", ["Ада Пул", "Джо Куэй"]),
        ("Ada Poole i Jo Quay", "pl", ["Ada Poole", "Jo Quay"]),
        ("Ada Poole a Jo Quay", "cs", ["Ada Poole", "Jo Quay"]),
        ("Ada Poole in Jo Quay", "sl", ["Ada Poole", "Jo Quay"]),
        ("Ada Poole ja Jo Quay", "fi", ["Ada Poole", "Jo Quay"]),
        ("Por Ada Poole y Jo Quay / Cádiz", "es", ["Ada Poole", "Jo Quay"]),
        ("Iván Peral y Gasset", "es", ["Iván Peral y Gasset"]),
        ("Ada Poole và Jo Quay", "vi", ["Ada Poole", "Jo Quay"]),
        ("بقلم: هدى سالم ومنى كريم", "ar", ["هدى سالم", "منى كريم"]),
        ("هدى سالم، منى كريم", "ar", ["هدى سالم", "منى كريم"]),
        ("মিতা সেন ও রবি দাস", "bn", ["মিতা সেন", "রবি দাস"]),
        ("佐藤花、鈴木海", "ja", ["佐藤花", "鈴木海"]),
        ("記者林海青／高雄報導", "zh", ["林海青"]),
        ("김바다, 박항구 기자", "ko", ["김바다", "박항구"]),
        # What stands behind a name.
        ("Ada Poole, Harbour Editor", "en", ["Ada Poole"]),
        ("Ada Poole Political Correspondent", "en", ["Ada Poole"]),
        ("Ada Poole (PA)", "en", ["Ada Poole"]),
        ("Ada Poole apo", "de", ["Ada Poole"]),
        ("Ada Poole AP", "is", ["Ada Poole"]),
        ("Ada Poole/dpa", "de", ["Ada Poole"]),
        ("Ada Poole for Harbournews.com", "en", ["Ada Poole"]),
        ("Text: Ada Poole; Fotos: Jo Quay", "de", ["Ada Poole"]),
        ("Анна Пирс, корреспондент", "ru", ["Анна Пирс"]),
        # What is a name.
        ("Poole, Ada", "en", ["Ada Poole"]),
        ("Di Stefano", "it", ["Di Stefano"]),
        ("Von der Heide", "de", ["Von der Heide"]),
        ("Mary-Ann O'Quay", "en", ["Mary-Ann O'Quay"]),
        ("Harbour staff reporter", "en", ["Harbour staff reporter"]),
        ("AFP", "fr", ["AFP"]),
        # What is none.
        ("https://www.facebook.com/harbournews", "en", []),
        ("ada-poole", "en", []),
        ("desk@example.org", "en", []),
        ("5 min read", "en", []),
        ("admin", "en", []),
        ("By", "en", []),
        ("", "en", []),
    ],
)
def test_a_byline_names_people(text, language, names):
    assert people_of(text, language) == names


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Ada Poole"}, ("Ada Poole",)),
        ([{"name": "Ada Poole"}, {"name": "Jo Quay"}], ("Ada Poole", "Jo Quay")),
        ({"name": ["Ada Poole", "Jo Quay"]}, ("Ada Poole", "Jo Quay")),
        ({"givenName": "Ada", "familyName": "Poole"}, ("Ada Poole",)),
        ("Ada Poole und Jo Quay", ("Ada Poole", "Jo Quay")),
        ([{"name": "Ada Poole"}, {"name": "Harbour News"}], ("Ada Poole",)),
        ([{"name": "Ada Poole"}, {"name": "AFP"}], ("Ada Poole", "AFP")),
        ([{"name": "Ada Poole"}, {"name": "ADA POOLE"}], ("Ada Poole",)),
        # Where nobody names a person, what the data say stands.
        ({"@type": "Organization", "name": "AFP"}, ("AFP",)),
        ({"@type": "Organization", "name": "Harbour News"}, ("Harbour News",)),
        ({"@type": "Person", "name": "Redaktion"}, ("Redaktion",)),
        ({"url": "https://www.facebook.com/harbournews"}, ()),
        (17, ()),
    ],
)
def test_authors_of_the_pages_data(page, json_ld, author, names):
    head = json_ld(author=author, publisher={"name": "Harbour News"})
    assert authors(page(head), (), ())[0] == names


def test_an_author_may_stand_elsewhere_in_the_graph(page):
    graph = """{"@graph": [{"@type": "NewsArticle", "headline": "x", "author": {"@id": "#a"}},
        {"@type": "Person", "@id": "#a", "name": "Ada Poole"}]}"""
    head = f'<script type="application/ld+json">{graph}</script>'
    assert authors(page(head), (), ()) == (("Ada Poole",), "json-ld")


@pytest.mark.parametrize("stated", ["Harbour News", "Redaktion", "AFP"])
def test_a_person_anywhere_is_heard_before_the_outlet_a_desk_and_an_agency(page, json_ld, stated):
    head = json_ld(author={"name": stated}, publisher={"name": "Harbour News"})
    byline = (
        "<h1>Council sells the quay</h1><p class='article-byline'>By <a>Ada Poole</a>, Harbour Editor</p>"
    )
    assert authors(page(head, byline), (), ()) == (("Ada Poole",), "byline")
    assert authors(page(head), ("Jo Quay",), ()) == (("Jo Quay",), "feed")
    assert authors(page(head + '<meta name="author" content="Li Wei">'), (), ()) == (("Li Wei",), "meta")


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        (
            "<p class='c-byline'><i>By </i><a rel='author'>Ada Poole</a> and <a rel='author'>Jo Quay</a></p>",
            ("Ada Poole", "Jo Quay"),
        ),
        (
            "<ul class=authors><li class=author>Ada Poole<i>Reporter</i><li class=author>Jo Quay</ul>",
            ("Ada Poole", "Jo Quay"),
        ),
        ("<address>Von Ada Poole <time>24.11.2026, 9:30 Uhr</time></address>", ("Ada Poole",)),
        ("<a href='/autor/ada-poole/'>Ada Poole</a>", ("Ada Poole",)),
        ("<span class='autor'>Por Ada de la Cruz</span>", ("Ada de la Cruz",)),
        ("<div class='yazar'>Ayşe Deniz</div>", ("Ayşe Deniz",)),
        ("<div class='author'>মিতা সেন</div>", ("মিতা সেন",)),
        ("<div class='author'>Share · 3 min read</div>", ()),
        ("<p class=byline>AFP</p>", ("AFP",)),
        ("<aside class='related'><p class='byline'>Jo Quay</p></aside>", ()),
        ("<figure><figcaption class='author'>Jo Quay</figcaption></figure>", ()),
        ("<div class='comment'><b class='author'>Jo Quay</b></div>", ()),
    ],
)
def test_a_byline_below_the_title(page, byline, names):
    assert (
        authors(
            page("<title>x</title>", f"<h1>Council sells the quay</h1>{byline}<p>The council …</p>"), (), ()
        )[0]
        == names
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Poole and Jo Quay", ("Ada Poole", "Jo Quay")),
        ("Av Ada Poole", ("Ada Poole",)),
        ("โดย กนก ศรีสุข", ("กนก ศรีสุข",)),
        ("記者林海青", ("林海青",)),
        ("Ada Poole · 24 November 2026, 06:47", ("Ada Poole",)),
        ("문바다 기자 | 2026년 11월 24일", ("문바다",)),
        # A dateline, and a first sentence.
        ("New York, 24 November 2026", ()),
        ("By Monday The Council had sold the quay.", ()),
    ],
)
@pytest.mark.parametrize(
    "title", ["<h1>Council sells the quay</h1>", "<td><b>Council sells the quay</b><br>"]
)
def test_a_line_in_words_below_the_title(page, title, line, names):
    head = "<title>Council sells the quay - Harbour News</title>"
    document = page(head, f"<table><tr><td>{title}<p>{line}</p><p>The council met on Monday.</p></table>")
    assert authors(document, (), ())[0] == names


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=80) | st.text(alphabet="By ,;/()-&AaPo'.王記者é\n<b>", max_size=80),
    st.sampled_from(["en", "es", "ar", ""]),
)
def test_names_are_clean_and_each_is_there_once(text, language):
    names = people_of(text, language)
    assert len(names) == len(set(names))
    assert all(name == " ".join(name.split()) and name for name in names)
    assert authors(document(f"<p class=byline>{text}"), [text], [])[1] in {"none", "feed", "byline"}
