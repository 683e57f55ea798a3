# ruff: noqa: E501 - pages are written as they are
"""What makes a link a story's, and what makes it another's (crawler.sections.scoring)."""

import json

import pytest

from crawler.sections.links import MAX_LINKS, best_first, story_links
from crawler.sections.shapes import story_shape

BASE = "https://www.outlet.example/politik"
HEADLINES = [
    "Havnerådet stemmer for toll på tømmer", "Fergerederiet tapte i retten igjen", "Skolestyret sier nei til nytt budsjett",
    "Byrådslederen trekker seg etter kritikk", "Broen stenges gjennom hele vinteren", "Lærerne streiker fra mandag morgen",
    "Valget ble vunnet med tolv stemmer", "Ny lov om fiske i fjorden vedtatt", "Kommunen selger den gamle kaia",
    "Regjeringen utsetter planen om tunnel",
]  # fmt: skip


def paths(html, base=BASE):
    return [link.url.removeprefix("https://www.outlet.example") for link in story_links(html, base)]


def cards(path, start=0, end=10):
    return "".join(
        f"<article><h3><a href='{path.format(n)}'>{HEADLINES[n]}</a></h3></article>"
        for n in range(start, end)
    )


def lines(path, start=0, end=10, before=""):
    return "".join(
        f"<li>{before.format(n - start + 1)}<a href='{path.format(n)}'>{HEADLINES[n]}</a></li>"
        for n in range(start, end)
    )


def test_a_list_that_counts_its_links_is_what_is_most_read_in_any_language():
    most_read = f"<div><h3>Mest lest</h3><ol>{lines('/p/{}-abc-1234567', 5, 9, '<b>{}</b> ')}</ol></div>"
    assert paths(cards("/p/{}-abc-1234567", 0, 5) + most_read) == [f"/p/{n}-abc-1234567" for n in range(5)]


def test_what_is_most_read_and_on_the_page_too_is_a_story():
    most_read = f"<div><ol>{lines('/p/{}-abc-1234567', 1, 5, '<b>{}</b> ')}</ol></div>"
    assert paths(cards("/p/{}-abc-1234567", 0, 5) + most_read) == [f"/p/{n}-abc-1234567" for n in range(5)]


def test_stories_without_any_shape_of_their_own_are_told_by_their_list():
    menu = "".join(
        f"<li><a href='/{word}'>{word}</a></li>" for word in ("hjem", "sport", "kultur", "vær", "mening")
    )
    names = "abcdefghij"
    page = f"<ul>{menu}</ul><div>{''.join(cards(f'/politik/{names[n]}', n, n + 1) for n in range(10))}</div><ul>{menu}</ul>"
    assert paths(page) == [f"/politik/{name}" for name in names]


def test_a_story_with_a_short_headline_is_told_by_the_others_of_its_list():
    page = cards("/2026/11/24/s{}") + "<article><h3><a href='/2026/11/24/x'>Kort sagt</a></h3></article>"
    assert "/2026/11/24/x" in paths(page)


def test_legal_pages_with_long_names_are_none_even_where_nothing_calls_them_a_footer():
    legal = "".join(
        f"<li><a href='/{name}'>{text}</a></li>"
        for name, text in (
            ("slik-bruker-vi-dine-data", "Slik bruker vi dine data"),
            ("vilkaar-for-bruk-av-siden", "Vilkår for bruk av siden"),
            ("hvem-er-vi-som-skriver", "Hvem er vi som skriver"),
        )
    )
    page = f"<div>{cards('/politik/{}-abc-1234567')}</div><ul>{legal}</ul>"
    assert paths(page) == [f"/politik/{n}-abc-1234567" for n in range(10)]


def test_an_address_below_which_others_lie_is_a_list():
    hub = "<div><h2><a href='/politik/valget-i-nord-2026'>Alt om valget i nord dette året</a></h2></div>"
    page = hub + cards("/politik/valget-i-nord-2026/{}-abc-1234567")
    assert "/politik/valget-i-nord-2026" not in paths(page)
    assert len(paths(page)) == 10


@pytest.mark.parametrize(
    "mark", ["rel=tag", "rel='author'", "rel=next", "hreflang=en", "rel='sponsored nofollow'"]
)
def test_markup_that_names_another_page_counts(mark):
    page = f"<p><a {mark} href='/2026/11/24/en-lang-historie'>Havnerådet stemmer for toll</a></p>"
    assert paths(page) == []


def test_a_link_within_a_sentence_is_no_headline():
    page = f"<p>{'Ord og atter ord om saken. ' * 9}<a href='/p/abc-1234567'>stemte for toll på tømmer</a> i går.</p>"
    assert paths(page) == []


@pytest.mark.parametrize("wrap", ["<form>{}</form>", "<div class='page with-nav menu-open'>{}</div>", "<div id=content><div class=sponsored-content-ready>{}</div></div>"])  # fmt: skip
def test_what_holds_the_pages_stories_is_no_menu_whatever_its_class_is(wrap):
    assert len(paths(wrap.format(cards("/2026/11/24/s{}")))) == 10


def test_the_stories_of_a_sister_site_count_where_the_page_has_none_of_its_own():
    page = cards("https://lokal.sister-press.example/2026/11/24/s{}")
    assert len(paths(page)) == 10


def test_the_stories_of_a_sister_site_count_where_they_stand_in_one_list_with_its_own():
    page = f"<div>{cards('/2026/11/24/s{}', 0, 6)}{cards('https://lokal.sister-press.example/2026/11/24/s{}', 6, 9)}</div>"
    assert len(paths(page)) == 9


def test_a_box_of_another_sites_stories_is_its_advertisement():
    box = f"<section>{lines('https://www.other-press.example/2026/11/24/s{}', 6, 10)}</section>"
    assert len(paths(f"<div>{cards('/2026/11/24/s{}', 0, 6)}</div>{box}")) == 6


def ld(graph):
    return f"<script type='application/ld+json'>{json.dumps(graph)}</script>"


def test_what_the_page_lists_for_machines_is_a_story_though_nothing_else_says_so():
    elements = [{"@type": "ListItem", "position": n, "url": f"/s/{'abcd'[n]}"} for n in range(4)]
    anchors = "".join(f"<div><a href='/s/{name}'>Kort {name} sak</a></div>" for name in "abcd")
    assert paths(anchors) == []
    page = ld({"@type": "CollectionPage", "mainEntity": {"@type": "ItemList", "itemListElement": elements}})
    assert paths(page + anchors) == [f"/s/{name}" for name in "abcd"]


def test_a_page_put_together_in_the_browser_has_its_list_for_machines():
    items = [
        {
            "@type": "NewsArticle",
            "headline": HEADLINES[n],
            "url": f"https://www.outlet.example/2026/11/24/s{n}",
        }
        for n in range(3)
    ]
    page = ld({"@graph": [{"@type": "CollectionPage", "hasPart": items}]}) + "<div id=root></div>"
    assert [(link.url[-1], link.title) for link in story_links(page, BASE)] == list(
        zip("012", HEADLINES, strict=False)
    )


def test_crumbs_menus_and_people_listed_for_machines_are_none():
    crumbs = [
        {"@type": "ListItem", "item": {"@id": f"/2026/11/24/s{n}", "name": HEADLINES[n]}} for n in range(3)
    ]
    people = [{"@type": "Person", "name": HEADLINES[n], "url": f"/2026/11/24/p{n}"} for n in range(3)]
    page = ld(
        [
            {"@type": "BreadcrumbList", "itemListElement": crumbs},
            {"@type": "ItemList", "itemListElement": people},
        ]
    )
    assert paths(page) == []


def test_links_have_a_score_and_the_best_come_first():
    page = "<div><a href='/p/kort-sak-om-1234567'>Kort sak</a></div>" + cards("/2026/11/24/s{}")
    found = best_first(story_links(page + "<a href='/en-ganske-lang-sak-her'>En ganske lang sak</a>", BASE))
    scores = [link.score for link in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0.5 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    "path",
    [
        "/emne/havn", "/etiket/liman", "/forfattere/kari-holm", "/yazarlar/can-deniz", "/suche", "/om-oss", "/kunye",
        "/mentions-legales", "/aviso-legal", "/impressum", "/abo", "/boletin", "/assets/a/b/c/en-lang-fil-her",
        "/sponsored/a/b/en-lang-sak-her", "/kategori/siyaset", "/categor%C3%ADa/deportes",
    ],
)  # fmt: skip
def test_names_of_lists_forms_and_legal_pages_are_known_in_many_languages(path):
    assert story_shape(f"https://www.outlet.example{path}") is None


@pytest.mark.parametrize(
    "path",
    [
        "/people/royals/harbour-queen-opens-bridge", "/tema/klima/havet-stiger-raskere-enn-ventet",
        "/view.php?no=94000", "/news/read?articleKey=20391234", "/weather/storm-hits-the-north-coast",
    ],
)  # fmt: skip
def test_rubrics_that_are_called_like_lists_have_stories(path):
    assert story_shape(f"https://www.outlet.example{path}") is not None


HOSTILE = {
    "100,000 links": "".join(f"<li><a href='/2026/11/24/{n}'>This is story number {n}</a>" for n in range(100_000)),
    "links in one paragraph": "<p>" + "".join(f"<a href='/2026/11/24/{n}'>This is story {n} here</a>" for n in range(50_000)),
    "nested links": "".join(f"<a href='/2026/11/24/{n}'><table><td>" for n in range(3000)) + "word " * 500_000,
    "nested cards": "".join(f"<div><h2>h</h2><a href='/2026/11/24/{n}'>This is story {n} here</a>" for n in range(900)),
    "long addresses": "".join(f"<a href='/{'a/' * 900}{n}'>This is story {n} here</a>" for n in range(2000)),
    "long lists for machines": ld([{"@type": "ItemList", "itemListElement": [f"/2026/11/24/s{n}" for n in range(400)]}] * 200),
    "lists in lists for machines": "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
    "50 MB": "<p>word</p>" * 4_500_000,
    "a title of 5 MB": f"<a href='/2026/11/24/x'>{'word ' * 1_000_000}</a>",
}  # fmt: skip


@pytest.mark.timeout(20)  # each takes less than a second; what grows with the square would take minutes
@pytest.mark.parametrize("what", HOSTILE)
def test_time_and_what_is_found_are_bounded(what):
    assert len(story_links(HOSTILE[what], BASE)) <= MAX_LINKS


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "tel:1", "//", "http://["]
)
def test_what_leads_to_no_page_is_none(link):
    assert paths(f"<h2><a href='{link}'>{HEADLINES[0]}</a></h2>") == []


def test_markup_in_a_title_is_text():
    [link] = story_links(
        "<h2><a href='/2026/11/24/x'>Tre &lt;script&gt;x&lt;/script&gt; om &amp;amp; i retten</a></h2>", BASE
    )
    assert link.title == "Tre <script>x</script> om &amp; i retten"
