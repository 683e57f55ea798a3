"""How the crawler behaves towards sites: redirects, robots.txt, pages that hang, old stories shown again."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

RSS = "application/rss+xml"
TEXT = (
    "<p>The county board in Ames met on Friday to talk about roads, bridges and the price of gravel.</p>"
    "<p>Its chair said that Iowa would pay half of the work, and that the rest was still to be found.</p>"
    "<p>Two members asked for figures; the others asked for lunch, and the meeting was put off to May.</p>"
)


def page(title, published=None, text=TEXT):
    stamp = f'<meta property="article:published_time" content="{published.isoformat()}">' if published else ""
    return (
        f'<html><head><title>{title}</title><meta property="og:type" content="article">{stamp}</head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


def rss(*links):
    items = "".join(
        f"<item><title>Board meets in county seat, part {n}</title><link>{link}</link></item>"
        for n, link in enumerate(links)
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def paths(site, *, but=("/robots.txt",)):
    return [path for path, _ in site.asked if path not in but]


def test_a_source_and_a_page_that_moved_are_followed(site, configure, daemon, until):
    site.move("/feed.xml", "/new-feed.xml")
    site.put("/new-feed.xml", rss(), RSS)
    with daemon(configure()) as one:
        until(lambda: (now := one.figures()) and now.count("polls") >= 1, what="a poll")
        site.move("/go/1", "/board-meets")
        site.put("/board-meets", page("Board meets"))
        site.put("/new-feed.xml", rss(f"{site.url}/go/1"), RSS)
        until(lambda: site.received, what="an alert")
        assert one.figures().failing == 0
    (alert,) = site.alerts()
    assert alert["data"]["story"]["url"] == f"{site.url}/board-meets"


def test_no_page_that_robots_txt_forbids_is_asked_for_however_many_wait(site, configure, daemon, until):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    site.put("/feed.xml", rss(), RSS)
    with daemon(configure()) as one:
        until(lambda: (now := one.figures()) and now.count("polls") >= 1, what="a poll")
        site.put("/feed.xml", rss(*(f"{site.url}/private/{n}" for n in range(10))), RSS)
        until(lambda: (now := one.figures()) and now.count("decided") >= 10, what="ten decisions")
    assert not [path for path in paths(site) if path.startswith("/private/")]
    assert len([path for path, _ in site.asked if path == "/robots.txt"]) == 1


def test_a_page_that_hangs_does_not_silence_its_hosts_feed(site, configure, daemon, until):
    site.put("/feed.xml", rss(), RSS)
    hanging = threading.Event()
    site.hang("/slow", hanging)
    with daemon(configure()) as one:
        until(lambda: (now := one.figures()) and now.count("polls") >= 1, what="a poll")
        site.put("/feed.xml", rss(f"{site.url}/slow"), RSS)
        until(lambda: "/slow" in paths(site), what="the hanging page")
        site.put("/board-meets", page("Board meets"))
        site.put("/feed.xml", rss(f"{site.url}/slow", f"{site.url}/board-meets"), RSS)
        until(lambda: site.received, seconds=15, what="the other story's alert")
        hanging.set()
    assert site.alerts()[0]["data"]["story"]["title"] == "Board meets"


def test_a_host_that_asks_us_to_slow_down_is_left_alone_and_its_story_is_told_all_the_same(
    site, configure, daemon, until
):
    site.put("/feed.xml", rss(), RSS)
    with daemon(configure()) as one:
        until(lambda: (now := one.figures()) and now.count("polls") >= 1, what="a poll")
        site.put("/board-meets", "busy", status=429)
        told = rss(f"{site.url}/board-meets").replace("county seat", "Iowa over new tariffs")
        site.put("/feed.xml", told, RSS)
        until(lambda: site.received, what="an alert")
    asked = [path for path, _ in site.asked]
    # Its feed, due every second, is not asked for a minute either.
    assert asked[asked.index("/board-meets") :] == ["/board-meets"]


def test_a_story_whose_robots_txt_cannot_be_had_is_told_from_its_feed(site, configure, daemon, until):
    site.put("/robots.txt", "broken", status=500)
    site.put("/feed.xml", rss(), RSS)
    site.put("/board-meets", page("Board meets"))
    with daemon(configure()) as one:
        until(lambda: (now := one.figures()) and now.count("polls") >= 1, what="a poll")
        site.put("/feed.xml", rss(f"{site.url}/board-meets"), RSS)
        until(lambda: (now := one.figures()) and now.count("decided") >= 1, what="a decision")
    assert "/board-meets" not in paths(site)
    assert len([path for path, _ in site.asked if path == "/robots.txt"]) == 1


OTHER = (
    "<p>Farmers along the river have begun to plant two weeks early, and the co-op ran out of seed.</p>"
    "<p>Nobody in Iowa remembers an April as dry as this one, said the man who keeps the rain gauge.</p>"
    "<p>He has kept it for forty years, in a notebook with a green cover that his daughter gave him.</p>"
)


@pytest.mark.parametrize(("age", "told"), [(timedelta(days=12), 0), (timedelta(hours=1), 1)])
def test_an_old_story_that_a_section_page_brings_up_again_is_not_told(
    site, configure, daemon, until, age, told
):
    stories = {f"/news/story-{n}-of-the-county": f"Story {n} of the county board" for n in range(4)}
    links = [f"<h3><a href='{path}'>{title}</a></h3>" for path, title in stories.items()]
    long_ago = datetime.now(UTC) - timedelta(days=30)
    for path, title in stories.items():
        site.put(path, page(title, long_ago))
    site.put("/news/story-3-of-the-county", page("Dry spring", datetime.now(UTC) - age, OTHER))
    site.put("/politics", f"<html><body>{''.join(links[:3])}</body></html>")
    with daemon(configure(sources=[{"url": f"{site.url}/politics", "kind": "section"}])) as one:
        until(lambda: (now := one.figures()) and now.count("decided") >= 3, what="the first poll's stories")
        site.put("/politics", f"<html><body>{''.join(links)}</body></html>")
        until(lambda: (now := one.figures()) and now.count("decided") >= 4, what="the story that came up")
        until(lambda: (now := one.figures()) and not now.waiting_deliveries, what="rest")
    assert len(site.received) == told
