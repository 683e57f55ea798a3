"""Alerts to a Slack channel by an incoming webhook, as Block Kit within its limits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from wirewatch.config.settings import NetworkAccess
from wirewatch.models import Alert, Notice
from workers.alerts.blocks import NAME_MOST, SECTION_MOST, context, escape, header, link, section
from workers.alerts.fields import json_bytes
from workers.alerts.outcome import Kind, Outcome
from workers.alerts.plain import lines, minute, one_line, shorten, title_line
from workers.alerts.posting import TIMEOUT_S, post
from workers.alerts.slack_digest import slack_digest
from workers.alerts.slack_notice import slack_notice

_SNIPPET_MOST = 1500  # the rest of the section is for the link

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
        return await self._post(slack_message(alert))

    async def send_digest(self, alerts: Sequence[Alert], delivery_id: str) -> Outcome:  # noqa: ARG002 - as above
        """One attempt to deliver a digest."""
        return await self._post(slack_digest(alerts))

    async def send_notice(self, notice: Notice, delivery_id: str) -> Outcome:  # noqa: ARG002 - as above
        """One attempt to tell of a notice."""
        return await self._post(slack_notice(notice))

    async def _post(self, message: Mapping[str, object]) -> Outcome:
        return await post(
            self.url.get_secret_value(),
            json_bytes(message),
            {},
            judge=_judge,
            network=self.network,
            timeout_s=self.timeout_s,
        )


def slack_message(alert: Alert) -> dict[str, object]:
    """The message for an alert: a header, the snippet with its link, and where it comes from."""
    story = alert.story
    title = title_line(story.title)
    topic = one_line(alert.topic)
    source = shorten(one_line(story.source), NAME_MOST) or "the source"
    snippet = escape(lines(alert.match.snippet or story.summary), _SNIPPET_MOST)
    read = link(story.url, f"Read at {source}")
    origin = [f"*{escape(topic, NAME_MOST)}*", escape(source, 2 * NAME_MOST)]
    if story.published:
        origin.append(minute(story.published))
    if alert.copies:
        origin.append("1 copy" if len(alert.copies) == 1 else f"{len(alert.copies)} copies")
    return {
        # What notifications and screen readers say; Slack asks for less than 4,000 characters.
        "text": f"{escape(topic, NAME_MOST)}: {escape(title, SECTION_MOST)}",
        "unfurl_links": False,
        "blocks": [
            header(title),
            section(f"{snippet}\n{read}".strip()),
            context(" · ".join(origin)),
        ],
    }


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
