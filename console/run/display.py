"""What the supervisor shows: a live line on a terminal, plain log lines elsewhere."""

import sys
import time
from datetime import datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from wirewatch.store.figures import Figures

_PLAIN_EVERY_S = 30.0


def state_words(figures: Figures) -> str:
    """The state in one line, what matters most first: a terminal of 80 columns cuts the rest."""
    count = figures.count
    words = [
        f"{figures.sources} sources ({figures.failing} failing)",
        f"{count('polls'):,} polls",
        f"{count('decided'):,} stories",
        f"{count('matched'):,} matched",
        f"{count('alerts'):,} alerts",
        f"{count('delivered'):,} sent",
    ]
    waiting = figures.to_fetch + figures.waiting_stories
    if waiting:
        words.append(f"{waiting:,} in hand")
    if figures.waiting_deliveries:
        words.append(f"{figures.waiting_deliveries:,} to deliver")
    for name, value in (("parked", count("parked")), ("set aside", figures.set_aside)):
        if value:
            words.append(f"{value:,} {name}")
    return " · ".join(words)


class Display:
    """Prints the parts' lines and keeps the state in sight."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._live = (
            Live("", console=self._console, refresh_per_second=4, transient=True)
            if sys.stdout.isatty()
            else None
        )
        self._said = ""
        self._said_at = 0.0

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def line(self, part: str, text: str, is_error: bool) -> None:
        """A part's own line: its output as it is, its log with the part's name."""
        if not is_error:
            self._console.print(Text(text, style="bold green" if self._live else ""))
            return
        stamp = datetime.now().astimezone().strftime("%H:%M:%S")
        self._console.print(Text.assemble((f"{stamp} {part:<10} ", "dim"), text))

    def say(self, text: str) -> None:
        """A line of the supervisor's own."""
        self.line("wirewatch", text, is_error=True)

    def state(self, figures: Figures) -> None:
        """The state: live on a terminal; elsewhere a line when it changed, at most every half minute."""
        words = state_words(figures)
        if self._live is not None:
            self._live.update(Text(words, style="reverse", no_wrap=True, overflow="ellipsis"))
            return
        if words != self._said and time.monotonic() - self._said_at >= _PLAIN_EVERY_S:
            self.say(words)
            self._said, self._said_at = words, time.monotonic()
