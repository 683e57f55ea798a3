"""Which real feeds can take part: every contestant must be able to read them."""

from pathlib import Path

import feedparser

from polling_contest.bodies import RealFeed, documents

_MOST = 60  # feedparser needs a tenth of a second for each


def vetted(folder: Path, chosen: Path) -> tuple[int, int]:
    """Copy those that feedparser reads without complaint, whole and without their first entry.

    Args:
        folder: with ``*.xml`` and ``*.xml.gz``.
        chosen: an empty folder for what takes part.

    Returns:
        How many were looked at, and how many take part.
    """
    found = documents(folder)[:_MOST]
    good = [one for one in found if _can_take_part(one)]
    for number, document in enumerate(good):
        (chosen / f"{number:03}.xml").write_bytes(document)
    return len(found), len(good)


def _can_take_part(document: bytes) -> bool:
    cut, whole = feedparser.parse(RealFeed(document).body()), feedparser.parse(document)
    return not whole.bozo and not cut.bozo and 0 < len(cut.entries) == len(whole.entries) - 1
