"""The life of a subscription: whatever hubs do and however late, the rules hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crawler.websub.hubs import candidates, may_be_told_secret
from crawler.websub.lease import asked, denied, failed, leaving, left, settled, verified
from crawler.websub.steps import Ask, Leave, Rest, look
from wirewatch.store.subscriptions import CallbackState, Subscription, Wanted

START = datetime(2026, 11, 24, tzinfo=UTC)
BASE = "https://wire.example"
HUBS = ["https://one.example/", "https://two.example/", "http://three.example/"]
TOPICS = ["https://outlet.example/feed", "https://outlet.example/moved"]
ASKED, VERIFIED, LEAVING = CallbackState.ASKED, CallbackState.VERIFIED, CallbackState.LEAVING


class Life(RuleBasedStateMachine):
    """One source, its hubs, and a clock."""

    def __init__(self):
        super().__init__()
        self.now = START
        self.wanted = None
        self.base = BASE
        self.subscription = Subscription()
        self.made = 0
        self.promised = {}  # token -> until when a hub has promised to push
        self.asks = []

    def step(self):
        """As the subscriber takes it; returns what it was."""
        self.subscription = settled(self.subscription, self.wanted, self.base, self.now)
        step = look(self.subscription, self.wanted, self.base, self.now)
        if isinstance(step, Ask):
            self.made += 1
            token = f"token-{self.made}"
            self.asks.append(self.now)
            self.subscription = asked(
                self.subscription, step.hub, step.topic, token, f"secret-{self.made}", self.base, self.now
            )
        elif isinstance(step, Leave):
            self.subscription = leaving(self.subscription, step.callback.token, self.now)
        return step

    @rule(
        hubs=st.lists(st.sampled_from(HUBS), min_size=1, max_size=3, unique=True),
        topic=st.sampled_from(TOPICS),
    )
    def a_poll_finds_hubs(self, hubs, topic):
        self.wanted = Wanted(hubs=tuple(hubs), topic=topic)

    @rule()
    def the_source_is_removed(self):
        self.wanted = None

    @rule(base=st.sampled_from([BASE, None, "https://other.example"]))
    def the_public_address_is_edited(self, base):
        self.base = base

    @rule(
        passed=st.sampled_from(
            [timedelta(seconds=20), timedelta(hours=1), timedelta(days=1), timedelta(days=9)]
        )
    )
    def time_passes(self, passed):
        self.now += passed

    @rule()
    def the_subscriber_looks(self):
        self.step()

    @precondition(lambda self: self.subscription.callbacks)
    @rule(
        data=st.data(),
        lease=st.sampled_from([None, timedelta(seconds=30), timedelta(days=5), timedelta(days=400)]),
    )
    def a_hub_asks_back(self, data, lease):
        one = data.draw(st.sampled_from(self.subscription.callbacks))
        agreed = verified(self.subscription, one.token, one.topic, lease, self.now)
        assert (agreed is None) == (one.state is LEAVING)
        if agreed is not None:
            self.subscription = agreed
            self.promised[one.token] = self.now + min(lease or timedelta(days=1), timedelta(days=30))

    @precondition(lambda self: self.subscription.callbacks)
    @rule(data=st.data())
    def a_hub_asks_whether_we_leave(self, data):
        one = data.draw(st.sampled_from(self.subscription.callbacks))
        agreed = left(self.subscription, one.token, one.topic)
        assert (agreed is None) == (one.state is not LEAVING)
        self.subscription = agreed or self.subscription

    @precondition(lambda self: self.subscription.callbacks)
    @rule(data=st.data(), refuses=st.booleans())
    def a_hub_refuses_or_denies(self, data, refuses):
        one = data.draw(st.sampled_from(self.subscription.callbacks))
        if refuses:
            self.subscription = failed(self.subscription, one.token, "503", HUBS, self.now)
        else:
            self.subscription = denied(self.subscription, one.token, one.topic, "no", self.now)

    @invariant()
    def there_are_few_callbacks_and_one_that_is_asked(self):
        callbacks = self.subscription.callbacks
        assert sum(one.state is ASKED for one in callbacks) <= 1
        assert len({one.token for one in callbacks}) == len(callbacks)
        assert len({one.secret for one in callbacks if one.secret}) == len(
            [one for one in callbacks if one.secret]
        )

    @invariant()
    def nothing_is_believed_that_no_hub_has_promised(self):
        for one in self.subscription.callbacks:
            if one.state is VERIFIED:
                assert one.ends == self.promised[one.token]
        until = self.subscription.pushed_until
        assert until is None or until in self.promised.values()

    @invariant()
    def it_comes_to_rest_and_rests_until_something_is_to_be_done(self):
        saved = self.subscription, self.made, list(self.asks)
        for _ in range(12):
            step = self.step()
            if isinstance(step, Rest):
                break
        else:
            raise AssertionError("it never rests")
        assert step.until is None or step.until > self.now
        ends = [one.ends for one in self.subscription.callbacks if one.ends]
        assert step.until is not None or (self.wanted is None and not ends)
        assert all(step.until <= end for end in ends)
        self.subscription, self.made, self.asks = saved

    def teardown(self):
        """When hubs behave, all is soon as it should be."""
        for _ in range(60):
            step = self.step()
            for one in self.subscription.callbacks:
                if one.state is ASKED:
                    self.subscription = verified(
                        self.subscription, one.token, one.topic, timedelta(days=10), self.now
                    )
                if one.state is LEAVING:
                    self.subscription = left(self.subscription, one.token, one.topic) or self.subscription
            if isinstance(step, Rest) and (step.until is None or step.until > self.now + timedelta(days=1)):
                break
            self.now += timedelta(hours=1)
        states = [(one.state, one.topic) for one in self.subscription.callbacks]
        if self.wanted is None or self.base is None:
            assert states == []
        else:
            assert states == [(VERIFIED, self.wanted.topic)]
            assert self.subscription.callbacks[0].hub in candidates(self.wanted.hubs)
            assert self.subscription.callbacks[0].url.startswith(self.base + "/")


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def subscribed(topic=TOPICS[0], hub=HUBS[0]):
    subscription = asked(Subscription(), hub, topic, "t", "s", BASE, START)
    return verified(subscription, "t", topic, timedelta(days=10), START)


def test_a_renewal_begins_at_four_fifths_of_the_lease_or_a_little_before():
    wanted = Wanted(hubs=(HUBS[0],), topic=TOPICS[0])
    rest = look(subscribed(), wanted, BASE, START)
    assert timedelta(days=7.2) <= rest.until - START <= timedelta(days=8)
    assert look(subscribed(), wanted, BASE, rest.until) == Ask(HUBS[0], TOPICS[0])


def test_a_hub_that_says_no_lease_is_believed_for_a_day_and_none_for_ever():
    subscription = asked(Subscription(), HUBS[0], TOPICS[0], "t", "s", BASE, START)
    for lease, given in ((None, 1), (timedelta(seconds=-1), 1), (timedelta(days=9999), 30)):
        found = verified(subscription, "t", TOPICS[0], lease, START)
        assert found.pushed_until == START + timedelta(days=given)


@pytest.mark.parametrize(
    ("named", "tried"),
    [
        (["http://hub.example/"], ("https://hub.example/", "http://hub.example/")),
        (["https://hub.example/", "http://hub.example/"], ("https://hub.example/", "http://hub.example/")),
        (["http://hub.example:8080/"], ("http://hub.example:8080/",)),
        (["http://127.0.0.1/hub", "http://localhost/"], ("http://127.0.0.1/hub", "http://localhost/")),
    ],
)
def test_https_is_tried_first_even_where_http_is_named(named, tried):
    assert candidates(named) == tried


def test_a_secret_travels_over_https_or_stays_on_this_machine():
    told = [HUBS[0], "http://127.0.0.1:9/hub", "http://[::1]/hub", "http://localhost/hub"]
    assert all(may_be_told_secret(hub) for hub in told)
    assert not may_be_told_secret("http://hub.example/")
    assert (
        asked(Subscription(), "http://hub.example/", TOPICS[0], "t", "s", BASE, START).callbacks[0].secret
        == ""
    )
