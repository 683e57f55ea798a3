from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from wirewatch.ids import EntryId, delivery_id
from wirewatch.models import DeliveryState
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.stories import Decision, PlannedDelivery, Stories
from workers.alerts.destinations import sample_alert

SECRET = "whsec_" + b64encode(bytes(range(32))).decode()


@pytest.fixture
def alerted():
    """Record an alert through the store's own door, each with its deliveries' ids by destination."""

    def record(connection, topic, *destinations, title="Tariffs rise"):
        made = sample_alert(topic)
        alert = made.model_copy(update={"story": made.story.model_copy(update={"title": title})})
        ids = {name: delivery_id(alert.id, name) for name in destinations}
        moment = datetime.now(UTC)
        planned = tuple(PlannedDelivery(one, name, moment) for name, one in ids.items())
        decision = Decision(EntryId("e1"), alert.story, alert.cluster, (alert.match,), ((alert, planned),))
        assert Stories(connection).record([decision]) == [alert.id]
        return ids

    return record


def test_alerts_are_listed_newest_first_with_their_deliveries(wirewatch, store, alerted):
    with store() as connection:
        first = alerted(connection, "trade", "desk", "hook", title="First")
        alerted(connection, "iowa", "desk", title="Second\x1b[2J")
        deliveries = Deliveries(connection)
        deliveries.begin(first["desk"])
        deliveries.end(first["desk"], DeliveryState.DELIVERED, "200", "ok")
        deliveries.begin(first["hook"])
        again = datetime.now(UTC) + timedelta(minutes=5, seconds=30)
        deliveries.end(first["hook"], DeliveryState.WAITING, "503", "busy", again)
        rows = wirewatch("alerts", "list", "--json").json
        table = wirewatch("alerts", "list").out
    assert {row["title"] for row in rows} == {"First", "Second\x1b[2J"}
    [row] = [row for row in rows if row["title"] == "First"]
    assert [(one["destination"], one["state"], one["attempts"]) for one in row["deliveries"]] == [
        ("desk", "delivered", 1),
        ("hook", "waiting", 1),
    ]
    assert "desk: delivered; hook: waiting (attempt 2, next in 5 m, last 503)" in table
    assert "desk: waiting (next at once)" in table
    assert "\x1b" not in table


def test_alerts_are_narrowed_to_a_topic_to_failures_and_to_a_number(wirewatch, store, alerted):
    with store() as connection:
        parked = alerted(connection, "iowa", "desk", title="Parked")
        for number in range(12):
            alerted(connection, "trade", "desk", title=f"Trade {number}")
        deliveries = Deliveries(connection)
        deliveries.begin(parked["desk"])
        deliveries.end(parked["desk"], DeliveryState.PARKED, "410 gone", "no such channel")
        failed = wirewatch("alerts", "list", "--failed", "--limit", "1")
        assert [
            row["title"]
            for row in wirewatch("alerts", "list", "--topic", "iowa", "--limit", "1", "--json").json
        ] == ["Parked"]
        assert len(wirewatch("alerts", "list", "--limit", "5", "--json").json) == 5
        assert wirewatch("alerts", "list", "--topic", "none").out == "No such alert.\n"
    assert "desk: parked (410 gone no such channel)" in failed.out
    assert len(failed.out.splitlines()) == 2


def test_alerts_without_a_daemon_name_the_command_that_starts_it(wirewatch, configured):
    configured()
    told = wirewatch("alerts", "list")
    assert told.code == 1
    assert "wirewatch run" in told.err


def test_a_trial_arrives_signed_at_the_receiver(wirewatch, configured, web):
    with web({"/wire": (200, {}, b"thank you")}) as (base, requests):
        configured(
            network={"allow": ["127.0.0.0/8"]},
            destinations={"hook": {"kind": "webhook", "url": f"{base}/wire", "secret": SECRET}},
        )
        told = wirewatch("alerts", "test", "hook")
    assert (told.code, told.out) == (0, "hook: delivered (200)\n  thank you\n")
    [(_, headers, body)] = requests
    message = Webhook(SECRET).verify(body, {name.lower(): value for name, value in headers.items()})
    assert message["type"] == "story.matched"
    assert message["data"]["story"]["title"] == "A test alert from Wirewatch"


def test_a_trial_that_is_refused_shows_the_answer_but_no_secret(wirewatch, configured, web):
    path = "/services/T0/B0/verysecrettoken"
    echo = f"no route {path} for {SECRET}\x1b[2J".encode()
    with web({path: (404, {}, echo)}) as (base, _):
        configured(
            network={"allow": ["127.0.0.0/8"]},
            destinations={"hook": {"kind": "webhook", "url": base + path, "secret": SECRET}},
        )
        told = wirewatch("alerts", "test", "hook")
    assert told.code == 1
    assert told.out.startswith("hook: not delivered (404)\n  no route … for …")
    assert "verysecrettoken" not in told.out
    assert "\x1b" not in told.out


def test_a_trial_of_matches_needs_no_destination(wirewatch, configured, tmp_path):
    configured()
    told = wirewatch("alerts", "test", "matches.jsonl")
    assert told.code == 0
    assert "matches.jsonl: delivered (written)" in told.out
    assert (tmp_path / ".wirewatch" / "matches.jsonl").exists()


def test_a_trial_of_an_unknown_destination_names_the_known(wirewatch, configured):
    configured(destinations={"hook": {"kind": "webhook", "url": "https://ops.example.org/wire"}})
    told = wirewatch("alerts", "test", "desk")
    assert told.code == 2
    assert "there is no desk; there is hook" in told.err
