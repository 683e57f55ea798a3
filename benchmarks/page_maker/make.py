"""Which story has which shape, and the files that come of it."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from page_maker import elder, present
from page_maker.markup import Made
from page_maker.sheet import Sheet, languages

SHAPES: tuple[Callable[[Sheet], Made], ...] = (
    present.semantic, present.soup, elder.nineties, present.amp, elder.weblog, present.live_blog,
    elder.microdata, present.paywalled, elder.line_breaks, present.components, elder.portal,
    present.two_authors, elder.agency,
)  # fmt: skip
# What pages without UTF-8 are written in; what an encoding lacks is written as a reference.
_OLD_CHARSETS = {
    "ar": "windows-1256", "de": "iso-8859-1", "el": "iso-8859-7", "es": "iso-8859-1", "fr": "iso-8859-1",
    "he": "windows-1255", "ja": "shift_jis", "ko": "euc-kr", "nb": "iso-8859-1", "pl": "iso-8859-2",
    "pt": "iso-8859-1", "ru": "windows-1251", "tr": "iso-8859-9", "zh": "gb2312",
}  # fmt: skip
_VARIANTS = 3


def pages() -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Each page: its file's name, its bytes, its truth."""
    known = languages()
    for number in range(len(known) * _VARIANTS):
        variant, at = divmod(number, len(known))
        shape = SHAPES[(at + 4 * variant) % len(SHAPES)]
        sheet = Sheet(known[at], number, variant)
        made = shape(sheet)
        charset = _OLD_CHARSETS.get(sheet.language, "utf-8") if "{charset}" in made.html else "utf-8"
        html = made.html.replace("{charset}", charset).encode(charset, "xmlcharrefreplace")
        file = f"{sheet.language}-{shape.__name__.replace('_', '-')}.html.gz"
        truth = {
            "file": file,
            "url": sheet.url,
            "title": sheet.said("title"),
            "authors": sheet.authors,
            "published": str(sheet.published),
            "body": "\n".join(part.text for part in made.parts),
        }
        yield file, html, truth


def write(folder: Path) -> None:
    """Write all pages into a folder, and ``truth.json`` beside them."""
    folder.mkdir(exist_ok=True)
    truths = []
    for file, html, truth in pages():
        (folder / file).write_bytes(gzip.compress(html, mtime=0))
        truths.append(truth)
    text = json.dumps(truths, ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(text + "\n", "utf-8")
