import os

from rq import Worker

from wirewatch.ids import PARTITIONS
from wirewatch.store.owners import Ownership
from wirewatch.store.queues import STORIES, queue


def test_status_tells_the_promise_the_figures_and_who_is_alive(wirewatch, store):
    with store() as connection:
        worker = Worker([queue(connection, STORIES)], connection=connection)
        worker.register_birth()
        Ownership(connection, range(PARTITIONS)).claim()
        wirewatch("sources", "add", "https://example.org/feed")
        state = wirewatch("status", "--json").json
        table = wirewatch("status").out
    assert state["store"]["promise"] == "every acknowledged write survives a kill and a power cut"
    assert state["sources"] == {"watched": 1, "failing": 0}
    assert state["queues"] == {"stories": 0, "alerts": 0}
    assert [(one["pid"], one["queues"]) for one in state["workers"]] == [(os.getpid(), ["stories"])]
    assert [(one["pid"], one["partitions"]) for one in state["crawlers"]] == [(os.getpid(), PARTITIONS)]
    assert "embedded store: every acknowledged write survives" in table
    assert f"1 on stories ({os.getpid()} " in table
    assert f"process {os.getpid()} on " in table


def test_status_of_a_store_without_processes_says_none(wirewatch, store):
    with store():
        table = wirewatch("status").out
    assert [line.split()[1] for line in table.splitlines() if line.startswith(("workers", "crawler"))] == [
        "none",
        "none",
    ]


def test_status_without_a_store_fails(wirewatch, configured):
    configured()
    told = wirewatch("status")
    assert told.code == 1
    assert "wirewatch run" in told.err
    told = wirewatch("status", "--json")
    assert told.code == 1
    assert told.json["store"]["reachable"] is False
