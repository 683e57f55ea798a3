"""What the stories of an outlet carry, so that what they have in common can be told from what is theirs.

Of each site (an outlet's registered domain, which its subdomains share) the store remembers some stories as
fingerprints: the paragraphs of each, and the words of its title. :mod:`workers.read.furniture` does the
counting, so a story that is read twice counts once.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from redis import Redis

from wirewatch.ids import StoryId
from wirewatch.store import keys
from wirewatch.store.clock import now_ms
from wirewatch.store.queues import STORIES, queue
from wirewatch.store.reply import text
from wirewatch.store.script import source_of

KEEP = timedelta(days=30)
MOST_STORIES = 64
"""Of a site. What one story in fifteen carries is then met four times."""
# A day of news on one subject must not fill the whole memory: 64 stories are two and a half days at least.
_PAUSE = timedelta(hours=1)
# So many stories give away what every second story carries; of less is learned of what matches.
_ENOUGH = 12
_LONGEST_NAME = 253  # RFC 1035, section 2.3.4
_HEAD = struct.Struct(">IB")  # when it was noted, how many terms


@dataclass(frozen=True, slots=True)
class Noted:
    """A story as its outlet's memory holds it.

    Attributes:
        site: its outlet's registered domain.
        story: its id.
        terms: of its title, 16 bits each; at most 255.
        paragraphs: fingerprints of 64 bits.
    """

    site: str
    story: StoryId
    terms: frozenset[int]
    paragraphs: frozenset[int]


class Furniture:
    """The memory of outlets' paragraphs."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection
        self._note = connection.register_script(source_of("note_paragraphs"))

    def note(self, stories: Sequence[Noted]) -> dict[str, list[Noted]]:
        """Note some stories, of one batch, and tell what was known of their sites before, in one round trip.

        A site has at most :data:`MOST_STORIES`, none older than :data:`KEEP`; one that has so many takes a
        new one every hour. A site of which nothing new is noted for that long is forgotten.
        """
        sites = list(dict.fromkeys(one.site for one in stories if 0 < len(one.site) <= _LONGEST_NAME))
        if not sites:
            return {}
        places = {site: at for at, site in enumerate(sites, 1)}
        args: list[str | int | bytes] = [
            now_ms() // 1000,
            round(KEEP.total_seconds()),
            MOST_STORIES,
            round(_PAUSE.total_seconds()),
        ]
        for one in stories:
            if one.site in places:
                args += [places[one.site], one.story, _packed(one)]
        reply: Any = self._note(keys=[keys.furniture(site) for site in sites], args=args)
        return {
            site: [
                _unpacked(site, text(story), value)
                for story, value in zip(known[::2], known[1::2], strict=True)
            ]
            for site, known in zip(sites, reply, strict=True)
        }

    def wanting(self, sites: Iterable[str]) -> set[str]:
        """Those of the sites of which too few stories are known; none while stories wait to be decided."""
        asked = [site for site in dict.fromkeys(sites) if 0 < len(site) <= _LONGEST_NAME]
        if not asked:
            return set()
        with self._connection.pipeline(transaction=False) as pipe:
            pipe.llen(queue(self._connection, STORIES).key)
            for site in asked:
                pipe.hlen(keys.furniture(site))
            waiting, *known = pipe.execute()
        return {site for site, count in zip(asked, known, strict=True) if not waiting and count < _ENOUGH}


def _packed(one: Noted) -> bytes:
    """A story's value but for the time, which the store sets."""
    return bytes([len(one.terms)]) + struct.pack(
        f">{len(one.terms)}H{len(one.paragraphs)}Q", *sorted(one.terms), *sorted(one.paragraphs)
    )


def _unpacked(site: str, story: str, value: bytes) -> Noted:
    terms = _HEAD.unpack_from(value)[1]
    paragraphs = (len(value) - _HEAD.size - 2 * terms) // 8
    numbers = struct.unpack_from(f">{terms}H{paragraphs}Q", value, _HEAD.size)
    return Noted(site, StoryId(story), frozenset(numbers[:terms]), frozenset(numbers[terms:]))
