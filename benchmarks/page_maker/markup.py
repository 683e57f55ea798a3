"""From the parts of a body to its HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from page_maker.sheet import Part

PLAIN = {
    "deck": '<p class="standfirst">{}</p>',
    "text": "<p>{}</p>",
    "head": "<h2>{}</h2>",
    "quote": "<blockquote><p>{}</p></blockquote>",
    "item": "<li>{}</li>",
}
DIVS = {kind: f'<div class="t{len(kind)}"><span>{{}}</span></div>' for kind in PLAIN}


@dataclass(frozen=True, slots=True)
class Made:
    """A page, and the parts that its story consists of. ``{charset}`` in it is its encoding's name."""

    html: str
    parts: list[Part]


def rendered(parts: list[Part], tags: Mapping[str, str], between: Mapping[int, str] | None = None) -> str:
    """A body's HTML.

    Args:
        parts: in order; items that follow one another make a list.
        tags: what each kind is put in.
        between: what stands before which part, and is none of the story.
    """
    shown: list[str] = []
    for at, part in enumerate(parts):
        shown.append((between or {}).get(at, ""))
        begins = part.kind == "item" and (at == 0 or parts[at - 1].kind != "item")
        ends = part.kind == "item" and (at + 1 == len(parts) or parts[at + 1].kind != "item")
        shown.append("<ul>" * begins + tags[part.kind].format(escape(part.text)) + "</ul>" * ends)
    return "\n".join(filter(None, shown))
