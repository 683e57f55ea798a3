"""Files of sources into the store, a hundred thousand in one go."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from redis import Redis

from console.sources.adding import first_polls_over, keep, named_source
from console.sources.known import Known, Named, Told
from console.sources.lists.rows import Fault, Row, web_address
from wirewatch.config.settings import Settings
from wirewatch.ids import SourceId, source_id
from wirewatch.models import Source
from wirewatch.store.catalogue import Catalogue
from wirewatch.store.sources import Sources
from wirewatch.text.source_key import other_host_key, source_key
from wirewatch.text.urls import MAX_URL_CHARS

_AT_ONCE = 1_000
_MOST_CHARS = {"url": MAX_URL_CHARS, "name": 300}
_MOST_TAGS, _MOST_TAG_CHARS = 50, 200


@dataclass(slots=True)
class Wanted:
    """What files say, each source once.

    Attributes:
        named: in the files' order.
        faults: what was set aside.
        repeated: how many rows named a source that another row had named.
    """

    named: list[Named] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    repeated: int = 0


def gather(
    rows: Iterable[Row | Fault], settings: Settings, tags: tuple[str, ...], advance: Callable[[int], None]
) -> Wanted:
    """The sources of all rows. A source that is named twice, by whatever spelling, has the tags of both.

    Args:
        rows: of the files.
        settings: whose polling fills in.
        tags: for all of them, besides their own.
        advance: told now and then how many rows were read.
    """
    wanted = Wanted()
    places: dict[SourceId, int] = {}
    for number, row in enumerate(rows, 1):
        if number % _AT_ONCE == 0:
            advance(_AT_ONCE)
        found = _checked(row, settings, tags) if isinstance(row, Row) else row
        if isinstance(found, Fault):
            wanted.faults.append(found)
            continue
        place = places.setdefault(found.source.id, len(wanted.named))
        if place == len(wanted.named):
            wanted.named.append(found)
            other = other_host_key(source_key(found.source.url))
            if other is not None:
                places.setdefault(source_id(other), place)
        else:
            wanted.repeated += 1
            wanted.named[place] = _merged(wanted.named[place], found)
    return wanted


def _checked(row: Row, settings: Settings, more_tags: tuple[str, ...]) -> Named | Fault:
    given: dict[str, Any] = dict(row.fields)
    if more_tags and isinstance(given.get("tags", []), list):
        given["tags"] = list(dict.fromkeys([*given.get("tags", []), *more_tags]))
    for name, most in _MOST_CHARS.items():
        if isinstance(given.get(name), str) and len(given[name]) > most:
            return Fault(row.place, name, f"longer than {most:,} characters; shorten it")
    tags = given.get("tags")
    if isinstance(tags, list) and (
        len(tags) > _MOST_TAGS or any(len(tag) > _MOST_TAG_CHARS for tag in tags if isinstance(tag, str))
    ):
        return Fault(
            row.place, "tags", f"more than {_MOST_TAGS}, or longer than {_MOST_TAG_CHARS} characters"
        )
    if isinstance(given.get("url"), str):
        given["url"] = web_address(given["url"])
    found = named_source(settings, given)
    if isinstance(found, Named):
        return found
    name, text = found[0]
    return Fault(row.place, name, text)


def _merged(first: Named, again: Named) -> Named:
    tags = tuple(dict.fromkeys((*first.source.tags, *again.source.tags)))
    if tags == first.source.tags:
        return first
    source: Source = first.source.model_copy(update={"tags": tags})
    return replace(first, source=source, given=tuple(dict.fromkeys((*first.given, "tags"))))


def compare(
    connection: Redis, settings: Settings, wanted: Wanted, advance: Callable[[int], None]
) -> list[Told]:
    """What becomes of each source of an import; nothing is written.

    Args:
        connection: to the store.
        settings: whose file has sources as well.
        wanted: the sources.
        advance: told after each batch how many sources it had.
    """
    known = Known(Catalogue(connection), settings)
    told: list[Told] = []
    for at in range(0, len(wanted.named), _AT_ONCE):
        batch = known.judge(wanted.named[at : at + _AT_ONCE])
        told += batch
        advance(len(batch))
    return told


def keep_all(connection: Redis, told: Sequence[Told], advance: Callable[[int], None]) -> timedelta:
    """Store what is to be added or changed; over how long a time the new ones are first polled."""
    registry = Sources(connection)
    spread = first_polls_over(sum(one.word == "added" for one in told))
    for at in range(0, len(told), _AT_ONCE):
        batch = told[at : at + _AT_ONCE]
        keep(registry, batch, spread)
        advance(len(batch))
    return spread


def summary(wanted: Wanted, told: Sequence[Told], spread: timedelta | None) -> str:
    """What an import did, in a sentence or two.

    Args:
        wanted: what the files said.
        told: what became of it.
        spread: over how long a time the new ones are first polled; None: nothing was done.
    """
    words = Counter(one.word for one in told)
    counts = (
        (words["added"], "new" if spread is None else "added"),
        (words["changed"], "to change" if spread is None else "changed"),
        (words["known"], "known already"),
        (words["file"], "of the configuration file, whose options count"),
        (wanted.repeated, "named again"),
        (len(wanted.faults), "set aside"),
    )
    text = ", ".join(f"{count:,} {what}" for count, what in counts if count) or "no source found"
    if spread is None:
        return f"{text}; nothing was done"
    return f"{text}; first polls spread over {_long(spread)}" if spread else text


def _long(span: timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    hours = f"{minutes // 60} h " if minutes >= 60 else ""  # noqa: PLR2004 - minutes of an hour
    return f"{hours}{minutes % 60} m" if minutes % 60 or not hours else hours.strip()
