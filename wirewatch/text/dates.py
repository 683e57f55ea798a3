"""Times as feeds, addresses and pages write them."""

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = 64
_ZONE_WITHOUT_COLON = re.compile(r"(?<=\d)\s*([+-]\d\d)(\d\d)$")


def moment(text: str) -> datetime | None:
    """An aware time in UTC from ISO 8601 or RFC 5322 as people write them; without a zone, taken for UTC.

    A day without a time is its midnight.
    """
    text = text.strip()[:_LONGEST]
    iso = _ZONE_WITHOUT_COLON.sub(r"\1:\2", text.replace(" UTC", "Z").replace(" GMT", "Z"))
    try:
        found = datetime.fromisoformat(iso)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError, OverflowError):
            return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):  # the year 1 or 9999, moved over its edge by the zone
        return None


def is_before(published: datetime, cutoff: datetime) -> bool:
    """Whether something came before a moment. Midnight stands for its whole day: it may be all we know."""
    day_only = published.time() == time.min
    return published < cutoff - timedelta(days=day_only)
