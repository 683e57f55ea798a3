"""A file's tree as plain values for the settings' model, with the environment put in."""

from collections.abc import Mapping

from wirewatch.config.environment import expand
from wirewatch.config.fieldpath import FieldPath
from wirewatch.config.tree import Node

Problem = tuple[FieldPath, int, str]
"""A field, its line, and what is wrong with it."""


def plain(node: Node, environ: Mapping[str, str], problems: list[Problem], path: FieldPath = ()) -> object:
    """Text, None, lists and dictionaries; what is wrong on the way is added to ``problems``."""
    value = node.value
    if isinstance(value, str):
        try:
            return expand(value, environ)
        except ValueError as error:
            problems.append((path, node.line, str(error)))
            return value
    if isinstance(value, list):
        return [plain(item, environ, problems, (*path, place)) for place, item in enumerate(value)]
    if isinstance(value, dict):
        for name, line in node.repeated:
            first = value[name].line
            problems.append(((*path, name), line, f"given twice, first in line {first}; keep one of the two"))
        return {name: plain(item, environ, problems, (*path, name)) for name, item in value.items()}
    return None
