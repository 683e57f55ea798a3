"""The receivers over HTTP: signatures, failures on purpose, and Slack's limits."""
# ruff: noqa: S310 - http only, to our own process

import json
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from newsroom.receiver import block_fault, make_secret
from newsroom.run import Newsroom

SECRET = make_secret(1)


def post(url, body, **headers):
    request = urllib.request.Request(url, body.encode(), {k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def send(
    newsroom, webhook_id, url="http://127.0.0.2/none", topic="china", secret=SECRET, kind="story.matched"
):
    data = {"alert_id": webhook_id, "topic": topic, "story": {"url": url}}
    body = json.dumps({"type": kind, "data": data})
    now = datetime.now(UTC)
    signature = Webhook(secret).sign(webhook_id, now, body)
    stamp = str(int(now.timestamp()))
    return post(
        newsroom.webhook,
        body,
        webhook_id=webhook_id,
        webhook_timestamp=stamp,
        webhook_signature=signature,
    )


@pytest.fixture(scope="module")
def moody():
    """A newsroom half of whose first attempts fail."""
    with Newsroom(stories=5, wait=True, secret=SECRET, fail_rate=0.5) as running:
        yield running


def test_a_signed_alert_is_accepted_recorded_and_scored(newsroom):
    row = next(row for row in newsroom.truth() if row["published"] and not row["old"] and row["topics"])
    before = newsroom.score()
    assert send(newsroom, "good-1", row["url"], row["topics"][0])[0] == 200
    after = newsroom.score()
    assert after["alerted"] == before["alerted"] + 1
    assert after["latency_ms"]["p50"] > 0
    recorded = newsroom.received(full=True)[-1]
    assert (recorded["id"], recorded["topic"], recorded["url"]) == ("good-1", row["topics"][0], row["url"])
    assert recorded["headers"].keys() >= {"webhook-id"} or "Webhook-Id" in recorded["headers"]
    assert json.loads(recorded["body"])["type"] == "story.matched"


@pytest.mark.parametrize("secret", [make_secret(2)])
def test_a_bad_signature_is_refused_and_counted(newsroom, secret):
    before = newsroom.score()
    assert send(newsroom, "forged", secret=secret)[0] == 401
    assert post(newsroom.webhook, "{}")[0] == 401
    assert (
        post(newsroom.webhook, "{}", webhook_id="x", webhook_timestamp="1", webhook_signature="v1,*")[0]
        == 401
    )
    assert newsroom.score()["bad_signatures"] == before["bad_signatures"] + 3
    assert newsroom.score()["false_alerts"] == before["false_alerts"]


def test_what_is_no_story_is_accepted_and_left_out_of_the_score(newsroom):
    before = newsroom.score()
    assert send(newsroom, "digest-1", kind="digest")[0] == 200
    assert newsroom.score()["false_alerts"] == before["false_alerts"]


def test_the_next_answers_are_as_told(newsroom):
    newsroom.behave(status=500, count=3)
    assert [send(newsroom, f"told-{i}", kind="digest")[0] for i in range(4)] == [500, 500, 500, 200]
    newsroom.behave(status=429)
    status, headers, _ = send(newsroom, "told-5", kind="digest")
    assert (status, headers["Retry-After"]) == (429, "1")


def test_an_answer_comes_late_if_told_so(newsroom):
    newsroom.behave(delay_s=0.3)
    began = time.monotonic()
    assert send(newsroom, "late-1", kind="digest")[0] == 200
    assert time.monotonic() - began >= 0.3


def test_some_first_attempts_fail_and_their_second_is_accepted(moody):
    first = [send(moody, f"mood-{i}")[0] for i in range(60)]
    assert {200, 429, 500} == set(first)
    assert 15 < sum(status != 200 for status in first) < 45
    assert {send(moody, f"mood-{i}")[0] for i in range(60)} == {200}
    with Newsroom(stories=5, wait=True, secret=SECRET, fail_rate=0.5) as again:
        assert [send(again, f"mood-{i}")[0] for i in range(60)] == first


def section(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ({"text": "hello"}, None),
        ({"text": "hello", "blocks": [section("x" * 3000), {"type": "divider"}]}, None),
        ({"text": "hello", "blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"text": "hello", "blocks": [section("")]}, "invalid_blocks"),
        ({"text": "hello", "blocks": [section("x")] * 50}, None),
        ({"text": "hello", "blocks": [section("x")] * 51}, "invalid_blocks"),
        (
            {"text": "t", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "h" * 150}}]},
            None,
        ),
        (
            {"text": "t", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "h" * 151}}]},
            "invalid_blocks",
        ),
        (
            {"text": "t", "blocks": [{"type": "header", "text": {"type": "mrkdwn", "text": "h"}}]},
            "invalid_blocks",
        ),
        ({"text": "t", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"text": "t", "blocks": "none"}, "invalid_blocks"),
        ({"blocks": [section("x")]}, "no_text"),
        ([], "invalid_payload"),
    ],
)
def test_slack_takes_only_what_fits_block_kit(message, fault):
    assert block_fault(json.dumps(message)) == fault


def test_the_slack_endpoint_records_and_answers_like_slack(newsroom):
    assert post(newsroom.slack, json.dumps({"text": "hello"}))[::2] == (200, "ok")
    too_long = {"text": "t", "blocks": [section("x" * 3001)]}
    assert post(newsroom.slack, json.dumps(too_long))[::2] == (400, "invalid_blocks")
    assert post(newsroom.slack, "not json")[::2] == (400, "invalid_payload")
    assert [row["status"] for row in newsroom.received() if row["endpoint"] == "slack"] == [200, 400, 400]
