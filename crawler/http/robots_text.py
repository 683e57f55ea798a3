"""The part of a robots.txt that speaks to us, as text (RFC 9309).

Parsers keep the rules of every robot that a file names, and some grow quadratic with them: a file of 400 kB
that names 20,000 robots held protego for 46 s. Of most files we need ten lines.
"""

import re
from collections.abc import Iterator

MOST_BYTES = 500 * 1024  # 2.5: at least so much of a file is read
_MOST_RULES = 2_000  # the longest list for one robot seen in the field is some hundreds
_MOST_LINE = 2_000
_AGENT = re.compile(r"user[- ]?agent\b\s*:?(.*)", re.IGNORECASE)
_BARE_RULE = re.compile(r"(dis+al+[ao]w|allow|crawl[- ]delay)\s", re.IGNORECASE)  # its colon was forgotten
_OF_THE_SITE = re.compile(r"(site-?maps?|host)\b", re.IGNORECASE)  # in no group, and ends none


def rules_for(token: str, body: bytes) -> str:
    """The rules of a robots.txt for one robot, as a file for any robot; empty: all is allowed.

    Args:
        token: the robot's product token (2.2.1).
        body: the file.
    """
    lines = list(_lines(body))
    # A group of our own goes before the one for everybody, even where it has no rule.
    named = any(_is_for(token.lower(), line) for line in lines)
    rules = list(_rules_of(token.lower() if named else "*", lines))
    return "\n".join(["User-agent: *", *rules]) if rules else ""


def _lines(body: bytes) -> Iterator[str]:
    """The lines of a file, without comments and what is too long."""
    for line in body[:MOST_BYTES].decode("utf-8-sig", "replace").splitlines():
        bare = line.partition("#")[0].strip()
        if bare and len(bare) <= _MOST_LINE:
            yield bare


def _rules_of(wanted: str, lines: list[str]) -> Iterator[str]:
    """The rules of all groups for a robot (2.2.1: they are combined), at most 2,000."""
    ours, in_rules, count = False, True, 0
    for line in lines:
        if _AGENT.match(line):
            if in_rules:  # the first name of a new group
                ours, in_rules = False, False
            ours = ours or _is_for(wanted, line)
        elif (":" in line or _BARE_RULE.match(line)) and not _OF_THE_SITE.match(line):
            in_rules = True
            if ours:
                count += 1
                if count > _MOST_RULES:
                    return
                yield line


def _is_for(wanted: str, line: str) -> bool:
    """Whether a line begins, or is part of the beginning of, a group for a robot."""
    agent = _AGENT.match(line)
    return agent is not None and _token(agent[1]) == wanted


def _token(value: str) -> str:
    """A robot's name as files write it: ``Wirewatch/1.0`` and ``Wirewatch*`` are Wirewatch."""
    name = value.strip().lower().partition("/")[0].strip()
    return name if name == "*" else name.rstrip("*").strip()
