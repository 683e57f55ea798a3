"""Door C: a batch is decided, and what leads to it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from redis import Redis

from wirewatch.ids import AlertId, ClusterId, DeliveryId, EntryId, SourceId, StoryId
from wirewatch.models import Alert, Copy, Match, Page, Story
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms, to_ms
from wirewatch.store.handover import LOST_AFTER_MS, unpack
from wirewatch.store.queues import enqueue_delivery
from wirewatch.store.reply import mapping, text, texts
from wirewatch.store.script import add_script, source_of

WINDOW = timedelta(days=14)
TITLE_WINDOW = timedelta(days=2)  # "Markets close higher" is another story next week
KEEP_ALERTS = timedelta(days=90)
# What is due so soon has no use for RQ's scheduler, which looks once a second.
_AT_ONCE_MS = 100


@dataclass(frozen=True, slots=True)
class Signed:
    """A story's fingerprint.

    Attributes:
        signature: MinHash places of its words, then of its numbers if it has enough of them; empty where
            the story is too short to be compared.
        bands: the LSH bands that it falls into.
        words: how many different shingles of words it has.
        numbers: how many different numbers.
        title: a hash of its headline, if that is long enough to tell a story by; else empty.
    """

    story: StoryId
    source: SourceId
    signature: bytes = b""
    bands: tuple[str, ...] = ()
    title: str = ""
    words: int = 0
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike is alike enough.

    Attributes:
        places: of a signature's words.
        number_places: of its numbers.
        width: bytes of a place.
        least: equal places of two outlets' stories that are one.
        least_within: the same within one source, which seldom tells a story twice.
        least_cut: the same where one is the other cut short.
        words_contained: the part of a cut story's words that the other has.
        numbers_contained: the part of the one's numbers that the other has, where both have some.
    """

    places: int
    number_places: int
    width: int
    least: int
    least_within: int
    least_cut: int
    words_contained: float
    numbers_contained: float


@dataclass(frozen=True, slots=True)
class PlannedDelivery:
    """An alert's way to one destination."""

    id: DeliveryId
    destination: str
    due: datetime
    gathers: bool = False  # into its destination's digest, which goes out when it is due


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one entry.

    Attributes:
        result: "decided", "old" (learned silently) or "set aside" (its page could not be read).
        alerts: with the deliveries of each; the store tells the new ones.
        revision: of the entry that was decided; one that was handed over anew meanwhile waits on. Empty:
            whatever the store has of the entry is decided.
        counter: one more to raise, such as ``wall_consent``; empty: none.
    """

    entry: EntryId
    story: Story
    cluster: ClusterId
    matches: tuple[Match, ...]
    alerts: tuple[tuple[Alert, tuple[PlannedDelivery, ...]], ...]
    result: str = "decided"
    revision: str = ""
    counter: str = ""


class Stories:
    """What waits for its decision, and what was decided."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection
        self._join = connection.register_script(source_of("join_clusters"))
        self._forget = connection.register_script(source_of("forget_decided"))

    def take(self, entry_ids: Sequence[EntryId]) -> list[Page]:
        """The pages of a job's entries, less those that were decided before. Counts as a first touch."""
        self.touch(entry_ids)
        found: list[Any] = self._connection.mget([keys.page(one) for one in entry_ids])
        if absent := [one for one, data in zip(entry_ids, found, strict=True) if not data]:
            self._forget(
                keys=[keys.WAITING_STORIES, keys.STORY_JOBS, keys.STORY_ATTEMPTS],
                args=[keys.PAGE_PREFIX, *absent],
            )
        return [unpack(data) for data in found if data]

    def touch(self, entry_ids: Iterable[EntryId]) -> None:
        """Say that a living worker has these in hand, so that the sweeper leaves them for a while."""
        later = now_ms() + LOST_AFTER_MS
        self._connection.zadd(keys.WAITING_STORIES, dict.fromkeys(entry_ids, later), xx=True)

    def begin_alone(self, entry_id: EntryId) -> int:
        """Count that a story is begun in a job of its own; returns how often that was, this time included."""
        return int(self._connection.hincrby(keys.STORY_ATTEMPTS, entry_id, 1))

    def set_aside(self, page: Page, reason: str) -> None:
        """Keep a page that cannot be read, with the reason; its story is decided on the feed's own text."""
        told = {
            "url": page.url,
            "title": page.entry.title,
            "source": page.entry.source,
            "reason": reason,
            "at": now_ms(),
        }
        with self._connection.pipeline() as pipe:
            pipe.hset(keys.SET_ASIDE, page.entry.id, json.dumps(told))
            pipe.expire(keys.SET_ASIDE, WINDOW)
            pipe.rename(keys.page(page.entry.id), keys.SET_ASIDE_PAGE_PREFIX + page.entry.id)
            pipe.copy(keys.SET_ASIDE_PAGE_PREFIX + page.entry.id, keys.page(page.entry.id), replace=True)
            pipe.expire(keys.SET_ASIDE_PAGE_PREFIX + page.entry.id, WINDOW)
            pipe.execute()

    def join(self, signed: Sequence[Signed], alike: Alike) -> list[ClusterId]:
        """The cluster of each story: its own, or that of one nearly the same. Recorded, so that it stays."""
        document = asdict(alike) | {
            "window": round(WINDOW.total_seconds()),
            "title_window": round(TITLE_WINDOW.total_seconds()),
            "story": keys.STORY_PREFIX,
            "signature": keys.SIGNATURE_PREFIX,
            "band": keys.BAND_PREFIX,
            "title": keys.TITLE_PREFIX,
            "stories": [
                {
                    "id": one.story,
                    "source": one.source,
                    "bands": list(one.bands),
                    "title": one.title,
                    "words": one.words,
                    "numbers": one.numbers,
                }
                for one in signed
            ],
        }
        reply = self._join(keys=[], args=[json.dumps(document), *(one.signature for one in signed)])
        return [ClusterId(text(cluster)) for cluster, _, _ in reply]

    def known_alerts(self, alert_ids: Sequence[AlertId]) -> set[AlertId]:
        """Those of the alerts that are made already."""
        with self._connection.pipeline(transaction=False) as pipe:
            for one in alert_ids:
                pipe.exists(keys.alert(one))
            return {one for one, there in zip(alert_ids, pipe.execute(), strict=True) if there}

    def copies(self, cluster: ClusterId, but: StoryId) -> tuple[Copy, ...]:
        """The other stories of a cluster, oldest known first."""
        members = self._connection.hgetall(keys.cluster(cluster))
        return tuple(Copy.model_validate_json(copy) for story, copy in members.items() if text(story) != but)

    def record(self, decisions: Sequence[Decision]) -> list[AlertId]:
        """Door C: stories, alerts and deliveries recorded, the deliveries' jobs enqueued, all or nothing.

        Returns the alerts that are new.
        """
        every = [alert.id for decision in decisions for alert, _ in decision.alerts]
        known = self.known_alerts(every) if every else set()
        moment = now_ms()
        document = {
            "now": moment,
            "window": round(WINDOW.total_seconds()),
            "keep": round(KEEP_ALERTS.total_seconds()),
            "prefixes": {
                "story": keys.STORY_PREFIX,
                "cluster": keys.CLUSTER_PREFIX,
                "page": keys.PAGE_PREFIX,
                "alert": keys.ALERT_PREFIX,
                "delivery": keys.DELIVERY_PREFIX,
                "alert_deliveries": keys.ALERT_DELIVERIES_PREFIX,
                "gathering": keys.GATHERING_PREFIX,
                "seen": keys.seen(SourceId("")),
            },
            "decisions": [_told(decision) for decision in decisions],
        }
        with self._connection.pipeline() as pipe:
            pipe.multi()
            script_keys = [
                keys.WAITING_STORIES,
                keys.STORY_JOBS,
                keys.STORY_ATTEMPTS,
                keys.WAITING_DELIVERIES,
                keys.ALERTS,
                keys.DECIDED,
                keys.COUNTERS,
            ]
            add_script(pipe, "record_decisions", script_keys, [json.dumps(document)])
            for alert, deliveries in (pair for decision in decisions for pair in decision.alerts):
                if alert.id in known:
                    continue
                known.add(alert.id)
                for delivery in deliveries:
                    later = delivery.due if to_ms(delivery.due) > moment + _AT_ONCE_MS else None
                    enqueue_delivery(self._connection, pipe, delivery.id, at=later)
            made = pipe.execute()[0]
        return [AlertId(one) for one in texts(made)]

    def decided_since(self, last: str, count: int = 1000) -> list[tuple[str, dict[str, str]]]:
        """Decisions after a stream id ("0" for all): (stream id, {entry, story, source, result})."""
        found: Any = self._connection.xrange(keys.DECIDED, min=f"({last}", count=count)
        return [(text(one), mapping(fields)) for one, fields in found]

    def last_decision(self) -> str:
        """The stream id of the newest decision, to be given to :meth:`decided_since`."""
        newest: Any = self._connection.xrevrange(keys.DECIDED, count=1)
        return text(newest[0][0]) if newest else "0-0"

    def story(self, story_id: StoryId) -> tuple[Story, tuple[Match, ...], datetime] | None:
        """A decided story, the topics it matched, and when it was decided."""
        fields = mapping(self._connection.hgetall(keys.story(story_id)))
        if "json" not in fields:
            return None
        told = json.loads(fields["json"])
        matches = tuple(Match.model_validate(one) for one in told["matches"])
        return Story.model_validate(told["story"]), matches, from_ms(fields["decided"])


def _told(decision: Decision) -> dict[str, object]:
    """A decision as the script reads it. The body stays out of the store: it is the archive's."""
    story = decision.story
    copy = Copy(url=story.url, source=story.source, title=story.title, published=story.published)
    record = {
        "story": story.model_copy(update={"text": ""}).model_dump(mode="json"),
        "matches": [match.model_dump(mode="json") for match in decision.matches],
    }
    return {
        "entry": decision.entry,
        "revision": decision.revision,
        "story": story.id,
        "source": story.source_id,
        "cluster": decision.cluster,
        "json": json.dumps(record),
        "copy": copy.model_dump_json(),
        "topics": [match.topic for match in decision.matches],
        "result": decision.result,
        "counter": decision.counter,
        "alerts": [
            {
                "id": alert.id,
                "json": alert.model_dump_json(),
                "deliveries": [
                    {
                        "id": one.id,
                        "destination": one.destination,
                        "due": to_ms(one.due),
                        "gathers": one.gathers,
                    }
                    for one in deliveries
                ],
            }
            for alert, deliveries in decision.alerts
        ],
    }
