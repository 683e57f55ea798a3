"""What is odd about a source that once was well: silent, html, shrunk, failing or gone; pure decisions.

A flag is raised once and lowered once; in between the operator hears nothing of it again.
"""

from datetime import datetime, timedelta

from crawler.schedule.rhythm import Rhythm
from crawler.schedule.silence import is_silent
from wirewatch.models import SourceKind
from wirewatch.store.sources import SourceState

# An outage of some hours is an ordinary night's maintenance: after a day somebody should look.
_FAILING_AFTER = timedelta(hours=24)
_MANY = 3  # a feed of fewer entries may well be empty at times

Flag = tuple[str | None, str]
"""The flag and the reason for it; None: as it was."""


def flag_after_failure(state: SourceState, reason: str, *, html: bool, now: datetime) -> Flag:
    """The flag after a poll that failed.

    Args:
        state: of the source, before this poll.
        reason: in words.
        html: the answer was a web page.
        now: when.
    """
    if not state.size:
        return None, ""  # it never was well: its failure is told to whoever added it
    if html and state.kind in (SourceKind.FEED, SourceKind.SITEMAP):
        return "html", reason
    if state.failing_since is not None and now - state.failing_since >= _FAILING_AFTER:
        return "failing", reason
    return None, ""


def flag_after_success(
    state: SourceState, rhythm: Rhythm, carries: int | None, new: int, now: datetime
) -> Flag:
    """The flag after a poll that did not fail.

    Args:
        state: of the source, before this poll.
        rhythm: of the source, with this poll.
        carries: how many entries the document carried; None: it was the last one again.
        new: how many of them the last document did not carry.
        now: when.
    """
    if carries == 0 and state.size >= _MANY:
        return "shrunk", f"its document is empty; it carried {state.size} entries"
    if carries is None and state.flag == "shrunk":
        return None, ""
    if not new and is_silent(rhythm, state.last_new, now):
        return "silent", f"nothing new since {state.last_new:%Y-%m-%d %H:%M} UTC" if state.last_new else ""
    return "", "it speaks again" if new else "it answers again"
