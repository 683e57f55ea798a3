"""Times as addresses, ``time`` elements and sitemaps write them."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_DAY_IN_PATH = re.compile(
    r"(?<![\d])((?:19|20)\d\d)(?:[/_-](0?[1-9]|1[0-2]|[a-z]{3})[/_-](0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))"
    r"(?![\d])",
    re.IGNORECASE,
)
_ZONE_WITHOUT_COLON = re.compile(r"(?<=\d)\s*([+-]\d\d)(\d\d)$")


def moment(text: str) -> datetime | None:
    """An aware time in UTC from W3C or ISO 8601 notation; without a zone it is taken for UTC."""
    text = _ZONE_WITHOUT_COLON.sub(r"\1:\2", text.strip()[:64])
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_in(url: str) -> datetime | None:
    """Midnight UTC of the day in an address's path: ``/2026/11/24/``, ``/2026/nov/24/``, ``-20261124``."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for found in _DAY_IN_PATH.finditer(path):
        month = found[2] or found[4]
        number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        try:
            return datetime(int(found[1]), number, int(found[3] or found[5]), tzinfo=UTC)
        except ValueError:  # 31 February, or three letters that are no month
            continue
    return None
