"""Whether a document's namespaces mean the same to feedparser wherever they are declared.

feedparser keeps every declaration that it meets to the document's end, so one in an entry counts in all
that follow. Where each prefix stands for one namespace all along, that changes nothing.
"""

from collections.abc import Collection

from crawler.feeds.elements import PREFIXES, prefix_of

Declaration = tuple[str | None, str]
"""Prefix, None for the default namespace, and address."""


def are_settled(declarations: Collection[Declaration]) -> bool:
    """Whether the order of these declarations does not matter to feedparser."""
    meanings: dict[str, str] = {}  # prefix -> what it stands for
    unknown: dict[str, str | None] = {}  # address -> its prefix
    for prefix, uri in declarations:
        known = prefix_of(uri)
        if known is None and unknown.setdefault(uri, prefix) != prefix:
            return False
        if prefix is None:
            continue
        meaning = uri if known is None else known
        if meanings.setdefault(prefix, meaning) != meaning:
            return False
        # A prefix that feedparser has for another namespace would be taken for that.
        if known is None:
            if prefix in PREFIXES and any(prefix_of(other) == prefix for _, other in declarations):
                return False
        elif prefix in PREFIXES and prefix.lower() != known.lower():
            return False
    return True
