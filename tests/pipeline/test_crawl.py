"""The one-off crawl, and Scrapy's own commands, from the project's root."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RSS = "application/rss+xml"


@pytest.fixture
def crawl(home, configure):
    """Run ``wirewatch crawl`` on the test's configuration: code, stories, errors."""
    config = configure()

    def run(*words):
        command = [sys.executable, "-m", "console.cli", "crawl", "--config", str(config), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=90, cwd=home)
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    return run


def item(link, title, summary):
    return f"<item><title>{title}</title><link>{link}</link><description>{summary}</description></item>"


def rss(*items):
    return f'<rss version="2.0"><channel><title>Wire</title>{"".join(items)}</channel></rss>'


def page(title, *paragraphs):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html><head><title>{title}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2026-11-20T08:00:00Z"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )


STORY = page(
    "Port Ansel weighs new duties",
    "The harbor board met on Friday to talk about tariffs on imported timber, and found little to agree on.",
    "Its chair said that the tariffs would cost every carpenter in town a week of work before the summer.",
    "Two members asked for figures; the others asked for lunch, and the meeting was put off to December.",
)


def test_a_feed_is_crawled_to_its_stories_and_each_matched_one_is_a_line_of_json(site, crawl):
    site.put("/a", STORY)
    site.put(
        "/feed.xml",
        rss(
            item(f"{site.url}/a", "Harbor board meets", "A meeting."), item("/b", "School opens", "At last.")
        ),
        RSS,
    )
    code, (story,), _ = crawl(f"{site.url}/feed.xml")
    assert code == 0
    assert set(story) == {"url", "title", "source", "published", "topics"}
    assert story["url"] == f"{site.url}/a"
    assert story["published"] == "2026-11-20T08:00:00Z"
    (topic,) = story["topics"]
    assert set(topic) == {"name", "score", "snippet"}
    assert topic["name"] == "tariffs"
    assert "tariffs on imported timber" in topic["snippet"]


def test_all_shows_every_story_and_nothing_is_delivered_unless_asked(site, crawl):
    site.put("/a", STORY)
    site.put(
        "/feed.xml",
        rss(item("/a", "Harbor board meets", "A meeting."), item("/b", "School opens", "At last.")),
        RSS,
    )
    _, stories, _ = crawl("--all", f"{site.url}/feed.xml")
    assert sorted(story["title"] for story in stories) == ["Port Ansel weighs new duties", "School opens"]
    assert site.received == []


def test_send_delivers_as_the_daemon_would(site, crawl):
    site.put("/a", STORY)
    code, stories, told = crawl("--send", f"{site.url}/a")
    assert code == 0
    assert [story["title"] for story in stories] == ["Port Ansel weighs new duties"]
    (alert,) = site.alerts()
    assert alert["data"]["story"]["title"] == "Port Ansel weighs new duties"
    assert "1 alerts delivered, 0 not" in told


def test_a_section_page_gives_the_stories_that_it_links_to(site, crawl):
    site.put("/2026/11/20/port-ansel-weighs-new-duties", STORY)
    links = "".join(
        f"<h3><a href='/2026/11/20/{slug}'>{title}</a></h3>"
        for slug, title in (
            ("port-ansel-weighs-new-duties", "Port Ansel weighs new duties on timber"),
            ("school-in-larkspur-opens-late", "School in Larkspur opens late this year"),
            ("choir-in-thornbury-sells-out", "Choir in Thornbury sells out four seasons"),
        )
    )
    site.put("/politics", f"<html><body><nav><a href='/sports'>Sports</a></nav>{links}</body></html>")
    _, stories, _ = crawl("--all", f"{site.url}/politics")
    assert len(stories) == 3
    assert [topic["name"] for story in stories for topic in story["topics"]] == ["tariffs"]


def test_saved_files_gzipped_too_are_crawled_by_their_paths(site, crawl, home):
    (home / "page.html.gz").write_bytes(gzip.compress(STORY.encode()))
    (home / "feed.xml").write_text(rss(item("http://nowhere.invalid/x", "Iowa votes", "In Des Moines.")))
    code, stories, _ = crawl("page.html.gz", (home / "feed.xml").as_uri())
    assert code == 0
    assert {story["title"]: [topic["name"] for topic in story["topics"]] for story in stories} == {
        "Port Ansel weighs new duties": ["tariffs"],
        "Iowa votes": ["iowa"],  # on the feed's own text: its page cannot be had
    }


def test_a_source_that_fails_is_named_with_its_reason_and_the_rest_goes_on(site, crawl):
    site.put("/feed.xml", rss(item("/b", "Iowa votes", "In Des Moines.")), RSS)
    site.put("/broken.xml", "<rss><channel", RSS)
    code, stories, told = crawl(f"{site.url}/gone", f"{site.url}/broken.xml", f"{site.url}/feed.xml")
    assert code == 1
    assert [story["title"] for story in stories] == ["Iowa votes"]
    assert f"{site.url}/gone: not there (404)" in told
    assert f"{site.url}/broken.xml: a broken feed" in told


def test_private_addresses_are_refused_where_the_configuration_does_not_allow_them(site, crawl, configure):
    configure(network={"allow": []})
    code, stories, told = crawl(f"{site.url}/feed.xml")
    assert (code, stories) == (1, [])
    assert "private address" in told
    assert "network.allow" in told
    assert site.asked == []


def test_no_match_is_a_failure_only_where_that_is_asked_for(site, crawl):
    site.put("/feed.xml", rss(item("/b", "School opens", "At last.")), RSS)
    assert crawl(f"{site.url}/feed.xml")[:2] == (0, [])
    assert crawl("--fail-on-no-match", f"{site.url}/feed.xml")[:2] == (3, [])


def test_the_links_of_a_hostile_feed_open_no_local_file(site, crawl, home):
    (home / "secret.txt").write_text("Iowa")
    link = (home / "secret.txt").as_uri()
    site.put("/feed.xml", rss(item(link, "A harmless title", "Nothing.")), RSS)
    code, stories, _ = crawl("--all", f"{site.url}/feed.xml")
    assert code == 0
    assert [(story["title"], story["topics"]) for story in stories] == [("A harmless title", [])]
    assert not stories[0]["url"].startswith("file:")


def test_scrapy_lists_the_spiders_and_exports_a_feeds_stories(site, home):
    site.put(
        "/feed.xml", rss(item("/b", "School opens", "At last."), item("/c", "Choir sings", "Again.")), RSS
    )
    (home / "feed.xml").write_text(site.pages["/feed.xml"][2])
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run([*scrapy, "list"], capture_output=True, text=True, check=True, cwd=ROOT)
    assert set(listed.stdout.split()) >= {"feed", "section", "sitemap", "watch"}
    out = home / "stories.jsonl"
    url = (home / "feed.xml").as_uri()
    subprocess.run(
        [*scrapy, "crawl", "feed", "-a", f"url={url}", "-O", str(out)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    stories = [json.loads(line) for line in out.read_text().splitlines()]
    assert [story["title"] for story in stories] == ["School opens", "Choir sings"]
