"""The stages on a story's way, each asked alone: from an input to the facts that are printed of it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from w3lib.encoding import html_to_unicode

from console.inspecting.fetching import Body, Fetcher
from console.inspecting.inputs import Input, InputError
from console.inspecting.lines import story_of_line, story_of_text
from crawler.documents import read_document, unzipped
from crawler.entries import Item
from crawler.sections.advertised import advertised_feeds
from crawler.sections.links import story_links
from wirewatch.ids import entry_id, partition, source_id, story_id
from wirewatch.models import Entry, Page, SourceKind, Story, now, utc_text
from wirewatch.text.html import parse
from wirewatch.text.urls import canonical, host, is_web, resolve, site
from workers.match.matcher import match_story
from workers.match.topics import Topic
from workers.read.decode import decode
from workers.read.evidence import gather
from workers.read.reader import Reading, read, read_story

Facts = dict[str, Any]

_LARGEST_FILE = 60 * 1024 * 1024


def opened(one: Input, fetcher: Fetcher) -> Body:
    """An input's bytes, gunzipped: of its file, else fetched.

    Raises:
        InputError: there are none: why.
        NotAFeedError: its gzip file is damaged or too large.
    """
    if one.path is None:
        if one.url is None:
            raise InputError("neither path nor url")
        if not is_web(one.url):
            raise InputError("url is no http or https address")
        body = fetcher.fetch(one.url)
        return Body(unzipped(body.data), body.url, body.content_type, body.charset, body.status)
    try:
        with Path(one.path).open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(getattr(error, "strerror", None) or "not a file's name") from error
    if len(data) > _LARGEST_FILE:
        raise InputError(f"larger than {_LARGEST_FILE // 1_048_576} MB")
    return Body(unzipped(data), one.url or "")


def story(one: Input, fetcher: Fetcher) -> Facts:
    """What is read of a story's page, and whose word was taken for each fact."""
    body = opened(one, fetcher)
    reading = _read(one, body)
    found = reading.story
    return {
        "title": found.title if found.title != found.url else None,
        "authors": list(found.authors),
        "published": _time(found.published),
        "modified": _time(found.modified),
        "language": found.language,
        "canonical_url": found.url or None,
        "section": found.section,
        "image": None,
        "paywalled": None,
        "text": found.text,
        "how": reading.how,
    }


def _page(one: Input, body: Body) -> Page:
    url = one.url or ""
    source = source_id(canonical(url))
    entry = Entry(
        id=entry_id(source, url or one.path or ""),
        source_id=source,
        source=host(url).removeprefix("www."),
        url=url,
        revision="",
        first_seen=now(),
    )
    return Page(entry=entry, url=body.url, html=body.data, charset=body.charset, status=body.status)


def _read(one: Input, body: Body) -> Reading:
    return read(_page(one, body))


def feed(one: Input, fetcher: Fetcher) -> Facts:
    """The entries of a feed or news sitemap, in its order."""
    body = opened(one, fetcher)
    document = read_document(body.data, body.url, body.content_type, SourceKind.FEED)
    told = document.feed
    return {
        "kind": document.kind.value,
        "feed": {"title": told.title, "link": told.link, "language": told.language},
        "entries": [_entry(item) for item in told.items],
        "route": "whole",  # all of it was read, as of a feed that is new to us
        "error": None,
    }


def _entry(item: Item) -> Facts:
    return {
        "id": item.identity,
        "link": item.url,
        "title": item.title,
        "summary": item.summary,
        "content": item.content,
        "published": _time(item.published),
        "updated": _time(item.updated),
        "authors": list(item.authors),
        "tags": list(item.tags),
    }


def section(one: Input, fetcher: Fetcher) -> Facts:
    """The stories that a page links to, in its order, and the feeds it advertises."""
    body = opened(one, fetcher)
    html = html_to_unicode(body.content_type, body.data)[1]
    url = body.url or resolve("", gather(parse(html)).canonical or "")
    if not url:
        raise InputError('links count from the page\'s address: give it as {"path": …, "url": …}')
    links = [
        {"url": link.url, "title": link.title, "published": _time(link.published)}
        for link in story_links(html, url)
    ]
    feeds = [{"url": address, "title": title} for address, title in advertised_feeds(html, url)]
    return {"links": links, "feeds": feeds}


def match(one: Input, fetcher: Fetcher, topics: Sequence[Topic]) -> Facts:
    """The topics that a story matches, and why."""
    found = [asdict_of(match) for match in match_story(topics, _story(one, fetcher))]
    return {"topics": found}


def asdict_of(match: Any) -> Facts:
    return {"name": match.topic}


def _story(one: Input, fetcher: Fetcher) -> Story:
    told = story_of_line(one.fields)
    if told is not None:
        return told
    body = opened(one, fetcher)
    if one.path is None or body.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_story(_page(one, body))
    return story_of_text(decode(body.data), one.url or "")


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
        "source_id": source_id(known_as),
        "story_id": story_id(known_as),
    }


def _time(moment: datetime | None) -> str | None:
    return utc_text(moment) if moment is not None else None
