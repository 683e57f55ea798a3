"""The paragraphs of a story's page (workers.read.body.paragraphs)."""

import json
from html import escape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.body.stories import STORIES
from wirewatch.text.html import fold
from workers.read.body.paragraphs import body
from workers.read.document import document

FRAMES = {
    "an article with named parts": """<nav><a href=/p>{menu}</a></nav><main><article><header><h1>{title}</h1>
      <p class=standfirst>{deck}</p><div class=byline>Ada Poole</div></header>
      <figure><img src=x><figcaption>{caption}</figcaption></figure><div class=article-body>{text}</div>
      <aside class=newsletter><p>{signup}</p><form><input><button>OK</button></form></aside></article>
      <section id=comments><h2>3</h2><p>{comment}</p><p>{comment} {comment}</p></section></main>
      <footer><p>© {menu}</p></footer>""",
    "a soup of blocks": """<div class=top><div><a href=/p>{menu}</a></div></div><div class=c1><div class=c2>
      <h1>{title}</h1><div class=c3>{deck}</div><div class=img-box><img src=x><div>{caption}</div></div>
      <div class=c4>{text}</div></div><div class=promo-newsletter><div>{signup}</div></div>
      <div class=comment-list><div>{comment}</div></div></div>""",
    "a body with widgets among its paragraphs": """<div id=page class=has-comments><h1>{title}</h1>
      <h2>{deck}</h2><time>2026</time><div class=story>{text}</div>
      <div class=social-share><a href=/f>F</a></div></div>""",
}
BETWEEN = {
    "nothing": "",
    "a box of other stories": """<div class=related-box><h3>{also}</h3>
      <ul><li><a href=/x>{comment}</a></ul></div>""",
    "links alone": "<h3>{also}</h3><ul><li><a href=/x>{comment}</a><li><a href=/y>{also}</a></ul>",
    "a picture": "<figure><img src=x><figcaption>{caption}</figcaption></figure>",
    "a hidden box": "<div style='display:none'><p>{signup} {comment}</p></div>",
    "a line of its kind": "<p><a href=/x>{also}</a></p>",
}


def page(frame, between, story):
    parts = story._asdict()
    first, second, *rest = [f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs]
    text = first + BETWEEN[between].format(**parts) + second + f"<h2>{story.heading}</h2>" + "".join(rest)
    expected = [story.deck, *story.paragraphs[:2], story.heading, *story.paragraphs[2:]]
    return FRAMES[frame].format(text=text, **parts), expected


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("language", STORIES)
def test_deck_paragraphs_and_headings_are_read_and_nothing_else(language, frame, between, read):
    inner, expected = page(frame, between, STORIES[language])
    assert read(inner, STORIES[language].title).paragraphs == expected


TITLE, DECK, PARAGRAPHS, SUB, MENU, ALSO, _, SIGNUP, COMMENT = STORIES["en"]
TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def test_comments_longer_than_the_story_stay_out(read):
    comments = f"<div class=comment-body><p>{COMMENT}</p></div>" * 30
    inner = f"<article><h1>{TITLE}</h1>{TEXT}</article><div id=comments>{comments}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_other_stories_of_an_endless_page_stay_out(read):
    other = f"<article><h1>{ALSO}</h1>" + f"<p>{COMMENT} {SIGNUP}.</p>" * 9 + "</article>"
    inner = f"<main><article><h1>{TITLE}</h1>{TEXT}</article>{other}{other}</main>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_short_story_is_found_beside_long_teasers(read):
    teasers = "".join(f"<div class=t><b>{n}</b><p>{COMMENT} {COMMENT} {n}</p></div>" for n in range(9))
    inner = f"<div class=a><h1>{TITLE}</h1><div>{TEXT}</div></div><div class=b>{teasers}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_body_split_over_sections_is_read_whole(read):
    sections = "".join(
        f"<section class=part><p>{text}</p></section><div class=ad>Ad</div>" for text in PARAGRAPHS
    )
    assert read(f"<h1>{TITLE}</h1><div>{sections}</div>", TITLE).paragraphs == PARAGRAPHS


def test_names_of_the_element_around_it_all_are_not_believed(read):
    story = f"<h1>{TITLE}</h1><div class=share-text>{TEXT}</div>"
    inner = f"<div class=comments-enabled><div class=newsletter-page>{story}</div></div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_names_of_the_paragraphs_themselves_are_not_believed(read):
    text = "".join(f"<p class=promo>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(f"<h1>{TITLE}</h1><div>{text}</div>", TITLE).paragraphs == PARAGRAPHS


def test_posts_of_a_live_blog_stay_in_order(read):
    post = "<div class=post><time>1{}:00</time><h3>{:.20}</h3><p>{}</p></div>"
    posts = "".join(post.format(n, text, text) for n, text in enumerate(PARAGRAPHS))
    expected = [line for text in PARAGRAPHS for line in (text[:20].strip(), text)]
    inner = f"<h1>{TITLE}</h1><p class=lead>{DECK}.</p><div class=posts>{posts}</div>"
    assert read(inner, TITLE).paragraphs == [f"{DECK}.", *expected]


def test_lists_quotes_and_code_of_the_story_stay(read):
    inner = (
        f"<h1>{TITLE}</h1><div><p>{PARAGRAPHS[0]}</p><ul><li>Oak<li>Elm</ul>"
        f"<blockquote>Never again</blockquote><p>{PARAGRAPHS[1]}</p>"
        f"<pre>fee = 4</pre><p>{PARAGRAPHS[2]}</p></div>"
    )
    lines = read(inner, TITLE).paragraphs
    assert lines == [PARAGRAPHS[0], "- Oak", "- Elm", "Never again", PARAGRAPHS[1], "fee = 4", PARAGRAPHS[2]]


def test_a_heading_at_the_end_heads_nothing(read):
    assert read(f"<h1>{TITLE}</h1><div>{TEXT}<h2>{SUB}</h2></div>", TITLE).paragraphs == PARAGRAPHS


def test_a_label_that_the_page_repeats_is_no_paragraph(read):
    text = "<p>In short</p>".join(
        f"<p>{paragraph}</p>" for paragraph in [*PARAGRAPHS, *(p + " So it was." for p in PARAGRAPHS)]
    )
    assert "In short" not in read(f"<h1>{TITLE}</h1><div>{text}</div>", TITLE).paragraphs


def test_poems_and_lines_without_sentences_are_read(read):
    poem = "The quay is long<br>and the night is cold<br>the ships lie still<br>and the stars are old<br>" * 2
    lines = read(f"<h1>{TITLE}</h1><nav><a href=/>{MENU}</a></nav><div>{poem}</div>", TITLE).paragraphs
    assert "The quay is long" in lines[0]
    assert MENU not in lines


LONG = [
    *PARAGRAPHS,
    "The vote came after a debate of two years about who should pay for the wall that the flood broke.",
    "Timber that comes by rail is charged nothing, and the yards near the station are glad of that.",
]


def json_ld(**fields):
    node = json.dumps({"@type": "NewsArticle", "headline": TITLE, **fields})
    return f'<script type="application/ld+json">{node}</script>'


def test_what_only_subscribers_are_shown_is_read_where_the_page_has_it(read):
    paid = "".join(f"<p class='locked' style='display:none'>{text}</p>" for text in PARAGRAPHS[2:])
    inner = f"<h1>{TITLE}</h1><div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>{paid}</div>"
    head = json_ld(hasPart={"cssSelector": ".locked", "isAccessibleForFree": False})
    assert read(inner, TITLE, head).paragraphs == PARAGRAPHS


def test_a_body_that_a_script_shows_is_read(read):
    note = f"<div class=cookie-note><p>{SIGNUP}, we use cookies for it.</p></div>"
    inner = f"{note}<div style='display:none'><h1>{TITLE}</h1>{TEXT}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_text_that_only_the_json_has_is_read(read):
    found = read(f"<h1>{TITLE}</h1><p>{LONG[0][:60]}…</p>", TITLE, json_ld(articleBody="\n\n".join(LONG)))
    assert (found.paragraphs, found.how) == (LONG, "json-ld")


def test_the_json_tells_which_blocks_are_the_story_where_others_are_more(read):
    others = "".join(f"<p>{COMMENT} {n} {COMMENT}</p>" for n in range(20))
    told = "".join(f"<div><span>{text}</span></div>" for text in LONG)
    found = read(
        f"<div class=x>{told}</div><div class=y>{others}</div>",
        TITLE,
        json_ld(articleBody=" ".join(LONG)),
    )
    assert (found.paragraphs, found.how) == (LONG, "json-ld = blocks")


def test_a_cut_articlebody_is_not_the_text(read):
    cut = json_ld(articleBody=" ".join([*PARAGRAPHS, *PARAGRAPHS])[:500] + "…")
    assert read(f"<h1>{TITLE}</h1><div>{TEXT}</div>", TITLE, cut).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "deck", ["<div>{}</div>", "<p>{}</p>", "<h2>{}</h2>", "<div class=entradilla><p>{}</p></div>"]
)
def test_a_deck_is_told_once_even_if_the_body_begins_with_it(deck, read):
    inner = f"<h1>{TITLE}</h1>{deck.format(PARAGRAPHS[0])}<div>{TEXT}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_deck_is_known_by_the_pages_description_without_a_title_in_sight(read):
    head = f'<meta property="og:description" content="{DECK}">'
    inner = f"<div><i>x</i></div><div class=k><span>{DECK}</span></div><div>{TEXT}</div>"
    assert read(inner, TITLE, head).paragraphs == [DECK, *PARAGRAPHS]


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Poole, Harbour Correspondent",
        "Ada Poole, Political Correspondent at the quay",
        "Monday 24 November 2026, 14:05",
        "२४ नवम्बर 2026, 14:05 बजे प्रकाशित",
        "発信地：港 2026年11月24日 10:01 更新しました",
    ],
)  # fmt: skip
def test_bylines_and_dates_between_title_and_body_are_no_deck(line, read):
    head = json_ld(author=[{"@type": "Person", "name": "Ada Poole"}])
    inner = f"<h1>{TITLE}</h1><p>{line}</p><div>{TEXT}</div>"
    assert read(inner, TITLE, head).paragraphs == PARAGRAPHS


def test_the_body_knows_where_it_stands_on_the_page(read):
    found = read(
        f"<nav><a href=/>{MENU}</a></nav><h1>{TITLE}</h1><div>{TEXT}</div><footer>{MENU}</footer>", TITLE
    )
    assert (found.first, found.last, found.how, found.doubtful) == (2, 5, "blocks", False)


@pytest.mark.parametrize("html", ["", "<p>", "<h1>Title</h1>", "<p>\x00</p>", "text", "<table><tr>" * 50])
def test_a_page_without_text_has_no_body(html):
    found = body(document(html), "Title")
    assert (found.paragraphs or [html]) == [html]
    assert found.doubtful


PIECES = st.sampled_from(
    [f"<p>{text}</p>" for text in PARAGRAPHS]
    + [f"<div class=related>{ALSO}</div>", "</div>", "<div>", "<article>", "<br>", "<td>", "<table>",
       f"<h1>{TITLE}</h1>", f"<h2>{SUB}</h2>", "<ul><li>", f"<a href=/x>{COMMENT}</a>", COMMENT,
       "<aside>", "<b>", "<div hidden>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_nothing_is_read_that_the_page_does_not_show_and_the_order_is_kept(pieces):
    shown = document("".join(pieces))
    found = body(shown, TITLE)
    page_words = iter(" ".join(block.text for block in shown.blocks).split())
    read_words = [word for line in found.paragraphs for word in line.split() if word not in {"-", "|"}]
    assert all(word in page_words for word in read_words)  # a subsequence
    assert all(line == fold(line) != "" for line in found.paragraphs)
    if found.first is not None and found.last is not None:
        assert 0 <= found.first <= found.last < len(shown.blocks)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 900 + f"<p>{COMMENT}</p>" * 15_000,
        f"<div class=related><p>{COMMENT}</p></div>" * 15_000,
        f"<h1>{TITLE}</h1>" * 20_000 + TEXT,
        "<table><tr><td>" * 300 + f"<p>{COMMENT}</p>" * 10_000,
        f"<p>{COMMENT}<br>" * 30_000,
        "<p>" + "a. " * 1_000_000,
        "<p>" + "@" * 200 + "</p>" + f"<p>{'newsletter ' * 20}</p>" * 20_000,
        json_ld(articleBody=COMMENT * 9000) + f"<p>{COMMENT[:40]}</p>" * 20_000,
        f"<ul>{''.join(f'<li>{a}{b}' for a, b in pairwise(map(str, range(20_000))))}</ul>",
    ],
    ids=["deep", "boxes", "titles", "tables", "breaks", "sentences", "wordings", "json", "list"],
)
def test_hostile_pages_are_read_in_bounded_time(html):
    body(document(html), TITLE)


@pytest.mark.parametrize(
    "picture",
    [
        "<div class=x1><img src=x><div>{}</div></div>",
        "<div class=x1><a href=/x><img src=x></a><div>{}</div><div>Jo Quay</div></div>",
        "<table align=right><tr><td><img src=x><br><i>{}</i></td></tr></table>",
        "<div><amp-img></amp-img>{}</div>",
    ],
)
def test_a_caption_without_a_name_is_known_by_its_picture(picture, read):
    caption = picture.format("Two ships at the quay on a windy Monday, before the council’s vote on the fee.")
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    for inner in (f"{caption}<div>{text}</div>", f"<div>{text.replace('</p>', '</p>' + caption, 1)}</div>"):
        assert read(f"<h1>{TITLE}</h1>{inner}", TITLE).paragraphs == PARAGRAPHS


def test_a_paragraph_beside_a_picture_is_no_caption(read):
    text = "".join(f"<p><img src=x>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(f"<h1>{TITLE}</h1><div>{text}</div>", TITLE).paragraphs == PARAGRAPHS


def test_an_offer_after_every_other_paragraph_stays_out(read):
    text = f"<p>{SIGNUP}, free and in the morning, before your coffee.</p>".join(
        f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS
    )
    assert read(f"<h1>{TITLE}</h1><div>{text}</div>", TITLE).paragraphs == PARAGRAPHS


@pytest.mark.parametrize("byline", ["מאת רותם אלקנה", "Af Ada Poole", "글 조 키 기자"])
def test_byline_and_date_at_the_head_of_the_body_stay_out(byline, read):
    lines = "<br><br>".join([byline, "24 נובמבר 2026, 18:55", *PARAGRAPHS])
    assert read(f"<h1>{TITLE}</h1><table><tr><td>{lines}</table>", TITLE).paragraphs == PARAGRAPHS


def test_a_label_over_links_at_the_end_stays_out(read):
    lines = "<br><br>".join([*PARAGRAPHS, "ข่าวยอดนิยม", f"<a href=/x>{ALSO}</a>"])
    assert read(f"<h1>{TITLE}</h1><div>{lines}</div>", TITLE).paragraphs == PARAGRAPHS
