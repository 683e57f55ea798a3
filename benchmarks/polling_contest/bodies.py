"""What the feeds of the contest say: made up, or real ones from a folder."""

import gzip
import re
from email.utils import formatdate
from pathlib import Path
from typing import Protocol

ENTRIES = 30
# A host whose pages nobody fetches: its partition is odd, and the contest's crawler owns the even ones.
STORY_HOST = "stories.example"
_WORDS = re.findall(
    r"\w+",
    "council budget harbour tariff river festival strike school bridge doctor market storm archive museum "
    "ferry union forest verdict tunnel election orchard library railway summit",
)
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Feed {n}</title>'
    "<link>https://{host}/{n}</link><description>Made for a benchmark</description><language>en</language>\n"
)
_ITEM = (
    "<item><title>{title}</title><link>https://{host}/{n}/{k}</link>"
    '<guid isPermaLink="true">https://{host}/{n}/{k}</guid><pubDate>{date}</pubDate>'
    "<category>news</category><description>{text}</description></item>\n"
)
_TAIL = "</channel></rss>\n"
_ENTRY = re.compile(rb"<(item|entry)[\s>].*?</\1\s*>", re.DOTALL)


class Feed(Protocol):
    """One address of the contest."""

    grows: bool  # whether every poll can bring one entry more; else only the second one does

    def body(self) -> bytes:
        """What it says as long as nothing happens."""

    def next_body(self) -> bytes:
        """What it says with one entry more."""


class MadeFeed:
    """Thirty entries in 12 kB; each next body has a new one on top, and has lost the oldest."""

    grows = True

    def __init__(self, number: int) -> None:
        self._number = number
        self._head = _HEAD.format(n=number, host=STORY_HOST).encode()
        self._items = [self._item(k) for k in range(ENTRIES, 0, -1)]
        self._last = ENTRIES
        self._body = self._written()

    def _item(self, k: int) -> bytes:
        words = [_WORDS[(self._number * 7 + k * 5 + i * (k % 11 + 1)) % len(_WORDS)] for i in range(24)]
        title = f"{' '.join(words[:5]).capitalize()} {self._number}-{k}"
        text = f"{' '.join(words[5:]).capitalize()}."[:150]
        return _ITEM.format(
            n=self._number, k=k, title=title, text=text, date=formatdate(usegmt=True), host=STORY_HOST
        ).encode()

    def _written(self) -> bytes:
        return b"".join((self._head, *self._items, _TAIL.encode()))

    def body(self) -> bytes:
        """The thirty entries there are."""
        return self._body

    def next_body(self) -> bytes:
        """The next thirty."""
        self._last += 1
        self._items.pop()
        self._items.insert(0, self._item(self._last))
        self._body = self._written()
        return self._body


class RealFeed:
    """A document from a file: at first without its first entry, then whole."""

    grows = False

    def __init__(self, document: bytes) -> None:
        self._whole = document
        self._body = _ENTRY.sub(b"", document, count=1)

    def body(self) -> bytes:
        """What it says now."""
        return self._body

    def next_body(self) -> bytes:
        """The whole document."""
        self._body = self._whole
        return self._body


def documents(folder: Path) -> list[bytes]:
    """The feeds of a folder, ``*.xml`` and ``*.xml.gz``, by name."""
    paths = sorted([*folder.glob("*.xml"), *folder.glob("*.xml.gz")])
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths
    ]


def feeds(count: int, real: list[bytes] | None) -> list[Feed]:
    """So many feeds; real documents are served at several addresses where they are fewer."""
    if real:
        return [RealFeed(real[n % len(real)]) for n in range(count)]
    return [MadeFeed(n) for n in range(count)]
