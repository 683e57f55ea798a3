"""Whether a story is for subscribers only, by what its page says to search engines and readers."""

from typing import Any

from workers.read.document import Document
from workers.read.fields.cleaning import clean

_MAX_PARTS = 20
_METAS = (
    "article:content_tier",
    "og:article:content_tier",
    "content_tier",
    "contenttier",
    "cxenseparse:recs:paywall",
)
_CLOSED = frozenset(
    {"locked", "metered", "premium", "paid", "subscriber", "subscribers", "subscription", "plus", "true"}
)
_OPEN = frozenset({"free", "open", "public", "unlocked", "false"})


def paywalled(document: Document) -> tuple[bool | None, str]:
    """Whether all or a part of the story is behind a paywall, and who says so; None where nobody does."""
    evidence = document.evidence
    said = _said_free(evidence.article)
    if said is None:
        said = _said_free(evidence.page)
    if said is not None:
        return not said, "json-ld"
    for meta in _METAS:
        for tier in evidence.metas.get(meta, [])[:1]:
            if tier.casefold() in _CLOSED | _OPEN:
                return tier.casefold() in _CLOSED, meta
    for free in evidence.items.get("isaccessibleforfree", [])[:1]:
        if (told := _truth(free)) is not None:
            return not told, "microdata"
    return None, "none"


def _said_free(node: dict[str, Any]) -> bool | None:
    """What a node says of itself; a part that is not free makes the whole not free."""
    parts = node.get("hasPart")
    parts = parts[:_MAX_PARTS] if isinstance(parts, list) else [parts]
    free = [_truth(part.get("isAccessibleForFree")) for part in parts if isinstance(part, dict)]
    whole = _truth(node.get("isAccessibleForFree"))
    return False if whole is False or (whole is None and False in free) else whole


def _truth(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    text = clean(value).casefold().rpartition("/")[2]  # "http://schema.org/False"
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(text)
