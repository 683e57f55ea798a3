"""Stories decided a second: every page read by trafilatura, every page read by ours, and screened first.

Pages of the newsroom of which about three in a hundred match, and, with ``--pages DIR``, saved pages
(``*.html`` and ``*.html.gz``) of your own: with topics made so that three in a hundred of them match, and
with the shipped topics, which more of them may match, or seem to by the words of their menus.
"""

import argparse
import gzip
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import yaml
from trafilatura import bare_extraction

from crawler.entries import Item, make_entry
from crawler.identity import own_id
from newsroom.pages import article_page
from newsroom.world import World
from wirewatch.config.example import example_text
from wirewatch.config.settings import Settings, SourceSettings, TopicSettings
from wirewatch.config.watched import source_of
from wirewatch.models import Page, now
from wirewatch.text.words import words
from workers.match.matcher import match_story
from workers.match.screen import Screen
from workers.match.topics import Topic, compile_topics
from workers.read.decode import decode
from workers.read.reader import read_story
from workers.read.screen import whole_text
from workers.stories import read_and_match

_ROUNDS = 3
_MATCHING_PART = 0.03
_WORD_CHARS = 6
_TOPICS = (3, 100, 10_000)


def shipped_topics() -> tuple[Topic, ...]:
    """The topics of the shipped example."""
    written = yaml.safe_load(example_text())["topics"]
    return compile_topics({name: TopicSettings(**topic) for name, topic in written.items()})


def made_topics(pages: Sequence[Page], count: int) -> tuple[Topic, ...]:
    """Topics of which each asks for two words: one word after the other of a few stories, or of none.

    The stories are three in a hundred, at least one; their words stand in no other of the pages.
    """
    stories = [read_story(page) for page in pages]
    chosen = Random(1)
    known = Counter(word for page in pages for word in {one.folded for one in words(whole_text(page))})
    wanted: list[str] = []
    for story in chosen.sample(stories, len(stories)):
        own = {word.folded for word in words(story.text)}
        rare = sorted(
            word for word in own if known[word] == 1 and len(word) >= _WORD_CHARS and word.isalpha()
        )
        wanted += rare[:1]
        if len(wanted) >= max(1, round(len(pages) * _MATCHING_PART)):
            break
    letters = "abcdefghijklmnopqrstuvwxyz"
    while len(wanted) < count:
        wanted.append("".join(chosen.choices(letters, k=chosen.randint(6, 10))))
    queries = [f'{word} OR ({word[:4]}*{word[-2:]} AND "{word[::-1]} {word}")' for word in wanted[:count]]
    return compile_topics({str(name): TopicSettings(query=query) for name, query in enumerate(queries)})


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
    item = Item(identity="", url=url, title=title)
    return Page(entry=make_entry(source, item, own_id(source.id, item), now=now()), url=url, html=html)


def rate(pages: Sequence[Page], decide: Callable[[Page], bool], rounds: int = _ROUNDS) -> tuple[float, int]:
    """The best of some rounds, in pages a second of the processor, and how many matched."""
    best, matched = 0.0, 0
    for _ in range(rounds):
        begun = time.process_time()
        matched = sum(decide(page) for page in pages)
        best = max(best, len(pages) / (time.process_time() - begun))
    return best, matched


def by_trafilatura(page: Page) -> bool:
    """Read a page as others would."""
    return bare_extraction(decode(page.html or b""), url=page.url, with_metadata=True) is not None


def measure(name: str, pages: Sequence[Page], topics: tuple[Topic, ...], others: float) -> None:
    """Print the line of one set of topics."""
    begun = time.process_time()
    screen = Screen(topics)
    built = time.process_time() - begun
    seem = sum(bool(screen.possible(whole_text(page))) for page in pages)
    read_all, _ = rate(pages, lambda page: bool(match_story(topics, read_story(page))), 1)
    screened, found = rate(pages, lambda page: bool(read_and_match(screen, page)[1]))
    ratio = f"{screened / others:.1f} x"
    print(f"{name:<20}{built:>8.2f}{read_all:>10.1f}{screened:>10.1f}{ratio:>10}{seem:>9}{found:>9}")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=200, help="how many newsroom pages")
    options.add_argument("--pages", type=Path, help="a folder of saved pages instead")
    chosen = options.parse_args()
    pages = saved_pages(chosen.pages) if chosen.pages else newsroom_pages(chosen.count)
    mean_kb = sum(len(page.html or b"") for page in pages) / len(pages) / 1024
    others, _ = rate(pages, by_trafilatura, 1)
    print(f"{len(pages)} pages of {mean_kb:.0f} kB on average; stories decided a second of one processor\n")
    print(f"trafilatura reading every page, without any matching: {others:.1f}\n")
    print(
        f"{'topics':<20}{'built s':>8}{'read all':>10}{'screened':>10}{'ratio':>10}{'maybe':>9}{'matched':>9}"
    )
    measure("the shipped ones", pages, shipped_topics(), others)
    for count in _TOPICS:
        measure(f"{count:,} made ones", pages, made_topics(pages, count), others)


if __name__ == "__main__":
    main()
