"""The names that an outlet goes by on its own pages: they stand in titles and where a person should."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from wirewatch.text.urls import is_web, site
from workers.read.document import Document
from workers.read.fields.evidence import Evidence
from workers.read.fields.nodes import names_of
from workers.read.likeness import key

_MAX_NAME_CHARS = 80
_METAS = (
    "og:site_name", "application-name", "apple-mobile-web-app-title", "publisher", "dc.publisher",
    "dcterms.publisher",
    "twitter:site", "al:ios:app_name", "al:android:app_name", "citation_publisher", "cre", "copyright",
)  # fmt: skip


def publisher(document: Document) -> tuple[str | None, str]:
    """The outlet's own name for itself, and how it was found."""
    evidence = document.evidence
    for name in names_of(evidence.article.get("publisher"), evidence.nodes):
        if _is_name(name):
            return name, "json-ld"
    for meta in ("og:site_name", "publisher", "dc.publisher", "application-name"):
        for name in evidence.meta(meta)[:1]:
            if _is_name(name):
                return name, meta
    return next(((name, "json-ld") for name in evidence.organisations if _is_name(name)), (None, "none"))


def outlet_names(evidence: Evidence, url: str, sites: Iterable[str]) -> frozenset[str]:
    """The keys of all names that the outlet goes by.

    Args:
        evidence: the page's own statements.
        url: the page's address: the host and its first label are names too.
        sites: other names, such as the source's.
    """
    domain = site(url)
    host = (urlsplit(url).hostname or "").removeprefix("www.") if is_web(url) else ""
    names = [*sites, domain, domain.partition(".")[0], host, *evidence.organisations]
    names += [name for meta in _METAS for name in evidence.metas.get(meta, [])[:2]]
    return frozenset(key(name) for name in names if name and len(name) <= _MAX_NAME_CHARS) - {""}


def _is_name(name: str) -> bool:
    return bool(key(name)) and len(name) <= _MAX_NAME_CHARS and "://" not in name and not name.isdigit()
