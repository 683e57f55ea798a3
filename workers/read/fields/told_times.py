"""The times that a page's own data state, before anybody weighs them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from wirewatch.text.dates import stated
from workers.read.fields.cleaning import clean
from workers.read.fields.evidence import Evidence
from workers.read.fields.written import written

_DAY_ONLY = re.compile(r"[^:]*T00:00(?::00)?(?:\.0+)?(?:Z|\+00:?00)?|[^:T]*", re.IGNORECASE)
_IN_ADDRESS = re.compile(
    r"[/_.=-]((?:19|20)\d\d)([/_.-]?)(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\2"
    r"(0?[1-9]|[12]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "og:published_time",
    "parsely-pub-date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "sailthru.date",
    "date.available",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued", "dc.date", "dc.date.created",
    "pubdate",
    "publishdate", "publish-date", "publish_date", "article.published", "published", "publication_date",
    "citation_publication_date", "mrf:published_date", "dable:published_time", "iso-8601-publish-date",
    "bt:pubdate",
    "lp.article:published", "originalpublicationdate", "date", "og:pubdate", "prism.publicationdate",
    "vr:published_time", "article_date_original", "created",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:article:modified_time", "og:modified_time", "og:updated_time",
    "datemodified",
    "dcterms.modified", "dc.date.modified", "date.modified", "article:modified", "lastmod",
    "last-modified", "revised",
    "mrf:modified_date",
)  # fmt: skip


@dataclass(slots=True, frozen=True)
class Told:
    """A time, and who tells it."""

    how: str
    when: datetime  # perhaps without a zone
    is_day: bool  # whether it tells no time

    def utc(self) -> datetime:
        """In UTC, as which a time without a zone is taken. Raises OverflowError at the calendar's edges."""
        return (self.when if self.when.tzinfo else self.when.replace(tzinfo=UTC)).astimezone(UTC)


def publications(evidence: Evidence) -> Iterator[Told]:
    """When the story was published, those who are most often right first."""
    yield from read("json-ld", [evidence.said("datePublished")])
    for name in _PUBLISHED_METAS:
        yield from read("meta", evidence.metas.get(name, [])[:1])
    yield from read("microdata", evidence.items.get("datepublished", [])[:1])
    yield from read("json-ld", [clean(evidence.page.get("datePublished"))])
    yield from read("json-ld", [evidence.said("dateCreated"), evidence.said("uploadDate")])


def changes(evidence: Evidence) -> Iterator[Told]:
    """When it last changed."""
    yield from read("json-ld", [evidence.said("dateModified")])
    for name in _MODIFIED_METAS:
        yield from read("meta", evidence.metas.get(name, [])[:1])
    yield from read("microdata", evidence.items.get("datemodified", [])[:1])
    yield from read("json-ld", [clean(evidence.page.get("dateModified"))])


def read(how: str, texts: Iterable[str], language: str = "") -> Iterator[Told]:
    """The times that texts tell, for machines or people; in their language, if they are for people."""
    for text in texts:
        when = stated(text) or written(text, language)
        if when is not None:
            yield Told(how, when, bool(_DAY_ONLY.fullmatch(text)))


def day_in(url: str) -> datetime | None:
    """The day that an address carries: ``/2026/11/24/``, ``/2026/nov/24/``, ``-20261124``."""
    found = _IN_ADDRESS.search(url)
    if found is None:
        return None
    month = found[3].lower()
    number = _MONTHS.index(month) + 1 if month.isalpha() else int(month)
    try:
        return datetime(int(found[1]), number, int(found[4]))  # noqa: DTZ001 (an address tells no zone)
    except ValueError:
        return None
