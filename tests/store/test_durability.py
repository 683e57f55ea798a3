"""The store's promise: what it acknowledged survives ``kill -9``."""

import random
import threading
from datetime import UTC, datetime, timedelta

import pytest
from redis.exceptions import RedisError

from wirewatch.models import DeliveryState
from wirewatch.store.connection import connect, promise
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.handover import hand_over
from wirewatch.store.sources import Sources
from wirewatch.store.stories import Stories


@pytest.fixture
def server(make_store_server):
    return make_store_server()


def test_the_embedded_store_says_that_it_keeps_its_promise(store):
    assert promise(store) == "every acknowledged write survives a kill and a power cut"


def test_a_store_that_forgets_says_so(store):
    before = store.config_get("*")
    try:
        store.config_set("appendfsync", "everysec")
        store.config_set("maxmemory-policy", "allkeys-lru")
        assert "set appendfsync always" in promise(store)
        assert "noeviction" in promise(store)
    finally:
        store.config_set("appendfsync", before["appendfsync"])
        store.config_set("maxmemory-policy", before["maxmemory-policy"])


def test_every_acknowledged_write_of_a_burst_is_there_after_a_kill(
    server, make_source, make_entry, make_page, make_decision
):
    """Several clients pass through random doors until the store is killed under their hands."""
    killed = threading.Event()
    acknowledged = {"handed": set(), "decided": set(), "delivered": set(), "added": set()}
    enough = threading.Semaphore(0)

    def burst(me):
        chance = random.Random(me)
        connection = connect(server.url)
        connection.set_retry(None)
        stories, deliveries, sources = Stories(connection), Deliveries(connection), Sources(connection)
        n = 0
        try:
            while not killed.is_set():
                n += 1
                name = f"{me}-{n}"
                entry = make_entry(name)
                hand_over(connection, [make_page(entry, name.encode())])
                acknowledged["handed"].add(name)
                if chance.random() < 0.6:
                    (alert,) = stories.record([make_decision(entry, "tariffs")])
                    acknowledged["decided"].add(name)
                    if chance.random() < 0.5:
                        (way,) = deliveries.of_alert(alert)
                        deliveries.begin(way.id)
                        deliveries.end(way.id, DeliveryState.DELIVERED, "200", "")
                        acknowledged["delivered"].add(way.id)
                if chance.random() < 0.3:
                    source = make_source(f"https://{name}.example/")
                    sources.put([source])
                    acknowledged["added"].add(source.id)
                enough.release()
        except RedisError:
            assert killed.wait(10)
        finally:
            connection.close()

    threads = [threading.Thread(target=burst, args=(me,)) for me in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(150):
        assert enough.acquire(timeout=20)
    server.kill()
    killed.set()
    for thread in threads:
        thread.join(20)
    server.start()
    store = connect(server.url)
    stories, deliveries = Stories(store), Deliveries(store)
    open_ones = acknowledged["handed"] - acknowledged["decided"]
    assert len(acknowledged["handed"]) >= 150
    for name in open_ones:
        # Decided without an acknowledgement, or still waiting with its page: never neither.
        waiting = stories.take([make_entry(name).id])
        assert waiting == [make_page(make_entry(name), name.encode())] or stories.story(
            make_decision(make_entry(name)).story.id
        )
    for name in acknowledged["decided"]:
        assert stories.story(make_decision(make_entry(name)).story.id) is not None
        assert stories.take([make_entry(name).id]) == []
    for one in acknowledged["delivered"]:
        assert deliveries.delivery(one).state is DeliveryState.DELIVERED
    assert acknowledged["added"] <= {state.source.id for state in Sources(store).states()}
    store.close()


def test_clients_go_on_where_they_were_when_the_store_is_killed_and_started_again(
    server, make_entry, make_page, make_decision
):
    connection = connect(server.url)
    stories = Stories(connection)
    hand_over(connection, [make_page(make_entry(1))])
    server.kill()
    starter = threading.Timer(0.2, server.start)
    starter.start()
    (page,) = stories.take([make_entry(1).id])
    starter.join()
    due = datetime.now(UTC) + timedelta(hours=1)
    assert len(stories.record([make_decision(page.entry, "tariffs", due=due)])) == 1
    connection.close()
