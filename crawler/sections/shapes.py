"""What an address looks like: a story's, by its date, id or slug, or some other page's.

Outlets are not listed here; what their systems have in common is.
"""

import re
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from crawler.sections.dates import day_in

_SLUG_WORDS = 3


class Shape(StrEnum):
    """What gives a story's address away."""

    DATE = "date"  # /2026/11/24/slug
    ID = "id"  # /news/slug-12345, /politics/12345/slug, /articles/c4g2ev1yz2qo, ?id=12345
    SLUG = "slug"  # /story/three-or-more-words


_ELSEWHERE = re.compile(
    r"""/(tags?|topics?|authors?|byline|profiles?|people|columnists?|contributors?|users?|categor(y|ies)|rubrik|thema|themes?
    |search|suche|page|pages?/\d+|archives?|login|log-in|signin|sign-in|sign-up|register|registration|account|my-account
    |subscri(be|ption|ptions)|abo|newsletters?|alerts|podcasts?|galler(y|ies)|horoscopes?|crosswords?|puzzles|games
    |shop|store|deals|vouchers?|coupons?|advertis(e|ing)|sponsored|advertorials?|partner-content|paid-content|brand-?(voice|studio)
    |about|about-us|contact|contact-us|contacto|kontakt|help|faqs?|careers|jobs|privacy|terms|legal|impressum|imprint
    |datenschutz|cookies?|sitemaps?|feeds?|rss|wp-(content|admin|login|json)|cdn-cgi|static|assets|comments?|share|print)(/|\.\w+$|$)
    |/(privacy|cookie|terms|editorial|complaints)[-_](policy|notice|of|and|guidelines|procedure|settings)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# /video, /live and such are hubs, and /video/three-words-more a story.
_HUB = re.compile(
    r"/(videos?|watch|live|photos?|audio|latest|opinions?|home|index|default)(\.\w+)?$", re.IGNORECASE
)
_NO_PAGE = re.compile(
    r"\.(jpe?g|png|gif|webp|svg|avif|ico|pdf|docx?|xlsx?|mp[34]|m4a|webm|zip|gz|xml|rss|atom|json|js|css|txt|ics)$",
    re.IGNORECASE,
)
_QUERY_PAGES = re.compile(
    r"(^|&)(page|paged|q|query|s|search|tag|author|cat|category|share|replytocom)=", re.IGNORECASE
)
_QUERY_ID = re.compile(
    r"(^|&)(id|p|aid|nid|sid|article|articleid|article_id|story|storyid|story_id|newsid|news_id)=\w*\d{2,}",
    re.IGNORECASE,
)
_ONLY_DAY = re.compile(r"\d{1,2}|\d{4}-?\d\d-?\d\d")
_NUMBER = re.compile(r"(?:^|[-_.,~a-z])\d{4,}(?:$|[-_.,])", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"(?:^|[-_])(?:19|20)\d\d(?:$|[-_.])")
_MIXED_ID = re.compile(
    r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{9,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE
)
_EXTENSION = re.compile(r"\.(s?html?|php\d?|aspx?|jsp|cfm|do|story|ece)$", re.IGNORECASE)
_WORD_BREAK = re.compile(r"[-_+.~,\s]+")


def story_shape(url: str) -> Shape | None:
    """What makes an address look like a story's; None for front pages, sections, tags, files, forms."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path).rstrip("/")
    if _QUERY_PAGES.search(parts.query) or any(other.search(path) for other in (_ELSEWHERE, _NO_PAGE, _HUB)):
        return None
    if _QUERY_ID.search(parts.query):
        return Shape.ID
    segments = [_EXTENSION.sub("", segment) for segment in path.split("/") if segment]
    return _path_shape(url, segments) if segments else None


def _path_shape(url: str, segments: list[str]) -> Shape | None:
    words = _slug_words(segments[-1])
    if day_in(url) is not None:
        # /2026/11/24 alone is a day's archive.
        return None if not words and _ONLY_DAY.fullmatch(segments[-1]) else Shape.DATE
    if any(map(_has_id, segments[-2:])):
        return Shape.ID
    return Shape.SLUG if words >= _SLUG_WORDS else None


def _has_id(segment: str) -> bool:
    without_year = _YEAR_ALONE.sub("-", segment)  # /politics/election-2026 is a section
    return bool(
        _NUMBER.search(without_year)
        or _MIXED_ID.fullmatch(segment.rpartition("-")[2])
        or _MIXED_ID.fullmatch(segment)
    )


def _slug_words(segment: str) -> int:
    words = [word for word in _WORD_BREAK.split(segment) if any(map(str.isalpha, word))]
    # Scripts without spaces write a headline as one word.
    return max(len(words), sum(not character.isascii() for character in segment) // 4)
