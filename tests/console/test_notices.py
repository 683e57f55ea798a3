"""Notices to the operator, as the command line lists them."""

import pytest

from wirewatch.ids import SourceId
from wirewatch.models import DeliveryState, now
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.notices import Changes, FlagChange, Notices
from workers.notices import notices_of


@pytest.fixture
def noticed():
    """Record a notice through the store's own door; returns it with its deliveries."""

    def record(connection, flag, was="", *destinations, name="Example Politics", after_ms=0):
        change = FlagChange(
            source=SourceId("s1"),
            name=name,
            url="https://politics.example/rss",
            flag=flag,
            was=was,
            reason="none for 9 hours" if flag else "2 new stories",
            at=now().timestamp() * 1000 + after_ms,
        )
        [told] = notices_of([change], 0)
        Notices(connection).record(Changes((), ()), [told], destinations)
        return told, Deliveries(connection).of_alert(told.id)

    return record


def test_notices_are_listed_with_their_deliveries_and_apart_from_alerts(wirewatch, store, noticed):
    with store() as connection:
        told, [way] = noticed(connection, "silent", "", "desk", name="Example \x1b[2JPolitics")
        noticed(connection, "", "silent", after_ms=1)
        deliveries = Deliveries(connection)
        deliveries.begin(way.id)
        deliveries.end(way.id, DeliveryState.PARKED, "410 gone", "no such channel")
        rows = {row["flag"]: row for row in wirewatch("alerts", "list", "--notices", "--json").json}
        table = wirewatch("alerts", "list", "--notices").out
        failed = wirewatch("alerts", "list", "--notices", "--failed", "--json").json
        alerts = wirewatch("alerts", "list")
    assert rows["silent"]["id"] == told.id
    assert rows["silent"]["sources"][0]["url"] == "https://politics.example/rss"
    assert [one["state"] for one in rows["silent"]["deliveries"]] == ["parked"]
    assert (rows[""]["was"], rows[""]["deliveries"]) == ("silent", [])
    assert "Silent: Example [2JPolitics" in table
    assert "none for 9 hours" in table
    assert "desk: parked (410 gone no such channel)" in table
    assert "Speaks again: Example Politics" in table
    assert "\x1b" not in table
    assert [row["id"] for row in failed] == [told.id]
    assert alerts.out == "No alert yet.\n"


def test_where_there_is_no_notice_it_says_so(wirewatch, store):
    with store():
        assert wirewatch("alerts", "list", "--notices").out == "No notice yet.\n"
        assert wirewatch("alerts", "list", "--notices", "--failed").out == "No such notice.\n"
        assert wirewatch("alerts", "list", "--notices", "--json").json == []


def test_notices_have_no_topic(wirewatch, configured):
    configured()
    told = wirewatch("alerts", "list", "--notices", "--topic", "trade")
    assert told.code == 2
    assert "no topic" in told.err
