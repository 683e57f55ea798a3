"""The whole text of a page, fast: what the topics' automaton is run over before anything is read well.

A topic that can match the story must be able to match this text, so it keeps what extraction might
keep: title, descriptions, body with menus and all, noscript, and the texts inside JSON-LD.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from wirewatch.text.html import fold, parse, plain_text, text_lines

_DESCRIPTIONS = (
    "meta[name='description' i],meta[property='og:description'],meta[property='og:title'],"
    "meta[name='twitter:title'],meta[name='twitter:description'],meta[name='author' i],"
    "meta[name='keywords' i],meta[name='news_keywords' i],meta[property='article:section']"
)
# Without parsing the JSON, which is broken on some pages: these strings are found either way.
_JSON_TEXTS = re.compile(
    r'"(?:headline|alternativeHeadline|name|description|articleBody|articleSection)"\s*:\s*"([^"\\]*(?:\\.[^"\\]*)*)"'
)
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)


def page_text(html: str) -> str:
    """All the words of a page, one line for each block, words that inline tags split joined. Never raises."""
    tree = parse(html)
    lines = [*_titles(tree), *_json_lines(tree), *text_lines(tree)]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _titles(tree: LexborHTMLParser) -> list[str]:
    titles = [fold(node.text()) for node in tree.css("title")[:1]]
    return titles + [fold(node.attrs.get("content") or "") for node in tree.css(_DESCRIPTIONS)]


def _json_lines(tree: LexborHTMLParser) -> list[str]:
    lines: list[str] = []
    for node in tree.css("script[type='application/ld+json']"):
        for found in _JSON_TEXTS.findall(node.text()):
            lines.extend(plain_text(_unescaped(found)).splitlines())
    return lines


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
