"""Ids derived from content, so that a repeated step lands on the same keys and changes nothing.

Each is a hash over its parts joined by a byte that no part holds, cut to 80 bits: with a hundred
million ids the chance that any two meet is under one in ten thousand (birthday bound).
"""

import hashlib
from collections.abc import Iterable
from typing import NewType

SourceId = NewType("SourceId", str)
EntryId = NewType("EntryId", str)
StoryId = NewType("StoryId", str)
ClusterId = NewType("ClusterId", str)
AlertId = NewType("AlertId", str)
NoticeId = NewType("NoticeId", str)
DeliveryId = NewType("DeliveryId", str)

PARTITIONS = 256


def _digest(*parts: str) -> str:
    text = "\x00".join(part.replace("\x00", "") for part in parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def source_id(url: str) -> SourceId:
    """The id of the source at a normalised URL."""
    return SourceId("s" + _digest(url))


def entry_id(source: SourceId, identity: str) -> EntryId:
    """The id of one entry of a source; ``identity`` is what tells it from the source's other entries."""
    return EntryId("e" + _digest(source, identity))


def story_id(canonical_url: str) -> StoryId:
    """The id of the story at a canonical URL."""
    return StoryId("t" + _digest(canonical_url))


def alert_id(topic: str, cluster: ClusterId) -> AlertId:
    """The id of the one alert that a topic gives for a cluster of copies."""
    return AlertId("a" + _digest(topic, cluster))


def notice_id(flag: str, changed: Iterable[tuple[SourceId, int]]) -> NoticeId:
    """The id of the one notice that these sources have got a flag: each with when it began, in ms."""
    return NoticeId("n" + _digest(flag, *(f"{source} {began}" for source, began in changed)))


def delivery_id(told: AlertId | NoticeId, destination: str) -> DeliveryId:
    """The id of an alert's or a notice's delivery to one destination."""
    return DeliveryId("d" + _digest(told, destination))


def revision(*parts: str) -> str:
    """A short fingerprint of an entry's text, by which an edit is recognised."""
    return _digest(*parts)[:12]


def partition(host: str) -> int:
    """The partition, 0 to 255, that owns everything of a host."""
    return hashlib.blake2b(host.lower().encode("utf-8", "surrogatepass"), digest_size=1).digest()[0]
