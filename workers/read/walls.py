"""Pages that stand in front of the story: consent forms, bot challenges, errors served as 200."""

import re
from urllib.parse import urlsplit

from wirewatch.text.urls import is_web, site

_STORY_CHARS = 1500  # a page with as much text of its own is no wall, whatever it says
_ONLY_WALL_CHARS = 600
_LONGEST_TITLE_WORDS = 8
_CHALLENGE = re.compile(
    r"""just\sa\smoment | attention\srequired | access\s(to\sthis\spage\shas\sbeen\s)?denied
    | are\syou\s(a\s)?(robot|human) | verif(y|ying)\s(that\s)?you('re|\sare)
    | ddos\sprotection | pardon\sour\sinterruption
    | checking\syour\sbrowser | request\sblocked | un\smomento | einen\smoment
    | human\sverification | robot\scheck | ^captcha
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ERROR = re.compile(
    r"""^\W*(error\s)?(404|403|410|500|502|503)\b
    | (page|article|story)\s(not\sfound|(can(no|['’])t|could\snot)\sbe\sfound|unavailable)
    | page\sintrouvable | seite\snicht\sgefunden | página\sno\sencontrada | something\swent\swrong
    | service\sunavailable | we\scan.t\sfind\s(that|the)\spage
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONSENT = re.compile(
    r"""before\syou\scontinue | (your\s)?privacy\s(choices|settings|is\simportant) | we\svalue\syour\sprivacy
    | cookie\s(consent|settings|wall) | consent\s(form|management|required) | bevor\ssie\sfortfahren
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TITLES = (("bot challenge", _CHALLENGE), ("soft error", _ERROR), ("consent wall", _CONSENT))
_ASKS_INSTEAD = re.compile(
    r"""(enable|turn\son|requires?)\s(javascript|cookies) | javascript\s(is\s)?(disabled|required)
    | we\s(and\sour|use).{0,80}(partners|cookies) | verify\s(that\s)?you\sare\s(a\s)?human
    | unusual\s(traffic|activity) | accept\s(all\s)?cookies | manage\s(your\s)?(privacy|consent)
    | (page|article)\s(you\srequested|you.re\slooking\sfor)\s.{0,40}(not|no\slonger|moved)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CONSENT_ADDRESS = re.compile(
    r"//(consent|guce|privacy|cmp)\.|/(gdpr-)?consent(/|\?|$)|/cookie-?wall", re.IGNORECASE
)


def wall(titles: list[str], text: str, asked: str, got: str) -> str | None:
    """What kind of wall a page is, or None for a story.

    Args:
        titles: the page's title and headings.
        text: the body as read from it.
        asked: the address that the entry names.
        got: the address after redirects.
    """
    if _CONSENT_ADDRESS.search(got) and not _CONSENT_ADDRESS.search(asked):
        return "consent wall"
    if _is_home(got) and is_web(asked) and not _is_home(asked):
        # Outlets send the reader of a withdrawn story to their front page; link shorteners send to stories.
        return "soft error" if site(got) == site(asked) or len(text) < _STORY_CHARS else None
    if len(text) >= _STORY_CHARS:
        return None
    # A wall's title is short; a headline of so few words is seldom one about robots.
    short = [title for title in titles if len(title.split()) <= _LONGEST_TITLE_WORDS]
    for kind, wording in _TITLES:
        if any(wording.search(title) for title in short):
            return kind
    return "consent wall" if len(text) < _ONLY_WALL_CHARS and _ASKS_INSTEAD.search(text) else None


def _is_home(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return is_web(url) and parts.path in {"", "/"} and not parts.query
