"""The screen never says no where the story that is read from the page matches."""

import json
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crawler.entries import Item, make_entry
from crawler.identity import own_id
from wirewatch.config.settings import Settings, SourceSettings, TopicSettings
from wirewatch.config.watched import source_of
from wirewatch.errors import QueryError
from wirewatch.models import Page, now
from workers.match.matcher import match_story
from workers.match.screen import Screen
from workers.match.topics import compile_topic
from workers.read.reader import read_story
from workers.read.screen import page_text, whole_text
from workers.stories import read_and_match

SOURCE = source_of(Settings(), SourceSettings(url="https://outlet.example/feed"))
URL = "https://outlet.example/news/the-council-met-1234567"

# How pages write words that a topic looks for.
SPELLINGS = [
    "China",
    "CHINA",
    "china",
    "<b>C</b>hina",
    "Ch<i>i</i><em>n</em>a",
    "<span class=cap>C</span>hina",
    "Chi&shy;na",
    "Chi\u00adna",
    "Chi\u200bna",
    "Chi&#8203;na",
    "&#67;hin&#x61;",
    "Chi<!-- a comment -->na",
    "Chi<!-- -->na",
    "Chi<wbr>na",
    "Chi<script>var x = 1</script>na",
    "Chi<button>Share</button>na",
    "Chi<svg><title>x</title></svg>na",
    "\uff23\uff48\uff49\uff4e\uff41",
    "Ch\u0131na",
    "China&rsquo;s",
    "U.S.-China",
    "(China)",
    "China|Town",
    "<b>China</b>town",
    "Chinatown",
    "Indo<b>china</b>",
    "Chi na",
    "Chi<br>na",
    "<span>Live</span>China",
    "o\ufb03ce",
    "O<b>ﬃ</b>ce",
    "office",
    "U.S.",
    "US",
    "1,000",
    "1<b>,</b>000",
    "l’Iran",
    "l'<b>Iran</b>",
    "T\u00fcrkiye",
    "Tu\u0308rkiye",
    "İstanbul",
    "中国",
    "中<b>国</b>",
    "中\u200b国",
    "が",
    "か\u3099",
    "إيران",
    "إي<b>ر</b>ان",
    "إيـران",
    "हिन्दी",
    "हि&zwnj;न्दी",
    "한국",
    "&amp;lt;b&amp;gt;China",
    "China&nbsp;says",
]
ATOMS = [
    "China",
    "chin*",
    "*hina",
    '="China"',
    "office",
    "off?ce",
    "US",
    "U.S.",
    "1000",
    "Iran",
    "Türkiye",
    "istanbul",
    "中国",
    '"中国 office"',
    "が",
    "إيران",
    "हिन्दी",
    "한국",
    "title:China",
    "body:office",
    "summary:US",
    "source:outlet*",
    "lang:zh",
    "town",
]
QUERIES = st.recursive(
    st.sampled_from(ATOMS),
    lambda parts: st.one_of(
        st.tuples(parts, st.sampled_from(["AND", "OR", "NEAR/9", "ONEAR/9", "NOT"]), parts).map(
            lambda made: f"({made[0]} {made[1]} {made[2]})"
        ),
        parts.map(lambda made: f"(ATLEAST/2 {made})"),
    ),
    max_leaves=4,
)
FILLER = [
    "The council met on Monday evening to talk about the roads of the county, the mayor said.",
    "Nothing was decided, and everybody went home early because of the weather, which was bad.",
    "市議会は月曜日の夜に集まり、郡の道路について話し合いましたが、何も決まりませんでした。",
    "اجتمع المجلس مساء الاثنين لمناقشة طرق المقاطعة، ولم يتقرر شيء، وعاد الجميع إلى منازلهم.",
]
SENTENCE = st.tuples(st.sampled_from(FILLER), st.sampled_from(["", *SPELLINGS]), st.sampled_from(FILLER)).map(
    lambda made: f"{made[0]} {made[1]} {made[2]}"
)
SHORT = st.tuples(
    st.sampled_from(["", "Council meets on roads", "Live"]), st.sampled_from(["", *SPELLINGS])
).map(lambda made: " ".join(made).strip())
BLOCK = st.one_of(
    SENTENCE.map(lambda text: f"<p>{text}</p>"),
    SENTENCE.map(lambda text: f"<p>{text}</p>"),
    SENTENCE.map(lambda text: f"<div>{text}<br><br>{text}</div>"),
    SENTENCE.map(lambda text: f"<blockquote>{text}</blockquote>"),
    SENTENCE.map(lambda text: f"<noscript><p>{text}</p></noscript>"),
    SENTENCE.map(lambda text: f"<template><p>{text}</p></template>"),
    SENTENCE.map(lambda text: f"<div hidden>{text}</div>"),
    SENTENCE.map(lambda text: f"<pre>{text}\n{text}</pre>"),
    SENTENCE.map(
        lambda text: f"<section><h2>What next</h2><ul><li>{text}</li><li>{text}</li></ul></section>"
    ),
    SHORT.map(lambda text: f"<h2>{text}</h2>"),
    SHORT.map(lambda text: f"<table><tr><td>{text}</td><td>{text}</td></tr></table>"),
    SHORT.map(
        lambda text: f'<figure><img alt="{text}" src="/a.jpg"><figcaption>{text}</figcaption></figure>'
    ),
    SHORT.map(lambda text: f"<nav><ul><li><a href='/x'>{text}</a></li></ul></nav>"),
    SHORT.map(lambda text: f"<aside><a href='/y'>{text}</a></aside>"),
    st.just("<p>Unclosed <b>bold <i>and slanted"),
)
KEYS = ["headline", "name", "description", "articleBody", "alternativeHeadline", "abstract", "keywords"]
JSON_LD = st.tuples(
    st.dictionaries(st.sampled_from(KEYS), st.one_of(SHORT, SENTENCE), max_size=4),
    st.booleans(),
    st.sampled_from(["%s", "[%s]", '{"@graph": [%s]}', "<!-- %s -->", "%s,", "{%s"]),
).map(
    lambda made: (
        '<script type="application/ld+json">'
        + made[2] % json.dumps({"@type": "NewsArticle"} | made[0], ensure_ascii=made[1]).replace("</", "<\\/")
        + "</script>"
    )
)
HEAD = st.one_of(
    SHORT.map(lambda text: f"<title>{text} | Outlet</title>"),
    SHORT.map(lambda text: f'<meta property="og:title" content="{text}">'),
    SENTENCE.map(lambda text: f'<meta name="description" content="{text}">'),
    SENTENCE.map(lambda text: f'<meta property="og:description" content="{text}">'),
    SHORT.map(lambda text: f'<meta itemprop="headline" content="{text}">'),
    JSON_LD,
)
TOP = st.one_of(
    SHORT.map(lambda text: f"<h1>{text}</h1>"),
    SHORT.map(lambda text: f"<h1 itemprop='headline'><span>Live</span>{text}</h1>"),
    SHORT.map(lambda text: f"<header><h1>{text}</h1></header>"),
    st.just(""),
)
PAGES = st.tuples(st.lists(HEAD, max_size=4), TOP, st.lists(BLOCK, min_size=2, max_size=6)).map(
    lambda made: (
        f"<html lang=en><head>{''.join(made[0])}</head><body>{made[1]}<article>{''.join(made[2])}</article>"
    )
)


def page_of(html, title="Council meets on roads", **facts):
    item = Item(identity="1", url=URL, title=title, **facts)
    entry = make_entry(SOURCE, item, own_id(SOURCE.id, item), now=now())
    return Page(entry=entry, url=URL, html=html.encode("utf-8", "replace"), charset="utf-8")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(PAGES, st.lists(QUERIES, min_size=1, max_size=4), SHORT, st.sampled_from(["", *SPELLINGS]))
@example("<h1><span>Live</span>China</h1>" + "<p>" + FILLER[0] * 4, ["China"], "Live", "")
def test_a_page_whose_story_matches_is_never_screened_out(html, queries, title, fed):
    topics = []
    for query in queries:
        try:
            topics.append(compile_topic(query, TopicSettings(query=query)))
        except QueryError:  # such as the same word under AND and NOT
            continue
    page = page_of(
        html, title, summary=f"{fed} {FILLER[1]}" if fed else "", content=f"<p>{fed}</p>" if fed else ""
    )
    expected = match_story(topics, read_story(page))
    assert read_and_match(Screen(topics), page)[1] == expected


REST = "".join(f"<p>{sentence}</p>" for sentence in FILLER)
PLACES = {
    "paragraph": lambda word: f"<h1>Council meets</h1><article><p>{FILLER[0]} {word} {FILLER[1]}</p>{REST}",
    "line": lambda word: f"<h1>Council meets</h1><div>{FILLER[0]}<br>{word} {FILLER[1]}<br>{FILLER[0]}</div>",
    "noscript": lambda word: f"<noscript><article><p>{FILLER[0]} {word}</p>{REST}</article></noscript>",
    "h1": lambda word: f"<h1>Council and {word} meet on roads</h1><article>{REST}",
    "split h1": lambda word: f"<h1><span>Live</span>{word} and council meet</h1><article>{REST}",
    "title": lambda word: f"<title>Council and {word} meet on roads | Outlet</title><article>{REST}",
    "og:title": lambda word: f'<meta property="og:title" content="Council meets {word}"><article>{REST}',
    "deck": lambda word: f"<h1>Council meets</h1><p class=standfirst>{FILLER[1]} {word}</p><article>{REST}",
    "description": lambda word: f'<meta name="description" content="{FILLER[0]} {word}"><article>{REST}',
    "JSON-LD headline": lambda word: f"{json_ld(headline=f'Council meets {word}')}<article>{REST}",
    "JSON-LD body": lambda word: json_ld(articleBody=f"{FILLER[0]} {word} {FILLER[1]} {FILLER[0]}" * 3),
    "broken JSON-LD": lambda word: json_ld(headline=f"Council meets {word}").replace("}<", ",}<") + REST,
    "microdata": lambda word: f'<p itemprop="headline">Council meets {word}</p><article>{REST}',
}


def json_ld(**facts):
    told = json.dumps({"@type": "NewsArticle"} | facts).replace("</", "<\\/")
    return f'<script type="application/ld+json">{told}</script>'


@pytest.fixture(scope="module")
def every_topic():
    return [compile_topic(query, TopicSettings(query=query)) for query in ATOMS if ":" not in query]


@pytest.mark.parametrize("place", PLACES)
def test_however_a_word_is_written_and_wherever_it_stands_the_screen_sees_what_the_reader_sees(
    every_topic, place
):
    screen = Screen(every_topic)
    matching = 0
    for spelling in SPELLINGS:
        page = page_of(PLACES[place](spelling), "Live")
        names = {match.topic for match in match_story(every_topic, read_story(page))}
        assert names <= {topic.name for topic in screen.possible(whole_text(page))}, spelling
        matching += bool(names)
    assert matching >= len(SPELLINGS) // 2


def lines_of(html):
    return [line.strip() for line in re.split("[\n\x1e]", page_text(html))]


def test_the_whole_text_holds_what_only_machines_read():
    lines = lines_of("""<html><head><title>In the title</title><meta name=x content="In a meta">
        <script type="application/ld+json">{"headline": "In JSON-LD", "keywords": "no prose"}</script></head>
        <body><noscript><p>Without scripts</p></noscript><template><p>In a <b>tem</b>plate</p></template>
        <script>not this</script><style>nor this</style></body>""")
    for line in ("In the title", "In a meta", "In JSON-LD", "Without scripts", "In a template"):
        assert line in lines
    for line in ("no prose", "not this", "nor this"):
        assert line not in lines


def test_words_are_told_both_joined_and_parted_where_a_tag_parts_them():
    lines = lines_of("<p><span>Live</span>China talks and <b>C</b>uba</p>")
    assert "LiveChina talks and Cuba" in lines
    assert "China talks and" in lines


def test_broken_json_ld_is_told_by_its_strings():
    html = '<script type="application/ld+json">{"articleBody": "Chi\\u006ea said \\"no\\"",}</script>'
    assert 'China said "no"' in lines_of(html)
