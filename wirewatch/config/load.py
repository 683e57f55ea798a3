"""``wirewatch.yaml`` as :class:`Settings`, or everything that is wrong with it at once, line by line."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from wirewatch.config.checks import check
from wirewatch.config.compose import compose
from wirewatch.config.fieldpath import FieldPath, path_text
from wirewatch.config.plain import Problem, plain
from wirewatch.config.reading import read_text
from wirewatch.config.settings import Settings
from wirewatch.config.tree import Node, line_of
from wirewatch.config.wording import problems_of
from wirewatch.errors import ConfigError

REDIS_URL_VARIABLE = "WIREWATCH_REDIS_URL"


@dataclass(frozen=True, slots=True)
class Document:
    """A configuration that has been read, and where each of its fields stands.

    Attributes:
        path: the file.
        settings: what it says.
    """

    path: Path
    settings: Settings
    _root: Node

    def line(self, path: Sequence[str | int]) -> int:
        """The line of a field, as of ``("topics", "china", "query")``, or else of what is around it."""
        return line_of(self._root, tuple(path))

    def problem(self, path: Sequence[str | int], text: str) -> str:
        """A :class:`ConfigError`'s line about a field: ``file:line: field: text``."""
        return f"{self.path}:{self.line(path)}: {path_text(path)}: {text}"


def load_settings(
    path: Path, *, data_dir: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """The settings of a configuration file; see :func:`load_document`."""
    return load_document(path, data_dir=data_dir, environ=environ).settings


def load_document(
    path: Path, *, data_dir: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Document:
    """A configuration file's settings with the lines of its fields.

    Args:
        path: the file.
        data_dir: goes before the file's own; either, where relative, is relative to the current directory.
        environ: where ``${NAME}`` comes from, and ``WIREWATCH_REDIS_URL``, which goes before ``redis_url``.

    Raises:
        ConfigError: when the file cannot be used, with every problem in it, in the order of its lines.
            No problem repeats a value.
    """
    root = compose(path, read_text(path))
    if root is None or root.value is None:
        raise ConfigError([f"{path}:1: empty; `wirewatch config init` makes one to start from"])
    if not isinstance(root.value, dict):
        shape = "a list" if isinstance(root.value, list) else "a text"
        raise ConfigError(
            [f"{path}:{root.line}: {shape} where fields must be; write such as `topics:` first"]
        )
    return Document(path, _settings(path, root, data_dir, environ), root)


def _settings(path: Path, root: Node, data_dir: Path | None, environ: Mapping[str, str]) -> Settings:
    problems: list[Problem] = []
    values = plain(root, environ, problems)
    assert isinstance(values, dict)  # noqa: S101 - the root is a mapping
    if data_dir is not None:
        values["data_dir"] = str(data_dir)
    from_environment = environ.get(REDIS_URL_VARIABLE)
    if from_environment:
        values["redis_url"] = from_environment
    told = {field for field, _, _ in problems}

    def tell(field: FieldPath, text: str) -> None:
        # A reference to an unset variable is no address either, but one word about a field is enough.
        if field not in told:
            problems.append((field, line_of(root, field), text))

    settings = None
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        for field, text in problems_of(error, values):
            tell(field, text)
    for field, text in check(values, lambda field: line_of(root, field)):
        tell(field, text)
    if settings is None or problems:
        problems.sort(key=lambda problem: problem[1])
        raise ConfigError([_text(path, problem, bool(from_environment)) for problem in problems])
    return settings


def _text(path: Path, problem: Problem, from_environment: bool) -> str:
    field, line, text = problem
    if from_environment and field == ("redis_url",):
        return f"{REDIS_URL_VARIABLE}: {text}"
    return f"{path}:{line}: {path_text(field)}: {text}"
