"""Alerts to a Slack channel by an incoming webhook, as Block Kit within its limits."""

import re
from dataclasses import dataclass

from pydantic import SecretStr

from wirewatch.config.settings import NetworkAccess
from wirewatch.models import Alert
from workers.alerts.outcome import Kind, Outcome
from workers.alerts.payload import json_bytes
from workers.alerts.plain import lines, minute, one_line, shorten, web_link
from workers.alerts.posting import TIMEOUT_S, post

# https://docs.slack.dev/reference/block-kit/blocks
HEADER_MOST = 150
SECTION_MOST = 3000
_SNIPPET_MOST = 1500  # the rest of the section is for the link
_LINK_MOST = 1200
_NAME_MOST = 200

_SHOUT = re.compile(r"@(?=here|channel|everyone|group)", re.IGNORECASE)
_ERROR_WORD = re.compile(r"[a-z][a-z_]{2,60}")


@dataclass(frozen=True, slots=True)
class SlackSender:
    """Posts alerts to one incoming webhook."""

    name: str
    url: SecretStr
    network: NetworkAccess
    timeout_s: float = TIMEOUT_S

    async def send(self, alert: Alert, delivery_id: str) -> Outcome:  # noqa: ARG002 - Slack knows no ids
        """One attempt. Slack cannot recognise a repeat: one whose answer was lost is shown twice."""
        return await post(
            self.url.get_secret_value(),
            json_bytes(slack_message(alert)),
            {},
            judge=_judge,
            network=self.network,
            timeout_s=self.timeout_s,
        )


def slack_message(alert: Alert) -> dict[str, object]:
    """The message for an alert: a header, the snippet with its link, and where it comes from."""
    story = alert.story
    title = one_line(story.title) or "(no title)"
    topic = one_line(alert.topic)
    source = shorten(one_line(story.source), _NAME_MOST) or "the source"
    snippet = escape(lines(alert.match.snippet or story.summary), _SNIPPET_MOST)
    link = _link(story.url, f"Read at {source}")
    origin = [f"*{escape(topic, _NAME_MOST)}*", escape(source, 2 * _NAME_MOST)]
    if story.published:
        origin.append(minute(story.published))
    if alert.copies:
        origin.append("1 copy" if len(alert.copies) == 1 else f"{len(alert.copies)} copies")
    return {
        # What notifications and screen readers say; Slack asks for less than 4,000 characters.
        "text": f"{escape(topic, _NAME_MOST)}: {escape(title, SECTION_MOST)}",
        "unfurl_links": False,
        "blocks": [
            {
                "type": "header",
                "text": {"type": "plain_text", "text": escape(title, HEADER_MOST), "emoji": False},
            },
            {"type": "section", "text": _marked_up(f"{snippet}\n{link}".strip())},
            {"type": "context", "elements": [_marked_up(" · ".join(origin))]},
        ],
    }


def _marked_up(text: str) -> dict[str, object]:
    # Verbatim: what looks like a name, a channel or an address in the news is not made one by Slack.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _units(text: str) -> int:
    # UTF-16, the longest of the ways in which a limit on characters may be counted.
    return len(text.encode("utf-16-le")) // 2


def _escaped(text: str) -> str:
    # These three and no others: https://api.slack.com/docs/message-formatting
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SHOUT.sub("@\N{WORD JOINER}", text)


def escape(text: str, most: int) -> str:
    """News text for a Slack message: no links or mentions of its own, at most so long once escaped."""
    return _escaped(shorten(text, most, lambda part: _units(_escaped(part))))


def _link(url: str, label: str) -> str:
    # A bar would end the address or start a second label.
    safe = web_link(url).replace("&", "&amp;")
    label = escape(label.replace("|", "¦"), 2 * _NAME_MOST)
    return f"<{safe}|{label}>" if safe and _units(safe) <= _LINK_MOST else label


def _judge(status: int, answer: str) -> tuple[Kind, str]:
    """What Slack's answers mean, by its changelog of 17 May 2016 on the errors of incoming webhooks."""
    words = f"{status} {answer}" if _ERROR_WORD.fullmatch(answer) else str(status)
    match status:
        case 200 if answer == "ok":
            return "delivered", "200"
        case 200:  # not from Slack, but from something in between, such as a proxy's login page
            return "retry", "200 without ok"
        case (
            400 | 403 | 404 | 410
        ):  # the message, the channel or the webhook itself: waiting mends none of them
            return "refused", words
        case _:
            return "retry", str(status)
