"""Where a source has moved to for good, and when that is believed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_FOR_GOOD = frozenset({301, 308})  # RFC 9110, 15.4.2 and 15.4.9
_LONGEST_URL = 2_000
_HELD_FOR = timedelta(days=1)
_HELD_POLLS = 3
_MOST_POLLS = 999
_GIVEN_UP = 5.0  # trouble, see crawler.schedule.failing: five hard failures in a row
_TEXT = re.compile(r"(\d{1,11}) (\d{1,3}) (https?://\S+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect of a poll: the status, and the absolute address that it led to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Moving:
    """A source that says at every poll that it moved for good.

    Attributes:
        to: where to.
        since: when it said so first, to the second.
        polls: how often it said so in a row.
    """

    to: str
    since: datetime
    polls: int

    def holds(self, now: datetime) -> bool:
        """Whether to ask at the new address: the move held for a day and three polls.

        A misled resolver, a captive portal or a server being set up moves everything for an hour.
        """
        return self.polls >= _HELD_POLLS and now - self.since >= _HELD_FOR

    def to_text(self) -> str:
        """This move for one field of the store."""
        return f"{int(self.since.timestamp())} {self.polls} {self.to}"

    @classmethod
    def from_text(cls, text: str) -> "Moving | None":
        """The move of a text made by `to_text`; of any other text, none."""
        found = _TEXT.fullmatch(text)
        if not found or len(found[3]) > _LONGEST_URL:
            return None
        return cls(found[3], datetime.fromtimestamp(int(found[1]), UTC), int(found[2]))


def moved_to(asked: str, hops: Sequence[Hop]) -> str | None:
    """Where a chain of redirects leads for good: up to its first temporary one; None: nowhere else.

    From https to http nothing moves for good: whoever can forge one answer could listen ever after.
    """
    to = asked
    for hop in hops:
        if hop.status not in _FOR_GOOD:
            break
        to = hop.url
    secure, plain = to.startswith("https://"), to.startswith("http://")
    if to == asked or not (secure or (plain and not asked.startswith("https://"))):
        return None
    return to if len(to) <= _LONGEST_URL and not any(map(str.isspace, to)) else None


def after_success(
    moving: Moving | None, *, asked: str, original: str, hops: Sequence[Hop], now: datetime
) -> Moving | None:
    """What to believe of a move after a good poll.

    A chain that leads elsewhere than before starts anew, and until it holds, the original address is
    asked again. One that leads back to the original, or nowhere, ends the move.

    Args:
        moving: what was believed before.
        asked: the address that the poll began at: the new one if the move held, else the original.
        original: the source's own address.
        hops: the redirects that the poll followed, in order.
        now: when it was.
    """
    to = moved_to(asked, hops)
    if to is None:
        return moving if moving and asked == moving.to else None
    if to == original:
        return None
    if moving and moving.to == to:
        return Moving(to, moving.since, min(moving.polls + 1, _MOST_POLLS))
    return Moving(to, now.replace(microsecond=0), 1)


def after_failure(moving: Moving | None, trouble: float) -> Moving | None:
    """What to believe of a move after a failed poll: a new address that goes on failing is given up."""
    return None if trouble >= _GIVEN_UP else moving
