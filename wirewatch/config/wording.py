"""pydantic's findings as field, what is wrong, and what would be right; never with the value at fault."""

import difflib
import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wirewatch.config.fieldpath import FieldPath
from wirewatch.config.settings import Settings

_NAMES = "write 1 to 80 letters, digits, blanks, _ . or -, with a letter or digit first"
_KIND = 2  # where pydantic puts a destination's kind: ("destinations", "hook", "webhook", "url")
_SHAPES = {
    "string_type": "a text must be; write one text, in quotes if it has signs",
    "path_type": "a path must be; write one text",
    "tuple_type": "a list must be; write it as [one, two]",
    "list_type": "a list must be; write it as [one, two]",
    "dict_type": "names must be; write `name:` lines below it, each with its fields",
    "model_type": "fields must be; write `field: value` lines below it",
    "model_attributes_type": "fields must be; write `field: value` lines below it",
}


def problems_of(error: ValidationError, values: object) -> Iterator[tuple[FieldPath, str]]:
    """Each finding's field and words.

    Args:
        error: what pydantic found.
        values: what it was given, to tell a missing thing from one of another shape.
    """
    for detail in error.errors(include_url=False, include_input=False):
        if detail["type"] == "too_short" and _at(values, _field(detail)):
            continue  # pydantic counts the items that are right; of those that are wrong it tells anyway
        yield _field(detail), _words(detail, values)


def _field(detail: ErrorDetails) -> FieldPath:
    """The path in the file: pydantic's also names the kind of a destination, and marks names by ``[key]``."""
    path: list[str | int] = []
    for place, part in enumerate(detail["loc"]):
        if part == "[key]":
            break
        if not (place == _KIND and path[0] == "destinations"):
            path.append(part)
    if detail["type"] == "union_tag_invalid":
        path.append("kind")
    return tuple(path)


def _words(detail: ErrorDetails, values: object) -> str:  # noqa: PLR0911 - a table of cases
    kind, context = detail["type"], detail.get("ctx", {})
    if detail["loc"][-1] == "[key]":
        return f"not a name; {_NAMES}"
    if kind == "missing":
        return f"missing; add `{detail['loc'][-1]}: …`"
    if kind == "extra_forbidden":
        return _unknown(str(detail["loc"][-1]), known_fields(detail["loc"][:-1]))
    if kind in _SHAPES:
        return f"{_shape(_at(values, _field(detail)))} where {_SHAPES[kind]}"
    if kind == "literal_error":
        return f"unknown value; write {_choice(context['expected'])}"
    if kind == "union_tag_invalid":
        return f"unknown kind; write {_choice(context['expected_tags'])}"
    if kind == "union_tag_not_found":
        return f"has no kind; add `kind: {known_kinds()[0]}`, or another of {_either(known_kinds())}"
    if kind in {"string_too_short", "too_short"}:
        return "empty; write something here, or remove the line"
    if kind == "value_error":
        return str(context["error"])
    return detail["msg"].replace("Input should be", "must be")


def _unknown(name: str, known: list[str]) -> str:
    if name == "<<":
        return "YAML's merge is not read here; write the fields out"
    near = difflib.get_close_matches(name[:80], known, 1)
    return (
        f"unknown field; did you mean {near[0]}?"
        if near
        else f"unknown field; known here: {', '.join(known)}"
    )


def _shape(value: object) -> str:
    if value is None:
        return "nothing"
    return "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "a text"


def _choice(quoted: str) -> str:
    return _either(re.findall(r"'([^']*)'", quoted))


def _either(words: list[str]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _at(values: object, path: tuple[str | int, ...]) -> object:
    for part in path:
        known = isinstance(values, dict) and part in values
        listed = isinstance(values, list) and isinstance(part, int) and 0 <= part < len(values)
        if not (known or listed):
            return None
        values = cast(Any, values)[part]
    return values


def known_kinds() -> list[str]:
    """The kinds of destinations, in the order in which the settings declare them."""
    models = _models(get_args(Settings.model_fields["destinations"].annotation)[1])
    return [_kind(model) for model in models]


def known_fields(path: tuple[str | int, ...]) -> list[str]:
    """The names of the fields that the settings have at a path, in their order."""
    annotation: Any = Settings
    for part in path:
        annotation = _below(annotation, part)
    return [name for model in _models(annotation) for name in _names(model)]


def _below(annotation: Any, part: str | int) -> Any:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _below(get_args(annotation)[0], part)
    if origin in {tuple, list}:
        return get_args(annotation)[0]
    if origin is dict:
        return get_args(annotation)[1]
    for model in _models(annotation):
        if part == _kind(model):
            return model
        for name, field in model.model_fields.items():
            if part in {name, field.alias}:
                return field.annotation
    return None


def _models(annotation: Any) -> list[type[BaseModel]]:
    if get_origin(annotation) in {Annotated, Union, UnionType}:
        return [model for argument in get_args(annotation) for model in _models(argument)]
    return [annotation] if isinstance(annotation, type) and issubclass(annotation, BaseModel) else []


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _kind(model: type[BaseModel]) -> str:
    field = model.model_fields.get("kind")
    if field is None or get_origin(field.annotation) is not Literal:
        return ""
    return str(get_args(field.annotation)[0])
