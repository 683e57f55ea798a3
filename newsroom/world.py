"""The plan of the pretend world: which story is published where and when. The truth, in short.

Everything follows from the seed: the same arguments give the same world.
"""

import heapq
import random
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from newsroom.article import Article, Trouble
from newsroom.clock import utc_now
from newsroom.outlets import AGENCY, OUTLETS, Link, Outlet
from newsroom.stories import Story, compose, retell, wire
from newsroom.subjects import CHINA, FAR, IOWA, NEAR, TARIFFS, TOPICAL, Subject

FEED_SIZE = 30
WIRE_SHARE = 1 / 8
BUSY_SHARE = 0.04
GONE_SHARE = 0.045
"""Of the stories whose page may be gone, a little less than half: 2 % of all."""
COPY_DELAY_S = (1.0, 6.0)
DAY_S = 86_400
OLD_DAYS = (2.0, 20.0)
TITLE_ATTEMPTS = 8

MIXES: tuple[tuple[float, tuple[tuple[Subject, ...], ...]], ...] = (
    (0.28, tuple((subject,) for subject in TOPICAL)),
    (0.10, ((CHINA, TARIFFS), (TARIFFS, CHINA), (IOWA, TARIFFS), (TARIFFS, IOWA), (CHINA, IOWA))),
    (0.03, ((IOWA, CHINA, TARIFFS), (TARIFFS, IOWA, CHINA), (CHINA, TARIFFS, IOWA))),
    (0.14, tuple((subject,) for subject in NEAR)),
    (0.45, tuple((subject,) for subject in FAR)),
)
"""How often stories are about one topic, about two, about three, near one, or far from all."""

QUERY = re.compile(r"[?#].*$")


class World:
    """A plan of publications.

    Args:
        seed: from which everything is derived.
        stories: how many articles are published from the start on, copies included.
        rate: articles per second of the plan.
        start: when the plan begins; unset, now. Old stories are dated before it.
        port: the port of all outlets, for the addresses.

    Attributes:
        articles: all articles, old ones first, in the order of publication.
    """

    def __init__(
        self, seed: int, stories: int = 60, rate: float = 8.0, start: datetime | None = None, port: int = 80
    ) -> None:
        self.seed = seed
        self.rate = rate
        self.start = start or utc_now()
        self.port = port
        self._random = random.Random(f"newsroom {seed}")
        self._numbers = {outlet.host: 10_000 + self._random.randint(0, 5_000) for outlet in OUTLETS}
        self._paths: set[str] = set()
        self._titles: set[str] = set()
        planned = [*self._old(), *self._new(stories)]
        self.articles: tuple[Article, ...] = tuple(sorted(planned, key=lambda article: article.offset_s))
        self._by_url = {article.url: article for article in self.articles}
        self._shelves: dict[str, list[Article]] = {outlet.host: [] for outlet in OUTLETS}
        for article in self.articles:
            self._shelves[article.outlet.host].append(article)
        self._offsets = {
            host: [article.offset_s for article in shelf] for host, shelf in self._shelves.items()
        }

    def at(self, url: str) -> Article | None:
        """The article at an address, whatever its query string and fragment."""
        return self._by_url.get(QUERY.sub("", url))

    def shelf(self, outlet: Outlet, elapsed_s: float) -> list[Article]:
        """What an outlet shows after so many seconds of the plan: the newest first, at most 30."""
        end = bisect_right(self._offsets[outlet.host], elapsed_s)
        return self._shelves[outlet.host][max(0, end - FEED_SIZE) : end][::-1]

    def expected(self, elapsed_s: float) -> set[tuple[str, str]]:
        """The (family, topic) pairs that should have alerted after so many seconds of the plan."""
        return {
            (article.family, topic)
            for article in self.articles
            if not article.old and article.offset_s <= elapsed_s
            for topic in article.story.topics
        }

    @property
    def duration_s(self) -> float:
        """When the last article is published, in seconds of the plan."""
        return max((article.offset_s for article in self.articles), default=0.0)

    def _old(self) -> Iterator[Article]:
        for outlet in OUTLETS:
            for _ in range(self._random.randint(5, 10)):
                story = self._titled(lambda: compose(self._subjects(), self._random))
                offset_s = -self._random.uniform(*OLD_DAYS) * DAY_S
                yield self._article(outlet, story, offset_s, f"old-{len(self._paths)}")

    def _new(self, stories: int) -> Iterator[Article]:
        """One article per slot of time: a copy that is due, or else a new story."""
        agency = next(outlet for outlet in OUTLETS if outlet.agency)
        others = [outlet for outlet in OUTLETS if not outlet.agency]
        due: list[tuple[float, int, Article, Outlet]] = []
        for slot in range(stories):
            offset_s = (slot + self._random.random()) / self.rate
            left = stories - slot
            if due and (due[0][0] <= offset_s or len(due) >= left):
                earliest_s, _, original, outlet = heapq.heappop(due)
                copy = self._titled(partial(retell, original.story, AGENCY, self._random))
                offset_s = max(offset_s, earliest_s)
                yield self._article(outlet, copy, offset_s, original.family, copy_of=original.url)
                continue
            family = f"story-{slot}"
            story = self._titled(lambda: compose(self._subjects(), self._random))
            copies = min(self._random.randint(2, 5), left - len(due) - 1)
            if self._random.random() < WIRE_SHARE and copies > 1:
                original = self._article(agency, wire(story, AGENCY), offset_s, family)
                yield original
                for outlet in self._random.sample(others, copies):
                    delay_s = self._random.uniform(*COPY_DELAY_S)
                    heapq.heappush(due, (offset_s + delay_s, len(self._paths) + len(due), original, outlet))
            else:
                yield self._article(self._random.choice(others), story, offset_s, family, may_be_gone=True)

    def _titled(self, write: Callable[[], Story]) -> Story:
        """Have a story written, again if its headline was taken: two stories under one would be a riddle."""
        for _ in range(TITLE_ATTEMPTS):
            story = write()
            if story.title not in self._titles:
                break
        self._titles.add(story.title)
        return story

    def _subjects(self) -> tuple[Subject, ...]:
        mixes = self._random.choices(MIXES, weights=[weight for weight, _ in MIXES])[0][1]
        return self._random.choice(mixes)

    def _article(
        self,
        outlet: Outlet,
        story: Story,
        offset_s: float,
        family: str,
        copy_of: str | None = None,
        may_be_gone: bool = False,
    ) -> Article:
        self._numbers[outlet.host] += self._random.randint(1, 9)
        number = self._numbers[outlet.host]
        path = self._path(outlet, story, number, offset_s)
        trouble = Trouble.NONE
        dice = self._random.random()
        if dice < BUSY_SHARE:
            trouble = Trouble.BUSY
        elif may_be_gone and outlet.has_summary and dice > 1 - GONE_SHARE:
            trouble = Trouble.GONE
        url = f"http://{outlet.host}:{self.port}{path}"
        return Article(outlet, path, url, story, offset_s, family, number, copy_of, trouble)

    def _path(self, outlet: Outlet, story: Story, number: int, offset_s: float) -> str:
        slug = slugify(story.title)
        if outlet.link is Link.NEWS:
            path = f"/news/{slug}-{number}"
        elif outlet.link is Link.POLITICS:
            path = f"/politics/{number}/{slug}"
        else:
            day = (self.start.astimezone(UTC) + timedelta(seconds=min(offset_s, 0))).strftime("%Y/%m/%d")
            path = f"/{day}/{slug}"
            if outlet.host + path in self._paths:
                path += f"-{number}"
        self._paths.add(outlet.host + path)
        return path


def slugify(title: str) -> str:
    """The words of a title as they stand in an address, nine at most."""
    plain = unicodedata.normalize("NFKD", title.replace("’", "")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())[:9])
