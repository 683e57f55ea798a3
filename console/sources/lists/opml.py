"""Sources as OPML 2.0, as feed readers exchange them: a folder is a tag, a folder in a folder a tag ``a/b``.

A feed may stand in several folders; it is one source with several tags. What feed readers have no word for
(kind, read, the intervals, which links are stories) stands in attributes of a namespace of our own, as
OPML's section on extending it asks for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from email.utils import format_datetime
from html.entities import html5
from io import BytesIO
from typing import Any

from lxml import etree

from console.sources.lists.rows import LISTS, Fault, Row, tags_cell, tags_of
from wirewatch.models import now

NAMESPACE = "https://github.com/wirewatch/wirewatch#opml"
_OURS = ("kind", "min_interval", "max_interval", "read", "select", "urls", "not_urls")
_MOST_LEVELS = 32
_MOST_FAULTS = 1_000  # of the XML itself
# Whatever is no escape of XML's own is text: bare ampersands in addresses, HTML's names, entities that the
# document declares, of which so none is ever expanded.
_ESCAPE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?:(\w{2,31};))?")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OTHERS = {
    "rss": "a feed, not a list of feeds; watch it with `wirewatch sources add` and its address",
    "feed": "a feed, not a list of feeds; watch it with `wirewatch sources add` and its address",
    "rdf": "a feed, not a list of feeds; watch it with `wirewatch sources add` and its address",
    "html": "a web page; give the OPML file that it offers",
}


def read_opml(text: str, name: str) -> Iterator[Row | Fault]:
    """Each source of an OPML document; an element that cannot be read is set aside, and the rest goes on."""
    document = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)
    document = _ESCAPE.sub(_escaped, document)
    # The declared encoding was the file's; this is UTF-8. Nothing outside of it is opened.
    events = etree.iterparse(
        BytesIO(document.encode("utf-8", "replace")),
        events=("start", "end"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        steps = list(_steps(events))
    except etree.XMLSyntaxError as error:
        yield Fault(f"{name}:{error.lineno or 1}", "", f"not XML ({error.msg}); give an OPML file")
        return
    broken: dict[int, str] = {}
    for entry in events.error_log:
        broken.setdefault(entry.line, entry.message)
    for line, message in list(broken.items())[:_MOST_FAULTS]:
        yield Fault(f"{name}:{line}", "", f"not well-formed XML ({message}); what it stands in is left out")
    if not steps or steps[0][1] != "opml":
        root = steps[0][1] if steps else ""
        yield Fault(
            f"{name}:1", "", _OTHERS.get(root, "XML, but no OPML; give a file that begins with <opml>")
        )
        return
    yield from _sources(steps, name, broken)


def _escaped(found: re.Match[str]) -> str:
    named = found[1] and html5.get(found[1])
    return "".join(f"&#{ord(sign)};" for sign in named) if named else f"&amp;{found[1] or ''}"


Step = tuple[int, str, Mapping[str, str]]  # line, 0 at an element's end; name; attributes


def _steps(events: Any) -> Iterator[Step]:
    for event, element in events:
        local = etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
        if event == "start":
            yield element.sourceline or 1, local, dict(element.attrib)
        else:
            element.clear()
            yield 0, local, {}


def _sources(steps: Iterable[Step], name: str, broken: Mapping[int, str]) -> Iterator[Row | Fault]:
    folders: list[str] = []  # of each open outline its name; "" where it is none
    for line, element, attributes in steps:
        if element != "outline":
            continue
        if not line:
            folders.pop()
            continue
        given = {key.lower(): value.strip() for key, value in attributes.items() if value.strip()}
        place, url = f"{name}:{line}", given.get("xmlurl")
        title = given.get("title") or given.get("text") or ""
        whole = line not in broken
        if whole and url:
            yield Row(place, _fields(url, title, given, [folder for folder in folders if folder]))
        elif whole and ({"type", "url", "htmlurl"} & given.keys()):
            yield Fault(place, "xmlUrl", "missing, so it is no feed; add it, or leave the outline out")
        folders.append(title if whole and not url else "")
        if len(folders) == _MOST_LEVELS + 1:
            yield Fault(
                place, "", f"in more than {_MOST_LEVELS} folders; the deeper ones are not read as tags"
            )


def _fields(url: str, title: str, given: Mapping[str, str], folders: list[str]) -> dict[str, Any]:
    tags = ["/".join(folders[:_MOST_LEVELS])] if folders else []
    for category in given.get("category", "").split(","):
        tags += [category.strip().strip("/")] if category.strip().strip("/") else []
    fields: dict[str, Any] = {"url": url, "tags": list(dict.fromkeys(tags))}
    if title:
        fields["name"] = title
    for word in _OURS:
        if value := given.get(f"{{{NAMESPACE}}}{word}"):
            fields[word] = tags_of(value) if word in LISTS else value
    return fields


def write_opml(rows: Iterable[Row]) -> Iterator[str]:
    """The document, in pieces: each source in the folder of each of its tags."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"wirewatch": NAMESPACE})
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = "Sources of Wirewatch"
    etree.SubElement(head, "dateCreated").text = format_datetime(now(), usegmt=True)
    folders: dict[tuple[str, ...], Any] = {(): body}
    for row in rows:
        for path in [_path(tag) for tag in row.fields.get("tags", ())] or [()]:
            _outline(_folder(folders, path), row)
    yield etree.tostring(root, encoding="unicode", pretty_print=True).join(
        ('<?xml version="1.0" encoding="UTF-8"?>\n', "")
    )


def _path(tag: str) -> tuple[str, ...]:
    """The folders of a tag; one that would not be read as the same tag again is one folder."""
    parts = _xml(tag).split("/")
    return tuple(parts) if all(part and part == part.strip() for part in parts) else (_xml(tag),)


def _folder(folders: dict[tuple[str, ...], Any], path: tuple[str, ...]) -> Any:
    if path not in folders:
        folders[path] = etree.SubElement(_folder(folders, path[:-1]), "outline", {"text": path[-1]})
    return folders[path]


def _outline(folder: Any, row: Row) -> None:
    name = _xml(row.fields["name"])
    attributes = {"type": "rss", "text": name, "title": name, "xmlUrl": _xml(row.fields["url"])}
    for word in _OURS:
        if word in row.fields:
            value = row.fields[word]
            attributes[f"{{{NAMESPACE}}}{word}"] = _xml(tags_cell(value) if word in LISTS else value)
    etree.SubElement(folder, "outline", attributes)


def _xml(text: str) -> str:
    """Text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", text)
