"""One pass of expat over a document: where its entries are, and what speaks against cutting them out."""

import re
from xml.parsers import expat  # feedparser's own parser; what it may expand is bounded by check_entities

from crawler.feeds.elements import IN_IMAGES, XHTML_TEXT, Kind, kind_of, known_as
from crawler.feeds.entities import check_entities
from crawler.feeds.scopes import Scopes

MOST_ENTRIES = 5_000
"""What is read of one document."""
_ENOUGH_BYTES = 8_000_000
_ENOUGH_ELEMENTS = 200_000  # feedparser takes 20 µs for one
_START_TAG = re.compile(rb"<([^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_NONE = 0  # a depth


class _EnoughError(Exception):
    """As much was read as is wanted of one document."""


def start_tag(data: bytes, at: int) -> bytes:
    """The start tag at a place of a well-formed document."""
    found = _START_TAG.match(data, at)
    return found[0] if found else b""


class Scan:
    """The pass.

    Args:
        data: UTF-8.
        based: the document has an address.

    Attributes:
        spans: where each entry begins and ends.
        inherited: what is handed down to the entries.
        rest: what closes the document behind its last entry, if it was not read to its end; else None.
    """

    def __init__(self, data: bytes, *, based: bool) -> None:
        self.spans: list[tuple[int, int]] = []
        self.inherited = b""
        self.rest: bytes | None = None
        self._data = data
        self._parser = expat.ParserCreate(None, " ")
        self._scopes = Scopes(based=based)
        self._because: str | None = None
        self._entities: dict[str, str] = {}
        self._kinds: dict[str, Kind] = {}
        self._elements = 0
        self._depth = 0
        # The depths of the outermost open element of a sort; images and text inputs are one.
        self._entry = self._text = self._odd = self._image = _NONE
        self._start = 0  # of the open entry
        self._xhtml = False  # the open text is
        self._loose_div = False
        self._open: list[int] = []  # where the open elements begin, but for those in entries
        self._around: tuple[int, ...] = ()  # those that the last entry stands in

    def run(self) -> str | None:
        """Read it all; why its entries may not be cut out, a word, or None.

        Raises:
            NotAFeedError: its entities swell beyond reason, or it has too many attributes or namespaces.
        """
        parser = self._parser
        parser.namespace_prefixes = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartNamespaceDeclHandler = self._scopes.declare
        parser.StartDoctypeDeclHandler = lambda *_: self._refuse("doctype")
        parser.EntityDeclHandler = lambda name, _, text, *__: self._entities.setdefault(name, text or "")
        parser.EndDoctypeDeclHandler = lambda: check_entities(self._entities, self._data)
        parser.ExternalEntityRefHandler = lambda *_: 1  # nothing is fetched
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)  # as xml.sax has it
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError:
            self.spans.clear()
            return "malformed"
        except _EnoughError:
            tags = (_START_TAG.match(self._data, at) for at in reversed(self._around))
            self.rest = b"".join(b"</%s>" % tag[1] for tag in tags if tag)
        finally:
            # Its handlers hold this object, which holds it: a ring that would wait for the collector.
            del self._parser
        return self._because or self._scopes.trouble(loose_div=self._loose_div)

    def _refuse(self, because: str) -> None:
        self._because = self._because or because

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth = depth = self._depth + 1
        try:
            kind = self._kinds[name]
        except KeyError:
            kind = self._kinds[name] = kind_of(known_as(name))
        # Python's calls are most of the pass: none is made for what matters to nobody.
        if (attributes or self._scopes.pending) and self._scopes.matters(attributes):
            in_entry = self._entry != _NONE
            is_later = in_entry or bool(self.spans)
            in_entry = in_entry or kind is Kind.ENTRY
            self._scopes.enter(depth, attributes, in_entry=in_entry, is_later=is_later)
        if not self._entry:
            self._open.append(self._parser.CurrentByteIndex)
        if self._text:
            if kind is Kind.DIV:
                self._loose_div |= not self._xhtml
            elif kind is not Kind.PLAIN:
                self._refuse("nested")
        elif kind > Kind.DIV:
            self._understood(depth, kind, name, attributes)
        self._elements += 1
        if self._elements > 2 * _ENOUGH_ELEMENTS:
            raise _EnoughError

    def _understood(self, depth: int, kind: Kind, name: str, attributes: dict[str, str]) -> None:
        """An element with a handler, in no element of text."""
        inside = self._entry or self._odd
        if kind < Kind.HOLDER:
            self._text = depth
            type_ = attributes.get("type", "").lower() if attributes else ""
            self._xhtml = (
                type_.endswith("xml") or type_ == "xhtml" or (not type_ and known_as(name) in XHTML_TEXT)
            )
            if self._image and self._entry and known_as(name) not in IN_IMAGES:
                self._refuse("nested")
            if kind is Kind.TITLE and self.spans and not self._entry and not self._image:
                self._refuse("late-title")
        elif kind < Kind.FRAME:
            self._hold(depth, kind, inside)
        elif inside:
            self._refuse("nested")
        elif kind is Kind.ENTRY:
            self._entry = depth
            self._start = self._parser.CurrentByteIndex
            if not self.spans:
                self.inherited = self._scopes.above(depth)
        elif known_as(name) != "channel" and not self.spans:
            self._scopes.tell_dialect()

    def _hold(self, depth: int, kind: Kind, inside: int) -> None:
        if kind is Kind.TEXT_INPUT and self._entry:
            self._refuse("nested")
        if kind is not Kind.HOLDER and not self._image:
            self._image = depth
        if not inside:
            self._odd = depth

    def _end(self, _name: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if depth == self._text:
            self._text = _NONE
        if depth == self._scopes.deepest:
            self._scopes.leave()
        if not self._entry:
            self._open.pop()
            if depth == self._odd:
                self._odd = _NONE
        elif depth == self._entry:
            self._leave_entry()
        if depth == self._image:
            self._image = _NONE

    def _leave_entry(self) -> None:
        at = self._parser.CurrentByteIndex
        # At the end of an empty element expat stands behind it, else before its end tag.
        is_empty = self._data[at - 2 : at] == b"/>"
        is_empty = is_empty and self._start + len(start_tag(self._data, self._start)) == at
        end = at if is_empty else self._data.index(b">", at) + 1
        self._entry = _NONE
        self._open.pop()
        self._around = tuple(self._open)
        self.spans.append((self._start, end))
        if len(self.spans) == MOST_ENTRIES or end > _ENOUGH_BYTES or self._elements > _ENOUGH_ELEMENTS:
            raise _EnoughError
