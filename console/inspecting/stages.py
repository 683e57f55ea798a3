"""The stages on a story's way, each asked alone: from an input to the facts that are printed of it."""

from datetime import datetime
from typing import Any

from w3lib.encoding import html_to_unicode

from console.inspecting.fetching import Body, Fetcher
from console.inspecting.inputs import Input, InputError
from console.inspecting.opening import opened
from crawler.sections.advertised import feeds_of
from crawler.sections.links import best_first, story_links
from wirewatch.config.watched import id_of
from wirewatch.ids import entry_id, partition, story_id
from wirewatch.models import Entry, Page, now, utc_text, zoned_text
from wirewatch.text.html import parse
from wirewatch.text.urls import canonical, host, is_web, resolve, site
from workers.confined import Confined, Overrun
from workers.read.fields.evidence import gather
from workers.read.reader import Reading

Facts = dict[str, Any]


Reader = Confined[Page, Reading]
"""Reads pages in a process of its own, each within the time and memory that the daemon gives it."""


def story(one: Input, fetcher: Fetcher, reader: Reader) -> Facts:
    """What is read of a story's page, and whose word was taken for each fact."""
    return facts_of(reading_of(one, fetcher, reader))


def reading_of(one: Input, fetcher: Fetcher, reader: Reader) -> Reading:
    """A story's page, read.

    Raises:
        InputError: it cannot be had, or takes more time or memory than a page may.
    """
    outcome = reader(page_of(one, opened(one, fetcher)))
    if isinstance(outcome, Overrun):
        raise InputError(outcome.reason)
    return outcome


def facts_of(reading: Reading) -> Facts:
    """What is printed of a reading."""
    found = reading.story
    return {
        "title": found.title if found.title != found.url else None,
        "authors": list(found.authors),
        "published": _zoned(found.published),
        "modified": _zoned(found.modified),
        "language": found.language,
        "canonical_url": found.url or None,
        "section": found.section,
        "image": found.image,
        "publisher": found.publisher,
        "paywalled": found.paywalled,
        "text": found.text,
        "how": reading.how,
    }


def page_of(one: Input, body: Body) -> Page:
    """A page as if it were handed over, of an entry that says nothing but its address."""
    url = one.url or ""
    source = id_of(url)
    entry = Entry(
        id=entry_id(source, url or one.path or ""),
        source_id=source,
        source=host(url).removeprefix("www."),
        url=url,
        revision="",
        first_seen=now(),
    )
    return Page(entry=entry, url=body.url, html=body.data, charset=body.charset, status=body.status)


def section(one: Input, fetcher: Fetcher) -> Facts:
    """The stories that a page links to and its feeds, the likeliest first."""
    body = opened(one, fetcher)
    html = html_to_unicode(body.content_type, body.data)[1]
    url = body.url or resolve("", gather(parse(html)).canonical or "")
    if not url:
        raise InputError('links count from the page\'s address: give it as {"path": …, "url": …}')
    links = [
        {"url": link.url, "title": link.title, "score": link.score, "published": _time(link.published)}
        for link in best_first(story_links(html, url))
    ]
    feeds = [{"url": address, "title": title} for address, title in feeds_of(html, url)]
    return {"links": links, "feeds": feeds}


def address(one: Input, _fetcher: Fetcher) -> Facts:
    """The one spelling of an address, and the ids that it gives."""
    url = one.url
    if url is None or not is_web(url.strip()):
        raise InputError("not an http or https address")
    known_as = canonical(url)
    return {
        "canonical": known_as,
        "host": host(url),
        "site": site(url),
        "partition": partition(host(url)),
        "source_id": id_of(url),
        "story_id": story_id(known_as),
    }


def _time(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment is not None else None


def _zoned(moment: datetime | None) -> str | None:
    return zoned_text(moment) if moment is not None else None
