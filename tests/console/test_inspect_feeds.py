import json

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Example Politics</title>
<link>https://example.org/</link><language>en-us</language>
<item><guid isPermaLink="false">g1</guid><link>/a</link><title>Tariffs &amp;amp; trade</title>
<category>trade</category>
<author>ada@example.org (Ada Reporter)</author><pubDate>Tue, 24 Nov 2026 22:00:00 +0100</pubDate>
<atom:updated>2026-11-24T21:30:00Z</atom:updated><description>Short.</description>
<content:encoded>&lt;p&gt;The whole of it, longer.&lt;/p&gt;</content:encoded></item>
<item><link>https://example.org/b</link><title>Second</title></item>
</channel></rss>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Half a pair",
    "items": [{"id": "1", "url": "https://example.org/1", "content_html": "Lone \ud83d surrogate"}],
}


def test_a_feed_from_the_web_gives_itself_and_its_entries(wirewatch, configured, web):
    configured(network={"allow": ["127.0.0.0/8"]})
    with web({"/rss": (200, {"Content-Type": "text/xml"}, RSS.encode())}) as (base, _):
        told = wirewatch("inspect", "feed", f"{base}/rss")
    assert told.code == 0
    [line] = told.lines
    first, second = line.pop("entries")
    assert line == {
        "path": None,
        "url": f"{base}/rss",
        "kind": "feed",
        "feed": {"title": "Example Politics", "link": "https://example.org/", "language": "en-us"},
        "route": "whole",
        "error": None,
    }
    assert first == {
        "id": "g1",
        "link": f"{base}/a",
        "title": "Tariffs &amp; trade",
        "summary": "Short.",
        "content": "<p>The whole of it, longer.</p>",
        "published": "2026-11-24T21:00:00Z",
        "updated": "2026-11-24T21:30:00Z",
        "authors": ["Ada Reporter"],
        "tags": ["trade"],
    }
    assert (second["title"], second["published"]) == ("Second", None)


def test_a_saved_feed_takes_relative_links_from_the_address_given_with_it(wirewatch, tmp_path):
    (tmp_path / "rss.xml").write_text(RSS, "utf-8")
    given = json.dumps({"path": "rss.xml", "url": "https://example.org/politics/rss"})
    [line] = wirewatch("inspect", "feed", given=given).lines
    assert line["entries"][0]["link"] == "https://example.org/a"


def test_half_a_surrogate_pair_does_not_stop_the_output(wirewatch, tmp_path):
    (tmp_path / "feed.json").write_text(json.dumps(JSON_FEED), "utf-8")
    [line] = wirewatch("inspect", "feed", "feed.json").lines
    assert line["entries"][0]["content"] == "Lone ? surrogate"


def test_a_sitemap_is_read_as_one(wirewatch, tmp_path):
    (tmp_path / "sitemap.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a</loc></url></urlset>'
    )
    [line] = wirewatch("inspect", "feed", "sitemap.xml").lines
    assert (line["kind"], [entry["link"] for entry in line["entries"]]) == (
        "sitemap",
        ["https://example.org/a"],
    )


def test_what_is_no_feed_is_an_error_of_its_line(wirewatch, tmp_path):
    (tmp_path / "rss.xml").write_text(RSS, "utf-8")
    (tmp_path / "empty.xml").write_text("\n")
    (tmp_path / "words.txt").write_text("just words")
    told = wirewatch("inspect", "feed", "empty.xml", "words.txt", "rss.xml")
    assert told.code == 1
    assert [line["error"] is None for line in told.lines] == [False, False, True]
    assert told.lines[0]["error"] == "empty answer"
    assert [line["entries"] for line in told.lines[:2]] == [[], []]


def read_one_by_one(wirewatch, *words, given=None):
    """The lines of the whole and of the other way, which must be equal but for their route."""
    whole = wirewatch("inspect", "feed", *words, given=given).lines
    alone = wirewatch("inspect", "feed", "--one-by-one", *words, given=given).lines
    routes = [line.pop("route") for line in alone]
    assert [line.pop("route") for line in whole] == [
        "whole" if line["error"] is None else None for line in whole
    ]
    assert alone == whole
    return routes, whole


def test_entries_read_one_by_one_are_the_same(wirewatch, tmp_path):
    (tmp_path / "rss.xml").write_text(RSS, "utf-8")
    (tmp_path / "broken.xml").write_text(RSS.replace("Second", "Second & last"), "utf-8")
    (tmp_path / "live.xml").write_text(RSS.replace("org/b", "org/b#post"), "utf-8")
    (tmp_path / "feed.json").write_text(json.dumps(JSON_FEED), "utf-8")
    (tmp_path / "words.txt").write_text("just words")
    names = ["rss.xml", "broken.xml", "live.xml", "feed.json", "words.txt"]
    given = "\n".join(json.dumps({"path": name}) for name in names)
    routes, lines = read_one_by_one(wirewatch, given=given)
    assert routes == ["split", "whole", "whole", "split", None]
    assert [len(line["entries"]) for line in lines] == [2, 2, 2, 1, 0]
    assert lines[1]["entries"][1]["title"] == "Second & last"


def test_values_are_told_as_feedparser_has_them(wirewatch, tmp_path):
    (tmp_path / "atom.xml").write_text(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><link href="/"/><entry>
        <title type="html">&lt;b onclick="x"&gt;T&lt;/b&gt;</title><link href="rel#part"/>
        <content>one</content><content type="html">&lt;p&gt;two&lt;/p&gt;</content>
        <published>2026-11-24T22:00:00+01:00</published>
        <author><email>a@example.org</email></author></entry></feed>"""
    )
    [line] = wirewatch("inspect", "feed", "atom.xml").lines
    [entry] = line["entries"]
    assert (entry["title"], entry["link"]) == ("<b>T</b>", "rel#part")
    assert entry["content"] == "one\n<p>two</p>"
    assert (entry["published"], entry["updated"]) == ("2026-11-24T21:00:00Z", None)
    assert (entry["authors"], line["feed"]["link"]) == (["a@example.org"], "/")


def test_what_looks_like_a_page_is_feedparsers_to_judge(wirewatch, tmp_path):
    page = "<html><head><title>P</title></head><body><p>{}</p></body></html>"
    inner = RSS[RSS.index("<rss") :]
    (tmp_path / "page.html").write_text(page.format("words"))
    (tmp_path / "wrapped.html").write_text(page.format(inner))
    (tmp_path / "cdf.xml").write_text(
        '<channel><title>C</title><item href="/a"><title>T</title></item></channel>'
    )
    (tmp_path / "junk.xml").write_text("<b>Notice</b>: something\n" + inner)
    told = wirewatch("inspect", "feed", "page.html", "wrapped.html", "cdf.xml", "junk.xml")
    assert [len(line["entries"]) for line in told.lines] == [0, 2, 1, 2]
    assert [line["error"] is None for line in told.lines] == [False, True, True, True]
