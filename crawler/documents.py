"""What a source's answer is, and the items that it carries: the one door from bytes to items."""

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO

from w3lib.encoding import html_to_unicode

from crawler.entries import Item
from crawler.feeds.document import FeedDocument, Part
from crawler.feeds.jsonfeed import read_json_feed
from crawler.feeds.xml import read_xml_feed
from crawler.sections.kind import document_kind, is_page
from crawler.sections.links import story_links
from crawler.sections.sitemaps import read_sitemap
from wirewatch.errors import NotAFeedError, WebPageError
from wirewatch.models import SourceKind, StoryChoice
from wirewatch.store.carried import VERSION_BYTES
from wirewatch.text.html import plain_text

_LARGEST = 60 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_MOST_CHILDREN = 5  # of a sitemap index: the newest


@dataclass(frozen=True, slots=True)
class Document:
    """A source's answer, read.

    Attributes:
        children: further documents of the same source to fetch: a sitemap index's newest.
        is_story: the answer is a story's own page.
    """

    kind: SourceKind
    feed: FeedDocument = field(default_factory=FeedDocument)
    children: tuple[str, ...] = ()
    is_story: bool = False


def unzipped(body: bytes) -> bytes:
    """The body, gunzipped if it is a gzip file (sitemaps and saved pages are), at most 60 MB.

    Raises:
        NotAFeedError: if it is damaged or larger.
    """
    if not body.startswith(_GZIP):
        return body
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as file:
            plain = file.read(_LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotAFeedError(f"damaged gzip file: {error}") from error
    if len(plain) > _LARGEST:
        raise NotAFeedError("larger than 60 MB once unzipped")
    return plain


def read_document(
    body: bytes,
    url: str,
    content_type: str | None,
    expected: SourceKind | None,
    known: frozenset[bytes] = frozenset(),
    stories: StoryChoice | None = None,
) -> Document:
    """Read a source's answer.

    Args:
        body: as received, gunzipped.
        url: where it came from, after redirects.
        content_type: of the HTTP answer.
        expected: the kind the source has or was found to be; None: find out.
        known: versions of entries that need not be read again.
        stories: which links of a section page its user calls stories.

    Raises:
        WebPageError: if it is a web page, and a feed or sitemap was expected.
        NotAFeedError: if it is not what was expected, or nothing that can be watched.
    """
    if not body.strip():
        raise NotAFeedError("empty answer")
    found = document_kind(body, content_type, url)
    if found == "json-feed":
        return Document(SourceKind.FEED, read_json_feed(body, url, known))
    if found == "sitemap":
        return _sitemap(body, url, known)
    if expected is SourceKind.SECTION and (found in ("section", "story") or is_page(body)):
        return Document(SourceKind.SECTION, _section(body, url, content_type, known, stories))
    if found in ("section", "story"):
        if expected not in (None, SourceKind.STORY):
            raise WebPageError(f"a web page where a {expected} was expected")
        if found == "story":
            return Document(SourceKind.STORY, is_story=True)
        return Document(SourceKind.SECTION, _section(body, url, content_type, known, stories))
    return _feed(body, url, content_type, known)


def _feed(body: bytes, url: str, content_type: str | None, known: frozenset[bytes]) -> Document:
    # Feeds, and whatever looks like nothing: feedparser reads more than its name says.
    try:
        document = Document(SourceKind.FEED, read_xml_feed(body, url, content_type, known))
    except NotAFeedError as error:
        if is_page(body):
            raise WebPageError(f"a web page where a feed was expected: {error}") from error
        raise
    if not document.feed.parts and is_page(body):  # a well-formed one
        raise WebPageError("a web page where a feed was expected")
    return document


def _sitemap(body: bytes, url: str, known: frozenset[bytes]) -> Document:
    sitemap = read_sitemap(body, url)
    newest = sorted(sitemap.children, key=lambda child: str(child[1] or ""), reverse=True)
    items = (
        Item(identity="", url=link, title=title or "", published=published, language=language)
        for link, title, published, language in sitemap.entries
    )
    children = tuple(link for link, _ in newest[:_MOST_CHILDREN])
    return Document(SourceKind.SITEMAP, _listed(items, known), children)


def _section(
    body: bytes, url: str, content_type: str | None, known: frozenset[bytes], stories: StoryChoice | None
) -> FeedDocument:
    links = story_links(html_to_unicode(content_type, body)[1], url, stories)
    if not links and stories is not None:
        raise NotAFeedError("a web page without links that `stories` chooses; correct it, or remove it")
    if not links:
        # Said aloud: a page that yields nothing for weeks would else go unnoticed.
        raise NotAFeedError("a web page without links that look like stories")
    items = (
        Item(identity="", url=link.url, title=plain_text(link.title), published=link.published)
        for link in links
    )
    return _listed(items, known)


def _listed(items: Iterable[Item], known: frozenset[bytes]) -> FeedDocument:
    """A document whose items are an address and a title each."""
    versions = ((_version(item), item) for item in items)
    parts = tuple(Part(version, None if version in known else item) for version, item in versions)
    return FeedDocument(
        parts=parts, route="split" if known else "whole", whole_because=None if known else "first"
    )


def _version(item: Item) -> bytes:
    text = f"{item.url}\x1f{item.title}\x1f{item.published}"
    return blake2b(text.encode("utf-8", "replace"), digest_size=VERSION_BYTES).digest()
