"""The two that read: each takes a page's bytes and address, and tells what it found."""

from collections.abc import Callable
from dataclasses import dataclass

from wirewatch.config.settings import TopicSettings
from wirewatch.config.watched import id_of
from wirewatch.ids import entry_id
from wirewatch.models import Entry, Page, now
from wirewatch.text.urls import host


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader made of a page.

    Attributes:
        day: of publication, as ``2026-11-24``.
        text: the body, a paragraph a line.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    day: str | None = None
    text: str = ""


Reader = Callable[[bytes, str], Found]
Decider = Callable[[bytes, str, str], bool]  # the page, its address, the title that a feed gave it


def trafilatura() -> Reader:
    """Its default settings, with the metadata."""
    from trafilatura import bare_extraction

    def read(html: bytes, url: str) -> Found:
        document = bare_extraction(html, url=url, with_metadata=True)
        if document is None or isinstance(document, dict):  # a dict only if asked for
            return Found()
        people = (document.author or "").split("; ")
        authors = tuple(name for name in people if name)
        return Found(document.title or "", authors, document.date, document.text or "")

    return read


def wirewatch() -> Reader:
    """The story of a page of which nothing but its address is known: no feed helps."""
    from workers.read.reader import read_story

    def read(html: bytes, url: str) -> Found:
        story = read_story(_page(html, url))
        day = story.published.date().isoformat() if story.published else None
        return Found(story.title if story.title != story.url else "", story.authors, day, story.text)

    return read


def wirewatch_decider(queries: list[str]) -> Decider:
    """What a worker does with a page: screen it, read it if a topic could match, match."""
    from workers.match.screen import Screen
    from workers.match.topics import compile_topics
    from workers.stories import read_and_match

    topics = compile_topics({f"topic {i}": TopicSettings(query=query) for i, query in enumerate(queries)})
    screen = Screen(topics)

    def decide(html: bytes, url: str, title: str) -> bool:
        return bool(read_and_match(screen, _page(html, url, title))[1])

    return decide


def _page(html: bytes, url: str, title: str = "") -> Page:
    source = id_of(url)
    entry = Entry(
        id=entry_id(source, url),
        source_id=source,
        source=host(url).removeprefix("www."),
        url=url,
        title=title,
        revision="",
        first_seen=now(),
    )
    return Page(entry=entry, url=url, html=html)


READERS: dict[str, Callable[[], Reader]] = {"trafilatura": trafilatura, "wirewatch": wirewatch}
