"""How much a document's own entities add to it."""

import re
from collections import Counter
from collections.abc import Mapping

from wirewatch.errors import NotAFeedError

_MOST_BYTES = 10_000_000
_DEEPEST = 20
_REFERENCE = re.compile(r"&([^\s&;#]{1,64});")
_REFERENCE_BYTES = re.compile(rb"&([^\s&;#]{1,64});")


def check_entities(declared: Mapping[str, str], data: bytes) -> None:
    """See that a document does not swell beyond reason as its entities are put in.

    Args:
        declared: each entity's text, in which others may be named.
        data: the document, UTF-8.

    Raises:
        NotAFeedError: it does.
    """
    if not declared:
        return
    uses = Counter(_REFERENCE_BYTES.findall(data))
    sizes: dict[str, int] = {}
    added = sum(uses[name.encode("utf-8", "replace")] * _size(name, declared, sizes, 0) for name in declared)
    if added > _MOST_BYTES:
        raise NotAFeedError("entities that swell beyond reason")


def _size(name: str, declared: Mapping[str, str], sizes: dict[str, int], depth: int) -> int:
    if depth > _DEEPEST:
        return _MOST_BYTES
    if name not in sizes:
        text = declared.get(name, "")
        inner = Counter(_REFERENCE.findall(text))
        sizes[name] = len(text) + sum(
            count * _size(other, declared, sizes, depth + 1)
            for other, count in inner.items()
            if other in declared
        )
    return sizes[name]
