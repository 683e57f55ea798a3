"""A bar for each stage of a long command: on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Advance = Callable[[int], None]
Stage = Callable[[str, int | None], Advance]


@contextmanager
def stages() -> Iterator[Stage]:
    """Call what is given with a stage's name and its length (None: not known) for a way to advance it."""
    if not sys.stderr.isatty():
        yield lambda _name, _total: lambda _by: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def stage(name: str, total: int | None) -> Advance:
            task = progress.add_task(name, total=total)
            return lambda by: progress.advance(task, by)

        yield stage
