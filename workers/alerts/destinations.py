"""From a destination's name in the configuration to what sends alerts there."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol
from uuid import uuid4

from wirewatch.config.settings import EmailDestination, Settings, SlackDestination, WebhookDestination
from wirewatch.errors import ConfigError
from wirewatch.ids import ClusterId, alert_id, source_id, story_id
from wirewatch.models import Alert, Hit, Match, Notice, Story, now
from workers.alerts.local import MATCHES, LocalSender
from workers.alerts.mail import MailSender
from workers.alerts.outcome import Outcome
from workers.alerts.slack import SlackSender
from workers.alerts.webhook import WebhookSender

__all__ = ["MATCHES", "Sender", "build", "sample_alert"]


class Sender(Protocol):
    """One destination."""

    @property
    def name(self) -> str:
        """The destination's name in the configuration."""

    async def send(self, alert: Alert, delivery_id: str) -> Outcome:
        """One attempt to deliver an alert.

        Args:
            alert: what is told.
            delivery_id: the same at each attempt of one delivery.

        Returns:
            What came of it. Trouble with the network or the receiver is an outcome, never an exception.
        """

    async def send_digest(self, alerts: Sequence[Alert], delivery_id: str) -> Outcome:
        """One attempt to deliver many alerts as one message: the same message for the same alerts in order.

        Args:
            alerts: at least one.
            delivery_id: the digest's id, the same at each attempt.

        Returns:
            What came of it, as :meth:`send` tells it.
        """

    async def send_notice(self, notice: Notice, delivery_id: str) -> Outcome:
        """One attempt to tell the operator of a notice.

        Args:
            notice: what is told.
            delivery_id: the same at each attempt of one delivery.

        Returns:
            What came of it, as :meth:`send` tells it.
        """


def build(name: str, settings: Settings) -> Sender:
    """The sender for a destination: one of the configuration's, or the built-in :data:`MATCHES`.

    Raises:
        ConfigError: the configuration has no destination of this name.
    """
    match settings.destinations.get(name):
        case WebhookDestination(url=url, secret=secret):
            return WebhookSender(name, url, secret, settings.network)
        case SlackDestination(url=url):
            return SlackSender(name, url, settings.network)
        case EmailDestination(smtp=smtp, sender=sender, to=to):
            return MailSender(name, smtp, sender, to, settings.network)
        case None if name == MATCHES:
            return LocalSender(name, settings.data_dir)
    raise ConfigError([f"destinations: there is no {name}; there is {_listed(settings.destinations)}"])


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join([*sorted(names), MATCHES])


def sample_alert(topic: str) -> Alert:
    """A made-up alert for trying a destination; each is new, so that no receiver takes it for a repeat."""
    moment = now()
    url = "https://example.org/wirewatch-test"
    title = "A test alert from Wirewatch"
    cluster = ClusterId(f"c{uuid4().hex[:20]}")
    story = Story(
        id=story_id(url),
        url=url,
        title=title,
        source="Wirewatch",
        source_id=source_id(url),
        authors=("Wirewatch",),
        language="en",
        published=moment - timedelta(minutes=1),
        first_seen=moment,
        summary="If you can read this, alerts reach this destination.",
    )
    hit = Hit(field="title", start=2, end=12, text="test alert")
    match = Match(topic=topic, score=1.0, snippet=story.summary, hits=(hit,))
    return Alert(
        id=alert_id(topic, cluster), topic=topic, cluster=cluster, story=story, match=match, created=moment
    )
