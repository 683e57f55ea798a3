"""What a web page has to offer in its place: the feeds on it, and the news sitemaps of its host."""

from collections.abc import Iterable

from w3lib.encoding import html_to_unicode

from crawler.answer import Answer
from crawler.documents import unzipped
from crawler.sections.advertised import advertised_feeds, feeds_of, of_comments
from wirewatch.errors import NotAFeedError

Feeds = tuple[tuple[str, str], ...]
"""Address and title of each."""
_MOST_FEEDS = 30


def as_feeds(sitemaps: Iterable[str]) -> Feeds:
    """News sitemaps among a page's feeds."""
    return tuple((url, "News sitemap, named by robots.txt") for url in sitemaps)


def feeds_of_page(answer: Answer) -> tuple[Feeds, str | None]:
    """Address and title of a page's feeds, the likeliest first; and the one that it names as its own."""
    try:
        html = html_to_unicode(answer.content_type, unzipped(answer.body))[1]
    except NotAFeedError:
        return (), None
    feeds = tuple(feeds_of(html, answer.url)[:_MOST_FEEDS])
    advertised = {url for url, _ in advertised_feeds(html, answer.url)}
    # A feed of comments comes after all others: where it is the first, there is no other.
    preferred = next((url for url, title in feeds if url in advertised and not of_comments(url, title)), None)
    return feeds, preferred
