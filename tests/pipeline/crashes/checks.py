"""What must hold after a run, whatever died in it."""

from itertools import pairwise


class Checks:
    """The record of a wire and the store that crawlers left behind, held against each other."""

    def __init__(self, sites, crawlers):
        self._sites = sites
        self._crawlers = crawlers

    def all(self):
        """Whatever the crawlers went through."""
        self.every_entry_is_handed_over_once()
        self.what_was_seen_is_what_was_carried()
        self.validators_are_echoed()
        self.no_feed_is_asked_before_its_time()
        self.no_page_is_asked_for_again()

    def every_entry_is_handed_over_once(self):
        """In one job, with its one page or with the reason why there is none."""
        pages = self._crawlers.pages()
        assert pages.keys() == {story.url for story in self._sites.stories.values()}
        for story in self._sites.stories.values():
            page = pages[story.url]
            assert (story.kind, page.reason) == (story.kind, story.reason)
            assert page.html == (story.page().encode() if story.reason is None else None)
        queued = self._crawlers.queued()
        assert queued.keys() == {page.entry.id for page in pages.values()}
        assert {one: times for one, times in queued.items() if times != 1} == {}
        assert self._crawlers.left_in_hand() == set()

    def what_was_seen_is_what_was_carried(self):
        """Told or silent; nothing else is in the seen sets."""
        pages = self._crawlers.pages()
        for feed in self._sites.feeds.values():
            told = {pages[story.url].entry.id: b"-" for story in feed.stories}
            assert self._crawlers.seen(feed) == told
        for feed in self._sites.quiet.values():
            assert list(self._crawlers.seen(feed).values()) == [b"s"] * len(feed.stories)

    def validators_are_echoed(self):
        """Byte for byte, those of the last answer that was recorded; without any, once in a source's life.

        A crawler that died may have died before it recorded the last answer: then, those of the one before.
        """
        for path, feed in (self._sites.feeds | self._sites.quiet).items():
            known = {(None, None)}
            for one, following in pairwise([*self._sites.of(path), None]):
                assert one.echoed in known, (path, feed.kind, one, known)
                known = {one.given if one.status == 200 else one.echoed}
                if following is not None and self._died_between(one, following):
                    known.add(one.echoed)

    def no_feed_is_asked_before_its_time(self):
        """Nor is one asked twice at once; a poll that died unrecorded is made again."""
        for death in self._crawlers.deaths:
            met = set()
            for one in self._sites.asked[death.asked :]:
                source = self._crawlers.id_at(one.path)
                if source is None or source in met:
                    continue
                met.add(source)
                assert source in death.in_flight or one.at >= death.due.get(source, 0), (one, death.at)
        for path in self._sites.feeds:
            for one, following in pairwise(self._sites.of(path)):
                pause = following.at - one.at
                assert pause >= self._crawlers.min_interval_s or self._died_between(one, following), (
                    one,
                    following,
                )
        for path in self._sites.quiet:
            asked = self._sites.of(path)
            assert asked
            assert all(self._died_between(*two) for two in pairwise(asked)), asked

    def no_page_is_asked_for_again(self):
        """But where its site asks for patience, or a crawler died with it in its hands."""
        for path, story in self._sites.stories.items():
            asked = self._sites.of(path)
            assert bool(asked) == (story.kind != "whole")
            for one, following in pairwise(asked):
                assert one.status == 503 or self._died_between(one, following), (story, asked)

    def every_host_is_asked_by_one_owner(self, owners):
        """Each host by one of these User-Agents, and none of them is idle."""
        asked_by = {}
        for one in self._sites.asked:
            asked_by.setdefault(one.host, set()).add(one.agent.partition("+")[2].rstrip(")"))
        assert all(len(agents) == 1 for agents in asked_by.values()), asked_by
        assert set().union(*asked_by.values()) == set(owners)

    def _died_between(self, one, other):
        return any(one.at <= death.at <= other.at for death in self._crawlers.deaths)
