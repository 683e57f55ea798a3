"""When a digest goes out: pure decision."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def next_window(now: datetime, every: timedelta) -> datetime:
    """The end of the window that ``now`` falls into: windows are counted from midnight UTC, 1970.

    So hourly digests go out on the hour, and every worker reckons the same end.
    """
    return _EPOCH + ((now - _EPOCH) // every + 1) * every
