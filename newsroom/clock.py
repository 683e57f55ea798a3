"""The clock of the pretend world: when publishing began, and how much of the plan has passed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    """The present, with its zone."""
    return datetime.now(UTC)


class Clock:
    """Turns offsets of the plan (seconds) into instants, and the present into an offset.

    The plan stands still at its beginning until the clock is opened. With a speed of 10, ten seconds of
    the plan pass in one second; the instants that it tells are always real ones.

    Args:
        start: the beginning of the plan; old stories are dated before it.
        speed: seconds of the plan per second.
        now: where the present comes from.
    """

    def __init__(self, start: datetime, speed: float = 1.0, now: Callable[[], datetime] = utc_now) -> None:
        self.start = start
        self.speed = speed
        self.now = now
        self.opened: datetime | None = None

    def open(self) -> None:
        """Publishing begins now. Opening twice changes nothing."""
        if self.opened is None:
            self.opened = self.now()

    def elapsed_s(self) -> float:
        """How much of the plan has passed, in its seconds; below zero before it is opened."""
        if self.opened is None:
            return -1.0
        return (self.now() - self.opened).total_seconds() * self.speed

    def instant(self, offset_s: float) -> datetime | None:
        """When the plan's offset is or was; None for what waits for the opening."""
        if offset_s < 0:
            return self.start + timedelta(seconds=offset_s)
        if self.opened is None:
            return None
        return self.opened + timedelta(seconds=offset_s / self.speed)
