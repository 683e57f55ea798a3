"""Redis answers as the types they are: redis-py's own say bytes, str or more, whatever is decoded."""

from collections.abc import Iterable, Mapping
from typing import Any


def text(value: Any) -> str:
    """An answer as text."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def texts(values: Iterable[Any]) -> list[str]:
    """A list of answers as text."""
    return [text(value) for value in values]


def mapping(values: Mapping[Any, Any]) -> dict[str, str]:
    """A hash as text."""
    return {text(name): text(value) for name, value in values.items()}
