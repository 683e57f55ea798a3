"""The pages that were read worst, with what was missed and what was too much."""

from collections.abc import Iterator

from reading_contest.contest import Measured
from reading_contest.readers import Found
from reading_contest.scores import Verdict, verdict
from reading_contest.shingles import lacking
from reading_contest.truth import TruePage

_LINES = 12
_WIDTH = 160


def worst(measured: Measured, count: int) -> Iterator[str]:
    """Lines about our worst bodies, then about fields that are wrong, at most ``count`` of each."""
    rows = [
        (page, ours, verdict(page, ours), verdict(page, peer))
        for page, ours, peer in zip(
            measured.pages, measured.found["wirewatch"], measured.found["trafilatura"], strict=True
        )
    ]
    bodies = sorted(
        (row for row in rows if row[2].body), key=lambda row: row[2].body.f1 if row[2].body else 0
    )
    for page, ours, mine, theirs in bodies[:count]:
        yield from _body(page, ours, mine, theirs)
    for name in ("title", "day", "authors"):
        wrong = [(page, ours) for page, ours, mine, _ in rows if getattr(mine, name) is False]
        yield f"\n{name}: {len(wrong)} wrong"
        for page, ours in wrong[:count]:
            yield f"  {page.file}"
            yield f"    true   {getattr(page, name)}"
            yield f"    found  {getattr(ours, name)}"


def _body(page: TruePage, ours: Found, mine: Verdict, theirs: Verdict) -> Iterator[str]:
    if mine.body is None or theirs.body is None or page.body is None:
        return
    yield (
        f"\n{page.file}  {page.url[:_WIDTH]}\n  F1 {mine.body.f1:.3f} (precision {mine.body.precision:.3f}, "
        f"recall {mine.body.recall:.3f}); trafilatura {theirs.body.f1:.3f}"
    )
    for mark, lines in (("-", lacking(page.body, ours.text)), ("+", lacking(ours.text, page.body))):
        for number, line in enumerate(lines):
            if number == _LINES:
                yield f"  {mark} …"
                break
            yield f"  {mark} {line[:_WIDTH]}"
