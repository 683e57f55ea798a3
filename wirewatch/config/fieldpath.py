"""Where in a configuration something stands, as ``topics.china.send[0]``."""

import re
from collections.abc import Sequence

FieldPath = tuple[str | int, ...]

# A name that is odd, or has a very long word, may be a secret on the wrong side of the colon.
_SHOWN = re.compile(r"(?!whsec_)[A-Za-z0-9_.-]{1,30}(?: +(?!whsec_)[A-Za-z0-9_.-]{1,30})*|<<")


def path_text(path: Sequence[str | int]) -> str:
    """A field's path as a person writes it; empty for the whole file."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if _SHOWN.fullmatch(part) else "…")
    return text
