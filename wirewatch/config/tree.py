"""A configuration file as a tree of values that know their lines."""

from dataclasses import dataclass, field

from wirewatch.config.fieldpath import FieldPath


@dataclass(slots=True)
class Node:
    """One value of the file.

    Attributes:
        line: where it is given, from 1: its name's line in a mapping, its own in a list.
        value: text, None where nothing is given, a list, or a mapping.
        repeated: a mapping's names that were given again, each with the line of the second.
        size: nodes in it, itself included, with aliases written out; one more per 100 characters of text.
        depth: levels in it, itself included, with aliases written out.
    """

    line: int
    value: "str | list[Node] | dict[str, Node] | None"
    repeated: list[tuple[str, int]] = field(default_factory=list)
    size: int = 1
    depth: int = 1


def line_of(root: Node, path: FieldPath) -> int:
    """The line of a field or, where the file does not give it, of the nearest thing around it."""
    node = root
    for part in path:
        value = node.value
        if isinstance(value, dict) and part in value:
            node = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value):
            node = value[part]
        else:
            break
    return node.line
