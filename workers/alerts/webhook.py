"""Alerts to an HTTP endpoint, as Standard Webhooks 1.0.0 says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import SecretStr
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook

from wirewatch.config.settings import NetworkAccess
from wirewatch.models import Alert, Notice, now
from workers.alerts.notice_payload import notice_body
from workers.alerts.outcome import Kind, Outcome
from workers.alerts.payload import digest_body, webhook_body
from workers.alerts.posting import TIMEOUT_S, post

_OK = range(200, 300)
_GONE = 410


@dataclass(frozen=True, slots=True)
class WebhookSender:
    """Posts alerts to one endpoint, signed if there is a secret."""

    name: str
    url: SecretStr
    secret: SecretStr | None
    network: NetworkAccess
    timeout_s: float = TIMEOUT_S

    async def send(self, alert: Alert, delivery_id: str) -> Outcome:
        """One attempt; ``delivery_id`` is the ``webhook-id`` by which the receiver knows a repeat."""
        return await self._post(webhook_body(alert), delivery_id)

    async def send_digest(self, alerts: Sequence[Alert], delivery_id: str) -> Outcome:
        """One attempt to deliver a digest."""
        return await self._post(digest_body(alerts), delivery_id)

    async def send_notice(self, notice: Notice, delivery_id: str) -> Outcome:
        """One attempt to tell of a notice."""
        return await self._post(notice_body(notice), delivery_id)

    async def _post(self, body: bytes, delivery_id: str) -> Outcome:
        moment = now()
        headers = {"webhook-id": delivery_id, "webhook-timestamp": str(int(moment.timestamp()))}
        if self.secret:
            try:
                headers["webhook-signature"] = _signature(self.secret, delivery_id, moment, body)
            except (ValueError, EmptyWebhookSecretError):
                remedy = "the destination's secret must read whsec_ and 24 to 64 bytes in base64"
                return Outcome("refused", "secret cannot be used", remedy)
        return await post(
            self.url.get_secret_value(),
            body,
            headers,
            judge=_judge,
            network=self.network,
            timeout_s=self.timeout_s,
        )


def _signature(secret: SecretStr, delivery_id: str, moment: datetime, body: bytes) -> str:
    # sign() overwrites the zone with UTC instead of converting to it, so it must be UTC already.
    signed: str = Webhook(secret.get_secret_value()).sign(delivery_id, moment.astimezone(UTC), body.decode())
    return signed


def _judge(status: int, _answer: str) -> tuple[Kind, str]:
    """2xx only is success, 410 ends it; all else, redirects and 4xx too, may be repaired in three days."""
    if status in _OK:
        return "delivered", str(status)
    return ("refused", "410 gone") if status == _GONE else ("retry", str(status))
