"""What hubs, and others, do with a callback's address."""

import asyncio
import hmac
import json
import logging
from contextlib import suppress
from datetime import timedelta

import pytest

from wirewatch.store import inbox as inboxes
from wirewatch.store import keys
from wirewatch.store.inbox import Inbox
from wirewatch.store.sources import Sources
from wirewatch.store.wakes import wakes

RSS = b'<rss version="2.0"><channel><item><guid>1</guid></item></channel></rss>'
KIND = "application/rss+xml; charset=utf-8"
METHODS = ["sha1", "sha256", "sha384", "sha512"]


def signed(secret, body, method="sha256"):
    return {"X-Hub-Signature": f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"}


@pytest.mark.parametrize("method", METHODS)
def test_a_signed_push_is_in_the_inbox_before_the_hub_is_thanked(in_world, method):
    async def act(world):
        await world.subscribe(method=method)
        assert await world.hub.publish(world.topic, RSS, KIND) == [202]
        (push,) = await world.inbox.claim(10, ())
        assert push.body == RSS
        assert push.content_type == KIND
        assert push.state.source == world.source
        assert push.state.topic == world.topic
        assert world.count("pushes") == 1

    in_world(act)


def test_a_push_that_is_signed_wrongly_or_not_is_thanked_for_and_ignored(in_world):
    async def act(world):
        callback = await world.subscribe()
        wrong = [signed("another", RSS, method) for method in METHODS]
        wrong += [{}, {"X-Hub-Signature": ""}, {"X-Hub-Signature": "md5=00"}, signed(callback.secret, b"")]
        for headers in wrong:
            assert (await world.post(callback.url, RSS, **headers))[0] == 202
        assert not await world.inbox.claim(10, ())
        assert world.count("refused_pushes") == len(wrong)
        assert world.count("pushes") == 0

    in_world(act)


def test_an_unknown_address_is_not_found_whatever_is_asked_of_it(in_world):
    async def act(world):
        await world.subscribe()
        for token in ("x" * 43, "short", "%2e%2e", "a" * 5000):
            url = f"{world.base}/websub/{token}"
            assert (await world.post(url))[0] == 404
            said = {"mode": "subscribe", "topic": world.topic, "challenge": "x", "lease_seconds": "1"}
            assert (await world.get(url, **said))[0] == 404

    in_world(act)


def test_the_address_of_a_subscription_that_is_over_is_gone(in_world):
    async def act(world):
        callback = await world.subscribe()
        world.unwatch()
        await world.step()
        assert (await world.post(callback.url, RSS, **signed(callback.secret, RSS)))[0] == 410

    in_world(act)


def test_a_push_for_a_source_that_was_just_removed_is_gone(in_world):
    async def act(world):
        callback = await world.subscribe()
        world.unwatch()
        assert (await world.post(callback.url, RSS, **signed(callback.secret, RSS)))[0] == 410

    in_world(act)


def test_a_push_before_the_hub_has_asked_back_is_not_taken(in_world):
    async def act(world):
        callback = await world.subscribe(asks_back=False)
        assert (await world.post(callback.url, RSS, **signed(callback.secret, RSS)))[0] == 404

    in_world(act)


def test_what_we_did_not_ask_for_is_not_confirmed(in_world):
    async def act(world):
        callback = await world.subscribe()
        before = await world.held()
        right = {"mode": "subscribe", "topic": world.topic, "challenge": "c", "lease_seconds": "9"}
        another = "https://outlet.example/another"
        for said in (
            right | {"topic": another},
            right | {"mode": "unsubscribe"},
            right | {"mode": "publish"},
            right | {"challenge": ""},
            right | {"challenge": "c" * 1025},
            right | {"challenge": "\x00\x01"},
            {"mode": "subscribe", "challenge": "c"},
            {"mode": "denied", "topic": another},
            {},
        ):
            assert (await world.get(callback.url, **said))[0] == 404
        assert await world.held() == before

    in_world(act)


def test_a_topic_that_a_hub_changes_on_its_way_is_not_confirmed(in_world):
    async def act(world):
        await world.subscribe(topic="https://outlet.example/another")
        assert world.hub.answers == [("subscribe", 404, False)]
        assert world.pushed_until() is None

    in_world(act)


def test_a_topic_beyond_ascii_is_known_however_the_hub_writes_it(in_world):
    async def act(world):
        world.hub.manners.topic = "https://outlet.example/caf%C3%A9"
        world.watch(topic="https://outlet.example/café")
        await world.step()
        assert world.hub.answers == [("subscribe", 200, True)]

    in_world(act)


def test_a_hub_that_asks_again_is_answered_again(in_world):
    async def act(world):
        callback = await world.subscribe()
        said = {"mode": "subscribe", "topic": world.topic, "challenge": "<b>&", "lease_seconds": "3600"}
        status, text, headers = await world.get(callback.url, **said)
        assert (status, text) == (200, "<b>&")
        assert headers["content-type"].startswith("text/plain")
        assert headers["x-content-type-options"] == "nosniff"
        assert "server" not in headers

    in_world(act)


def test_a_hub_that_denies_a_subscription_is_believed(in_world):
    async def act(world):
        world.hub.manners.denies = "not\x1b[31m for you"
        world.watch()
        await world.step()
        held = await world.held()
        assert held.trouble == "the hub denied it: not [31m for you"
        assert held.callbacks == ()
        await world.step(timedelta(hours=21))
        assert len(world.hub.asked) == 1
        await world.step(timedelta(hours=3))
        assert len(world.hub.asked) == 2

    in_world(act)


def test_a_hub_may_deny_what_it_had_granted(in_world):
    async def act(world):
        await world.subscribe()
        world.postpone(timedelta(hours=6))
        assert await world.hub.deny(world.topic, "too busy") == [200]
        assert world.pushed_until() is None
        assert world.due().timestamp() * 1000 <= int(world.store.time()[0] + 1) * 1000
        assert (await world.held()).trouble == "the hub denied it: too busy"

    in_world(act)


@pytest.mark.parametrize("chunked", [True, False])
def test_a_push_larger_than_a_document_may_be_is_refused_while_it_is_read(in_world, chunked):
    async def act(world):
        callback = await world.subscribe()
        body = b"x" * (inboxes.MOST_PUSH_BYTES + 1)

        async def pieces():
            for at in range(0, len(body), 2**20):
                yield body[at : at + 2**20]

        # The server may close while more is being sent: that, too, tells a hub that it was not taken.
        status = 413
        with suppress(OSError):
            status, _ = await world.post(callback.url, pieces() if chunked else body)
        assert status == 413
        assert not await world.inbox.claim(10, ())

    in_world(act)


def test_the_same_push_twice_is_one_until_it_is_read(in_world):
    async def act(world):
        await world.subscribe()
        for _ in range(2):
            assert await world.hub.publish(world.topic, RSS, KIND) == [202]
        (push,) = await world.inbox.claim(10, ())
        assert world.count("pushes") == 1
        assert await world.inbox.claim(10, [world.source.id]) == []
        assert [one.id for one in await world.inbox.claim(10, ())] == [push.id]

    in_world(act)


def test_a_push_that_cannot_be_read_is_dropped_and_its_source_polled_instead(in_world):
    async def act(world):
        await world.subscribe()
        world.postpone(timedelta(hours=6))
        await world.hub.publish(world.topic, b"a light ping", "text/plain")
        (push,) = await world.inbox.claim(10, ())
        soon = world.due() - timedelta(hours=5)
        await world.inbox.drop(push, soon)
        assert world.due() == soon
        assert await world.inbox.claim(10, ()) == []
        assert world.count("unread_pushes") == 1
        assert world.store.get(keys.INBOX_BYTES) == b"0"
        await world.inbox.drop(push, soon)
        assert world.store.get(keys.INBOX_BYTES) == b"0"

    in_world(act)


def test_pushes_of_a_source_that_was_removed_meanwhile_go(in_world):
    async def act(world):
        await world.subscribe()
        await world.hub.publish(world.topic, RSS, KIND)
        Sources(world.store).stop(world.source)
        assert await world.inbox.claim(10, ()) == []
        assert world.store.get(keys.INBOX_BYTES) == b"0"
        assert not world.store.exists(keys.inbox(world.partition), keys.inbox_order(world.partition))

    in_world(act)


def test_a_full_inbox_asks_hubs_to_come_again(in_world, monkeypatch):
    monkeypatch.setattr(inboxes, "_MOST_BYTES", 200)

    async def act(world):
        callback = await world.subscribe()
        assert await world.hub.publish(world.topic, RSS, KIND) == [202]
        body = RSS * 2
        status, headers = await world.post(callback.url, body, **signed(callback.secret, body))
        assert status == 503
        assert headers["retry-after"] == "60"
        assert world.count("pushes_put_off") == 1
        (push,) = await world.inbox.claim(10, ())
        await world.inbox.drop(push, world.due())
        assert (await world.post(callback.url, body[:100], **signed(callback.secret, body[:100])))[0] == 202

    in_world(act)


def test_a_push_survives_the_death_of_everybody_who_held_it(in_world):
    async def act(world):
        await world.subscribe()
        await world.hub.publish(world.topic, RSS, KIND)
        assert await world.inbox.claim(10, ())
        another = Inbox(world.connection, [world.partition])
        assert [push.body for push in await another.claim(10, ())] == [RSS]
        elsewhere = Inbox(world.connection, [(world.partition + 1) % 256])
        assert await elsewhere.claim(10, ()) == []

    in_world(act)


def test_the_crawler_is_woken_at_once(in_world):
    async def act(world):
        await world.subscribe()
        heard = []

        async def listen():
            async for partition in wakes(world.connection):
                heard.append(partition)  # noqa: PERF401 - it never ends

        listening = asyncio.create_task(listen())
        await world.until(lambda: heard == [None])
        await world.hub.publish(world.topic, RSS, KIND)
        await world.until(lambda: heard == [None, world.partition])
        listening.cancel()

    in_world(act)


def test_no_secret_and_no_address_is_logged(in_world, caplog):
    caplog.set_level(logging.DEBUG)

    async def act(world):
        callback = await world.subscribe()
        await world.hub.publish(world.topic, RSS, KIND)
        await world.post(callback.url, RSS)
        await world.hub.deny(world.topic)
        logged = "\n".join(
            json.dumps(record.getMessage())
            for record in caplog.records
            if record.name.startswith(("crawler", "console", "wirewatch", "uvicorn"))
        )
        assert callback.token not in logged
        assert callback.secret not in logged
        assert callback.token not in repr(await world.held())
        assert callback.secret not in repr(callback)

    in_world(act)
