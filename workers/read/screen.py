"""The whole text of a page, fast: what the topics' automaton is run over before anything is read well.

A topic that can match the story must be able to match this text, so it keeps whatever a reader might keep,
and in each way in which a reader might see it: words that tags part both joined and parted, noscript and
template, the texts inside JSON-LD, the contents of metas and of microdata, the addresses, the feed entry.
"""

import json
import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from wirewatch.models import Page
from wirewatch.text.html import BOUNDARY, parse, plain_text, shown_text, tree_of
from workers.read.decode import decode

_JSON_LD = "script[type*='ld+json' i]"
_TITLES = "title,h1,[itemprop]"  # of which a reader takes the text whatever is inside
_LONGEST_CONTENT = 10_000  # characters: some metas hold a program's settings
_MOST_TITLE_CHARS = 2_000_000
_ENTITY = re.compile(r"&#?\w{1,32};")
_TEMPLATE_TAG = re.compile(r"<(/?)template\b", re.IGNORECASE)
# One without an end goes on to the document's: else each quote in it would be tried as a beginning.
_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"?', re.DOTALL)
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
# Values that are no prose: by them every page of a section would be about the section.
_NO_PROSE = frozenset(
    (
        *("@context", "@id", "@type", "url", "sameas", "contenturl", "embedurl", "thumbnailurl", "logo"),
        *("image", "datepublished", "datemodified", "inlanguage", "keywords", "articlesection"),
    )
)


def whole_text(page: Page) -> str:
    """Everything that could end up in the title, summary or body of a page's story."""
    entry = page.entry
    fed = [plain_text(text) for text in (entry.title, entry.summary, entry.content)]
    read = [page_text(decode(html, page.charset)) for html in (page.html or b"", *page.further)]
    return "\n".join([entry.title, entry.summary, *fed, entry.url, page.url, *read])


def page_text(html: str) -> str:
    """All the words of a page, words that inline tags split both joined and split. Never raises."""
    tree = parse(html)
    texts = [*_attribute_texts(tree), *_json_texts(tree), *_title_texts(tree)]
    if templates := tree.css("template"):
        inside = tree_of(_TEMPLATE_TAG.sub(r"<\1div", "".join(node.html or "" for node in templates)))
        texts += [_parted(inside), shown_text(inside)]
    # Most lines are the same in both; a line told twice would be searched twice.
    lines = {*_parted(tree).split(BOUNDARY), *shown_text(tree).split(BOUNDARY)}
    text = "\n".join([*texts, *lines])
    if not _ENTITY.search(text):
        return text
    # What was escaped once too often is read as meant by some.
    escaped = " ".join(piece for piece in text.split() if "&" in piece)
    return f"{text}\n{plain_text(unescape(escaped))}"


def _attribute_texts(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("[content]"):
        yield from _texts_of((node.attrs.get("content") or "")[:_LONGEST_CONTENT])
    for node in tree.css("link[rel~=canonical i]"):
        yield node.attrs.get("href") or ""


def _title_texts(tree: LexborHTMLParser) -> Iterator[str]:
    """The texts of titles, joined over whatever elements are inside."""
    left = _MOST_TITLE_CHARS
    for node in tree.css(_TITLES):
        yield (text := node.text())
        left -= len(text)
        if left < 0:  # one inside the other, they would be read with the square of their number
            return


def _parted(tree: LexborHTMLParser) -> str:
    """The texts, as if each element ended a word; takes scripts and styles out of the tree."""
    tree.strip_tags(["script", "style"])
    root = tree.body or tree.root
    return "" if root is None else root.text(separator=BOUNDARY)


def _json_texts(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css(_JSON_LD):
        for text in _strings(node.text()):
            yield from _texts_of(text)


def _texts_of(value: str) -> Iterator[str]:
    """What a value says that may hold markup: with its words parted by tags, and joined."""
    yield unescape(value)
    if "<" in value:
        yield plain_text(value)


def _strings(script: str) -> Iterator[str]:
    """The texts of a JSON document; all that stands in quotes where it is broken, and the document itself."""
    try:
        waiting = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        yield _unescaped(script)
        yield from (_unescaped(found) for found in _STRING.findall(script))
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(inner for key, inner in value.items() if key.lower() not in _NO_PROSE)
        elif isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, str):
            yield value


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    # Characters beyond U+FFFF are written as two escapes, which only together are a character.
    text = _JSON_ESCAPE.sub(_character, text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return {"n": "\n", "r": "\n", "t": " ", "b": "", "f": " "}.get(escape[2], escape[2])
