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


class Burst:
    """Clients that pass through random doors until the store is killed under their hands."""

    def __init__(self, url, make_source, make_entry, make_page, make_decision):
        self._url = url
        self._make_source, self._make_entry = make_source, make_entry
        self._make_page, self._make_decision = make_page, make_decision
        self.killed = threading.Event()
        self.passed = threading.Semaphore(0)
        self.handed, self.decided, self.delivered, self.added = set(), set(), set(), set()

    def run(self, me):
        connection = connect(self._url)
        connection.set_retry(None)
        chance = random.Random(me)
        try:
            while not self.killed.is_set():
                self._pass_doors(connection, f"{me}-{self.passed._value}-{chance.random()}", chance)
                self.passed.release()
        except RedisError:
            assert self.killed.wait(10)
        finally:
            connection.close()

    def _pass_doors(self, connection, name, chance):
        entry = self._make_entry(name)
        hand_over(connection, [self._make_page(entry, name.encode())])
        self.handed.add(name)
        if chance.random() < 0.3:
            source = self._make_source(f"https://{name}.example/")
            Sources(connection).put([source])
            self.added.add(source.id)
        if chance.random() < 0.4:
            return
        (alert,) = Stories(connection).record([self._make_decision(entry, "tariffs")])
        self.decided.add(name)
        if chance.random() < 0.5:
            deliveries = Deliveries(connection)
            (way,) = deliveries.of_alert(alert)
            deliveries.begin(way.id)
            deliveries.end(way.id, DeliveryState.DELIVERED, "200", "")
            self.delivered.add(way.id)


def test_every_acknowledged_write_of_a_burst_is_there_after_a_kill(
    server, make_source, make_entry, make_page, make_decision
):
    burst = Burst(server.url, make_source, make_entry, make_page, make_decision)
    threads = [threading.Thread(target=burst.run, args=(me,)) for me in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(150):
        assert burst.passed.acquire(timeout=20)
    server.kill()
    burst.killed.set()
    for thread in threads:
        thread.join(20)
    server.start()
    store = connect(server.url)
    stories, deliveries = Stories(store), Deliveries(store)
    assert len(burst.handed) >= 150
    for name in burst.handed:
        entry = make_entry(name)
        waiting = stories.take([entry.id])
        decided = stories.story(make_decision(entry).story.id)
        # Decided, perhaps without an acknowledgement, or waiting with its page: never both or neither.
        assert (decided is None) == (waiting == [make_page(entry, name.encode())])
        assert decided or name not in burst.decided
    assert all(deliveries.delivery(one).state is DeliveryState.DELIVERED for one in burst.delivered)
    assert burst.added <= {state.source.id for state in Sources(store).states()}
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
