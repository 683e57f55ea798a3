"""The lines near a page's title that may tell its day."""

import re

from workers.read.document import Document
from workers.read.fields.cleaning import clean
from workers.read.fields.title_place import below_title

_WORDS = [
    "date",
    "time",
    "publish",
    "posted",
    "byline",
    "meta-info",
    "datum",
    "fecha",
    "tarih",
    "timestamp",
    "dato",
    "fech",
    "ngay",
    "tanggal",
]
_DATED = ",".join(
    ["h1", *(f"[class*={word} i]" for word in _WORDS), "[data-testid*=date i]", "[data-testid*=time i]"]
)
_UPDATED = re.compile(r"modif|update|upd\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_MAX_CHARS = 120
_MOST = 12


def visible_days(document: Document) -> list[str]:
    """Short lines with digits, those that are marked as dates below the title first."""
    titled = not document.evidence.headings
    marked: list[str] = []
    for node in document.tree.css(_DATED):
        if node.tag == "h1":
            titled = titled or bool(node.text(strip=True))
        elif titled and not _UPDATED.search(node.attributes.get("class") or ""):
            text = clean(node.text(separator=" ")[: 4 * _MAX_CHARS])
            if len(text) <= _MAX_CHARS and _DIGIT.search(text):
                marked.append(text)
                if len(marked) >= _MOST:
                    break
    return [*marked, *_below_title(document)]


def _below_title(document: Document) -> list[str]:
    near = (block.text for block in below_title(document))
    return [text for text in near if len(text) <= _MAX_CHARS and _DIGIT.search(text)]
