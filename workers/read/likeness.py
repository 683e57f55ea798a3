"""When two texts are the same to a reader: their letters and digits, nothing else."""


def key(text: str) -> str:
    """A text's letters and digits, case folded: what two spellings of one headline have in common."""
    return "".join(filter(str.isalnum, text.casefold()))
