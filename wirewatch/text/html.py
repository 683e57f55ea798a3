"""HTML to readable plain text: one paragraph a line, words whole, blanks folded."""

import re
from html import unescape
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

MAX_HTML_CHARS = 5_000_000
"""What is read of one document. The largest of 34 publishers' story pages has 1.7 million."""

# Elements that do not end a word or a paragraph: what a browser lays out in a line.
_INLINE = """a,abbr,acronym,b,bdi,bdo,big,cite,code,data,del,dfn,em,font,i,ins,kbd,label,mark,nobr,q,rp,rt,
ruby,s,samp,small,span,strike,strong,sub,sup,time,tt,u,var"""
_UNREAD = """script,style,template,svg,math,iframe,object,embed,canvas,audio,video,map,img,picture,source,
input,select,textarea,button,wbr"""

BOUNDARY = "\x1e"
"""Stands between blocks: a control character that HTML does not allow in text, a blank to ``str.split``."""
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00\ud800-\udfff]+")
# Comments right within a text, as servers that render React or Vue write them, within words too. Those with
# what ends or begins a script inside are let be.
_SEAM = re.compile(rb"<!--(?<=[^\s>]<!--)(?!-?>)(?:(?!--!?>|<[/!sS]).)*+-->(?=[^\s<])", re.DOTALL)
_REACT_SEAM = b"<!-- -->"
_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|br|div|span|a|img|b|i|em|strong|ul|li|h[1-6])(?:\s[^<>]{0,300}?)?/?&gt;"
)

# The tree builder takes time, and for formatting elements memory too, with the square of the nesting:
# 100,000 nested <div> held a core for 20 s, 3,000 unclosed <b id=…> took 1.8 GB. Real pages nest to 50.
_MAX_FORMATTING = 60
_MAX_DEPTH = 1000
_MANY_TAGS = 10_000  # under that many, nesting of other elements costs under 0.1 s
_MOST_TAGS = (
    100_000  # a tree of five million characters of tags takes 320 MB; pages have 2,500, at most 20,000
)
# It compares each attribute of an element with all before: 100,000 of them held a core for 41 s.
_LONG_TAG = 10_000  # bytes
_TAG_NAME = re.compile(rb"[a-zA-Z][^\s<>/]{0,100}+")
_ATTRIBUTE = re.compile(rb"[\s\"'/][^\s\"'/>=]")
_MOST_ATTRIBUTES = 1000
_FORMATTING = re.compile(
    rb"<(/?)(?:[aAbBiIsSuU]|big|code|em|EM|font|FONT|nobr|small|strike|strong|STRONG|tt)(?:>|[\s/][^<>]*>)"
)
_NESTING = re.compile(
    rb"<(/?)(?!(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|t[dhr]|d[dt]|option|path|rect"
    rb"|circle|use|line|poly|stop)[\s/>])[a-zA-Z][^\s/>]*"
)


def _where_deeper(html: bytes, element: re.Pattern[bytes], limit: int) -> int | None:
    """The offset at which more than ``limit`` elements are open, or None."""
    depth = 0
    for tag in element.finditer(html):
        if tag[1]:
            depth -= depth > 0
        else:
            depth += 1
            if depth > limit:
                return tag.start()
    return None


def _without_many_attributes(html: bytes) -> bytes:
    pieces = html.split(b"<")
    kept = len(pieces)
    # What stands before the first "<" is no tag.
    for place in [place for place, size in enumerate(map(len, pieces)) if place and size > _LONG_TAG]:
        piece = pieces[place]
        if name := _TAG_NAME.match(piece):
            end = piece.find(b">") if b">" in piece else len(piece)
            if len(_ATTRIBUTE.findall(piece, 0, end)) > _MOST_ATTRIBUTES:
                pieces[place] = name[0] + piece[end:]
                kept -= 1
    return html if kept == len(pieces) else b"<".join(pieces)


def _bounded(html: bytes) -> bytes:
    """What parsers are given, in UTF-8: among bytes these searches take half the time."""
    html = _SEAM.sub(b"", html.replace(_REACT_SEAM, b""))
    html = _without_many_attributes(html)
    if _where_deeper(html, _FORMATTING, _MAX_FORMATTING) is not None:
        html = _FORMATTING.sub(b"", html)  # old pages leave <font> open; without those tags no word is lost
    if html.count(b"<") > _MANY_TAGS:
        html = html[: _where_deeper(html, _NESTING, _MAX_DEPTH)]
        beyond = next(islice(re.finditer(b"<", html), _MOST_TAGS, None), None)
        html = html[: beyond.start()] if beyond else html
    return html


def _encoded(html: str) -> bytes:
    return html.encode("utf-8", "replace")  # there are the lone surrogates of broken feeds


def bounded(html: str) -> str:
    """HTML that any parser reads in bounded time and memory: cut, and not nested beyond reason."""
    return _bounded(_encoded(html[:MAX_HTML_CHARS])).decode()


def fold(text: str) -> str:
    """A text on one line, runs of blanks one space; without soft hyphens, zero-width spaces, surrogates."""
    return " ".join(_INVISIBLE.sub("", text).split())


def parse(html: str) -> LexborHTMLParser:
    """The tree of a document or fragment, of at most :data:`MAX_HTML_CHARS` characters."""
    return _tree(_bounded(_encoded(html[:MAX_HTML_CHARS])))


def tree_of(html: str) -> LexborHTMLParser:
    """The tree of a document or fragment that is :func:`bounded` already."""
    return _tree(_encoded(html))


def _tree(html: bytes) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(html)
    except SelectolaxError as error:  # there is no text that it cannot read, if it has the room
        raise MemoryError(str(error)) from error


def shown_text(tree: LexborHTMLParser) -> str:
    """The text of a document's body, as written, a blank where a browser breaks lines. Changes the tree."""
    for node in tree.css(_UNREAD):
        node.decompose()
    for node in tree.css(_INLINE):
        node.unwrap()
    tree.merge_text_nodes()
    body = tree.body or tree.root
    return "" if body is None else body.text(separator=BOUNDARY)


def text_lines(tree: LexborHTMLParser) -> list[str]:
    """The folded, non-empty lines of a document's body as a browser would break them. Changes the tree."""
    text = _INVISIBLE.sub("", shown_text(tree))
    lines = (
        " ".join(line.split()) for line in text.split(BOUNDARY)
    )  # fold(), with its first half done at once
    return [line for line in lines if line]


def plain_text(html: str) -> str:
    """Readable text of an HTML fragment as feeds carry it: one paragraph a line, entities resolved.

    Text without any tag keeps its own lines; markup that was escaped once too often is read as markup.
    Never raises.
    """
    html = html[:MAX_HTML_CHARS]
    if not _TAG.search(html):
        if _ESCAPED_TAG.search(html):
            return plain_text(unescape(html))
        lines = (fold(line) for line in unescape(html).splitlines())
        return "\n".join(line for line in lines if line)
    return "\n".join(text_lines(parse(html)))
