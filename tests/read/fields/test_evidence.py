"""What a page says about itself (workers.read.fields.evidence)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.read.document import document
from workers.read.fields.json_ld import nodes_of

STORY = '{"@type": "NewsArticle", "headline": "The quay is sold", "datePublished": "2026-11-24"'


@pytest.mark.parametrize(
    "script",
    [
        STORY + "}",
        f"<!-- {STORY}}} -->",
        f"//<![CDATA[\n{STORY}}}\n//]]>",
        STORY + ",}",
        STORY + '} {"@type": "WebSite"}',
        STORY + '};\n{"@type": "WebSite"};',
        '[{"@type": "WebSite"}, ' + STORY + "}]",
        '{"@graph": [{"@type": "WebSite"}, ' + STORY + "}]}",
        '{"@type": "WebPage", "mainEntity": ' + STORY + "}}",
        STORY.replace('"NewsArticle"', '["http://schema.org/NewsArticle"]') + "}",
        STORY + ', "description": "She said "no" to\nit", "keywords": }',
        STORY.replace(", ", "\n") + "}",
        STORY + ', "articleBody": "cut off in the mid',
        STORY.replace('"', "&quot;") + "}",
    ],
)
def test_json_ld_is_read_however_it_is_broken(script):
    evidence = document(f'<script type="application/ld+json">{script}</script>').evidence
    assert evidence.said("headline") == "The quay is sold"
    assert evidence.said("datePublished") == "2026-11-24"


def test_an_author_is_found_in_json_that_is_none():
    script = (
        '{"@type":"NewsArticle","headline":"The "new" quay","author":[{"@type":"Person","name":"Ada Poole"}]]'
    )
    (node,) = nodes_of([script])
    assert node == {"@type": "NewsArticle", "headline": 'The "new" quay', "author": "Ada Poole"}


@pytest.mark.parametrize("first", [True, False])
def test_the_pages_own_story_is_told_from_others_that_it_names(page, json_ld, first):
    other = json_ld(headline="Another thing happened", url="https://www.example.org/b", author="Jo Quay")
    own = json_ld(headline="The quay is sold", author="Ada Poole")
    head = "<title>The quay is sold</title>" + (own + other if first else other + own)
    assert page(head, "<h1>The quay is sold</h1>").evidence.article["author"] == "Ada Poole"


def test_two_nodes_of_one_story_are_heard_together(page, json_ld):
    head = json_ld(headline="The quay is sold") + json_ld(**{"@type": "Article"}, author="Ada Poole")
    article = page(head).evidence.article
    assert (article["headline"], article["author"]) == ("The quay is sold", "Ada Poole")


def test_microdata_of_a_picture_and_of_another_story_is_not_the_storys(page):
    evidence = page(
        body="""<main itemscope itemtype="http://schema.org/NewsArticle">
        <h2 itemprop="headline">The quay is sold</h2>
        <figure itemscope itemtype="http://schema.org/ImageObject"><i itemprop=author>An Agency</i></figure>
        <p itemprop=author itemscope itemtype="http://schema.org/Person"><b itemprop=name>Ada Poole</b></p>
        </main>
        <div itemscope itemtype="http://schema.org/NewsArticle"><b itemprop="author">Jo Quay</b></div>"""
    ).evidence
    assert evidence.items == {"headline": ["The quay is sold"], "author": ["Ada Poole"]}


def test_words_of_a_heading_that_inline_markup_divides_stay_whole(page):
    evidence = page(
        body="<h1><span class=kicker>LIVE</span><span><b>C</b>hina sells<br>the quay</span></h1>"
    ).evidence
    assert evidence.headings[0].text == "China sells the quay"
    assert "LIVE China sells the quay" in evidence.headings[0].forms


PIECES = """<h1>~</h1>~<title>~<svg>~<meta property=og:title content="~">~<meta name=author content=~
<time datetime=~<script type='application/ld+json'>~</script>~{"@graph":[~"@type":"NewsArticle",~
"headline":~"author":{"name":~"x"~}~]~{~"@id":"#a"~<div itemscope itemtype=Article>~<b itemprop=author>~
<link rel=canonical href=~//[~\x00~&#xd800;~2026-13-45~,~:~text"""


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split("~")), max_size=30).map("".join))
def test_no_page_raises(html):
    evidence = document(html).evidence
    assert all(isinstance(text, str) for texts in evidence.metas.values() for text in texts)


@given(st.text(alphabet='{}[]",:\\ \n<!->/;ax1', max_size=60))
def test_no_script_raises(script):
    assert all(isinstance(node, dict) for node in nodes_of([script]))
