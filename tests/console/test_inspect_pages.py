import gzip
import json

import pytest

URL = "https://news.example.org/2026/11/24/tariffs-on-steel-rise.html"
FIRST = "The president said on Monday that new tariffs on steel begin next week, as the industry expected."
SECOND = (
    "Growers across Iowa said that retaliation would cost them their best market, and asked Congress to act."
)
PAGE = f"""<html lang="en"><head><title>Tariffs on steel rise again</title>
<link rel="canonical" href="{URL}">
<meta property="article:published_time" content="2026-03-20T12:00:00+02:00"></head>
<body><article><h1>Tariffs on steel rise again</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}
SECTION = """<html><head><title>Politics</title>
<link rel="alternate" type="application/rss+xml" title="Politics" href="/politics/rss"></head><body><main>
<h2><a href="/2026/11/24/senate-passes-the-farm-bill.html">Senate passes the farm bill tonight</a></h2>
<h2><a href="/2026/11/23/house-votes-on-new-tariffs.html">House votes on new tariffs for steel today</a></h2>
</main></body></html>"""


@pytest.fixture
def page(tmp_path):
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))


def test_a_page_becomes_a_story(wirewatch, page):
    told = wirewatch("inspect", "story", "page.html")
    assert told.code == 0
    [line] = told.lines
    how = line.pop("how")
    assert how["url"] == "rel=canonical"
    assert line == {
        "path": "page.html",
        "url": None,
        "title": "Tariffs on steel rise again",
        "authors": [],
        "published": "2026-03-20T12:00:00+02:00",
        "modified": None,
        "language": "en",
        "canonical_url": URL,
        "section": None,
        "image": None,
        "publisher": None,
        "paywalled": None,
        "text": f"{FIRST}\n{SECOND}",
    }


def test_a_page_that_takes_more_than_a_page_may_is_told_and_the_others_are_read(wirewatch, tmp_path, page):
    (tmp_path / "huge.html").write_text("<p>" + "中文没有空格" * 3_400_000, "utf-8")
    told = wirewatch("inspect", "story", "huge.html", "page.html")
    huge, small = told.lines
    assert told.code == 1
    assert huge["error"].startswith("takes more than ")
    assert small["title"] == "Tariffs on steel rise again"


def test_a_gzipped_page_is_read_as_the_page(wirewatch, page):
    plain, packed = wirewatch("inspect", "story", "page.html", "page.html.gz").lines
    assert plain | {"path": None} == packed | {"path": None}


def test_lines_go_on_past_broken_ones_in_their_order(wirewatch, page):
    given = [
        json.dumps({"path": "page.html", "url": "https://news.example.org/b"}),
        "broken",
        "",
        json.dumps({"path": "missing.html"}),
        json.dumps({"path": 5}),
        json.dumps({}),
        json.dumps({"path": "page.html.gz"}),
    ]
    told = wirewatch("inspect", "story", given="\n".join(given))
    assert told.code == 1
    assert [line.get("title", line.get("error")) for line in told.lines] == [
        "Tariffs on steel rise again",
        "not a line of JSON: Expecting value: line 1 column 1 (char 0)",
        "No such file or directory",
        "path and url must be texts",
        "neither path nor url",
        "Tariffs on steel rise again",
    ]
    assert told.lines[0]["url"] == "https://news.example.org/b"
    assert told.lines[1]["line"] == 2


def test_a_damaged_gzip_file_is_an_error_of_its_line(wirewatch, tmp_path, page):
    (tmp_path / "cut.gz").write_bytes((tmp_path / "page.html.gz").read_bytes()[:-20])
    told = wirewatch("inspect", "story", "cut.gz", "page.html")
    assert told.code == 1
    assert "damaged gzip file" in told.lines[0]["error"]
    assert told.lines[1]["title"] == "Tariffs on steel rise again"


def test_a_page_is_fetched_after_redirects_and_in_its_charset(wirewatch, configured, web):
    latin = PAGE.replace("Tariffs on", "Façade: tariffs on").encode("latin-1")
    answers = {
        "/a": (302, {"Location": "/b"}, b""),
        "/b": (200, {"Content-Type": "text/html; charset=iso-8859-1"}, latin),
    }
    configured(network={"allow": ["127.0.0.0/8"], "contact": "https://example.org/bot"})
    with web(answers) as (base, requests):
        [line] = wirewatch("inspect", "story", f"{base}/a").lines
    assert line["title"] == "Façade: tariffs on steel rise again"
    assert line["url"] == f"{base}/a"
    assert "https://example.org/bot" in requests[0][1]["User-Agent"]


def test_private_addresses_are_not_asked_unless_the_configuration_allows_them(wirewatch, web):
    with web({"/a": (200, HTML, PAGE.encode())}) as (base, requests):
        told = wirewatch("inspect", "story", f"{base}/a", base.replace("127.0.0.1", "localhost"))
    assert told.code == 1
    assert all(
        "is a private address" in line["error"] or "at the private address" in line["error"]
        for line in told.lines
    )
    assert requests == []


def test_what_an_address_answers_instead_of_a_page_is_told(wirewatch, configured, web):
    answers = {
        "/gone": (410, {}, b""),
        "/round": (302, {"Location": "/round"}, b""),
        "/big": (200, HTML, b" " * (15 * 1024 * 1024 + 1)),
        "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b" " * 40_000_000)),
        "/page": (200, HTML, PAGE.encode()),
    }
    configured(network={"allow": ["127.0.0.0/8"]})
    with web(answers) as (base, _):
        told = wirewatch("inspect", "story", *(base + path for path in answers), "http://127.0.0.1:1/")
    errors = [line.get("error") for line in told.lines]
    assert errors == [
        "answers 410",
        "more than 5 redirects",
        "larger than 15 MB",
        "larger than 15 MB",
        None,
        "connection refused",
    ]


def test_a_broken_configuration_is_told_when_it_is_needed(wirewatch, page, tmp_path):
    (tmp_path / "wirewatch.yaml").write_text("topics: {}\n")
    assert wirewatch("inspect", "story", "page.html").code == 0
    told = wirewatch("inspect", "story", "https://example.org/a")
    assert told.code == 2
    assert told.err.startswith("wirewatch.yaml:1: ")


def test_a_section_page_gives_its_stories_and_feeds(wirewatch, tmp_path):
    (tmp_path / "section.html").write_text(SECTION, "utf-8")
    given = json.dumps({"path": "section.html", "url": "https://news.example.org/politics"})
    [line] = wirewatch("inspect", "section", given=given).lines
    assert line["links"][0] == {
        "url": "https://news.example.org/2026/11/24/senate-passes-the-farm-bill.html",
        "title": "Senate passes the farm bill tonight",
        "score": line["links"][0]["score"],
        "published": "2026-11-24T00:00:00Z",
    }
    scores = [link["score"] for link in line["links"]]
    assert 1 >= scores[0] >= scores[1] >= 0.5
    assert [link["url"].rsplit("/")[-1] for link in line["links"]] == [
        "senate-passes-the-farm-bill.html",
        "house-votes-on-new-tariffs.html",
    ]
    assert line["feeds"] == [{"url": "https://news.example.org/politics/rss", "title": "Politics"}]


def test_a_section_page_without_an_address_says_how_to_give_it(wirewatch, tmp_path):
    (tmp_path / "section.html").write_text(SECTION, "utf-8")
    told = wirewatch("inspect", "section", "section.html")
    assert told.code == 1
    assert '{"path": …, "url": …}' in told.lines[0]["error"]
