"""A story that goes on over several pages: their bodies as one, without what each page shows again."""

from collections.abc import Iterable, Sequence

from workers.read.likeness import key

_OWN_CHARS = (
    60  # letters of a paragraph that no story says twice: in its middle, shorter ones may be repeated
)
_SAME_PAGE = 0.5  # of a page's letters were shown before: then it is an earlier page again


def joined(pages: Iterable[Sequence[str]]) -> list[str]:
    """The paragraphs of a story's pages, in order.

    What repeats goes: the headline and deck at the head of each page, promotions and lives of authors at its
    foot, a page that a server gives for every number. The story ends before a page that has nothing new.

    Args:
        pages: the body of each page, first to last; read no further than the story goes.
    """
    whole: list[str] = []
    shown: set[str] = set()
    for number, paragraphs in enumerate(pages):
        keys = [key(paragraph) for paragraph in paragraphs]
        if number:
            new = _new(keys, shown)
            size = sum(map(len, keys))
            if sum(len(keys[index]) for index in new) <= _SAME_PAGE * size:
                break
            whole += [paragraphs[index] for index in new]
        else:
            whole += paragraphs
        shown.update(keys)
    return whole


def _new(keys: Sequence[str], shown: set[str]) -> list[int]:
    """Indices of the paragraphs that an earlier page did not show, pager lines such as "2 / 3" left out."""
    indices = [index for index, one in enumerate(keys) if one and not one.isdigit()]
    while indices and keys[indices[0]] in shown:
        del indices[0]
    while indices and keys[indices[-1]] in shown:
        del indices[-1]
    return [index for index in indices if keys[index] not in shown or len(keys[index]) < _OWN_CHARS]
