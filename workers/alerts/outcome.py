"""What came of one attempt to deliver an alert."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

Kind = Literal["delivered", "retry", "refused"]

ANSWER_BYTES = 2048
LONGEST_RETRY_AFTER_S = 86_400.0

_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt.

    Attributes:
        kind: ``delivered``; ``retry``: may go better later; ``refused``: no later attempt will go better, so
            the delivery is parked at once until a person has seen to the reason.
        status: the outcome in a few words: ``200``, ``503``, ``410 gone``, ``timed out``.
        answer: the first 2 kB of what the receiver said, or what to do about a refusal.
        retry_after: seconds that the receiver asked us to wait; at most a day.
    """

    kind: Kind
    status: str
    answer: str = ""
    retry_after: float | None = None


def retry_after_s(header: str | None, now: datetime) -> float | None:
    """The seconds that a ``Retry-After`` header asks for (RFC 9110, section 10.2.3): 0 to a day.

    Args:
        header: its value: seconds or an HTTP date. Some servers write seconds with a fraction.
        now: aware; a date is measured from here.

    Returns:
        None where there is no header, or one that cannot be read.
    """
    text = (header or "").strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), LONGEST_RETRY_AFTER_S)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    # A date in "-0000" or without a zone parses as naive; HTTP dates are always GMT.
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(max((date - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER_S)
