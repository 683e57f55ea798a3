"""The link to a story's next page, told from all others on the page."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.continued.pagers import next_place
from crawler.continued.places import Place, place
from wirewatch.text.urls import canonical

STORY = "https://outlet.example/politics/timber-toll"
FILE = STORY + ".html"


def next_page(html, url=STORY):
    found = next_place(html, Place(url), url, 1, {canonical(url)})
    return found.url if found is not None else None


@pytest.mark.parametrize(
    ("pager", "expected"),
    [
        (
            '<div class="pages"><span>1</span> <a href="?page=2">2</a> <a href="?page=3">3</a></div>',
            "?page=2",
        ),
        ('<nav><a href="/politics/timber-toll/2/">Next page</a></nav>', "/2/"),
        ('<p><a href="/politics/timber-toll/2">Weiter »</a></p>', "/2"),
        ('<p><a href="/politics/timber-toll/2">次のページへ</a></p>', "/2"),
        ('<p><a href="/politics/timber-toll/2">الصفحة التالية</a></p>', "/2"),
        ('<p><a href="/politics/timber-toll/2">পরবর্তী পাতা</a></p>', "/2"),
        ('<p><a href="/politics/timber-toll/2" rel="next">vdrk</a></p>', "/2"),
        ('<p><a href="/politics/timber-toll/2" aria-label="Sonraki"><i></i></a></p>', "/2"),
        (
            '<p><a href="/politics/timber-toll/seite-2">Seite 2 — Was der Rat noch verschweigt</a></p>',
            "/seite-2",
        ),
        ('<p>Стр. 1 <a href="?page=2">2</a></p>', "?page=2"),
        ('<ul><li>১</li><li><a href="?page=2">২</a></li></ul>', "?page=2"),  # Bengali numerals
        ("<ul><li>1</li><li><a href='?page=2'>2</a></li></ul>", "?page=2"),  # full width
        ("<p><A HREF='?page=2'>Naslednja stran</A></p>", "?page=2"),
        # Counted from 0: the second page's number is 1.
        ('<ul><li>1</li><li><a href="?page=1">2</a></li><li><a href="?page=2">3</a></li></ul>', "?page=1"),
    ],
)
def test_a_pager_under_the_text_leads_on_in_any_language(pager, expected, story_page):
    assert next_page(story_page(pager)) == STORY + expected


def test_a_pager_inside_the_text_leads_on(story_page):
    paragraph = (
        "The council of Eastmere heard the report on the timber toll and was in no hurry to decide. " * 2
    )
    text = f"<p>{paragraph}</p><p>{paragraph}</p><p>Pages: <b>1</b> <a href='?page=2'>2</a></p>"
    assert next_page(story_page(text=text)) == f"{STORY}?page=2"


def test_a_page_that_breaks_its_lines_only_leads_on(story_page):
    text = "The council of Eastmere heard the report on the timber toll.<br><br>" * 6
    assert next_page(story_page("<b>[1]</b> <a href='?page=2'>[2]</a>", text=text)) == f"{STORY}?page=2"


def test_a_file_with_a_number_needs_the_number_before_it(story_page):
    assert next_page(story_page('<p>1 <a href="timber-toll-2.html">2</a></p>'), FILE) == STORY + "-2.html"
    assert next_page(story_page('<p>1 <a href="timber-toll_1.html">2</a></p>'), FILE) == STORY + "_1.html"
    assert next_page(story_page('<p><a href="timber-toll-2.html">Next »</a></p>'), FILE) is None
    assert next_page(story_page('<p><a href="timber-toll-2.html">2</a></p>'), FILE) is None


def test_the_address_that_the_page_gives_itself_is_the_storys_too(story_page):
    head = '<link rel="canonical" href="https://outlet.example/a/timber">'
    pager = '<p>1 <a href="/a/timber?page=2">2</a></p>'
    assert next_page(story_page(pager, head=head)) == "https://outlet.example/a/timber?page=2"


@pytest.mark.parametrize(
    "pager",
    [
        '<p><a rel="next" href="/politics/rates-held">Next story: rates held »</a></p>',
        '<p>1 <a href="/politics?page=2">2</a></p>',  # the archive's
        '<p>1 <a href="/politics/page/2">2</a></p>',
        '<p>1 <a href="?slide=2">2</a></p>',
        '<p><a href="?page=2#comments">Older comments »</a></p>',
        '<div class="comments"><p>Eve: No.</p><p>1 <a href="?page=2">2</a></p></div>',
        '<section id="kommentare"><a href="?page=2">2</a></section>',
        '<p><a href="/politics/timber-toll/2"><img src="x.jpg"></a></p>',  # a picture of a gallery
        '<p><a href="?page=3">3</a></p>',
        '<p><a href="https://other.example/politics/timber-toll?page=2">2</a></p>',
        '<p><a href="javascript:go(2)">2</a> <a href="data:text/html,2">2</a> <a href="?page=2"></a></p>',
    ],
)
def test_no_other_link_is_followed(pager, story_page):
    assert next_page(story_page(pager)) is None


def test_the_pager_of_a_list_of_other_stories_is_left_alone(story_page):
    teasers = "".join(
        f"<div><h3><a href='/politics/story-{n}'>A ferry runs aground off Eastmere pier {n}</a></h3>"
        "<p>Nobody was hurt, and the ferry was afloat again before the tide turned.</p></div>"
        for n in range(8)
    )
    pager = '<div><span>1</span> <a href="?page=2" rel="next">2</a></div>'
    assert next_page(story_page(after=f"<section>{teasers}{pager}</section>")) is None
    assert next_page(story_page(after=f"<section>{teasers}</section>{pager}")) is None
    assert next_page(story_page(after=f"{pager}<section>{teasers}</section>")) == f"{STORY}?page=2"


def test_the_pager_of_a_thread_longer_than_the_story_is_left_alone(story_page):
    posts = "<p>I have said for years that the toll would sink the town, and nobody listens to me.</p>" * 20
    pager = '<div><b>1</b> <a href="?page=2">2</a></div>'
    assert next_page(story_page(after=f"<div class='discussion'>{posts}{pager}</div>")) is None


def test_a_page_with_hardly_any_text_leads_nowhere(story_page):
    pager = '<p>1 <a href="?page=2">2</a></p>'
    assert next_page(story_page(pager, text="<p>Sign in.</p>")) is None


def test_later_pages_go_on_in_the_form_of_the_second(story_page):
    second = place(f"{STORY}?page=2", STORY)
    known = {canonical(STORY), canonical(second.url)}
    pager = '<p><a href="{0}">1</a> 2 <a href="/politics/timber-toll/3">3</a> <a href="{0}?page=3">3</a></p>'
    found = next_place(story_page(pager.format(STORY)), second, STORY, 2, known)
    assert found.url == f"{STORY}?page=3"
    assert next_place(story_page(f'<p><a href="{STORY}">1</a> 2</p>'), second, STORY, 2, known) is None


_BITS = """<p> </p> <div> </div> <div\tclass="comments"> <a\thref="?page=2"> <a\thref="/politics/other"> </a>
<a\trel=next\thref="/politics/timber-toll/2"> <a\thref="http://["> 1 2 3 Next » text <br> <base\thref="//[x">
<link\trel="canonical"\thref="/"> <script> </script> <!-- --> <a\thref=?page=2#comments> <ul> <li>"""
_bits = st.sampled_from(_BITS.split())


@given(bits=st.lists(_bits, max_size=40))
@example(bits=["<div>"] * 40)
def test_whatever_a_page_holds_only_a_page_of_the_same_story_is_next(bits, story_page):
    html = story_page("".join(bits).replace("\t", " "))
    url = next_page(html)
    if url is not None:
        assert place(url, STORY).number in {1, 2}
        assert canonical(url) != canonical(STORY)
        assert url.startswith(STORY)


def test_hostile_pages_take_no_time_to_speak_of(story_page):
    pager = '<p>1 <a href="?page=2">2</a></p>'
    assert next_page(story_page("<a href=?page=2>" * 100_000)) is None
    assert next_page(story_page("<div>" * 100_000 + pager)) in {None, f"{STORY}?page=2"}
    assert next_page(story_page("<link canonical " * 50_000 + 'href="' * 100_000)) is None
    assert next_page(story_page("<b><i>" * 50_000 + pager)) in {None, f"{STORY}?page=2"}
