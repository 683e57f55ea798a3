"""The day that an address carries."""

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
