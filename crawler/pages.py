"""Pages made from answers, and which entries need none."""

import re

from scrapy.http import Response

from crawler.documents import unzipped
from wirewatch.errors import NotAFeedError
from wirewatch.models import Entry, Page
from wirewatch.text.html import plain_text

# Feeds cut their texts at some hundred words; what is longer and does not end in a teaser is the story.
_ARTICLE_LENGTH = 1_500
_TEASER = re.compile(
    r"(read more|continue reading|read the full|\[…\]|\[\.\.\.\]|…|\.\.\.)\W*$", re.IGNORECASE
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HTML_TYPES = (b"html", b"xml", b"text/plain")


def entry_has_all(entry: Entry) -> str | None:
    """Why an entry needs no page, or None where its page is to be fetched."""
    if entry.read == "feed":
        return "read: feed"
    if entry.read == "auto" and len(entry.content) > _ARTICLE_LENGTH:
        text = plain_text(entry.content)
        if len(text) > _ARTICLE_LENGTH and not _TEASER.search(text[-60:]):
            return "the feed has it all"
    return None


def page_of(entry: Entry, response: Response) -> Page:
    """The page of an entry from a 200 answer; without it where the answer is no page."""
    content_type = response.headers.get("Content-Type") or b""
    if content_type and not any(kind in content_type for kind in _HTML_TYPES):
        reason = f"not a page: {content_type.decode('latin-1')[:100]}"
        return Page(entry=entry, url=response.url, status=response.status, reason=reason)
    try:
        html = unzipped(response.body)
    except NotAFeedError as error:
        return Page(entry=entry, url=response.url, status=response.status, reason=str(error))
    charset = _CHARSET.search(content_type)
    return Page(
        entry=entry,
        url=response.url,
        html=html,
        charset=charset[1].decode("ascii", "replace") if charset else None,
        status=response.status,
    )
