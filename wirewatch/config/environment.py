"""``${NAME}`` in a configuration's texts: the environment's value. ``$${`` is a plain ``${``."""

import re
from collections.abc import Mapping

_REFERENCE = re.compile(r"\$\$\{|\$\{([^}]*)(\}?)")
# A long name in small letters and capitals is more likely a secret in braces, which must not be told.
_NAME = re.compile(r"(?!whsec_)(?:[A-Z_][A-Z0-9_]{0,63}|[A-Za-z_][A-Za-z0-9_]{0,29})")


def expand(text: str, environ: Mapping[str, str]) -> str:
    """A text with its references replaced; what they bring is taken as it is, and not expanded again.

    Raises:
        ValueError: when a variable is not set, or a reference is malformed.
    """
    if "${" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return "${"
        if not match[2] or not _NAME.fullmatch(match[1]):
            raise ValueError("a ${ that names no variable; write ${NAME}, or $${ for a plain ${")
        if match[1] not in environ:
            raise ValueError(
                f"the environment variable {match[1]} is not set; set it, or write the value here"
            )
        return environ[match[1]]

    return _REFERENCE.sub(value, text)
