"""From a source that names a hub to a verified lease, and to its end."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from crawler.websub.subscriber import Subscriber
from newsroom.hub import Hub
from wirewatch.ids import PARTITIONS
from wirewatch.store import keys

DAYS_8 = timedelta(days=8, minutes=1)


def now():
    return datetime.now(UTC)


@asynccontextmanager
async def another_hub():
    hub = Hub()
    await hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


def test_a_source_that_names_a_hub_is_subscribed_to_under_its_own_address(in_world):
    async def act(world):
        callback = await world.subscribe()
        (form,) = world.hub.asked
        assert form["hub.mode"] == "subscribe"
        assert form["hub.topic"] == world.topic
        assert form["hub.callback"] == callback.url
        assert callback.url.startswith(f"{world.base}/websub/")
        assert len(callback.token) == 43
        assert form["hub.lease_seconds"] == "864000"
        assert len(form["hub.secret"]) == 43
        assert world.hub.answers == [("subscribe", 200, True)]
        assert timedelta(days=9) < world.pushed_until() - now() <= timedelta(days=10)

    in_world(act)


def test_every_subscription_has_an_address_and_a_secret_of_its_own(in_world):
    async def act(world):
        first = await world.subscribe()
        world.unwatch()
        await world.step()
        second = await world.subscribe()
        assert first.token != second.token
        assert first.secret != second.secret

    in_world(act)


def test_a_hub_that_asks_back_before_it_answers_is_understood(in_world):
    async def act(world):
        await world.subscribe(at_once=True)
        assert world.pushed_until() is not None

    in_world(act)


def test_a_lease_is_renewed_at_four_fifths_under_a_new_address_and_the_old_one_is_left(in_world):
    async def act(world):
        old = await world.subscribe()
        await world.step(timedelta(days=7))
        assert len(world.hub.asked) == 1
        await world.step(timedelta(days=1, minutes=1))
        (new,) = (await world.held()).callbacks
        assert new.token != old.token
        assert new.secret != old.secret
        assert [form["hub.mode"] for form in world.hub.asked] == ["subscribe", "subscribe", "unsubscribe"]
        assert world.hub.asked[-1]["hub.callback"] == old.url
        assert list(world.hub.subscribers) == [(world.topic, new.url)]

    in_world(act)


def test_the_old_address_stays_good_until_the_new_one_is_verified(in_world):
    async def act(world):
        old = await world.subscribe()
        world.hub.manners.asks_back = False
        await world.step(DAYS_8)
        assert len(world.hub.asked) == 2
        assert await world.hub.publish(world.topic, b"<rss/>", "application/rss+xml") == [202]
        assert (await world.held()).callbacks[0].token == old.token
        assert world.count("pushes") == 1

    in_world(act)


def test_a_lease_that_ends_unrenewed_has_the_source_polled_as_before(in_world):
    async def act(world):
        await world.subscribe()
        world.postpone(timedelta(hours=6))
        world.hub.manners.status = 500
        await world.step(timedelta(days=9))
        assert world.pushed_until() is not None
        await world.step(timedelta(days=2))
        assert world.pushed_until() is None
        assert world.due() <= now()

    in_world(act)


def test_a_hub_that_sends_us_to_another_is_followed(in_world):
    async def act(world):
        async with another_hub() as better:
            await world.subscribe(elsewhere=better.url)
            await better.idle()
            assert [form["hub.topic"] for form in better.asked] == [world.topic]
            assert world.pushed_until() is not None

    in_world(act)


def test_hubs_that_send_us_in_circles_are_given_up(in_world):
    async def act(world):
        world.hub.manners.elsewhere = world.hub.url
        world.watch()
        await world.step()
        assert (await world.held()).trouble == "the hub sends us in circles"

    in_world(act)


def test_of_several_hubs_the_next_is_asked_when_one_refuses(in_world):
    async def act(world):
        async with another_hub() as second:
            world.hub.manners.status = 503
            world.watch([world.hub.url, second.url])
            await world.step()
            assert not second.asked
            await world.step(timedelta(seconds=16))
            await second.idle()
            assert len(second.asked) == 1
            assert world.pushed_until() is not None

    in_world(act)


def test_what_a_hub_says_against_it_is_kept_for_people_without_the_secret_address(in_world):
    async def act(world):
        world.hub.manners.status = 400
        world.watch()
        await world.step()
        held = await world.held()
        assert held.trouble.startswith("the hub answers 400: no: http")
        assert world.hub.asked[0]["hub.callback"].rpartition("/")[2] not in held.trouble
        assert held.callbacks == ()

    in_world(act)


def test_a_hub_that_refuses_is_asked_again_after_growing_pauses(in_world):
    async def act(world):
        world.hub.manners.status = 500
        world.watch()
        counts = []
        for minutes in (0, 0.5, 0.5, 4, 1, 20, 10, 60, 60):
            await world.step(timedelta(minutes=minutes))
            counts.append(len(world.hub.asked))
        assert counts == [1, 1, 2, 2, 3, 3, 4, 4, 5]

    in_world(act)


def test_a_hub_that_never_asks_back_counts_as_one_that_refuses(in_world):
    async def act(world):
        world.hub.manners.asks_back = False
        world.watch()
        await world.step()
        await world.step(timedelta(minutes=59))
        assert len(world.hub.asked) == 1
        await world.step(timedelta(minutes=2))
        assert (await world.held()).trouble == "the hub did not ask back"

    in_world(act)


def test_a_hub_at_a_private_address_is_refused(in_world):
    async def act(world):
        world.watch(["http://10.1.2.3/hub"])
        await world.step()
        assert "private address" in (await world.held()).trouble

    in_world(act)


def test_a_source_that_is_removed_is_unsubscribed_and_forgotten(in_world):
    async def act(world):
        callback = await world.subscribe()
        world.unwatch()
        await world.step()
        assert world.hub.asked[-1]["hub.mode"] == "unsubscribe"
        assert world.hub.asked[-1]["hub.callback"] == callback.url
        assert world.hub.answers[-1] == ("unsubscribe", 200, True)
        assert not world.hub.subscribers
        assert not world.store.exists(keys.subscription(world.source.id))
        assert not world.store.zcard(keys.websub_due(world.partition))
        assert world.pushed_until() is None

    in_world(act)


def test_a_source_that_names_its_hub_no_more_is_unsubscribed_and_polled(in_world):
    async def act(world):
        await world.subscribe()
        world.postpone(timedelta(hours=6))
        world.names([])
        await world.step()
        assert not world.hub.subscribers
        assert world.pushed_until() is None
        assert world.due() <= now()

    in_world(act)


def test_a_source_that_names_another_hub_goes_there_and_leaves_the_first_afterwards(in_world):
    async def act(world):
        async with another_hub() as other:
            await world.subscribe()
            world.names([other.url])
            await world.step(timedelta(minutes=2))
            await other.idle()
            await world.step()
            assert list(other.subscribers)
            assert not world.hub.subscribers
            (callback,) = (await world.held()).callbacks
            assert callback.hub == other.url

    in_world(act)


def test_a_restart_keeps_the_subscription(in_world):
    async def act(world):
        callback = await world.subscribe()
        await world.subscriber.close()
        world.subscriber = Subscriber(world.subscriptions, range(PARTITIONS), lambda: world.settings)
        world.look()
        await world.step()
        assert len(world.hub.asked) == 1
        assert (await world.held()).callbacks == (callback,)

    in_world(act)


def test_a_crawler_that_died_while_asking_is_made_up_for(in_world):
    async def act(world):
        await world.step()
        world.watch()
        (held,) = await world.subscriptions.claim(range(PARTITIONS), 10, now())
        assert held.wanted.topic == world.topic
        await world.step()
        assert not world.hub.asked
        await world.step(timedelta(minutes=3))
        assert len(world.hub.asked) == 1

    in_world(act)


def test_what_a_poll_finds_while_a_hub_is_asked_is_not_lost(in_world):
    async def act(world):
        world.watch()
        (held,) = await world.subscriptions.claim(range(PARTITIONS), 10, now())
        world.names([])
        assert await world.subscriptions.put(held, held.subscription, now() + timedelta(days=8))
        (again,) = await world.subscriptions.claim(range(PARTITIONS), 10, now())
        assert again.wanted is None

    in_world(act)


def test_two_processes_never_write_over_each_other(in_world):
    async def act(world):
        await world.subscribe()
        held = await world.subscriptions.of_source(world.source.id, world.partition)
        subscription = held.subscription.model_copy(update={"trouble": "mine"})
        assert await world.subscriptions.put(held, subscription, now())
        assert not await world.subscriptions.put(held, held.subscription, now())
        assert (await world.held()).trouble == "mine"

    in_world(act)


def test_without_a_public_address_nobody_is_asked_and_what_was_asked_is_over(in_world):
    async def act(world):
        await world.subscribe()
        world.configure(None)
        await world.step()
        assert len(world.hub.asked) == 1
        assert world.pushed_until() is None
        world.configure(world.base)
        await world.step()
        assert len(world.hub.asked) == 2
        assert world.pushed_until() is not None

    in_world(act)


def test_a_new_public_address_is_told_to_the_hubs(in_world):
    async def act(world):
        old = await world.subscribe()
        world.configure(world.base.replace("127.0.0.1", "localhost"))
        await world.step()
        (new,) = (await world.held()).callbacks
        assert new.url.startswith("http://localhost:")
        assert new.token != old.token

    in_world(act)


@pytest.mark.parametrize("lease_s", [10, 0, -5])
def test_a_hub_that_leases_for_seconds_is_not_asked_every_few_seconds(in_world, lease_s):
    async def act(world):
        await world.subscribe(lease_s=lease_s)
        await world.step(timedelta(seconds=30))
        await world.step(timedelta(seconds=20))
        assert len(world.hub.asked) == 1

    in_world(act)


def test_the_subscriber_runs_by_itself(in_world):
    async def act(world):
        world.watch()
        running = asyncio.create_task(world.subscriber.run())
        await world.until(world.pushed_until)
        running.cancel()

    in_world(act)
