"""One story's whole way: from a feed, through its page, to a signed webhook."""

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

TITLE = "Governor’s Letter Renews a Farm Tie as U.S.-China Trade Talks Show Signs of Movement"
CREDIT = f"{TITLE}. Source: State Archive, Public domain, via Wikimedia Commons"
TEXT = """
A letter from the governor’s office to an old friend in Hebei has put a forty-year farm partnership back
into the conversation between Washington and Beijing, two people who have read it said on Tuesday. It
asks for nothing, they said, and thanks a great many people by name.

The tie goes back to 1986, when a seed merchant from Iowa spent a summer with a county delegation and
came home with notebooks on drip irrigation. Both sides still call the exchange a “sister state”
arrangement, and both still send students each spring.

Marta Lindgren, who keeps the merchant’s papers in Ames, said the letter’s tone surprised her. “It reads
like a thank-you note from a neighbor,” she said, and she hopes that it is answered in the same way.

Relations soured last year, when the White House threatened 100% tariffs on Chinese imports and buyers
turned to Brazil for soybeans. Grain elevators along the river filled, and several cooperatives asked
their members to hold back deliveries until the new year.

An autumn truce brought tariff reductions for machine parts, a promise to buy more soybeans, and a pause
in the dispute over rare metals. It runs for twelve months, and officials on both sides say that a second
meeting is being prepared for the spring.

The governor is expected to lead a trade mission to Shijiazhuang in April, with a stop at the
experimental farm where the first exchange began. A delegation from Hebei is to visit the state fair in
August.
"""
PARAGRAPHS = [" ".join(paragraph.split()) for paragraph in TEXT.strip().split("\n\n")]
BODY = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in PARAGRAPHS)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(TITLE)} - Harvest Times</title></head>
<body>
<div class="top"><a href="#">Menu</a><a href="#">Search</a>
<ul><li>&nbsp;</li><li>|&nbsp; <a href="/politics">Politics</a></li></ul>
<a href="#">Menu</a><span>|&nbsp; Politics</span><a href="#">Search</a></div>
<div class="view"><h1>{escape(TITLE)}</h1>
<div class="image"><img src="/farm.jpg" alt=""><p>{escape(CREDIT)}</p></div>
<div class="text">
{BODY}</div></div>
<ul><li>Market Data</li></ul>
<div class="popup"><a href="#">Close</a><h3>Welcome to Harvest Times</h3>
<p>Sign up for daily updates for the most important<br>stories unfolding in the farm economy.</p></div>
</body></html>"""


def feed(*items):
    """An RSS feed of (path, title, summary) published now."""
    when = format_datetime(datetime.now(UTC))
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(link)}</guid>"
        f"<description>{escape(summary)}</description><pubDate>{when}</pubDate></item>"
        for link, title, summary in items
    )
    return f'<rss version="2.0"><channel><title>Harvest Times</title>{entries}</channel></rss>'


def test_a_page_of_chrome_around_a_story_becomes_three_signed_webhooks(site, configure, daemon, until):
    site.put("/story-1", PAGE)
    site.put("/feed.xml", feed((f"{site.url}/story-1", TITLE, "A letter.")), "application/rss+xml")
    with daemon(configure()):
        until(lambda: len(site.received) >= 3, what="three alerts")
        alerts = site.alerts()
    assert sorted(alert["data"]["topic"] for alert in alerts) == ["china", "iowa", "tariffs"]
    for alert in alerts:
        assert alert["type"] == "story.matched"
        story = alert["data"]["story"]
        assert story["title"] == TITLE
        assert story["url"] == f"{site.url}/story-1"
        assert story["source"] == "127.0.0.1"
        hits = alert["data"]["match"]["hits"]
        fields = {"title": TITLE, "body": "\n".join(PARAGRAPHS), "summary": story["summary"]}
        assert hits
        assert all(fields[hit["field"]][hit["start"] : hit["end"]] == hit["text"] for hit in hits)
    ids = [headers["webhook-id"] for headers, _ in site.received]
    assert len(set(ids)) == 3


def test_a_story_whose_page_is_gone_is_told_on_the_feeds_own_text(site, configure, daemon, until):
    summary = "Lawmakers in Des Moines put off a vote on water rules until the spring session."
    site.put("/feed.xml", feed((f"{site.url}/gone", "Vote put off", summary)), "application/rss+xml")
    with daemon(configure()):
        until(lambda: site.received, what="an alert")
    (alert,) = site.alerts()
    assert alert["data"]["topic"] == "iowa"
    assert alert["data"]["story"]["title"] == "Vote put off"


def test_an_attempt_that_fails_is_made_again_under_the_same_id(site, configure, daemon, until):
    site.answers = [500]
    summary = "Officials in Beijing said that talks would go on next week."
    site.put("/feed.xml", feed((f"{site.url}/gone", "Talks to go on", summary)), "application/rss+xml")
    with daemon(configure()) as one:
        until(lambda: site.received, what="the second attempt")
        now = until(lambda: (now := one.figures()) and not now.waiting_deliveries and now, what="the end")
    assert now.count("failed_attempts") == 1
    assert now.count("delivered") == 1
    assert len(site.received) == 1


def test_what_was_there_before_the_first_poll_is_learned_without_an_alert(site, configure, daemon, until):
    old = feed((f"{site.url}/old", "China talks end", "In Beijing.")).replace(
        datetime.now(UTC).strftime("%Y"), "2020"
    )
    site.put("/feed.xml", old, "application/rss+xml")
    with daemon(configure()) as one:
        until(lambda: (now := one.figures()) and now.count("polls") >= 2, what="two polls")
        new = feed((f"{site.url}/new", "China talks resume", "In Beijing."))
        site.put("/feed.xml", new.replace("</channel>", old[old.index("<item>") :]), "application/rss+xml")
        until(lambda: site.received, what="the new story's alert")
        until(lambda: (now := one.figures()) and not now.waiting_stories, what="rest")
    (alert,) = site.alerts()
    assert alert["data"]["story"]["title"] == "China talks resume"


def test_topics_without_a_destination_are_printed_and_kept(site, configure, daemon, until, home):
    site.put("/feed.xml", feed((f"{site.url}/a", "Iowa votes", "In Des Moines.")), "application/rss+xml")
    config = configure(topics={"iowa": {"query": "Iowa"}}, destinations={})
    kept = home / "data" / "matches.jsonl"
    with daemon(config) as one:
        until(lambda: kept.exists() and kept.read_text(), what="a line in matches.jsonl")
        until(lambda: "iowa: Iowa votes" in one.log(), what="the printed line")
    (line,) = kept.read_text().splitlines()
    assert json.loads(line)["title"] == "Iowa votes"


def test_an_edit_of_the_configuration_takes_effect_and_a_broken_one_is_refused(
    site, configure, daemon, until
):
    site.put("/feed.xml", feed((f"{site.url}/a", "Nothing of note", "A quiet day.")), "application/rss+xml")
    config = configure()
    with daemon(config) as one:
        until(lambda: (now := one.figures()) and now.count("decided") == 1, what="the first story")
        config.write_text(config.read_text() + "\nnonsense: 1\n")
        until(lambda: "is refused" in one.log() and "nonsense" in one.log(), what="the refusal")
        configure(topics={"harbors": {"query": "harbor", "send": ["hook"]}})
        until(lambda: "new version is in force" in one.log(), what="the acceptance")
        item = (f"{site.url}/b", "Harbor to reopen", "The harbor of Port Ansel opens on Monday.")
        site.put("/feed.xml", feed(item), "application/rss+xml")
        until(lambda: site.received, what="the new topic's alert")
    (alert,) = site.alerts()
    assert alert["data"]["topic"] == "harbors"


def test_a_destination_with_a_digest_gets_one_message_for_its_window(site, configure, daemon, until):
    items = [(f"{site.url}/{n}", f"Iowa votes, part {n}", "A vote in Des Moines.") for n in range(3)]
    site.put("/feed.xml", feed(*items), "application/rss+xml")
    hook = {"kind": "webhook", "url": f"{site.url}/hook", "secret": site.secret, "digest": "8s"}
    config = configure(topics={"iowa": {"query": "Iowa", "send": ["hook"]}}, destinations={"hook": hook})
    with daemon(config) as one:
        until(lambda: (now := one.figures()) and now.count("alerts") == 3, what="three alerts")
        until(lambda: (now := one.figures()) and now.count("delivered") == 3, what="their delivery")
    told = [alert for message in site.alerts() for alert in message["data"]["alerts"]]
    assert {message["type"] for message in site.alerts()} == {"digest"}
    assert sorted(alert["story"]["title"] for alert in told) == [title for _, title, _ in items]
    # A window's end may fall between two of them.
    assert len(site.received) <= 2
