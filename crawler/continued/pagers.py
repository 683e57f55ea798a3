"""Where a page of a story links to the next one: pure, on the page's text.

Two things must agree: the shape of the link's address (:mod:`crawler.continued.places`), and the pager that
holds it, a small thing beside the story's own text (:mod:`crawler.continued.surroundings`). So the pager of
the readers' comments, of a list of other stories or of an archive is left alone, however it is labelled.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.base_address import base_of
from crawler.continued.places import Place, place, without_first
from crawler.continued.surroundings import Surroundings
from wirewatch.text.html import fold, parse
from wirewatch.text.urls import canonical, resolve

_MOST_LINKS = 60  # of the right shape
# With case: then the search is for four letters, and three times as fast.
_HREF = re.compile(r"""href\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))""")
# The number at the end of the path, or as a parameter's whole value.
_NUMBERED = re.compile(
    r"(?:^|[^\d])0?(\d{1,2})/?(?:\.[a-z]{2,5})?(?:[?#]|$)|[?&;][^=&#]{1,60}=0?(\d{1,2})(?=[&#]|$)",
    re.IGNORECASE,
)
_HEAD_CHARS = 100_000
_LINK = re.compile(r"<(?:link|LINK)\s([^<>]{1,2000})>")
_OTHERS = re.compile(r"#.{0,40}(comment|reply|respond|disqus)", re.IGNORECASE)
_LABEL_CHARS = 120  # some say what the next page is about
_BARE_LABEL_CHARS = 40
_NUMBER_LABEL_CHARS = 24
_NEXT = re.compile(
    r"""[›»→>▶►⟩❯≫]\s*$|^\s*[«‹←◄]|\b(next|continued?|weiter|nächste|suite|suivante?|siguiente|seguinte|próxima
    |successiva?|avanti|continua|volgende|verder|neste|nästa|næste|næsta|seuraava|następna|dalej|další|ďalšia
    |következő|tovább|următoarea|следующая|дальше|далее|наступна|далі|следваща|naslednja|sljedeća|sledeća
    |следећа|επόμενη|sonraki|devamı|növbəti|berikutnya|selanjutnya|seterusnya|tiếp|susunod|järgmine|nākamā
    |kitas|tjetra|inayofuata)\b|次|下一|다음|التالي|بعدی|הבא|अगला|अगले|পরবর্তী|அடுத்த|ถัดไป|ต่อไป|հաջորդ|შემდეგი""",
    re.IGNORECASE | re.VERBOSE,
)


def next_place(html: str, at: Place, story: str, shown: int, known: Collection[str]) -> Place | None:
    """The place of the story's next page, or None where the page names none. Never raises.

    Args:
        html: the page at ``at``.
        at: which page of the story it is.
        story: the address of the first page.
        shown: the number that a reader calls this page by, from 1; addresses may count from 0.
        known: the canonical addresses of pages that are not asked for again.
    """
    numbers = {at.number + 1} if at.form else {1, 2}
    words = {_last_word(story), *map(_last_word, _canonical_links(html[:_HEAD_CHARS]))}
    if not any(_may_be_of(link, words) and _has_number(link, numbers) for link in _links(html)):
        return None  # nearly every page; the rest is parsed
    tree = parse(html)
    base = base_of(tree, at.url)
    surroundings: Surroundings | None = None
    said = {canonical(url) for url in _said_next(tree, base)}
    for node, one in _of_the_shape(tree, base, _names_of(tree, base, story), numbers):
        if one.form != (at.form or one.form) or canonical(one.url) in known:
            continue
        surroundings = surroundings or Surroundings(tree)
        if surroundings.is_beside_the_story(node) and _is_next(
            node, one, shown + 1, surroundings, said=canonical(one.url) in said
        ):
            return one
    return None


def _links(html: str) -> Iterator[str]:
    return (next(filter(None, found.groups())) for found in _HREF.finditer(html.replace("HREF", "href")))


def _canonical_links(html: str) -> Iterator[str]:
    for link in _LINK.finditer(html):
        if "canonical" in link[1].lower():
            yield from _links(link[1])


def _has_number(link: str, numbers: Collection[int]) -> bool:
    return any(int(found[1] or found[2]) in numbers for found in _NUMBERED.finditer(unescape(link)))


def _last_word(url: str) -> str:
    """What the addresses of a story's further pages have in common: the end of its path, less the ending."""
    path = unquote(url.partition("#")[0].partition("?")[0]).rstrip("/")
    return without_first(path).rpartition("/")[2].partition(".")[0]


def _may_be_of(link: str, words: Collection[str]) -> bool:
    """Whether a link as it is written, maybe relative, can lead to a page of a story with such words."""
    path = unquote(link.partition("?")[0])
    return "/" not in path.strip("/.") or any(word in path for word in words)


def _said_next(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    for node in tree.css("link[rel~='next' i], a[rel~='next' i]")[:_MOST_LINKS]:
        if url := resolve(base, node.attrs.get("href") or ""):
            yield url


def _names_of(tree: LexborHTMLParser, base: str, story: str) -> list[str]:
    """The addresses that further pages may be made from: the one that was asked, the one the page names."""
    node = tree.css_first("link[rel~='canonical' i]")
    named = resolve(base, node.attrs.get("href") or "") if node is not None else None
    return [story, named] if named else [story]


def _of_the_shape(
    tree: LexborHTMLParser, base: str, stories: list[str], numbers: Collection[int]
) -> Iterator[tuple[LexborNode, Place]]:
    left = _MOST_LINKS
    for node in tree.css("a[href]"):
        link = node.attrs.get("href") or ""
        if not _has_number(link, numbers) or _OTHERS.search(link):
            continue
        left -= 1
        if left < 0:
            return
        url = resolve(base, link)
        one = next((fit for story in stories if (fit := place(url, story))), None) if url else None
        if one is not None and one.form and one.number in numbers:
            yield node, one


def _is_next(node: LexborNode, one: Place, shown: int, surroundings: Surroundings, *, said: bool) -> bool:
    """Whether a link of a further page's shape is the one to page ``shown``."""
    label = unicodedata.normalize("NFKC", fold(surroundings.label(node)[: 2 * _LABEL_CHARS]))
    numbers = [int(number) for number in re.findall(r"\d{1,4}", label)]
    named = one.sure and one.form != "/"
    if numbers == [shown] and len(label) <= (_LABEL_CHARS if named else _NUMBER_LABEL_CHARS):
        # "2" beside "1": all that an address such as story-2.html, or ?page=1 for the second page, can show.
        return (one.sure and one.number == shown) or surroundings.numbers_beside(node) >= {shown - 1, shown}
    if not one.sure or one.number <= 1:  # "next" and ?page=1: only if the page counts from 0
        return said and one.sure
    if said or (_NEXT.search(label) and len(label) <= _LABEL_CHARS):
        return True
    return named and not numbers and 0 < len(label) <= _BARE_LABEL_CHARS
