"""What passes between the rooms, in the order in which a story becomes them."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from wirewatch.ids import AlertId, ClusterId, DeliveryId, EntryId, NoticeId, SourceId, StoryId
from wirewatch.walls import Wall


def utc_text(moment: datetime) -> str:
    """An aware time as ``2026-11-24T21:00:00Z``, to the second unless it has a fraction."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def _in_utc(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo else value


UtcTime = Annotated[AwareDatetime, BeforeValidator(_in_utc), PlainSerializer(utc_text, when_used="json")]


def zoned_text(moment: datetime) -> str:
    """An aware time in its own zone, as ``2026-11-24T21:00:00+01:00``; UTC is ``Z``."""
    text = moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


# As the outlet writes it: its day, which may be another one in UTC, is the day that readers know.
ZonedTime = Annotated[AwareDatetime, PlainSerializer(zoned_text, when_used="json")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_timedelta="float")


class SourceKind(StrEnum):
    """What a source's address serves."""

    FEED = "feed"
    SECTION = "section"
    SITEMAP = "sitemap"
    STORY = "story"  # one story's own page: only one-off crawls have such sources


class Origin(StrEnum):
    """Who asked for a source: the configuration file, or ``wirewatch sources add``."""

    FILE = "file"
    ADDED = "added"


class StoryChoice(_Record):
    """Which links of a section page its user calls stories.

    With a selector or patterns of stories, all that they choose are stories, whatever they look like, and
    nothing else is; with patterns of others alone, those are left out of what is found.
    """

    select: str | None = None  # CSS: links in, at or around these elements
    urls: tuple[str, ...] = ()  # see wirewatch.text.globs
    not_urls: tuple[str, ...] = ()


class Source(_Record):
    """An address that is polled for entries."""

    id: SourceId
    url: str
    name: str
    kind: SourceKind | None = None  # None: found out at the first poll
    tags: tuple[str, ...] = ()
    read: str = (
        "auto"  # auto: fetch the page unless the feed has the whole story | page: always | feed: never
    )
    min_interval: timedelta
    max_interval: timedelta
    stories: StoryChoice | None = None  # of a section page; None: found out
    origin: Origin = Origin.FILE


class Entry(_Record):
    """One item of a source, as the source itself describes it."""

    id: EntryId
    source_id: SourceId
    source: str  # the source's name
    url: str
    title: str = ""
    summary: str = ""  # plain text
    content: str = ""  # the feed's own full text as HTML, where it carries one
    authors: tuple[str, ...] = ()
    published: UtcTime | None = None
    updated: UtcTime | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    read: str = "auto"
    revision: str
    first_seen: UtcTime
    # Set on entries that no date is given for: a story that its page dates before this is learned without
    # an alert. It was there before we came, or is an old one that the outlet shows again.
    silent_before: UtcTime | None = None
    # At a source's first poll, so is a story that even its page gives no date for.
    silent_if_undated: bool = False


class Page(_Record):
    """An entry handed over for its decision, with its page or with the reason why there is none."""

    entry: Entry
    url: str  # after redirects
    html: bytes | None = None
    further: tuple[bytes, ...] = ()  # the pages that the story goes on over, in order
    charset: str | None = None  # from the Content-Type header
    status: int | None = None
    reason: str | None = None  # why html is None: "read: feed", "503 after 4 attempts", "robots.txt", ...
    wall: Wall | None = None  # what stood before it, where the answer's status or headers say so


class Story(_Record):
    """What was read of an entry's page and feed entry: the thing that topics are matched on."""

    id: StoryId
    url: str  # canonical
    title: str
    source: str
    source_id: SourceId
    authors: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None
    published: ZonedTime | None = None
    modified: ZonedTime | None = None
    first_seen: UtcTime
    summary: str = ""
    text: str = ""  # the body: one paragraph a line
    publisher: str | None = None  # the outlet's own name for itself
    image: str | None = None  # the address of the story's picture
    paywalled: bool | None = None  # None: nobody says


class Hit(_Record):
    """One occurrence of a query's word: offsets count characters of the field's original text."""

    field: str
    start: int
    end: int
    text: str


class Match(_Record):
    """Why a topic matched a story."""

    topic: str
    score: float = Field(ge=0, le=1)
    snippet: str
    clauses: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()


class Copy(_Record):
    """The same story elsewhere."""

    url: str
    source: str
    title: str
    published: UtcTime | None = None


class Alert(_Record):
    """One topic's word about one cluster of copies of a story."""

    id: AlertId
    topic: str
    cluster: ClusterId
    story: Story  # text left empty: alerts carry the summary and the snippet, not the article
    match: Match
    copies: tuple[Copy, ...] = ()
    created: UtcTime


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    PARKED = "parked"


class Delivery(_Record):
    """An alert, or a notice, on its way to one destination."""

    id: DeliveryId
    alert_id: AlertId  # or the id of a notice
    destination: str
    state: DeliveryState
    attempts: int
    due: UtcTime | None = None
    last_status: str = ""  # the last attempt's outcome in words: "200", "503", "timed out", ...
    answer: str = ""  # the first 2 kB of the receiver's last answer
    ended: UtcTime | None = None


class NoticedSource(_Record):
    """A source as a notice names it."""

    id: SourceId
    name: str
    url: str
    reason: str = ""  # a clause for people


class Notice(_Record):
    """A word to the operator: what has become of a source, or of many within one minute."""

    id: NoticeId
    flag: str  # silent, html, shrunk, failing, gone; "": well again
    was: str = ""  # the flag before; "": none, or not the same for all
    sources: tuple[NoticedSource, ...]  # the only one, or the first few
    count: int  # how many there are
    since: UtcTime  # when it began, for the first of them
