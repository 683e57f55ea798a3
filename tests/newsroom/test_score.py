"""The scoreboard: hits, misses, false alerts, duplicates, repeats and latency."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from newsroom.clock import Clock
from newsroom.score import Delivery, score
from newsroom.world import World

START = datetime(2026, 11, 24, 21, tzinfo=UTC)


class Desk:
    """A world of which everything is out, and what was sent about it."""

    def __init__(self):
        self.present = START
        self.world = World(9, 120, 50, START)
        self.clock = Clock(START, now=lambda: self.present)
        self.clock.open()
        self.present += timedelta(seconds=self.world.duration_s + 1)
        self.deliveries = []

    def send(self, url, topic, webhook_id="m1", status=200, alert_id=None, kind="story.matched", after_s=0.0):
        data = {"alert_id": alert_id or webhook_id, "topic": topic, "story": {"url": url, "title": "T"}}
        body = json.dumps({"type": kind, "data": data})
        at = self.present + timedelta(seconds=after_s)
        self.deliveries.append(Delivery("hook", webhook_id, body, {}, status, at))

    def score(self):
        return score(self.world, self.clock, self.deliveries)

    def one(self, topic="china", **wanted):
        return next(
            article
            for article in self.world.articles
            if (topic in article.story.topics) and all(getattr(article, k) == v for k, v in wanted.items())
        )

    def without_topics(self):
        return next(
            article for article in self.world.articles if not article.old and not article.story.topics
        )


@pytest.fixture
def desk():
    return Desk()


def test_all_expected_alerts_are_missed_until_they_arrive(desk):
    before = desk.score()
    assert before["published"] == before["planned"] == 120
    assert before["missed"] == before["expected_alerts"] > 20
    article = desk.one(old=False)
    desk.send(article.url, "china")
    after = desk.score()
    assert (after["alerted"], after["missed"]) == (1, before["missed"] - 1)
    assert (after["false_alerts"], after["duplicates"]) == (0, 0)


def test_nothing_is_missed_when_every_pair_arrived_once(desk):
    pairs = {}
    for article in desk.world.articles:
        if not article.old:
            for topic in article.story.topics:
                pairs.setdefault((article.family, topic), article.url)
    for number, ((_, topic), url) in enumerate(pairs.items()):
        desk.send(url, topic, f"m{number}")
    board = desk.score()
    assert board["alerted"] == board["expected_alerts"] == len(pairs)
    assert (board["missed"], board["false_alerts"], board["duplicates"]) == (0, 0, 0)
    assert board["missed_list"] == []


def test_the_query_and_fragment_of_an_address_do_not_matter(desk):
    desk.send(desk.one(old=False).url + "?utm_source=rss#top", "china")
    assert desk.score()["alerted"] == 1


@pytest.mark.parametrize(
    ("choose", "topic", "reason"),
    [
        (lambda desk: desk.one("iowa", old=True).url, "iowa", "old story"),
        (lambda _: "http://127.0.0.3/guides/iowa-caucus-guide", "iowa", "unknown address"),
        (lambda desk: desk.without_topics().url, "iowa", "wrong topic"),
    ],
)
def test_an_alert_that_the_truth_does_not_have_is_false(desk, choose, topic, reason):
    desk.send(choose(desk), topic)
    board = desk.score()
    assert (board["false_alerts"], board["alerted"]) == (1, 0)
    assert board["false_list"][0]["reason"] == reason


def test_a_story_that_is_not_out_yet_is_a_false_alert(desk):
    desk.present = START + timedelta(seconds=0.01)
    late = desk.world.articles[-1]
    desk.send(late.url, "china")
    assert desk.score()["false_alerts"] == 1


def test_an_alert_for_a_copy_after_one_for_its_original_is_a_duplicate(desk):
    copy = next(article for article in desk.world.articles if article.copy_of and article.story.topics)
    topic = min(copy.story.topics)
    desk.send(copy.copy_of, topic, "m1")
    desk.send(copy.url, topic, "m2")
    board = desk.score()
    assert (board["alerted"], board["duplicates"], board["false_alerts"]) == (1, 1, 0)
    assert board["duplicate_list"][0]["first_url"] == copy.copy_of


def test_the_same_id_again_is_a_repeat_and_another_alert_id_is_a_duplicate(desk):
    url = desk.one(old=False).url
    desk.send(url, "china", "m1")
    desk.send(url, "china", "m1")
    desk.send(url, "china", "m1", alert_id="another")
    board = desk.score()
    assert (board["alerted"], board["repeats"], board["duplicates"]) == (1, 1, 1)


def test_refused_attempts_and_other_types_do_not_count(desk):
    url = desk.one(old=False).url
    desk.send(url, "china", status=500)
    desk.send(url, "china", "m2", kind="digest")
    desk.send(url, "china", "m3", kind="story.updated")
    board = desk.score()
    assert (board["alerted"], board["duplicates"], board["repeats"]) == (0, 0, 0)


def test_latency_runs_from_the_named_articles_publication_to_the_first_accepted_attempt(desk):
    article = desk.one(old=False)
    published = desk.clock.instant(article.offset_s)
    desk.present = published + timedelta(seconds=0.2)
    desk.send(article.url, "china", status=503)
    desk.send(article.url, "china", after_s=1.3)
    assert desk.score()["latency_ms"] == {"p50": 1500.0, "p99": 1500.0}
