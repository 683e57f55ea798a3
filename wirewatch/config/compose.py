"""YAML text as a tree that knows its lines: bounded, and with every scalar as it was written.

PyYAML's own composer is recursive and unbounded, and its constructors turn ``no`` into False and ``12:30``
into 750. This one is fed by the same parser's events, counts what aliases would grow to, and leaves it to
the settings' types what a text means: a tag called ``no`` stays one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from wirewatch.config.syntax import ESCAPE, LOST_ALIAS, ODD_NAME, SELF_ALIAS, TAG, explain, unprintable
from wirewatch.config.tree import Node
from wirewatch.errors import ConfigError

MAX_NODES = 3_000_000
"""With aliases written out; a hundred thousand sources with all their options are 1.8 million."""
_TOO_MANY = (
    f"more than {MAX_NODES:,} values, aliases written out; keep large lists of sources in the store "
    "with `wirewatch sources add`"
)
MAX_DEPTH = 32
_TOO_DEEP = f"more than {MAX_DEPTH} levels deep; no setting is"
_CHARS_PER_NODE = 100  # a long text counts for several, or aliases to it would fill the memory
_SURROGATE = re.compile("[\ud800-\udfff]")  # PyYAML's own parser lets the escape through
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    {None, "!", *(_CORE + name for name in ("str", "int", "float", "bool", "null", "map", "seq"))}
)
_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    node: Node
    anchor: str | None
    key: str | None = None
    key_line: int = 0


class _Unfit(Exception):  # noqa: N818 - it carries a place and becomes a ConfigError with the file's name
    def __init__(self, event: yaml.Event, problem: str) -> None:
        super().__init__(problem)
        self.line = _line(event)
        self.problem = problem


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def compose(path: Path, text: str) -> Node | None:
    """The tree of a file's one document; None when there is nothing in it.

    Raises:
        ConfigError: when the text is not YAML, or is of a size or kind that no configuration has.
    """
    unfit = unprintable(text)
    if unfit is not None:
        raise ConfigError([f"{path}:{unfit}"])
    try:
        return _Composer().compose(_events(text))
    except yaml.MarkedYAMLError as error:
        raise ConfigError([f"{path}:{explain(error, text)}"]) from None
    except _Unfit as error:
        raise ConfigError([f"{path}:{error.line}: {error.problem}"]) from None


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            event = loader.get_event()
            if event is not None:
                yield event
    except (ValueError, OverflowError):  # PyYAML's own parser makes a character of any number after \U
        mark = loader.get_mark() if isinstance(loader, yaml.SafeLoader) else None
        raise yaml.MarkedYAMLError(problem="escape", problem_mark=mark) from None
    finally:
        loader.dispose()


class _Composer:
    def __init__(self) -> None:
        self._root: Node | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}  # None: the anchor's own value has not ended yet
        self._documents = 0

    def compose(self, events: Iterator[yaml.Event]) -> Node | None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise _Unfit(event, "a second document starts here; keep one in the file")
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self._start(event)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self._end(event)
        return self._root

    def _alias(self, event: yaml.AliasEvent) -> None:
        anchor = event.anchor or ""
        target = self._anchors.get(anchor)
        if target is None:
            raise _Unfit(event, SELF_ALIAS if anchor in self._anchors else LOST_ALIAS)
        self._place(event, Node(_line(event), target.value, target.repeated, target.size, target.depth))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._check_tag(event)
        if _SURROGATE.search(event.value):
            raise _Unfit(event, ESCAPE)
        plain = event.implicit[0] and not event.style  # libyaml says "" where PyYAML says None
        value = None if (plain and event.value in _NULL) or event.tag == _CORE + "null" else event.value
        node = Node(_line(event), value, size=1 + len(event.value) // _CHARS_PER_NODE)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        self._place(event, node)

    def _start(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        self._check_tag(event)
        if len(self._open) >= MAX_DEPTH:
            raise _Unfit(event, _TOO_DEEP)
        if self._open and isinstance(self._open[-1].node.value, dict) and self._open[-1].key is None:
            raise _Unfit(event, ODD_NAME)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        empty: list[Node] | dict[str, Node] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self._open.append(_Open(Node(_line(event), empty), event.anchor))

    def _end(self, event: yaml.Event) -> None:
        ended = self._open.pop()
        if ended.anchor is not None:
            self._anchors[ended.anchor] = ended.node
        self._place(event, ended.node)

    def _place(self, event: yaml.Event, node: Node) -> None:
        """Put a whole node where it belongs: into the list or mapping that is open, or at the root."""
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        parent.node.size += node.size
        parent.node.depth = max(parent.node.depth, node.depth + 1)
        if len(self._open) + node.depth > MAX_DEPTH:  # an alias brings its own levels
            raise _Unfit(event, _TOO_DEEP)
        if parent.node.size > MAX_NODES:
            raise _Unfit(event, _TOO_MANY)
        content = parent.node.value
        if isinstance(content, list):
            content.append(node)
        elif isinstance(content, dict):
            if parent.key is None:
                parent.key, parent.key_line = self._name(event, node), node.line
                return
            if parent.key in content:
                parent.node.repeated.append((parent.key, parent.key_line))
            else:
                node.line = parent.key_line
                content[parent.key] = node
            parent.key = None

    @staticmethod
    def _name(event: yaml.Event, node: Node) -> str:
        if isinstance(node.value, str):
            return node.value
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)  # a topic may be called null
        raise _Unfit(event, ODD_NAME)

    @staticmethod
    def _check_tag(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag not in _PLAIN_TAGS:
            raise _Unfit(event, TAG)
