"""What a one-off crawl shows: lines of JSON in a pipe; progress and a table on a terminal."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status
from rich.table import Table
from rich.text import Text

from console.run.one_off import Found, as_line
from wirewatch.store.figures import Figures
from wirewatch.store.sources import SourceState
from workers.alerts.plain import one_line


class Output:
    """Takes what a crawl finds and shows it."""

    def __init__(self, *, as_lines: bool, everything: bool) -> None:
        self._as_lines = as_lines
        self._everything = everything
        self._errors = Console(stderr=True, highlight=False, soft_wrap=True)
        self._rows: list[Found] = []
        self._status: Status | None = None
        self.matched = 0

    def __enter__(self) -> Self:
        if self._errors.is_terminal:
            self._status = self._errors.status("starting")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()
        if kind is None and not self._as_lines:
            Console(highlight=False).print(self._table())

    def take(self, news: Found | Figures) -> None:
        """A story, or the state of things."""
        if isinstance(news, Figures):
            if self._status is not None:
                self._status.update(_progress(news))
            return
        self.matched += bool(news.matches)
        if not news.matches and not self._everything:
            return
        if self._as_lines:
            print(as_line(news), flush=True)
        else:
            self._rows.append(news)

    def failures(self, states: Sequence[SourceState]) -> bool:
        """Name the sources that failed; whether there were any."""
        failed = [state for state in states if state.error]
        for state in failed:
            self._errors.print(Text(one_line(f"{state.source.url}: {state.error}"), style="red"))
        return bool(failed)

    def sent(self, now: Figures) -> bool:
        """Tell what was delivered; whether anything was not."""
        undone = now.waiting_deliveries + now.count("parked")
        self._errors.print(f"{now.count('delivered')} alerts delivered, {undone} not")
        return bool(undone)

    def _table(self) -> Table:
        table = Table(title=f"{self.matched} matched", title_justify="left")
        for name in ("topics", "title", "source", "published", "snippet"):
            table.add_column(name, overflow="fold")
        for found in self._rows:
            story, matches = found.story, found.matches
            when = story.published.strftime("%d %b %H:%M") if story.published else ""
            snippet = matches[0].snippet if matches else ""
            topics = ", ".join(one.topic for one in matches)
            table.add_row(
                *(Text(one_line(cell)) for cell in (topics, story.title, story.source, when, snippet))
            )
        return table


def _progress(now: Figures) -> str:
    return (
        f"{now.count('polls')} of {now.sources} sources asked · {now.count('entries')} entries · "
        f"{now.count('decided')} decided · {now.to_fetch + now.waiting_stories} in hand"
    )
