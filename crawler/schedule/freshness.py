"""For how long an answer's own headers say that it stays good (RFC 9111)."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A directive, its value in quotes or not. A comma in quotes does not end it.
_DIRECTIVE = re.compile(rb'\s*([a-z-]+)\s*(?:=\s*(?:"([^"]*)"|([^\s,"]*)))?[^,]*,?', re.IGNORECASE)
_LONGEST_HEADER = 1_000
_LONGEST_DATE = 64
_LONGEST = timedelta(days=365)
_FORBIDDING = (b"no-store", b"no-cache")


def fresh_for(
    cache_control: bytes | None,
    expires: bytes | None,
    date: bytes | None,
    age: bytes | None,
    now: datetime,
) -> timedelta | None:
    """How long an answer stays fresh, at most a year; None where its headers do not say that it does.

    We are a private cache: ``s-maxage`` is not for us, ``private`` does not matter. ``max-age`` goes before
    Expires, and a broken value of either means stale (RFC 9111, 4.2.1 and 5.3), so ``Expires: 0`` is None.

    Args:
        cache_control: the header, several joined by commas.
        expires: the header.
        date: the header, which Expires counts from; where it is missing or broken, ``now`` is taken.
        age: the header: how long the answer has lain in caches on its way, in seconds.
        now: when it came, aware.
    """
    directives = _directives(cache_control or b"")
    # ``no-cache="Set-Cookie"`` forbids the use of one header, not of the answer (5.2.2.4).
    if any(directives.get(name) == b"" for name in _FORBIDDING):
        return None
    lifetime: timedelta | None
    if b"max-age" in directives:
        lifetime = _seconds(directives[b"max-age"])
    elif expires is not None:
        lifetime = _between(expires, date, now)
    else:
        return None
    if lifetime is None:
        return None
    remaining = min(lifetime, _LONGEST) - (_seconds(age or b"") or timedelta(0))
    return remaining if remaining > timedelta(0) else None


def _directives(header: bytes) -> dict[bytes, bytes]:
    """The directives by their names in small letters; of one given twice the first (RFC 9111, 4.2.1)."""
    found: dict[bytes, bytes] = {}
    for match in _DIRECTIVE.finditer(header[:_LONGEST_HEADER]):
        found.setdefault(match[1].lower(), match[2] or match[3] or b"")
    return found


def _seconds(value: bytes) -> timedelta | None:
    value = value.strip()
    # A number that is too large is a long time, not a mistake (RFC 9111, 1.2.2).
    return timedelta(seconds=int(value[:9])) if value.isdigit() else None


def _between(expires: bytes, date: bytes | None, now: datetime) -> timedelta | None:
    until = _moment(expires)
    return until - (_moment(date or b"") or now) if until else None


def _moment(value: bytes) -> datetime | None:
    try:
        found = parsedate_to_datetime(value[:_LONGEST_DATE].decode("latin-1"))
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
