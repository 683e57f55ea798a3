"""From an entry and its page to the story that topics are matched on."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from wirewatch.ids import story_id
from wirewatch.models import Entry, Page, Story
from wirewatch.text.html import fold, parse, plain_text
from wirewatch.text.urls import canonical, is_web, resolve, site
from workers.read.body.chrome import story_paragraphs
from workers.read.body.paragraphs import body
from workers.read.decode import decode
from workers.read.fields.bylines import authors, people_of
from workers.read.fields.evidence import Evidence, gather
from workers.read.fields.headline import headline
from workers.read.fields.moments import modified, published
from workers.read.likeness import key
from workers.read.walls import wall

MAX_SUMMARY_CHARS = 500
_FAR_SHORTER = 0.5  # of the feed's own text: then the page shows a teaser, and the feed the story
_LONG_CHARS, _MOST_CHARS = 1000, 100_000  # of a feed's text that may be a whole story
_LACKING = 0.15  # of the page's text: less may be the feed's boilerplate or an author's life
_OWN = 0.05  # of the page's text: with more that the feed lacks, it is another text or a newer one
_LANGUAGE_CHARS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """A story and whose word was taken for each field: ``{"title": "h1 = json-ld", "text": "feed: 404"}``."""

    story: Story
    how: dict[str, str]


def read_story(page: Page) -> Story:
    """The story of a page that was handed over. Never raises on what the page or the feed holds."""
    return read(page).story


def read(page: Page) -> Reading:
    """The story of a page, with the origin of each of its fields.

    Without a page, or with one that shows a wall or far less than the feed does, the story is the feed
    entry's own text: a story is never dropped because its page would not load.
    """
    if page.html is None:
        return _from_feed(page.entry, page.reason or "no page")
    html = decode(page.html, page.charset)
    evidence = gather(parse(html))
    entry = page.entry
    title, title_how = headline(evidence, entry.title, [entry.source])
    paragraphs, text_how = body(html, title, page.url)
    text = "\n".join(paragraphs)
    if reason := wall([evidence.title, *evidence.headings], text, entry.url, page.url):
        return _from_feed(entry, reason)
    fed = _fed_paragraphs(entry, title)
    if len(text) < _FAR_SHORTER * sum(map(len, fed)):
        text, text_how = "\n".join(fed), f"feed: the page shows {len(text)} characters"
    elif lacking := _lacking(paragraphs, fed):
        text, text_how = "\n".join(fed), f"feed: the page lacks {lacking} of its characters"
    url, url_how = _canonical_url(evidence, page)
    when, when_how = published(evidence, html, url, entry.published, entry.first_seen)
    people, people_how = authors(evidence, entry.authors, [entry.source, site(url)])
    described = next(iter(evidence.meta("og:description", "description", "twitter:description")), "")
    story = Story(
        id=story_id(url),
        url=url,
        title=title or url,
        source=entry.source,
        source_id=entry.source_id,
        authors=people,
        language=_language(evidence, entry),
        section=next(iter(evidence.meta("article:section")), evidence.said("articleSection")) or None,
        published=when,
        modified=modified(evidence, entry.updated, when),
        first_seen=entry.first_seen,
        summary=shortened(plain_text(entry.summary) or described),
        text=text,
    )
    how = {"url": url_how, "title": title_how, "text": text_how, "published": when_how, "authors": people_how}
    return Reading(story, how)


def _from_feed(entry: Entry, reason: str) -> Reading:
    url = canonical(entry.url)
    title = fold(plain_text(entry.title)) or url
    story = Story(
        id=story_id(url),
        url=url,
        title=title,
        source=entry.source,
        source_id=entry.source_id,
        authors=tuple(dict.fromkeys(name for author in entry.authors for name in people_of(author))),
        language=_code(entry.language or ""),
        published=entry.published,
        modified=entry.updated,
        first_seen=entry.first_seen,
        summary=shortened(plain_text(entry.summary)),
        text="\n".join(_fed_paragraphs(entry, title)),
    )
    return Reading(story, dict.fromkeys(("url", "title", "text", "published", "authors"), f"feed: {reason}"))


def _fed_paragraphs(entry: Entry, title: str) -> list[str]:
    content = plain_text(entry.content)
    summary = plain_text(entry.summary)
    return story_paragraphs(max(content, summary, key=len).splitlines(), title)


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


def _canonical_url(evidence: Evidence, page: Page) -> tuple[str, str]:
    """The address the page goes by: its own word if it names another page of its site than the front page."""
    own = page.url if is_web(page.url) or not is_web(page.entry.url) else page.entry.url
    for how, link in (
        ("rel=canonical", evidence.canonical),
        *(("og:url", u) for u in evidence.meta("og:url")[:1]),
    ):
        named = resolve(own, link) if link else None
        if named is None or (urlsplit(named).path in {"", "/"} and not urlsplit(named).query):
            continue
        if not is_web(own) or site(named) == site(own):
            return canonical(named), how
    return canonical(own), "address"


def _language(evidence: Evidence, entry: Entry) -> str | None:
    stated = (
        evidence.language,
        evidence.said("inLanguage"),
        *evidence.meta("og:locale")[:1],
        entry.language or "",
    )
    return next((code for text in stated if (code := _code(text))), None)


def _code(text: str) -> str | None:
    """``en`` from ``en-GB``, ``en_US`` or ``EN``."""
    code = text.strip().replace("_", "-").partition("-")[0].lower()
    return code if 1 < len(code) <= _LANGUAGE_CHARS and key(code) == code and code.isascii() else None


def shortened(text: str, limit: int = MAX_SUMMARY_CHARS) -> str:
    """A text on one line of at most ``limit`` characters, cut between words."""
    line = fold(text)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"
