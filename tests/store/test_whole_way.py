"""All doors together: whatever is killed between them, no story is lost and none is told twice."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from rq.job import Job
from rq.serializers import JSONSerializer

from wirewatch.ids import alert_id, delivery_id
from wirewatch.models import DeliveryState
from wirewatch.store import keys
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.figures import figures
from wirewatch.store.handover import hand_over
from wirewatch.store.queues import ALERTS, STORIES, queue
from wirewatch.store.sources import Sources
from wirewatch.store.stories import Alike, Signed, Stories
from wirewatch.store.sweep import Sweeper

NUMBERS = range(6)  # of the stories of each source; the same number is the same story, copied
OUTLETS = (1, 2)
OLD = 5  # this one is older than the backfill window
TOPICS = (("tariffs",), ("tariffs", "china"), ())  # by the version of the text
SEND = ("desk", "hook")


ALIKE = Alike(
    places=4,
    number_places=1,
    width=1,
    least=4,
    least_within=4,
    least_cut=4,
    words_contained=1,
    numbers_contained=1,
)


class Way(RuleBasedStateMachine):
    """Outlets publish and edit, a crawler polls and fetches, workers decide and deliver, and all may die.

    What processes hold in memory is here; what they know after a crash is in the store.
    """

    def __init__(self, store, shard, build):
        super().__init__()
        self.store, self.shard, self.build = store, shard, build
        self.stories, self.deliveries, self.sweeper = Stories(store), Deliveries(store), Sweeper(store)
        # The world, and what should come of it.
        self.published = {outlet: {} for outlet in OUTLETS}  # number -> version
        self.seen = {}  # (outlet, number) -> version last recorded
        self.told = {}  # (outlet, number) -> versions that went on the frontier
        self.decided = {}  # (outlet, number) -> versions decided
        self.alerts = set()  # ids that should be, by the topics and clusters decided
        self.received = {}  # delivery id -> how often its receiver heard of it
        self.ended = set()  # ids of the deliveries whose end was recorded
        # What is in the memory of processes.
        self.polling, self.fetching, self.deciding, self.delivering = [], [], [], []

    @initialize()
    def begin(self):
        self.store.flushall()
        Sources(self.store).put([self.build.source(outlet) for outlet in OUTLETS])
        self.publish_or_edit(OUTLETS[0], NUMBERS[:3])

    # --- outlets

    @rule(outlet=st.sampled_from(OUTLETS), numbers=st.sets(st.sampled_from(NUMBERS), min_size=1))
    def publish_or_edit(self, outlet, numbers):
        for number in numbers:
            self.published[outlet][number] = self.published[outlet].get(number, -1) + 1

    # --- the crawler

    @rule(repeat=st.booleans())
    def poll(self, repeat):
        self.claim_sources()
        while self.polling:
            self.record_poll(repeat=repeat)

    @rule()
    def claim_sources(self):
        claimed = [self.build.outlet_of(state.source) for state in self.shard.claim()]
        assert not set(claimed) & set(self.polling)
        self.polling += claimed

    @precondition(lambda self: self.polling)
    @rule(repeat=st.booleans())
    def record_poll(self, repeat):
        outlet = self.polling.pop()
        entries = [self.build.entry(outlet, *one) for one in self.published[outlet].items()]
        silent = frozenset(one.id for one in entries if one.title == f"Story {OLD}")
        poll = self.build.poll(
            *entries, source=self.build.source(outlet), silent=silent, next_due=datetime.now(UTC)
        )
        new = edited = 0
        for number, version in self.published[outlet].items():
            before = self.seen.get((outlet, number))
            self.seen[outlet, number] = version
            if number != OLD and before != version:
                new, edited = new + (before is None), edited + (before is not None)
                self.told.setdefault((outlet, number), []).append(version)
        assert self.shard.record(poll) == (new, edited)
        if repeat:  # its answer was lost on the way
            assert self.shard.record(poll) == (0, 0)

    @rule(limit=st.sampled_from([2, 100]))
    def claim_pages(self, limit):
        self.fetching += self.shard.pages(limit)

    @precondition(lambda self: self.fetching)
    @rule()
    def page_does_not_come(self):
        self.shard.try_again(self.fetching.pop().entry)

    @precondition(lambda self: self.fetching)
    @rule(size=st.sampled_from([2, 8]))
    def hand_over(self, size):
        batch, self.fetching = self.fetching[:size], self.fetching[size:]
        hand_over(self.store, [self.build.page(one.entry) for one in batch])

    @rule()
    def crawler_dies(self):
        self.polling, self.fetching = [], []
        self.shard.restore()

    # --- workers on stories

    @rule(lost=st.sampled_from([False, False, True]))
    def take_stories(self, lost):
        if (job := self._next_job(STORIES)) and not lost:
            (ids,) = job.args
            if pages := self.stories.take(ids):
                self.deciding.append(pages)

    @precondition(lambda self: self.deciding)
    @rule(which=st.integers(0, 3), repeat=st.booleans())
    def decide(self, which, repeat):
        pages = self.deciding.pop(which % len(self.deciding))
        for _ in range(1 + repeat):
            signed = [self.build.signed(page.entry) for page in pages]
            clusters = self.stories.join(signed, ALIKE)
            decisions = [
                self.build.decision(page.entry, cluster)
                for page, cluster in zip(pages, clusters, strict=True)
            ]
            self.stories.record(decisions)
        for page, decision in zip(pages, decisions, strict=True):
            outlet, number, version = self.build.which(page.entry)
            self.decided.setdefault((outlet, number), set()).add(version)
            self.alerts |= {alert_id(topic, decision.cluster) for topic in TOPICS[version % len(TOPICS)]}

    @rule()
    def workers_on_stories_die(self):
        self.deciding = []

    # --- workers on alerts

    @rule(lost=st.sampled_from([False, False, True]))
    def take_delivery(self, lost):
        for _ in range(3):
            if (job := self._next_job(ALERTS)) and not lost:
                attempt = self.deliveries.begin(job.args[0])
                if attempt is not None:
                    assert attempt.id not in self.ended
                    self.delivering.append(attempt)

    @precondition(lambda self: self.delivering)
    @rule(heard=st.booleans(), dies=st.booleans())
    def deliver(self, heard, dies):
        attempt = self.delivering.pop()
        assert attempt.id == delivery_id(attempt.alerts[0].id, attempt.destination)
        if heard:
            self.received[attempt.id] = self.received.get(attempt.id, 0) + 1
        if dies:
            return
        if heard:
            self.deliveries.end(attempt.id, DeliveryState.DELIVERED, "200", "")
            self.ended.add(attempt.id)
        else:
            self.deliveries.end(attempt.id, DeliveryState.WAITING, "503", "", due=datetime.now(UTC))

    # --- the sweeper

    @rule()
    def time_passes_and_the_sweeper_comes(self):
        pauses = self.store.keys("ww:*:frontier")
        with self.store.pipeline() as pipe:
            for key in (keys.WAITING_STORIES, keys.WAITING_DELIVERIES, *pauses):
                for member in self.store.zrange(key, 0, -1):
                    pipe.zadd(key, {member: 0}, xx=True)
                    if key == keys.WAITING_DELIVERIES:
                        pipe.hdel(keys.delivery(member.decode()), "lease")
            pipe.execute()
        self.sweeper.sweep()

    def _next_job(self, name):
        waiting = queue(self.store, name)
        job_id = self.store.lpop(waiting.key)
        return job_id and Job.fetch(job_id.decode(), self.store, serializer=JSONSerializer)

    # --- all of them

    @rule(steps=st.integers(1, 6))
    def all_goes_well_for_a_while(self, steps):
        for step in self._good_steps()[:steps]:
            step()

    def _good_steps(self):
        return [
            lambda: self.poll(repeat=False),
            lambda: self.claim_pages(100),
            lambda: self.fetching and self.hand_over(8),
            lambda: self.take_stories(lost=False),
            lambda: self.deciding and self.decide(0, repeat=False),
            lambda: self.take_delivery(lost=False),
        ]

    # --- the end

    def teardown(self):
        """Let everything go well from here on, and look at what came of it all."""
        self.claim_sources()
        self.crawler_dies()
        for _ in range(20):
            self._one_good_round()
            now = figures(self.store)
            if not (now.to_fetch or now.waiting_stories or now.waiting_deliveries):
                break
        else:
            raise AssertionError(f"still not at rest: {figures(self.store)}")
        self._check()

    def _one_good_round(self):
        self.crawler_dies()  # due again at once: nobody waits a minute for an edited page
        self.poll(repeat=False)
        self.time_passes_and_the_sweeper_comes()
        self.claim_pages(1000)
        while self.fetching:
            self.hand_over(8)
        while queue(self.store, STORIES).count:
            self.take_stories(lost=False)
        while self.deciding:
            self.decide(0, repeat=False)
        while queue(self.store, ALERTS).count:
            self.take_delivery(lost=False)
            while self.delivering:
                self.deliver(heard=True, dies=False)

    def _check(self):
        assert self.seen == {
            (outlet, number): version
            for outlet, some in self.published.items()
            for number, version in some.items()
        }
        # Each entry's newest text was decided, and none that was not told.
        assert self.decided.keys() == self.told.keys()
        for one, versions in self.told.items():
            assert versions[-1] in self.decided[one] <= set(versions)
        # Each text once: a story that was never edited has one decision.
        counted = [told["entry"] for _, told in self.stories.decided_since("0")]
        for (outlet, number), versions in self.told.items():
            assert 1 <= counted.count(self.build.entry(outlet, number, 0).id) <= len(versions)
        # Every alert that should be is there, and went to each destination under one id.
        told = self.deliveries.newest_alerts(1000)
        assert {alert.id for alert, _ in told} == self.alerts
        for alert, ways in told:
            assert {way.id for way in ways} == {delivery_id(alert.id, name) for name in SEND}
            assert all(way.state is DeliveryState.DELIVERED for way in ways)
        assert self.received.keys() == {delivery_id(one, name) for one in self.alerts for name in SEND}
        # Copies are one alert: for each story and topic there is one, however many outlets had it.
        assert len({(alert.topic, alert.story.title) for alert, _ in told}) == len(told)
        assert figures(self.store).count("decided") == len(counted)
        assert figures(self.store).count("delivered") == len(self.ended) == len(told) * len(SEND)
        for key in (keys.STORY_JOBS, keys.STORY_ATTEMPTS):
            assert not self.store.exists(key)
        assert self.store.keys("ww:page:*") + self.store.keys("ww:*:entries") == []


class Build:
    """What the machine makes its world of."""

    def __init__(self, source, entry, poll, page, decision):
        self._source, self._entry, self._decision = source, entry, decision
        self.poll, self.page = poll, page

    def source(self, outlet):
        return self._source(outlet)

    def outlet_of(self, source):
        return next(one for one in OUTLETS if self.source(one) == source)

    def entry(self, outlet, number, version):
        return self._entry(
            number,
            str(version),
            source=self.source(outlet),
            url=f"https://outlet{outlet}.example/{number}",
        )

    def which(self, entry):
        (outlet,) = (one for one in OUTLETS if self.source(one).id == entry.source_id)
        return outlet, int(entry.title.removeprefix("Story ")), int(entry.summary)

    def signed(self, entry):
        story = self._decision(entry).story.id
        signature = f"{self.which(entry)[1]:04d}".encode()
        return Signed(story, f"source of {story}", signature, (f"0:{signature.decode()}",))

    def decision(self, entry, cluster):
        topics = TOPICS[self.which(entry)[2] % len(TOPICS)]
        return self._decision(entry, *topics, cluster=cluster, send=SEND)


@pytest.fixture
def build(make_source, make_entry, make_poll, make_page, make_decision):
    return Build(make_source, make_entry, make_poll, make_page, make_decision)


def test_no_story_is_lost_and_none_told_twice_whatever_dies(store, shard, build):
    run_state_machine_as_test(
        lambda: Way(store, shard, build),
        settings=settings(
            max_examples=30,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
