"""What is watched, and what was learned of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from redis import Redis
from redis.client import Pipeline

from wirewatch.ids import PARTITIONS, SourceId, partition
from wirewatch.models import Origin, Source, SourceKind
from wirewatch.store import keys
from wirewatch.store.clock import from_ms, now_ms, to_ms
from wirewatch.store.reply import texts
from wirewatch.store.script import add_script
from wirewatch.text.urls import host

_A_SCRIPT = 500  # sources that one call of a script watches: so long does it hold up everybody else


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source and what its polls taught: all that is needed to poll it again."""

    source: Source
    kind: SourceKind | None  # as configured, else as found out
    etag: bytes | None  # byte for byte as received
    last_modified: bytes | None
    body_hash: str | None
    polls: int
    fails: int  # in a row
    error: str | None  # of the last poll, if it failed
    entries: int  # ever put on the frontier
    polled: datetime | None
    good: datetime | None  # the last poll that did not fail; None: the backfill window still applies
    interval: timedelta | None  # the pause that the last poll chose
    due: datetime | None = None  # None: ended, by 410 Gone
    why: str = ""  # a clause: why that pause
    trouble: float = 0.0  # the weights of the failures in a row
    failing_since: datetime | None = None
    carried: bytes = b""  # what the last document carried: see wirewatch.store.carried
    documents: str = ""  # of a sitemap index, its sitemaps: crawler.sitemap_index's text
    rhythm: str = ""  # crawler.schedule.rhythm's text
    wishes: str = ""  # crawler.schedule.wishes' text: what the feed itself says of when to ask
    moving: str = ""  # crawler.schedule.redirects' text
    moved_to: str | None = None  # where a lasting redirect has led: polled there
    base: str | None = None  # the host of the last document, after redirects
    route: str | None = None  # how the last changed document was read: split or whole
    size: int = 0  # of the last document, in entries
    last_new: datetime | None = None  # when it last had something new
    last_full: datetime | None = None  # the last request without validators
    lied: datetime | None = None  # when its server was found to answer 304 to a feed that did change
    hub: str | None = None  # its WebSub hubs, a blank between them
    topic: str | None = None  # the address under which the hub knows it
    pushed_until: datetime | None = None  # how long the hub has promised to push
    pushes: bool = False  # it does, and no poll has found what it did not
    flag: str = ""  # silent, html, shrunk, failing, gone
    flag_since: datetime | None = None
    paused: bool = False  # by its user

    @property
    def address(self) -> str:
        """Where it is polled."""
        return self.moved_to or self.source.url


def source_partition(source: Source) -> int:
    """The partition that owns a source: that of its host."""
    return _partition_of(source.url)


@lru_cache(maxsize=20_000)
def _partition_of(url: str) -> int:
    return partition(host(url))


def as_watched(
    sources: Sequence[Source],
    first_polls_over: timedelta,
    *,
    by_hand: bool,
    first_poll_at: datetime | None = None,
) -> tuple[list[str], list[str | int]]:
    """The keys and arguments of ``watch_sources.lua``."""
    script_keys = [keys.ADDED, keys.PAUSED]
    arguments: list[str | int] = ["by hand" if by_hand else "as told"]
    start = to_ms(first_poll_at) if first_poll_at else now_ms()
    spread = first_polls_over.total_seconds() * 1000
    for source in sources:
        p = source_partition(source)
        script_keys += [keys.source(source.id), keys.seen(source.id), keys.sources(p), keys.due(p)]
        # By its id, which is as good as chance: one host's sources, next to each other in a list, part.
        place = int(source.id[1:9], 16) / 16**8
        arguments += [source.id, source.model_dump_json(), start + round(spread * place)]
    return script_keys, arguments


def unwatch(pipe: Pipeline, source: Source) -> None:
    """Put on a transaction that a source is in no index any more; what was learned of it stays."""
    p = source_partition(source)
    pipe.zrem(keys.due(p), source.id)
    pipe.srem(keys.sources(p), source.id)
    pipe.srem(keys.FAILING, source.id)
    pipe.srem(keys.FLAGGED, source.id)
    pipe.zadd(keys.websub_due(p), {source.id: now_ms()}, xx=True)  # its hub is told


@lru_cache(maxsize=20_000)
def _source_of(definition: bytes) -> Source:
    return Source.model_validate_json(definition)


def state_from(
    fields: Mapping[bytes, bytes], due: float | None = None, *, paused: bool = False
) -> SourceState:
    """A state from its hash, as bytes."""

    def time_of(name: bytes) -> datetime | None:
        value = fields.get(name)
        return from_ms(value) if value else None

    def text_of(name: bytes) -> str | None:
        value = fields.get(name)
        return value.decode("utf-8", "replace") if value else None

    source = _source_of(fields[b"definition"])
    found = text_of(b"kind")
    return SourceState(
        source=source,
        kind=source.kind or (SourceKind(found) if found else None),
        etag=fields.get(b"etag"),
        last_modified=fields.get(b"last_modified"),
        body_hash=text_of(b"body_hash"),
        polls=int(fields.get(b"polls", 0)),
        fails=int(fields.get(b"fails", 0)),
        error=text_of(b"error"),
        entries=int(fields.get(b"entries", 0)),
        polled=time_of(b"polled"),
        good=time_of(b"good"),
        interval=timedelta(milliseconds=int(fields[b"interval"])) if b"interval" in fields else None,
        due=from_ms(due) if due is not None else None,
        why=text_of(b"why") or "",
        trouble=float(fields.get(b"trouble", 0)),
        failing_since=time_of(b"failing_since"),
        carried=fields.get(b"carried", b""),
        documents=text_of(b"documents") or "",
        rhythm=text_of(b"rhythm") or "",
        wishes=text_of(b"wishes") or "",
        moving=text_of(b"moving") or "",
        moved_to=text_of(b"moved_to"),
        base=text_of(b"base"),
        route=text_of(b"route"),
        size=int(fields.get(b"size", 0)),
        last_new=time_of(b"last_new"),
        last_full=time_of(b"last_full"),
        lied=time_of(b"lied"),
        pushes=b"pushes" in fields,
        hub=text_of(b"hub"),
        topic=text_of(b"topic"),
        pushed_until=time_of(b"pushed_until"),
        flag=text_of(b"flag") or "",
        flag_since=time_of(b"flag_since"),
        paused=paused,
    )


class Sources:
    """Adding, listing and removing; the file's sources and the added ones are one list."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection

    def add(
        self,
        sources: Sequence[Source],
        first_polls_over: timedelta = timedelta(0),
        first_poll_at: datetime | None = None,
    ) -> None:
        """Watch sources that the user names on the command line: kept in the store, not in the file.

        Where the file has the same address, the file's options win. For the rest see :meth:`put`.

        Args:
            sources: whose origin is made to be that.
            first_polls_over: as for :meth:`put`.
            first_poll_at: when that time begins; None: now.
        """
        added = [source.model_copy(update={"origin": Origin.ADDED}) for source in sources]
        self._watch(added, first_polls_over, by_hand=True, first_poll_at=first_poll_at)

    def remove_added(self, sources: Sequence[Source]) -> None:
        """Stop watching sources that were added by hand; those of the file stay the file's."""
        self._connection.hdel(keys.ADDED, *(source.id for source in sources))
        for source in sources:
            if source.origin is Origin.ADDED:
                self.stop(source)

    def put(self, sources: Iterable[Source], first_polls_over: timedelta = timedelta(0)) -> None:
        """Watch these sources from now on; what was learned of known ones is kept, their due times too.

        Args:
            sources: paused ones among them stay paused.
            first_polls_over: the first polls of those that are new are spread evenly over so long a time.
        """
        self._watch(list(sources), first_polls_over, by_hand=False)

    def _watch(
        self,
        sources: Sequence[Source],
        first_polls_over: timedelta,
        *,
        by_hand: bool,
        first_poll_at: datetime | None = None,
    ) -> None:
        with self._connection.pipeline(transaction=False) as pipe:
            for at in range(0, len(sources), _A_SCRIPT):
                batch = sources[at : at + _A_SCRIPT]
                watched = as_watched(batch, first_polls_over, by_hand=by_hand, first_poll_at=first_poll_at)
                add_script(pipe, "watch_sources", *watched)
            pipe.execute()

    def sync_file(self, wanted: Sequence[Source], partitions: Iterable[int] = range(PARTITIONS)) -> None:
        """Make the file's sources of some partitions those that are wanted.

        One taken out of the file stops being polled and keeps what it had learned; one that is also added
        by hand goes on as added. What is paused stays so.
        """
        owned = set(partitions)
        mine = {source.id: source for source in wanted if source_partition(source) in owned}
        watched = {source.id: source for source in self._definitions(owned)}
        self.put([source for source in mine.values() if watched.get(source.id) != source])
        paused = [source for source in self._paused() if source_partition(source) in owned]
        for source in [*watched.values(), *paused]:
            if source.origin is Origin.ADDED or source.id in mine:
                continue
            by_hand = self._connection.hget(keys.ADDED, source.id)
            if by_hand is not None:
                self.put([Source.model_validate_json(by_hand)])
                continue
            with self._connection.pipeline() as pipe:
                unwatch(pipe, source)
                pipe.srem(keys.PAUSED, source.id)
                pipe.execute()

    def _definitions(self, partitions: Iterable[int]) -> list[Source]:
        """The watched sources of some partitions, without what was learned of them."""
        chosen = list(partitions)
        with self._connection.pipeline(transaction=False) as pipe:
            for p in chosen:
                pipe.smembers(keys.sources(p))
            for found in pipe.execute():
                for one in texts(found):
                    pipe.hget(keys.source(SourceId(one)), "definition")
            return [_source_of(definition) for definition in pipe.execute() if definition]

    def _paused(self) -> list[Source]:
        ids = [SourceId(one) for one in texts(self._connection.smembers(keys.PAUSED))]
        with self._connection.pipeline(transaction=False) as pipe:
            for one in ids:
                pipe.hget(keys.source(one), "definition")
            return [_source_of(definition) for definition in pipe.execute() if definition]

    def stop(self, source: Source) -> None:
        """Watch a source no more; what it taught stays, and putting it again goes on from there."""
        with self._connection.pipeline() as pipe:
            unwatch(pipe, source)
            pipe.execute()

    def states(self, partitions: Iterable[int] = range(PARTITIONS)) -> list[SourceState]:
        """Every watched source of some partitions, by name."""
        chosen = list(partitions)
        with self._connection.pipeline(transaction=False) as pipe:
            for p in chosen:
                pipe.smembers(keys.sources(p))
            ids = [
                (p, one.decode()) for p, found in zip(chosen, pipe.execute(), strict=True) for one in found
            ]
            for p, one in ids:
                pipe.hgetall(keys.source(SourceId(one)))
                pipe.zscore(keys.due(p), one)
            answers = pipe.execute() if ids else []
        pairs = zip(answers[::2], answers[1::2], strict=True)
        states = [state_from(fields, due) for fields, due in pairs if b"definition" in fields]
        return sorted(states, key=lambda state: (state.source.name.casefold(), state.source.url))
