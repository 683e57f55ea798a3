"""The address that a story goes by, as far as its page can be believed about it."""

import re
from urllib.parse import urlsplit

from wirewatch.models import Page
from wirewatch.text.urls import canonical, is_web, resolve, site
from workers.read.document import Document
from workers.read.fields.cleaning import clean

_WORD = re.compile(r"[^\W\d_]{2,}|\d{4,}")
_SLUG_WORDS = 3  # or more has the address of a story; fewer the name of a section
_LANDINGS = frozenset(
    {
        "",
        "index",
        "index.html",
        "index.htm",
        "index.php",
        "home",
        "home.html",
        "default.aspx",
        "amp",
        "404",
        "error",
    }
)


def address(document: Document, page: Page) -> tuple[str, str]:
    """The canonical spelling of the story's address, and how it was found.

    The page's own word counts if it names another page of its site than the front page, and one that may be
    this story's. Some systems name the front page, the section or one story on every page.
    """
    own = page.url if is_web(page.url) or not is_web(page.entry.url) else page.entry.url
    for how, link in stated_addresses(document):
        named = resolve(own, link)
        if named is not None and _may_be(named, own):
            return canonical(named), how
    return canonical(own), "address"


def stated_addresses(document: Document) -> list[tuple[str, str]]:
    """What a page says that its address is, as written, and where, best first: ``("rel=canonical", …)``."""
    evidence = document.evidence
    links = [("rel=canonical", link) for link in evidence.links.get("canonical", [])[:2]]
    links += [("og:url", link) for link in evidence.meta("og:url")[:1]]
    page = evidence.article.get("mainEntityOfPage")
    told = (page.get("@id") or page.get("url")) if isinstance(page, dict) else page
    links += [("json-ld", link) for link in (clean(told), evidence.said("url")) if "/" in link]
    return links


def _may_be(named: str, own: str) -> bool:
    """Whether a page at one address can be the story that came from the other."""
    if _is_landing(named):
        return False
    return not is_web(own) or (site(named) == site(own) and not _is_section_of(named, own))


def _is_landing(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/").lower() in _LANDINGS and not parts.query


def _is_section_of(named: str, own: str) -> bool:
    """Whether an address is a section's above the story: ``/politics`` for ``/politics/story-of-the-day``.

    ``/story-of-the-day`` is none for ``/story-of-the-day/amp``.
    """
    above, inner = urlsplit(named), urlsplit(own).path
    path = above.path.rstrip("/")
    if above.query or not inner.startswith(f"{path}/"):
        return False
    last, rest = path.rpartition("/")[2], inner[len(path) + 1 :]
    return len(_WORD.findall(last)) < _SLUG_WORDS <= len(_WORD.findall(rest))
