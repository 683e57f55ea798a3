"""Stories decided a second: every page read in full, against screened first.

Pages of the newsroom of which about three in a hundred match, and, with ``--pages DIR``, saved pages
(``*.html`` and ``*.html.gz``) of your own.
"""

import argparse
import gzip
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from crawler.entries import Item, make_entry
from newsroom.pages import article_page
from newsroom.world import World
from wirewatch.config.example import example_text
from wirewatch.config.settings import Settings, SourceSettings, TopicSettings
from wirewatch.config.watched import source_of
from wirewatch.models import Page, now
from workers.jobs import read_and_match
from workers.match.matcher import match_story
from workers.match.topics import Topic, compile_topics
from workers.read.reader import read_story

_ROUNDS = 3
_MATCHING_PART = 0.03


def shipped_topics() -> tuple[Topic, ...]:
    """The topics of the shipped example."""
    written = yaml.safe_load(example_text())["topics"]
    return compile_topics({name: TopicSettings(**topic) for name, topic in written.items()})


def newsroom_pages(count: int) -> list[Page]:
    """Pages about nothing in particular, and three in a hundred about the topics."""
    wanted_matching = round(count * _MATCHING_PART)
    matching: list[Page] = []
    others: list[Page] = []
    for article in World(seed=1, stories=count * 3).articles:
        page = _page(article.url, article.story.title, article_page(article, now()).encode())
        (matching if article.story.topics else others).append(page)
    return matching[:wanted_matching] + others[: count - wanted_matching]


def saved_pages(folder: Path) -> list[Page]:
    """The pages in a folder."""
    found = sorted([*folder.glob("*.html"), *folder.glob("*.html.gz")])
    return [_page(f"https://example.org/{path.name}", path.name, _bytes(path)) for path in found]


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _page(url: str, title: str, html: bytes) -> Page:
    source = source_of(Settings(), SourceSettings(url="https://example.org/feed"))
    entry = make_entry(source, Item(identity="", url=url, title=title), now=now())
    return Page(entry=entry, url=url, html=html)


def rate(pages: list[Page], decide: Callable[[Page], bool]) -> tuple[float, int]:
    """The best of some rounds, in pages a second, and how many matched."""
    best, matched = 0.0, 0
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        matched = sum(decide(page) for page in pages)
        best = max(best, len(pages) / (time.perf_counter() - begun))
    return best, matched


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=200, help="how many newsroom pages")
    options.add_argument("--pages", type=Path, help="a folder of saved pages instead")
    chosen = options.parse_args()
    pages = saved_pages(chosen.pages) if chosen.pages else newsroom_pages(chosen.count)
    topics = shipped_topics()
    read_all, found_all = rate(pages, lambda page: bool(match_story(topics, read_story(page))))
    screened, found = rate(pages, lambda page: bool(read_and_match(topics, page)[1]))
    mean_kb = sum(len(page.html or b"") for page in pages) / len(pages) / 1024
    print(f"{len(pages)} pages of {mean_kb:.0f} kB on average, one process\n")
    print(f"{'':<28}{'stories/s':>10}{'matched':>9}")
    print(f"{'every page read in full':<28}{read_all:>10.0f}{found_all:>9}")
    print(f"{'screened first':<28}{screened:>10.0f}{found:>9}")
    print(f"{'ratio':<28}{screened / read_all:>10.1f}")


if __name__ == "__main__":
    main()
