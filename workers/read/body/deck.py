"""The deck: the line or two between a story's title and its body that say what it is about."""

import re

from workers.read.body.apart import Apart, stands_apart, worded
from workers.read.body.blocks import Block, Scope
from workers.read.body.captions import is_caption
from workers.read.body.chrome import is_chrome, is_dateline
from workers.read.body.prose import END, prose, size
from workers.read.body.stated import Stated
from workers.read.likeness import key

# What news systems call it, in the words of many countries.
_NAMES = re.compile(
    r"\b(?:deck|dek|stand ?first|strap ?line|sub ?(?:title|head|headline|heading|deck)|summary|lead|lede"
    r"|abstract|leadtext|intro\w*|excerpt|description|chapo|chapeau|anleser|ingress\w*|vorspann|teaser ?text"
    r"|sapo|entradilla|bajada|copete|volanta|sommario|sumario|sottotitolo|occhiello|catenaccio|linha ?fina"
    r"|bigode|underrubrik|undertittel|manchet\w*|perex|spot|lid|zajawka|kuvaus|preamble|tagline|blurb|synopsis"
    r"|nut ?graf|second ?title|headline (?:sub|secondary))\b"
)
_FEWEST_WORDS = 4
_FEWEST_CHARS = 25
_MOST_CHARS = 900
_MOST_LINKED = 0.3
_ABOVE = 40  # blocks above the body are looked at: bylines, share bars and captions stand there too
_ALIKE = 60  # letters at the start that make a block the page's own description
_PLAIN = frozenset({"h2", "h3", "h4", "p", "div"})
_PLAIN_CHARS = 45  # of a block without a sentence's end that is taken for a deck by its place alone
_PICTURED = frozenset({"figure", "figcaption", "nav", "aside"})


def deck(blocks: list[Block], first: int, title: str, said: Stated) -> list[Block]:
    """The blocks of a story's deck, in order; none where it has no deck.

    A block above the body is of the deck if the page's own description begins like it, if it is called so,
    or if it reads like one and nothing that does stands between the title and it.

    Args:
        blocks: the page's.
        first: index of the body's first block.
        title: the story's.
        said: what the page says of its text.
    """
    above = [
        block
        for block in blocks[max(0, first - _ABOVE) : first]
        if not block.hidden and not is_caption(block, blocks)
    ]
    wanted = key(title)
    places = [
        n for n, block in enumerate(above) if block.tag == "h1" or (wanted and key(block.text) == wanted)
    ]
    around_title: set[Scope] = set(above[places[-1]].inner.around()) if places else set()
    descriptions = [start for text in said.descriptions if (start := key(text[: 2 * _ALIKE])[:_ALIKE])]
    found: list[Block] = []
    nearest = bool(places)
    for block in above[places[-1] + 1 if places else 0 :]:
        if not _could_be(block, title, said):
            continue
        own = [scope for scope in block.inner.around() if scope not in around_title]
        apart = max((stands_apart(scope.tag, scope.names) for scope in own), default=Apart.NO)
        if (
            (_is_described(block, descriptions) and not any(scope.tag in _PICTURED for scope in own))
            or (places and apart < Apart.SURELY and any(_NAMES.search(worded(scope.names)) for scope in own))
            or (places and apart == Apart.NO and (prose(block) or (nearest and _reads(block))))
        ):
            found.append(block)
        nearest = nearest and apart != Apart.NO
    return found


def _is_described(block: Block, descriptions: list[str]) -> bool:
    start = key(block.text[: 2 * _ALIKE])[:_ALIKE]
    return any(start == each for each in descriptions)


def _reads(block: Block) -> bool:
    """Whether a block may be a deck by its place alone."""
    if block.tag not in _PLAIN:
        return False
    return block.tag != "div" or size(block.text) >= _PLAIN_CHARS or bool(END.search(block.text))


def _could_be(block: Block, title: str, said: Stated) -> bool:
    length, words = len(block.text), len(block.text.split())
    return (
        size(block.text) >= _FEWEST_CHARS
        and length <= _MOST_CHARS
        and (words >= _FEWEST_WORDS or (words == 1 and not block.text.isascii()))
        and block.link_chars <= _MOST_LINKED * length
        and not is_dateline(block.text)
        and not said.signs(block)
        and not is_chrome(block.text, title)
    )
