"""When a story was published and changed, with time and zone where anybody states them."""

import re
from datetime import UTC, datetime, timedelta

from htmldate import find_date

from wirewatch.text.dates import moment
from workers.read.fields.evidence import Evidence

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_SLACK = timedelta(hours=36)  # a day named without its zone begins anywhere between -12 and +14 hours
_DAY_ONLY = re.compile(r"\d{4}-?\d\d-?\d\d")
_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "pubdate", "publishdate", "publish-date",
    "article.published", "cxenseparse:recs:publishtime", "citation_publication_date", "date",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
)


def published(
    evidence: Evidence, html: str, url: str, fed: datetime | None, first_seen: datetime
) -> tuple[datetime | None, str]:
    """When the story was first published, and how it was found.

    Args:
        evidence: the page's own statements.
        html: the page, searched by htmldate when nobody else knows; it finds a day, no time.
        url: the page's address, which may carry the day.
        fed: the feed entry's time.
        first_seen: nothing was published more than a day after this.
    """
    stated = [("json-ld", evidence.said("datePublished"))]
    stated += [("meta", text) for name in _PUBLISHED_METAS for text in evidence.meta(name)[:1]]
    day: tuple[datetime, str] | None = None
    for how, text in stated:
        found = moment(text)
        if found is None or not _EARLIEST < found < first_seen + timedelta(days=1):
            continue
        if not _DAY_ONLY.fullmatch(text.strip()):
            return found, how
        day = day or (found, how)
    if day is not None:
        return (fed, "feed") if fed is not None and abs(fed - day[0]) <= _SLACK else day
    if fed is not None:
        return fed, "feed"
    for text in evidence.times:
        found = moment(text)
        if found is not None and _EARLIEST < found < first_seen + timedelta(days=1):
            return found, "time element"
    return _searched(html, url)


def modified(evidence: Evidence, fed: datetime | None, after: datetime | None) -> datetime | None:
    """When the story last changed, if anybody says so; never before its publication."""
    texts = [evidence.said("dateModified"), *evidence.meta(*_MODIFIED_METAS)[:1]]
    found = next((when for text in texts if (when := moment(text)) is not None), fed)
    return None if found is None or (after is not None and found < after) else found


def _searched(html: str, url: str) -> tuple[datetime | None, str]:
    try:
        # Not in the prose: a story that looks back to 2022 was not published then.
        found = find_date(html, url=url or None, original_date=True, extensive_search=False)
    except Exception:  # the input's edge: htmldate on pages that nobody foresaw
        return None, "none"
    when = moment(found) if found else None
    return when, "htmldate" if when else "none"
