"""Times as feeds, addresses and pages write them for machines."""

import re
from datetime import UTC, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

_LONGEST = 64
_ZONE = re.compile(r"(?<=\d)\s*([+-]\d\d):?(\d\d)(?:\s*\[.*\])?$")
# ISO 8601 as people and careless programs write it: "2026-11-24 9:30", "2026/11/24T09:30:00.1234567Z".
_ISO = re.compile(
    r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:(?:\s*T\s*|\s+)(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*([ap]\.?m\.?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{1,2}(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
# What programs print of their own: "Tue Nov 24 09:30:00 GMT 2026", with letters or hours for the zone.
_CTIME = re.compile(r"(\w{3} \w{3}\s{1,2}\d{1,2}) (\d\d:\d\d:\d\d) ([A-Z]{1,5}|GMT[+-]\d{4})?\s?(\d{4})")
_OF_JS = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) (?:GMT|UTC)([+-]\d{4}).*")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
_NOON = 12


def stated(text: str) -> datetime | None:
    """A time in ISO 8601, RFC 5322 or seconds since 1970, as people write them, in the zone that it states.

    A day without a time is its midnight, without a zone.
    """
    text = text.strip()[:_LONGEST].strip()
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    try:
        return _iso(text) or _printed(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def moment(text: str) -> datetime | None:
    """As :func:`stated`, in UTC; without a zone, taken for UTC."""
    found = stated(text)
    try:
        return found and (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError):  # the year 1 or 9999, moved over its edge by the zone
        return None


def is_before(published: datetime, cutoff: datetime) -> bool:
    """Whether something came before a moment. Midnight stands for its whole day: it may be all we know."""
    day_only = published.time() == time.min
    return published < cutoff - timedelta(days=day_only)


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(_ZONE.sub(r"\1:\2", text))
    if found is None:
        return None
    year, dash, month, day, hour, minute, second, fraction, half, zone = found.groups()
    if not dash and (len(month) < 2 or len(day) < 2):  # noqa: PLR2004 (without marks between them, two digits each)
        return None
    hours = int(hour or 0)
    if half:
        hours = hours % _NOON + _NOON * half.lower().startswith("p")
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    when = datetime(  # noqa: DTZ001 (the zone is told below, where it is known)
        int(year), int(month), int(day), hours, int(minute or 0), int(second or 0), micros
    )
    return when.replace(tzinfo=_zone(zone)) if zone else when


def _zone(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    hours, minutes = text[1:].replace(":", "")[:2], text[1:].replace(":", "")[2:] or "0"
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset) if offset else UTC


def _printed(text: str) -> datetime | None:
    if js := _OF_JS.fullmatch(text):
        return datetime.strptime(f"{js[1]} {js[2]}", "%b %d %Y %H:%M:%S %z")
    if printed := _CTIME.fullmatch(text):
        day, clock, zone, year = printed.groups()
        offset = (zone or "").removeprefix("GMT") or "GMT"
        text = f"{day[:3]}, {day[8:].strip()} {day[4:7]} {year} {clock} {offset}"
    return parsedate_to_datetime(text)
