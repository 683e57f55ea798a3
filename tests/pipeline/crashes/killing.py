"""Stories come while crawlers, and now and then their store, are killed."""

import threading
import time

_MARGIN = 10  # stories that a feed still carries when it is given no more before its next poll
_PATIENCE_S = 60
# Of a crawler: anywhere; on the way from an answer to its door; while it starts and takes over.
_MOMENTS = ("any", "feed", "page", "start")


class Run:
    """One run, in the thread of its test."""

    def __init__(self, sites, crawlers, chance):
        self._sites = sites
        self._crawlers = crawlers
        self._chance = chance
        self._feeds = list(sites.feeds.values())
        self._aim = 0  # stories that may be out by now

    def go(self, stories, kills=0, store_kills=0):
        """Publish the stories, kill as often, then wait until all is handed over and polled once more."""
        moments = ["store"] * store_kills
        moments += [self._chance.choice(_MOMENTS) for _ in range(kills - store_kills)]
        self._chance.shuffle(moments)
        for n, moment in enumerate(moments, 1):
            self._aim = stories * n // kills
            if moment == "store":
                self._kill_the_store()
            else:
                self._kill_a_crawler(moment)
        self._aim = stories
        self._until(lambda: self._crawlers.handed_over() >= stories)
        # What is polled once more must bring nothing.
        before = {path: len(self._sites.of(path)) for path in self._sites.feeds}
        self._until(lambda: all(len(self._sites.of(path)) > before[path] for path in before))

    def _kill_a_crawler(self, moment):
        if moment == "start":
            self._pass(self._chance.uniform(0.3, 1.6))
        else:
            self._until_it_asks()
        if moment in self._sites.answered:
            answered = self._sites.answered[moment]
            answered.clear()
            answered.wait(2)
            threading.Event().wait(self._chance.uniform(0, 0.02))
        self._crawlers.kill(self._chance.choice(self._crawlers.names))

    def _kill_the_store(self):
        self._until_it_asks()
        self._crawlers.server.kill()
        threading.Event().wait(self._chance.uniform(0, 1))
        self._crawlers.server.start()
        self._pass(0)

    def _until_it_asks(self):
        asked, deadline = len(self._sites.asked), time.monotonic() + _PATIENCE_S
        while len(self._sites.asked) == asked and time.monotonic() < deadline:
            self._pass(0.02)
        self._pass(self._chance.uniform(0.2, 0.8))

    def _until(self, condition):
        deadline = time.monotonic() + _PATIENCE_S
        while not condition() and time.monotonic() < deadline:
            self._pass(0.1)

    def _pass(self, seconds):
        """Let time pass, in which stories come; a crawler that ended is started again."""
        deadline = time.monotonic() + seconds
        while True:
            self._crawlers.tend()
            self._publish()
            left = deadline - time.monotonic()
            if left <= 0:
                return
            threading.Event().wait(min(left, 0.05))

    def _publish(self):
        """Some more stories, but none to a feed that would lose one which was not recorded yet."""
        for _ in range(4):
            if len(self._sites.stories) >= self._aim:
                return
            feed = self._chance.choice(self._feeds)
            if len(feed.stories) - len(self._crawlers.seen(feed)) < self._sites.WINDOW - _MARGIN:
                self._sites.publish(feed)
