"""What to watch of a page that has feeds: the choice of whoever sits at the terminal."""

from collections.abc import Callable

from console.sources.discovering import Look
from workers.alerts.plain import one_line

THE_PAGE, ALL = "p", "a"


def hint(look: Look) -> str:
    """A page's feeds, for whoever cannot be asked."""
    return "\n".join([_heading(look), *(f"  {url}  {one_line(title)}".rstrip() for url, title in look.feeds)])


def menu(look: Look) -> str:
    """A page's feeds by number."""
    lines = [_heading(look)]
    for number, (url, title) in enumerate(look.feeds, 1):
        lines.append(f"  {number:>2}  {url}  {one_line(title)}".rstrip())
    if len(look.feeds) > 1:
        lines.append(f"   {ALL}  all of them")
    if look.what == "section":
        lines.append(f"   {THE_PAGE}  the page itself: the stories that it links to")
    return "\n".join(lines)


def _heading(look: Look) -> str:
    what = {"story": "the page of a single story", "page": "a web page without stories,"}
    count = "a feed" if len(look.feeds) == 1 else f"{len(look.feeds)} feeds"
    return f"{look.url} is {what.get(look.what or '', 'a web page')} with {count}:"


def choose(look: Look, ask: Callable[[str], str], complain: Callable[[str], None]) -> list[str]:
    """The addresses to watch instead of a page, or its own.

    Args:
        look: at the page.
        ask: the question, for the answer; an empty one is the first feed.
        complain: what is wrong with an answer; it is asked again.
    """
    while True:
        chosen = _chosen(look, ask("Which? Numbers such as 1 or 1,3"))
        if chosen:
            return chosen
        page = f" or {THE_PAGE}" if look.what == "section" else ""
        complain(f"write numbers from 1 to {len(look.feeds)}{page}")


def _chosen(look: Look, answer: str) -> list[str]:
    word = answer.strip().lower() or "1"
    if word == ALL:
        return [url for url, _ in look.feeds]
    if word == THE_PAGE and look.what == "section":
        return [look.url]
    numbers = [int(part) for part in word.replace(",", " ").split() if part.isascii() and part.isdigit()]
    whole = len(numbers) == len(word.replace(",", " ").split())
    if not whole or not all(1 <= number <= len(look.feeds) for number in numbers):
        return []
    return [look.feeds[number - 1][0] for number in dict.fromkeys(numbers)]
