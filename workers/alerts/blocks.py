"""News text in the blocks of a Slack message: within Block Kit's limits, with no links of its own."""

import re

from workers.alerts.plain import shorten, web_link

# https://docs.slack.dev/reference/block-kit/blocks
HEADER_MOST = 150
SECTION_MOST = 3000
NAME_MOST = 200
_LINK_MOST = 1200

_SHOUT = re.compile(r"@(?=here|channel|everyone|group)", re.IGNORECASE)


def header(text: str) -> dict[str, object]:
    """A block in large letters."""
    plain = {"type": "plain_text", "text": escape(text, HEADER_MOST), "emoji": False}
    return {"type": "header", "text": plain}


def section(text: str) -> dict[str, object]:
    """A block of marked-up text, escaped already."""
    return {"type": "section", "text": _marked_up(text)}


def context(text: str) -> dict[str, object]:
    """A block in small letters of marked-up text, escaped already."""
    return {"type": "context", "elements": [_marked_up(text)]}


def _marked_up(text: str) -> dict[str, object]:
    # Verbatim: what looks like a name, a channel or an address in the news is not made one by Slack.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def units(text: str) -> int:
    """A text's length in UTF-16, the longest of the ways in which a limit on characters may be counted."""
    return len(text.encode("utf-16-le")) // 2


def _escaped(text: str) -> str:
    # These three and no others: https://api.slack.com/docs/message-formatting
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SHOUT.sub("@\N{WORD JOINER}", text)


def escape(text: str, most: int) -> str:
    """News text for a Slack message: no links or mentions of its own, at most so long once escaped."""
    return _escaped(shorten(text, most, lambda part: units(_escaped(part))))


def link(url: str, label: str) -> str:
    """A link to follow, or its label alone where the address is none or too long."""
    # A bar would end the address or start a second label.
    safe = web_link(url).replace("&", "&amp;")
    label = escape(label.replace("|", "¦"), 2 * NAME_MOST)
    return f"<{safe}|{label}>" if safe and units(safe) <= _LINK_MOST else label
