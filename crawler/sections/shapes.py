"""What an address looks like: a story's, by its date, id or slug, or some other page's.

Outlets are not listed here; what their systems have in common is.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from crawler.sections.dates import day_in
from crawler.sections.reserved import NAMES

_SLUG_WORDS = 3
_DEEPEST = 20  # segments; more are a loop of broken relative links
_PLAIN_FIGURE = 3  # runs of figures or letters: "b1189874" has two


class Shape(StrEnum):
    """What gives a story's address away."""

    DATE = "date"  # /2026/11/24/slug
    ID = "id"  # /news/slug-12345, /politics/12345/slug, /articles/c4g2ev1yz2qo, ?id=12345
    SLUG = "slug"  # /story/three-or-more-words


@dataclass(frozen=True, slots=True)
class Address:
    """What an address looks like.

    Attributes:
        shape: as a story's; None: it has nothing of one.
        elsewhere: it names what is no story: tags, authors, forms, legal pages.
        words: of its last segment.
        depth: segments of its path.
        template: what the addresses of one outlet's stories have in common.
    """

    shape: Shape | None
    elsewhere: bool
    words: int
    depth: int
    template: tuple[Shape | None, bool, str, str]


# /people/ada-poole is somebody's page; /people/royals/three-words-more a story of a rubric that is called so.
_FURNITURE = re.compile(rf"/(?:{'|'.join(NAMES)})(?:\.\w+)?(?:/[^/]*)?$", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"""/(pages?/\d+|sponsored|advertorials?|partner-content|paid-content|brand-?(voice|studio)
    |wp-(content|admin|login|json)|cdn-cgi|static|assets)(/|\.\w+$|$)
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
    r"(?:^|&)(?!date|year|month|day|time|ts|v=|ver=|w=|h=|width|height)\w{1,24}=[\w.-]{0,80}?(?<!\d)\d{4,}"
    r"|(?:^|&)(?:id|p|aid|nid|sid|article|articleid|article_id|story|storyid|story_id|newsid|news_id)=\w*\d{2,}",
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
_RUN = re.compile(r"(.)\1+")


def story_shape(url: str) -> Shape | None:
    """What makes an address look like a story's; None for front pages, sections, tags, files, forms."""
    address = address_of(url)
    return None if address is None or address.elsewhere else address.shape


def address_of(url: str) -> Address | None:
    """What an address looks like; None: it leads to no page but a file or a site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path).rstrip("/")
    query_id = bool(_QUERY_ID.search(parts.query))
    if _NO_PAGE.search(path) or path.count("/") > _DEEPEST or not (path or query_id):
        return None
    # A parameter that names a page of a list does so beside a story's number as well.
    elsewhere = bool(_QUERY_PAGES.search(parts.query)) or any(
        other.search(path) for other in (_FURNITURE, _ELSEWHERE, _HUB)
    )
    names = [segment for segment in path.split("/") if segment]
    segments = [_EXTENSION.sub("", name) for name in names]
    if query_id:
        shape: Shape | None = Shape.ID
    else:
        shape = _path_shape(url, segments)
    last = names[-1] if names else ""
    extension = _EXTENSION.search(last)
    return Address(
        shape,
        elsewhere,
        _slug_words(segments[-1]) if segments else 0,
        len(segments),
        (shape, len(segments) > 1, extension[0].lower() if extension else "", _figure(segments, shape)),
    )


def _figure(segments: list[str], shape: Shape | None) -> str:
    """How an id is written: figures as 0, letters as a; of other addresses nothing."""
    if shape is not Shape.ID or not segments:
        return ""
    last = segments[-1].rpartition("-")[2][:40]
    figure = _RUN.sub(r"\1", "".join("0" if sign.isdigit() else "a" for sign in last))
    return figure if len(figure) <= _PLAIN_FIGURE else "mixed"


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
