"""When a story was published and changed, with time and zone where anybody states them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from htmldate import find_date

from wirewatch.text.dates import stated
from workers.read.document import Document
from workers.read.fields.cleaning import first
from workers.read.fields.told_times import Told, changes, day_in, publications, read
from workers.read.fields.visible_days import visible_days

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)  # of the crawler: clocks differ, and zones that nobody states
_SHOWN = "date shown"
_SLACK = timedelta(hours=36)  # a day named without its zone begins anywhere between -12 and +14 hours
_SAME = timedelta(minutes=2)
_QUARTER = timedelta(minutes=15)
_WIDEST = timedelta(hours=14)


def published(document: Document, fed: datetime | None, first_seen: datetime) -> tuple[datetime | None, str]:
    """When the story was first published, in the page's own zone, and how it was found.

    What the page's data say is heard before the feed, and that before what the page shows and its address;
    htmldate searches the page where nobody else knows. A time that another of the page's own contradicts by
    a day is passed over if it is the last change's, or if the address has the other day.

    Args:
        document: the page.
        fed: the feed entry's time.
        first_seen: nothing was published more than a day after this.
    """
    evidence = document.evidence
    latest = first_seen + _AHEAD
    changed = [told for told in changes(evidence) if _is_likely(told, latest)]
    said = [said for said in publications(evidence) if _is_likely(said, latest)]
    day = day_in(document.url)
    if said:
        best = _best(said, changed, day)
        if best.is_day and fed is not None and abs(fed - best.utc()) <= _SLACK:
            return fed, "feed"
        return _zoned(best.when, [] if best.is_day else [*said, *changed]), best.how
    if fed is not None:
        return fed, "feed"
    shown = [one for one in _shown(document) if _is_likely(one, latest)]
    if day is not None and (at := Told("address", day, is_day=True)) and _is_likely(at, latest):
        shown = [one for one in shown if _is_on(one, day)] or [at]
    if shown:
        # A time element beside some other box is told by the day that stands near the title.
        lines = {one.when.date() for one in shown if one.how == _SHOWN}
        shown = [one for one in shown if one.how != _SHOWN and one.when.date() in lines] or shown
        return _zoned(shown[0].when, [*changed, *shown]), shown[0].how
    return _searched(document, latest)


def modified(
    document: Document, fed: datetime | None, after: datetime | None, first_seen: datetime
) -> tuple[datetime | None, str]:
    """When the story last changed, in the page's own zone, if anybody says so; never before its publication.

    Args:
        document: the page.
        fed: the feed entry's time of change.
        after: the time of publication, where it is known.
        first_seen: nothing had changed more than a day after this.
    """
    evidence = document.evidence
    said = [told for told in changes(evidence) if _is_likely(told, first_seen + _AHEAD)]
    for one in said:
        when = _zoned(one.when, [*said, *publications(evidence)])
        if after is None or when >= after:
            return when, one.how
    return (fed, "feed") if fed is not None and (after is None or fed >= after) else (None, "none")


def _shown(document: Document) -> Iterator[Told]:
    """The times that the page shows: those it calls the publication's, those below its title, others."""
    evidence = document.evidence
    language = evidence.language or first(evidence.meta("og:locale"))
    times = [time for time in evidence.times if not time.modified]
    for of_publication, below in ((True, True), (True, False), (False, True)):
        for time in times:
            if (time.published, time.below_title) == (of_publication, below):
                yield from read("time element", [time.stated], language)
    yield from read(_SHOWN, visible_days(document), language)
    for time in evidence.times:
        yield from read("time element", [time.stated], language)


def _best(said: list[Told], changed: list[Told], day: datetime | None) -> Told:
    best = _likeliest(said, changed, day)
    # A day without its time, where another has the time of that day.
    timed = (one for one in said if not one.is_day and one.when.date() == best.when.date())
    return next(timed, best) if best.is_day else best


def _likeliest(said: list[Told], changed: list[Told], day: datetime | None) -> Told:
    best = said[0]
    others = [one for one in said[1:] if abs(one.utc() - best.utc()) > _SLACK]
    if not others:
        return best
    if day is not None and not _is_on(best, day):
        return next((one for one in others if _is_on(one, day)), best)
    if any(abs(change.utc() - best.utc()) < _SAME for change in changed):
        return next((one for one in others if one.utc() < best.utc()), best)
    return best


def _is_on(said: Told, day: datetime) -> bool:
    return abs(said.utc() - day.replace(tzinfo=UTC) - timedelta(hours=12)) <= _SLACK


def _is_likely(said: Told, latest: datetime) -> bool:
    try:
        return _EARLIEST < said.utc() < latest
    except (OverflowError, ValueError):  # the year 1 or 9999, moved over its edge by the zone
        return False


def _zoned(when: datetime, others: list[Told]) -> datetime:
    """A time in the zone that it names, or that the page's other times give it away by; else in UTC."""
    if when.tzinfo is not None:
        return when
    aware = [other.when for other in others if other.when.tzinfo is not None]
    for other in aware:  # the same time by the clock, or the same instant told in UTC
        apart = when - other.replace(tzinfo=None)
        zone: tzinfo | None = other.tzinfo
        if not apart and zone is not None:
            return when.replace(tzinfo=zone)
        if abs(apart) <= _WIDEST and not apart % _QUARTER and other.utcoffset() == timedelta(0):
            return when.replace(tzinfo=timezone(apart))
    zones = [other.tzinfo for other in aware if other.utcoffset()]
    return when.replace(tzinfo=zones[0] if zones else UTC)


def _searched(document: Document, latest: datetime) -> tuple[datetime | None, str]:
    try:
        # Not in the prose: a story that looks back to 2022 was not published then.
        found = find_date(document.html, url=document.url or None, original_date=True, extensive_search=False)
    except Exception:  # the input's edge: htmldate on pages that nobody foresaw
        return None, "none"
    when = stated(found) if found else None
    if when is None or not _is_likely(Told("htmldate", when, is_day=True), latest):
        return None, "none"
    return when.replace(tzinfo=UTC), "htmldate"
