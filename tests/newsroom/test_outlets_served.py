"""What the outlets answer over HTTP: feeds, pages, validators and trouble."""
# ruff: noqa: S310 - http only, to our own process

import gzip
import json
import re
import time
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree, html

from newsroom.outlets import OUTLETS, Kind

TOPIC_WORDS = re.compile(r"china|chinese|beijing|iowa|des moines|tariff|\bduties\b", re.IGNORECASE)
NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def fetch(url, **headers):
    request = urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def outlets(*kinds):
    return [outlet for outlet in OUTLETS if outlet.kind in kinds]


def by_name(outlet):
    return outlet.name


def url_of(newsroom, outlet, path=None):
    return f"http://{outlet.host}:{newsroom.port}{path or outlet.paths[0]}"


def shown(newsroom, outlet):
    """What the truth says that an outlet's feed should hold."""
    rows = [row for row in newsroom.truth() if row["outlet"] == outlet.name and row["published"]]
    return {row["url"]: row for row in sorted(rows, key=lambda row: row["published"])[-30:]}


def plain(url):
    return url.split("?")[0]


@pytest.mark.parametrize("outlet", outlets(Kind.RSS2, Kind.RSS1, Kind.ATOM), ids=by_name)
def test_an_xml_feed_parses_and_holds_what_was_published(newsroom, outlet):
    status, _, body = fetch(url_of(newsroom, outlet))
    parsed = feedparser.parse(body)
    truth = shown(newsroom, outlet)
    assert status == 200
    assert not parsed.bozo
    assert {plain(entry.link): entry.title for entry in parsed.entries} == {
        url: row["title"] for url, row in truth.items()
    }
    assert all(("utm_source=rss" in entry.link) == outlet.tracking for entry in parsed.entries)
    assert all(("content" in entry) == outlet.full for entry in parsed.entries)
    for entry in parsed.entries:
        stamp = entry["updated"] if outlet.kind is Kind.RSS1 else entry["published"]
        told = feedparser.datetimes._parse_date(stamp)
        assert told[:5] == tuple(
            int(part) for part in re.findall(r"\d+", truth[plain(entry.link)]["published"])[:5]
        )


@pytest.mark.parametrize("outlet", outlets(Kind.JSON), ids=by_name)
def test_a_json_feed_parses_and_holds_what_was_published(newsroom, outlet):
    feed = json.loads(fetch(url_of(newsroom, outlet))[2])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {plain(item["url"]) for item in feed["items"]} == set(shown(newsroom, outlet))


@pytest.mark.parametrize("outlet", outlets(Kind.SECTION), ids=by_name)
def test_a_section_page_links_what_was_published(newsroom, outlet):
    page = html.fromstring(fetch(url_of(newsroom, outlet))[2], base_url=url_of(newsroom, outlet))
    page.make_links_absolute()
    assert set(page.xpath("//h3/a/@href")) == set(shown(newsroom, outlet))


@pytest.mark.parametrize("outlet", outlets(Kind.SITEMAP), ids=by_name)
def test_a_news_sitemap_names_what_was_published(newsroom, outlet):
    urls = [url_of(newsroom, outlet)]
    if "index" in urls[0]:
        urls = etree.fromstring(fetch(urls[0])[2]).xpath("//s:loc/text()", namespaces=NS)
    found = set()
    for url in urls:
        found.update(etree.fromstring(fetch(url)[2]).xpath("//s:url[news:news]/s:loc/text()", namespaces=NS))
    assert found == set(shown(newsroom, outlet))


def test_two_feeds_of_one_outlet_carry_the_same_links(newsroom):
    outlet = next(outlet for outlet in OUTLETS if len(outlet.paths) > 1 and outlet.kind is Kind.RSS2)
    news, politics = (
        {entry.link for entry in feedparser.parse(fetch(url_of(newsroom, outlet, path))[2]).entries}
        for path in outlet.paths
    )
    assert politics < news


@pytest.mark.parametrize("outlet", OUTLETS, ids=by_name)
def test_an_unchanged_listing_answers_304(newsroom, outlet):
    url = url_of(newsroom, outlet)
    _, headers, body = fetch(url)
    assert headers["ETag"].startswith("W/") == outlet.weak_etag
    status, again, nothing = fetch(url, If_None_Match=headers["ETag"])
    assert (status, nothing, again["ETag"]) == (304, b"", headers["ETag"])
    assert fetch(url, If_None_Match='"other", ' + headers["ETag"])[0] == 304
    assert fetch(url, If_None_Match='"other"')[0] == 200
    assert fetch(url, If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT")[2] == body
    assert fetch(url, If_Modified_Since="Fri, 01 Jan 2100 00:00:00 GMT")[0] == 304
    assert fetch(url, If_Modified_Since="not a date")[0] == 200
    assert parsedate_to_datetime(headers["Last-Modified"]).tzinfo is not None


def test_answers_are_compressed_for_those_who_accept_it(newsroom):
    url = url_of(newsroom, OUTLETS[0])
    _, headers, body = fetch(url, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == fetch(url)[2]


def served(newsroom, rows):
    """Rows of the truth with their pages, fetched until they are served."""
    for row in rows:
        if row["published"] and row["trouble"] != "gone":
            answers = (fetch(row["url"]) for _ in range(3))
            yield row, next(body for status, _, body in answers if status == 200).decode()


def test_every_page_carries_its_headline_and_most_carry_their_time(newsroom):
    timed = total = 0
    for row, page in served(newsroom, newsroom.truth()):
        tree = html.fromstring(page)
        stamps = tree.xpath("//meta[@property='article:published_time']/@content | //time/@datetime")
        stamps += re.findall(r'"datePublished": "([^"]+)"', page)
        assert tree.xpath("normalize-space(//h1)") == " ".join(row["title"].split())
        assert set(stamps) <= {row["published"][:19] + "+00:00"}
        total += 1
        timed += bool(stamps)
    assert timed / total > 0.8


def test_far_stories_name_no_topic_in_title_or_text_even_where_the_menus_do(newsroom):
    chrome = set()
    quiet = {outlet.name for outlet in OUTLETS if not outlet.topical}
    far = [row for row in newsroom.truth() if row["subject"] in {"football", "weather", "health", "transit"}]
    for row, page in served(newsroom, far):
        tree = html.fromstring(page)
        assert not TOPIC_WORDS.search(tree.xpath("string(//h1)"))
        assert not TOPIC_WORDS.search(etree.tostring(tree.find("head"), encoding="unicode"))
        if row["outlet"] in quiet:
            assert not TOPIC_WORDS.search(tree.xpath("string()"))
        else:
            chrome.update(match.lower() for match in TOPIC_WORDS.findall(tree.xpath("string()")))
    assert {"china", "iowa", "tariff"} <= chrome


def test_a_busy_page_answers_503_twice_and_then_200(waiting):
    busy = next(row for row in waiting.truth() if row["trouble"] == "busy" and row["published"])
    assert [fetch(busy["url"])[0] for _ in range(4)] == [503, 503, 200, 200]


def test_a_gone_page_stays_404(newsroom):
    gone = [row for row in newsroom.truth() if row["trouble"] == "gone" and row["published"]]
    assert gone
    for row in gone:
        assert [fetch(row["url"])[0] for _ in range(3)] == [404, 404, 404]


def test_a_story_is_nowhere_before_its_publication_and_everywhere_after(waiting):
    to_come = [row for row in waiting.truth() if not row["old"]]
    assert len(to_come) == 20
    assert {row["published"] for row in to_come} == {None}
    assert {fetch(row["url"])[0] for row in to_come} == {404}
    listings = [fetch(source["url"])[2].decode() for source in waiting.sources]
    paths = [urlsplit(row["url"]).path for row in to_come]
    assert not any(path in listing for path in paths for listing in listings)
    waiting.start()
    deadline = time.monotonic() + 10
    while waiting.score()["published"] < 20:
        assert time.monotonic() < deadline
    pages = [fetch(row["url"])[0] for row in to_come if row["trouble"] == "none"]
    assert set(pages) == {200}


@pytest.mark.parametrize("outlet", OUTLETS, ids=by_name)
def test_robots_txt_is_missing_or_keeps_only_the_admin_pages(newsroom, outlet):
    status, _, body = fetch(url_of(newsroom, outlet, "/robots.txt"))
    assert (status == 200) == outlet.robots
    assert (b"Disallow: /admin" in body) == outlet.robots


def test_a_front_page_advertises_the_feeds(newsroom):
    outlet = outlets(Kind.ATOM)[0]
    page = html.fromstring(fetch(url_of(newsroom, outlet, "/"))[2])
    assert page.xpath("//link[@rel='alternate']/@href") == list(outlet.paths)


def test_the_sources_are_listed_and_answer(newsroom):
    rows = json.loads(fetch(f"{newsroom.control}/sources")[2])
    assert rows == newsroom.sources
    assert {row["kind"] for row in rows} == {"feed", "section", "sitemap"}
    assert {fetch(row["url"])[0] for row in rows} == {200}
