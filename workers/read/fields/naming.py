"""Whether a text names the outlet instead of the story, its section or its author."""

from workers.read.likeness import key

_MAX_NAME_CHARS = 80
_FEWEST_LETTERS = 3  # of a name that may be a part of a longer one


def is_outlet(name: str, names: frozenset[str]) -> bool:
    """Whether a text is one of an outlet's names, or such a name with a word more or less."""
    said = key(name)
    if said in names:
        return True
    if len(said) < _FEWEST_LETTERS or len(name) > _MAX_NAME_CHARS:
        return False
    for known in names:
        short, long = sorted((said, known), key=len)
        # "Example News" for "Example", "Example" for "The Example": at an end of it, and half of it.
        if (
            len(short) >= _FEWEST_LETTERS
            and 2 * len(short) >= len(long)
            and (long.startswith(short) or long.endswith(short))
        ):
            return True
    return False
