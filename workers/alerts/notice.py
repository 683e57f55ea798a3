"""A notice to the operator in words, on lines that a stranger's text cannot break."""

from wirewatch.models import Notice, NoticedSource
from workers.alerts.plain import minute, one_line

# What it is called that a source has a flag, that it has it no more, and that many have it no more.
_TITLES = {
    "silent": ("Silent", "Speaks again", "Speak again"),
    "html": ("HTML instead of stories", "Stories again", "Stories again"),
    "shrunk": ("Shrunk to nothing", "Stories again", "Stories again"),
    "failing": ("Failing", "Answers again", "Answer again"),
    "gone": ("Gone for good", "There again", "There again"),
}


def title(notice: Notice) -> str:
    """``Silent: Example Politics``, ``Answer again: 37 sources``."""
    flag = notice.flag or notice.was
    flagged, well, all_well = _TITLES.get(flag, (f"Flagged {one_line(flag)}", "Well again", "Well again"))
    if notice.count > 1:
        return f"{flagged if notice.flag else all_well}: {notice.count} sources"
    return f"{flagged if notice.flag else well}: {source_name(notice.sources[0])}"


def source_name(source: NoticedSource) -> str:
    """A source's name, or its address where it has none."""
    return one_line(source.name) or one_line(source.url)


def since(notice: Notice) -> str:
    """``Since 2026-11-24 21:00 UTC: no story for 9 hours``; of many, each has its own reason."""
    reason = one_line(notice.sources[0].reason) if notice.count == 1 else ""
    return f"Since {minute(notice.since)}" + (f": {reason}" if reason else "")


def and_more(notice: Notice) -> str:
    """How many sources are not named; empty if all are."""
    more = notice.count - len(notice.sources)
    return f"and {more} more" if more > 0 else ""


def advice(notice: Notice) -> str:
    """What to do, with the command; empty where there is nothing to be done."""
    if not notice.flag:
        return ""
    if notice.count == 1:
        return (
            f"`wirewatch sources check {one_line(notice.sources[0].id)}` asks it once, "
            "and says what comes next and why."
        )
    return "`wirewatch sources list` shows them all. Is the machine that asks them offline?"


def line(notice: Notice) -> str:
    """A notice on one line, for a log or a terminal."""
    if notice.count == 1:
        return f"{title(notice)} ({one_line(notice.sources[0].url)}). {since(notice)}"
    named = ", ".join(filter(None, (*map(source_name, notice.sources), and_more(notice))))
    return f"{title(notice)} ({named}). {since(notice)}"
