"""Twins of a story: its AMP, print and mobile pages, told by two signs that agree.

A twin has a mark in its address, such as ``/amp``, ``?print=1`` or ``m.``, and names its own address without
the mark, as canonical, as og:url, in JSON-LD or by a link. A page that has the one without the other is a
story of its own, or a matter of what :mod:`workers.read.fields.address` believes of any page.
"""

from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from wirewatch.text.urls import canonical, is_front_page, is_web, resolve, site
from workers.read.document import Document
from workers.read.fields.address import stated_addresses

_HOSTS = frozenset({"m", "mobile", "mobil", "mobi", "amp", "touch", "wap", "lite", "print"})
_PRINTS = """print printer printable printview printversion printpage printarticle printfriendly drucken druck
druckansicht imprimir imprimer impression imprima stampa stampare afdrukken utskrift skriv-ut skrivut tulosta
tisk tlac drukuj druk nyomtatas yazdir yazdır cetak inphan pechat печать друк εκτύπωση"""
_MARKS = frozenset({"amp", "amphtml", "m", "mobile", "mobil", "wap", *_PRINTS.split()})
_SWITCHES = frozenset(
    {"output", "outputtype", "view", "format", "mode", "tmpl", "type"}
)  # of an outlet's views
_ON = frozenset({"", "1", "true", "yes", "y", "on"})
_JOINTS = str.maketrans("", "", "-_")
_MOST_LINKS = 2000


def main_page(document: Document) -> tuple[str, str] | None:
    """The canonical address of the page whose twin a page is, and how it is known; None for any other."""
    own = canonical(document.url)
    bare = {one for one in _unmarked(own) if one != own and not is_front_page(one)} if is_web(own) else set()
    if not bare:
        return None
    for how, link in stated_addresses(document):
        named = canonical(resolve(own, link) or own)
        if named in bare:
            return named, how
        if named != own and site(named) == site(own) and not is_front_page(named):
            return None  # it says that it is another page, and that one may well be its main page
    linked = _linked(document, own, bare)
    return (linked, "link without the twin's mark") if linked else None


def _linked(document: Document, own: str, bare: set[str]) -> str | None:
    """The page's own address without the mark, where a link on it leads there."""
    for node in document.tree.css("a[href]")[:_MOST_LINKS]:
        href = node.attributes.get("href") or ""
        if "#" not in href[:1] and (url := resolve(own, href)) and canonical(url) in bare:
            return canonical(url)
    return None


def _unmarked(url: str) -> Iterator[str]:
    """An address without one of the marks of twins, in each way in which it has one."""
    parts = urlsplit(url)
    for host in _hosts(parts):
        yield canonical(urlunsplit(parts._replace(netloc=host)))
    for path in _paths(parts.path):
        yield canonical(urlunsplit(parts._replace(path=path)))
    parameters = parts.query.split("&") if parts.query else []
    kept = [one for one in parameters if not _is_switch(one)]
    if len(kept) < len(parameters):
        yield canonical(urlunsplit(parts._replace(query="&".join(kept))))


def _hosts(parts: SplitResult) -> Iterator[str]:
    label, _, rest = parts.netloc.partition(".")
    if label in _HOSTS and "." in rest:
        yield from (rest, f"www.{rest}")
    elif label == "www" and (inner := rest.partition("."))[0] in _HOSTS and "." in inner[2]:
        yield from (inner[2], f"www.{inner[2]}")


def _paths(path: str) -> Iterator[str]:
    """A path without a marked segment, or without a mark at its end."""
    segments = path.split("/")
    for index, segment in enumerate(segments):
        if index and _is_mark(segment):
            kept = "/".join(segments[:index] + segments[index + 1 :])
            yield kept or "/"
            yield kept.rstrip("/") or "/"
            yield kept.rstrip("/") + "/"
    last = segments[-1]
    stem, dot, ending = last.rpartition(".")
    if not dot:
        stem, ending = last, ""
    for joint in "-_.,":
        head, found, tail = stem.rpartition(joint)
        if found and head and _is_mark(tail):
            yield "/".join([*segments[:-1], head + dot + ending])
    if dot and _is_mark(ending):  # /story.amp
        yield "/".join([*segments[:-1], stem])


def _is_mark(word: str) -> bool:
    word = unquote(word).casefold()
    return word in _MARKS or word.translate(_JOINTS) in _MARKS


def _is_switch(parameter: str) -> bool:
    name, _, value = parameter.casefold().partition("=")
    if _is_mark(name):
        return value in _ON
    return name in _SWITCHES and (_is_mark(value) or value == "component")
