"""The store's time: whole milliseconds since 1970, UTC."""

import time
from datetime import UTC, datetime


def now_ms() -> int:
    """This moment."""
    return time.time_ns() // 1_000_000


def to_ms(moment: datetime) -> int:
    """An aware time in the store's form."""
    return round(moment.timestamp() * 1000)


def from_ms(value: float | str | bytes) -> datetime:
    """The store's form as an aware time."""
    return datetime.fromtimestamp(float(value) / 1000, UTC)
