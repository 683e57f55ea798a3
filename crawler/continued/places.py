"""The addresses of a story's further pages, told from those of other stories by their shape alone.

A further page has the story's own address with a number put into it, and nothing else changed. What a link
says is no evidence here: the address of the next story never has that shape, whatever its link is called.
"""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from wirewatch.text.urls import canonical

# "page" as outlets write it into addresses, in their languages; short ones stand alone only.
_WORDS = """page pages pag pagina página pàgina pagină paxina p pg pn pgno seite side sida síða sivu lk
lehekülg lehekulg lehe strana stranka stránka strani strona str oldal sayfa sahifa səhifə seh faqe lapa
puslapis halaman hal laman muka trang pahina ukurasa страница страници сторінка стр стор старонка бет
хуудас σελίδα selida صفحة صفحه safha עמוד pageno pagenr pagenum pagenumber pageindex currentpage paged
articlepage artikelpage storypage 页 頁 ページ 페이지 पृष्ठ পৃষ্ঠা பக்கம் หน้า"""
_PAGE_WORDS = frozenset(_WORDS.split())
_NUMBER = r"0?([1-9][0-9]?)"
_BELOW = re.compile(rf"/(?:([^\W\d_]+)([-_=/]?))?{_NUMBER}")  # …/story/2, …/story/page/2, …/story/seite-2
_BESIDE = re.compile(rf"([-_,.;/])(?:([^\W\d_]+)([-_]?))?{_NUMBER}")  # …/story-2.html, …/story_page2.html
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_FIRST = re.compile(r"/([^\W\d_]+)[-_=/]?1$")
_JOINTS = str.maketrans("", "", "-_")


@dataclass(frozen=True, slots=True)
class Place:
    """One page of a story.

    Attributes:
        url: its address, to be fetched.
        number: which number its address carries; 1 where it carries none.
        form: how the number is put in, the same for all pages of a story; empty where it carries none.
        sure: the form names pages. Of a bare ending, ``story-2.html``, that cannot be said: it may be
            another story under the same words.
    """

    url: str
    number: int = 1
    form: str = ""
    sure: bool = True


def place(url: str, story: str) -> Place | None:
    """Which page of the story at ``story`` an address is; None where it is none.

    Both are web addresses. Those of front pages have no further pages.
    """
    one, first = urlsplit(canonical(url)), urlsplit(canonical(story))
    if one.netloc != first.netloc or one.scheme not in {first.scheme, "https"}:
        return None
    path, base = unquote(one.path).rstrip("/"), without_first(unquote(first.path).rstrip("/"))
    if not base and not first.query:
        return None
    if path == base:
        return _by_query(url, one, first)
    if _parameters(one) != _without_first_parameters(first):
        return None
    return _below(url, path, base) or _beside(url, path, base)


def without_first(path: str) -> str:
    """A story's path without the number of its first page: ``/story`` of ``/story/page/1``."""
    found = _FIRST.search(path)
    return path[: found.start()] if found and _names_page(found[1]) else path


def _names_page(word: str) -> bool:
    return word.casefold().translate(_JOINTS) in _PAGE_WORDS


def _parameters(parts: SplitResult) -> Counter[str]:
    return Counter(parts.query.split("&")) if parts.query else Counter()


def _without_first_parameters(parts: SplitResult) -> Counter[str]:
    return Counter(
        {one: count for one, count in _parameters(parts).items() if _page_parameter(one) not in {"0", "1"}}
    )


def _page_parameter(parameter: str) -> str | None:
    """The value of a parameter whose name says page."""
    name, _, value = parameter.partition("=")
    return value if _names_page(unquote(name)) else None


def _by_query(url: str, one: SplitResult, first: SplitResult) -> Place | None:
    has, base = _parameters(one), _without_first_parameters(first)
    if has == base:
        return Place(url)
    (more, *others), lost = list((has - base).elements()) or [""], base - has
    value = _page_parameter(more)
    found = re.fullmatch(_NUMBER, value) if value else None
    if found is None or others or lost:
        return None
    return Place(url, int(found[1]), "?" + more.partition("=")[0])


def _below(url: str, path: str, base: str) -> Place | None:
    found = _BELOW.fullmatch(path, len(base)) if path.startswith(base) else None
    if found is None or (found[1] and not _names_page(found[1])):
        return None
    return Place(url, int(found[3]), f"/{found[1] or ''}{found[2] or ''}")


def _beside(url: str, path: str, base: str) -> Place | None:
    ending = _ENDING.search(base)
    if ending is None or not path.endswith(ending[0]) or not path.startswith(base[: ending.start()]):
        return None
    found = _BESIDE.fullmatch(path, ending.start(), len(path) - len(ending[0]))
    if found is None or (found[2] and not _names_page(found[2])):
        return None
    form = f"{found[1]}{found[2] or ''}{found[3] or ''}*{ending[0]}"
    return Place(url, int(found[4]), form, sure=bool(found[2]))
