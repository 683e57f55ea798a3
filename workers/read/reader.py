"""From an entry and its page to the story that topics are matched on."""

from dataclasses import dataclass

from wirewatch.ids import story_id
from wirewatch.models import Entry, Page, Story
from wirewatch.text.html import fold, plain_text
from wirewatch.text.urls import canonical, site
from wirewatch.walls import Wall
from workers.read.body.chrome import story_paragraphs
from workers.read.body.paragraphs import body
from workers.read.continued import joined
from workers.read.decode import decode
from workers.read.document import Document, document
from workers.read.fields.address import address
from workers.read.fields.bylines import authors
from workers.read.fields.cleaning import first
from workers.read.fields.headline import headline
from workers.read.fields.language import code_of, language
from workers.read.fields.moments import modified, published
from workers.read.fields.names import people_of
from workers.read.fields.paywall import paywalled
from workers.read.fields.picture import picture
from workers.read.fields.publisher import publisher
from workers.read.fields.section import section
from workers.read.likeness import key
from workers.read.twins import main_page
from workers.read.walls import wall

MAX_SUMMARY_CHARS = 500
_FAR_SHORTER = 0.5  # of the feed's own text: then the page shows a teaser, and the feed the story
_LONG_CHARS, _MOST_CHARS = 1000, 100_000  # of a feed's text that may be a whole story
_LACKING = 0.15  # of the page's text: less may be the feed's boilerplate or an author's life
_OWN = 0.05  # of the page's text: with more that the feed lacks, it is another text or a newer one


@dataclass(frozen=True, slots=True)
class Reading:
    """A story, and how it came to be what it is.

    Attributes:
        story: what was read.
        how: whose word was taken for each field: ``{"title": "h1 = json-ld", "text": "feed: 404"}``.
        wall: what came instead of the page; None: the page, or nothing.
    """

    story: Story
    how: dict[str, str]
    wall: Wall | None = None


def read_story(page: Page) -> Story:
    """The story of a page that was handed over. Never raises on what the page or the feed holds."""
    return read(page).story


def read(page: Page) -> Reading:
    """The story of a page, with the origin of each of its fields.

    Without a page, or with one that shows a wall or far less than the feed does, the story is the feed
    entry's own text: a story is never dropped because its page would not load.
    """
    if page.html is None:
        return _from_feed(page.entry, page.reason or "no page", page.wall)
    entry = page.entry
    shown = document(decode(page.html, page.charset), page.url)
    title, title_how = headline(shown, entry.title, [entry.source])
    told = _told(entry)
    found = body(shown, title, told)
    paragraphs, text_how = found.paragraphs, found.how
    if page.further:
        paragraphs = joined([paragraphs, *_further(page, title)])
    text = "\n".join(paragraphs)
    if kind := wall(shown, text, entry.title, entry.url):
        return _from_feed(entry, str(kind), kind)
    fed = story_paragraphs(told.splitlines(), title)
    if len(text) < _FAR_SHORTER * sum(map(len, fed)):
        text, text_how = "\n".join(fed), f"feed: the page shows {len(text)} characters"
    elif lacking := _lacking(paragraphs, fed):
        text, text_how = "\n".join(fed), f"feed: the page lacks {lacking} of its characters"
    return _with_fields(page, shown, (title, title_how), (text, text_how))


def _with_fields(page: Page, shown: Document, title: tuple[str, str], text: tuple[str, str]) -> Reading:
    entry, evidence = page.entry, shown.evidence
    url, url_how = main_page(shown) or address(shown, page)
    when, when_how = published(shown, entry.published, entry.first_seen)
    changed, changed_how = modified(shown, entry.updated, when, entry.first_seen)
    people, people_how = authors(shown, entry.authors, [entry.source, site(url)])
    told_in, language_how = language(shown, entry, text[0])
    rubric, section_how = section(shown)
    image, image_how = picture(shown)
    outlet, publisher_how = publisher(shown)
    paid, paid_how = paywalled(shown)
    described = first(evidence.meta("og:description", "description", "twitter:description"))
    story = Story(
        id=story_id(url),
        url=url,
        title=title[0] or url,
        source=entry.source,
        source_id=entry.source_id,
        authors=people,
        language=told_in,
        section=rubric,
        published=when,
        modified=changed,
        first_seen=entry.first_seen,
        summary=shortened(plain_text(entry.summary) or described),
        text=text[0],
        publisher=outlet,
        image=image,
        paywalled=paid,
    )
    how = {
        "url": url_how,
        "title": title[1],
        "text": text[1],
        "published": when_how,
        "modified": changed_how,
        "authors": people_how,
        "language": language_how,
        "section": section_how,
        "image": image_how,
        "publisher": publisher_how,
        "paywalled": paid_how,
    }
    return Reading(story, how)


def _further(page: Page, title: str) -> list[list[str]]:
    """The bodies of the pages that a story goes on over."""
    pages = (document(decode(html, page.charset), page.url) for html in page.further)
    return [body(one, title).paragraphs for one in pages]


def _from_feed(entry: Entry, reason: str, kind: Wall | None) -> Reading:
    url = canonical(entry.url)
    title = fold(plain_text(entry.title)) or url
    story = Story(
        id=story_id(url),
        url=url,
        title=title,
        source=entry.source,
        source_id=entry.source_id,
        authors=tuple(dict.fromkeys(name for author in entry.authors for name in people_of(author))),
        language=code_of(entry.language or ""),
        published=entry.published,
        modified=entry.updated,
        first_seen=entry.first_seen,
        summary=shortened(plain_text(entry.summary)),
        text="\n".join(story_paragraphs(_told(entry).splitlines(), title)),
    )
    return Reading(
        story, dict.fromkeys(("url", "title", "text", "published", "authors"), f"feed: {reason}"), kind
    )


def _told(entry: Entry) -> str:
    """The feed's own text: the longer of those that it gives."""
    return plain_text(max(entry.content, entry.summary, key=len))


def _lacking(paragraphs: list[str], fed: list[str]) -> int:
    """Characters of a feed's whole text that the reading of its page lacks; 0 unless it is clearly fuller."""
    size, fed_size = sum(map(len, paragraphs)), sum(map(len, fed))
    if not max(_LONG_CHARS, size) <= fed_size <= _MOST_CHARS:
        return 0
    # As one string each, because two readings seldom agree on where a paragraph ends.
    shown, told = key("".join(paragraphs)), key("".join(fed))
    lacking = sum(len(paragraph) for paragraph in fed if key(paragraph) not in shown)
    own = sum(len(paragraph) for paragraph in paragraphs if key(paragraph) not in told)
    return lacking if lacking >= _LACKING * size and own <= _OWN * size else 0


def shortened(text: str, limit: int = MAX_SUMMARY_CHARS) -> str:
    """A text on one line of at most ``limit`` characters, cut between words."""
    line = fold(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"
