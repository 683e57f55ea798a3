"""The marked part of docs/performance.md and its plots, written anew by a run with ``--docs``."""

import re
from pathlib import Path

from polling_contest.plot import bars
from polling_contest.report import Result, as_markdown, goal_words

_BLOCK = re.compile(r"(<!-- polling: begin[^>]*-->\n).*?(<!-- polling: end -->)", re.DOTALL)
_PLOTS = ("polling.svg", "polling-real.svg")  # of the made-up feeds and of the real ones


def write_block(page: Path, result: Result) -> None:
    """Put what was measured between the marks, and the plots beside the page.

    Raises:
        ValueError: if the page has no marks.
    """
    parts = [f"Measured on {result.when:%d %B %Y}; {result.machine}.", ""]
    parts += [f"- {text}" for text in (*result.versions.values(), *result.absent.values())]
    for plot, (title, measures) in zip(_PLOTS, result.parts.items(), strict=False):
        page.with_name(plot).write_text(bars(measures, title), "utf-8")
        parts += ["", f"### {title}", "", f"![Feeds polled a second, as bars]({plot})", ""]
        parts += [as_markdown(measures), "", *(f"- {text}" for text in goal_words(measures))]
    written = page.read_text("utf-8")
    if not _BLOCK.search(written):
        raise ValueError(f"{page} has no <!-- polling: begin --> and <!-- polling: end -->")
    text = "\n".join(parts)
    page.write_text(_BLOCK.sub(lambda found: f"{found[1]}{text}\n{found[2]}", written), "utf-8")
