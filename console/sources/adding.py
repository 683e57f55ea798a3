"""Sources named by their user: checked, compared with what there is, then kept in the store."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from redis import Redis

from console.sources.known import Known, Named, Told
from wirewatch.config.durations import duration_text
from wirewatch.config.fieldpath import path_text
from wirewatch.config.settings import Settings, SourceSettings
from wirewatch.config.watched import source_of
from wirewatch.config.wording import problems_of
from wirewatch.errors import ConfigError
from wirewatch.models import Origin, now
from wirewatch.store.catalogue import Catalogue
from wirewatch.store.connection import connect_async, store_url_of
from wirewatch.store.polls import Poll, Polls
from wirewatch.store.sources import Sources, source_partition

_PARTS = {"polling": ("min_interval", "max_interval"), "stories": ("select", "urls", "not_urls")}
"""Fields that stand one level down in the configuration."""
_FIRST_POLLS_A_SECOND = 20
_AT_ONCE = 100  # so few are polled at once
_RECORDED_WITHIN = timedelta(minutes=5)


def named_source(settings: Settings, given: Mapping[str, Any]) -> Named | list[tuple[str, str]]:
    """A source from the fields that were given, or each field at fault and what is wrong with it."""
    inner = {name: whole for whole, names in _PARTS.items() for name in names}
    fields: dict[str, Any] = {name: value for name, value in given.items() if name not in inner}
    for name in given.keys() & inner.keys():
        fields.setdefault(inner[name], {})[name] = given[name]
    try:
        item = SourceSettings.model_validate(fields)
    except ValidationError as error:
        return [(_bare(path_text(path)), text) for path, text in problems_of(error, fields)]
    source = source_of(settings, item, Origin.ADDED)
    if source.min_interval > source.max_interval:
        longest = duration_text(source.max_interval)
        return [
            (
                "min_interval" if "min_interval" in given else "max_interval",
                f"min_interval is longer than max_interval, which is {longest} here; change one of them",
            )
        ]
    # Intervals are a source's own fields; what is said of its stories is one.
    own = dict.fromkeys(
        "stories" if inner.get(name) == "stories" else name for name in given if name != "url"
    )
    return Named(source, tuple(own))


def _bare(path: str) -> str:
    whole, _, name = path.partition(".")
    return name if whole in _PARTS and name else path


def read_wanted(settings: Settings, urls: Sequence[str], options: Mapping[str, Any]) -> list[Named]:
    """The sources for addresses of the command line, each once.

    Raises:
        ConfigError: naming each address or option that cannot be used; then none is added.
    """
    named: dict[str, Named] = {}
    problems = []
    for url in urls:
        found = named_source(settings, {"url": url, **options})
        if isinstance(found, Named):
            named.setdefault(found.source.id, found)
        else:
            problems += [f"{url}: {_option(field)}{text}" for field, text in found]
    if problems:
        raise ConfigError(problems)
    return list(named.values())


def _option(field: str) -> str:
    name = field.partition("[")[0].removesuffix("s")
    return "" if name == "url" else f"--{name}: "


def add_sources(
    connection: Redis, settings: Settings, wanted: Sequence[Named], first_polls: Mapping[str, Poll]
) -> list[Told]:
    """Add what is new, change what was given anew, and say of each which it was.

    A known source keeps the options that were not given this time.

    Args:
        connection: to the store of the settings.
        settings: whose file has sources as well.
        wanted: what was named.
        first_polls: by address, what the look at it found: recorded for sources of which nothing is known.
    """
    catalogue, registry = Catalogue(connection), Sources(connection)
    told = [
        replace(one, polled=one.word == "added" and one.named in first_polls and _is_unknown(catalogue, one))
        for one in Known(catalogue, settings).judge(wanted)
    ]
    keep(registry, [one for one in told if not one.polled])
    polled = [one for one in told if one.polled]
    # A crawler that runs does not ask meanwhile what was asked just now; should we die here, it does then.
    registry.add([one.source for one in polled], first_poll_at=now() + _RECORDED_WITHIN)
    asyncio.run(_record(store_url_of(settings), [first_polls[one.named] for one in polled]))
    return told


def _is_unknown(catalogue: Catalogue, told: Told) -> bool:
    """Whether nothing was learned of a source: one that left the file is polled with what it had taught."""
    state = catalogue.polled(told.source)
    return state is None or not (state.polls or state.paused)


async def _record(store_url: str, polls: Sequence[Poll]) -> None:
    if not polls:
        return
    partitions = sorted({source_partition(poll.source) for poll in polls})
    async with connect_async(store_url) as connection:
        door = Polls(connection, partitions)
        for poll in polls:
            await door.record(poll)


def keep(registry: Sources, told: Sequence[Told], first_polls_over: timedelta = timedelta(0)) -> None:
    """Store what is to be added or changed."""
    registry.add([one.source for one in told if one.word in ("added", "changed")], first_polls_over)


def first_polls_over(count: int) -> timedelta:
    """How long the first polls of so many new sources should take.

    Each reads its whole document and then the pages of the last day; all at once, the crawler would be
    behind with every other source for that long.
    """
    return timedelta(0) if count <= _AT_ONCE else timedelta(seconds=count / _FIRST_POLLS_A_SECOND)
