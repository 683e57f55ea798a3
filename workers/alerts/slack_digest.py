"""A digest as one Slack message, within the limits of its blocks one by one and together."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from wirewatch.models import Alert
from workers.alerts.blocks import (
    HEADER_MOST,
    NAME_MOST,
    SECTION_MOST,
    context,
    escape,
    header,
    link,
    section,
    units,
)
from workers.alerts.digest import ALERTS_MOST, and_more, by_topic, headline, newest_first
from workers.alerts.fields import json_bytes
from workers.alerts.plain import minute, one_line, shorten, title_line

# With one block of 50, and some characters, kept for the last line.
BLOCKS_MOST = 49
# Slack's limit on all blocks together is in none of its references: messages have been refused from some
# 13,200 characters on, containers included (https://github.com/slackapi/bolt-js/issues/2509).
TOGETHER_MOST = 12_000
# Less than a message of its own gives them, so that more alerts are told.
_TITLE_MOST = 300
_SOURCE_MOST = 100

_Block = dict[str, object]


def slack_digest(alerts: Sequence[Alert]) -> dict[str, object]:
    """The message for a digest: the newest alerts by topic, as many as fit, and how many are left out."""
    newest = newest_first(alerts)
    counted = headline(newest, HEADER_MOST)

    def blocks(count: int) -> list[_Block]:
        return [header(counted), *_topics(newest, count)]

    # One alert always fits. The largest number that fits is one before the first that does not.
    beyond_one = range(2, min(len(newest), ALERTS_MOST) + 1)
    count = 1 + bisect_left(beyond_one, True, key=lambda count: not _fit(blocks(count)))
    left_out = and_more(len(newest) - count)
    return {
        "text": escape(counted, SECTION_MOST),
        "unfurl_links": False,
        "blocks": [*blocks(count), *([context(left_out)] if left_out else [])],
    }


def _fit(blocks: Sequence[_Block]) -> bool:
    return len(blocks) <= BLOCKS_MOST and units(json_bytes(blocks).decode()) <= TOGETHER_MOST


def _topics(newest: Sequence[Alert], count: int) -> Iterator[_Block]:
    """The first alerts by topic; each topic is headed with its number, those left out included."""
    all_of_them = by_topic(newest)
    for topic, told in by_topic(newest[:count]).items():
        heading = f"*{escape(one_line(topic), NAME_MOST)}* · {len(all_of_them[topic])}"
        yield from _sections([heading, *map(_line, told)])


def _sections(lines: Iterable[str]) -> Iterator[_Block]:
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        if units(longer) > SECTION_MOST:
            yield section(text)
            longer = line
        text = longer
    yield section(text)


def _line(alert: Alert) -> str:
    story = alert.story
    title = shorten(title_line(story.title), _TITLE_MOST)
    parts = [link(story.url, title), escape(one_line(story.source), _SOURCE_MOST)]
    if story.published:
        parts.append(minute(story.published))
    return f"• {' · '.join(part for part in parts if part)}"
