"""Pages that stand in front of the story: consent forms, bot challenges, errors served as 200."""

import re
from urllib.parse import urlsplit

from wirewatch.text.urls import host, is_web

_STORY_CHARS = 1500  # a page with as much text of its own is no wall, whatever it says
_ONLY_WALL_CHARS = 600
_TITLES = (
    ("bot challenge", re.compile(
        r"just a moment|attention required|access (to this page has been )?denied|are you (a )?(robot|human)|security check"
        r"|verif(y|ying) (that )?you('re| are)|ddos protection|pardon our interruption|checking your browser|request blocked"
        r"|un momento|einen moment|human verification|robot check|captcha", re.IGNORECASE)),
    ("soft error", re.compile(
        r"^\W*(error\s)?(404|403|410|500|502|503)\b|(page|article|story) (not found|(can(no|')t|could not) be found|unavailable)"
        r"|page introuvable|seite nicht gefunden|página no encontrada|something went wrong|service unavailable"
        r"|we can.t find (that|the) page", re.IGNORECASE)),
    ("consent wall", re.compile(
        r"before you continue|(your )?privacy (choices|settings|is important)|we value your privacy|cookie (consent|settings|wall)"
        r"|consent (form|management|required)|bevor sie fortfahren", re.IGNORECASE)),
)  # fmt: skip
_TEXTS = re.compile(
    r"(enable|turn on|requires?) (javascript|cookies)|javascript (is )?(disabled|required)|we (and our|use).{0,80}(partners|cookies)"
    r"|verify (that )?you are (a )?human|unusual (traffic|activity)|accept (all )?cookies|manage (your )?(privacy|consent)"
    r"|(page|article) (you requested|you.re looking for) .{0,40}(not|no longer|moved)",
    re.IGNORECASE,
)
_CONSENT_ADDRESS = re.compile(r"//(consent|guce|privacy|cmp)\.|/(gdpr-)?consent(/|\?|$)|/cookie-?wall", re.IGNORECASE)


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
    if _is_home(got) and is_web(asked) and not _is_home(asked) and host(asked).removeprefix("www.") != host(got):
        return "soft error" if len(text) < _STORY_CHARS else None
    if _is_home(got) and is_web(asked) and not _is_home(asked):
        return "soft error"  # outlets send the reader of a withdrawn story to their front page
    if len(text) >= _STORY_CHARS:
        return None
    for kind, title in _TITLES:
        if any(title.search(said) for said in titles):
            return kind
    return "consent wall" if len(text) < _ONLY_WALL_CHARS and _TEXTS.search(text) else None


def _is_home(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return is_web(url) and parts.path in {"", "/"} and not parts.query
