"""The blocks of a page that may be of its story: those that are shown and do not stand apart."""

from collections.abc import Mapping
from itertools import islice

from workers.read.body.apart import Apart, is_body, stands_apart
from workers.read.body.blocks import Block, Scope
from workers.read.body.captions import is_caption
from workers.read.body.weights import by_element, by_name

# An element's share of the page's prose from which its name is not believed: ``has-newsletter`` may well be
# the class of the whole page, and ``share-text`` that of every paragraph.
_BELIEVED = {Apart.ALWAYS: 1.0, Apart.SURELY: 0.55, Apart.MAYBE: 0.3}
# Of prose that must be left when what stands apart is taken away: a menu is sooner believed than a box.
_ENOUGH = {Apart.ALWAYS: 80, Apart.SURELY: 250, Apart.MAYBE: 250}
_CALLED = 0.2  # of the page's prose in an element that is called the story's body, to believe it
_INNER = 0.4  # of its prose in another so called element within it: then that is meant
_UNSHOWN = (
    0.5  # of the page's prose in one hidden element: then a script shows it, or a reader who pays sees it
)
_DEEP = 60  # elements around a block: real pages nest to 50
_SHOWN_IN_FIGURES = frozenset({"blockquote", "table"})  # of the story, where other things in figures are not
_PAID = "paywall"  # what most systems call the part for subscribers
_NEAR = 12  # elements around a block among which one may hide it


def live_blocks(
    blocks: list[Block], masses: Mapping[int, float], title: Block | None, paid: frozenset[str]
) -> list[Block]:
    """The blocks that are shown and do not stand apart, in order; all where nothing else would be left.

    Args:
        blocks: the page's.
        masses: their prose by index.
        title: the block of the story's title. What is around it is never apart.
        paid: classes of elements that only subscribers are shown.
    """
    paid |= {_PAID}
    shown = _shown(blocks, masses, paid)
    immune = set(title.inner.around()) if title is not None else set()
    immune |= _around_body(shown, masses)
    for level, share in _BELIEVED.items():
        sums = by_element(shown, masses) if share < 1 else {}
        judge = _Judge(level, share * _total(shown, masses), sums, by_name(sums), immune, paid)
        left = [block for block in shown if not judge.is_apart(block.inner)]
        if _total(left, masses) >= _ENOUGH[level]:
            shown = left
    return shown


def _shown(blocks: list[Block], masses: Mapping[int, float], paid: frozenset[str]) -> list[Block]:
    """The blocks that are shown, or will be: a script or a subscription shows most of the prose."""
    hidden = [block for block in blocks if block.hidden]
    sums = by_element(hidden, masses)
    most = _UNSHOWN * _total(blocks, masses)
    opened = {scope for scope, mass in sums.items() if scope.hidden and mass >= most}
    return [
        block
        for block in blocks
        if (not block.hidden and not is_caption(block, blocks))
        or _is_paid(block, paid)
        or (opened and not opened.isdisjoint(islice(block.inner.around(), _DEEP)))
    ]


def _total(blocks: list[Block], masses: Mapping[int, float]) -> float:
    return sum(masses.get(block.index, 0) for block in blocks)


def _is_paid(block: Block, paid: frozenset[str]) -> bool:
    around = islice(block.inner.around(), _NEAR)
    return any(scope.hidden and not paid.isdisjoint(scope.look.split()) for scope in around)


def _around_body(shown: list[Block], masses: Mapping[int, float]) -> set[Scope]:
    """The element with most of the prose among those that are called a story's body, and all around it."""
    sums = by_element(shown, masses)
    called = [scope for scope in sums if scope.names and is_body(scope.names)]
    most = max((sums[scope] for scope in called), default=0.0)
    if not called or most < _CALLED * _total(shown, masses):
        return set()
    # The outer of two may be the whole page.
    return set(max((s for s in called if sums[s] >= _INNER * most), key=lambda s: s.depth).around())


class _Judge:
    """Whether elements stand apart, at one level of certainty; each is judged once."""

    def __init__(
        self,
        level: Apart,
        most: float,
        sums: Mapping[Scope, float],
        names: Mapping[str, float],
        immune: set[Scope],
        paid: frozenset[str],
    ) -> None:
        self.level, self.most, self.sums, self.names = level, most, sums, names
        self.immune, self.paid = immune, paid
        self.known: dict[Scope, bool] = {}

    def is_apart(self, scope: Scope) -> bool:
        """Whether an element or one around it stands apart."""
        path: list[Scope] = []
        verdict = False
        for around in scope.around():
            if around in self.known:
                verdict = self.known[around]
                break
            path.append(around)
        for around in reversed(path):
            if (
                around.tag in _SHOWN_IN_FIGURES
                and around.parent is not None
                and around.parent.tag == "figure"
            ):
                verdict = False
            verdict = verdict or self._says_so(around)
            self.known[around] = verdict
        return verdict

    def _says_so(self, scope: Scope) -> bool:
        return (
            stands_apart(scope.tag, scope.names) >= self.level
            and scope not in self.immune
            and self.sums.get(scope, 0) <= self.most
            and self.names.get(scope.names, 0) <= self.most
            and self.paid.isdisjoint(scope.look.split())
        )
