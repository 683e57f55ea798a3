"""What a webhook receives: one alert, or a digest of many, as the body of a Standard Webhooks message."""

from collections.abc import Sequence

from wirewatch.models import Alert
from workers.alerts.cut import fitted_fields, fitted_list
from workers.alerts.digest import newest_first
from workers.alerts.fields import json_bytes, time_field

# Standard Webhooks asks for payloads under 20 kB, so that receivers can read them whole and at once.
BODY_BYTES = 19_999


def webhook_body(alert: Alert) -> bytes:
    """The body of an alert's ``story.matched`` message: the same bytes at every attempt, under 20 kB."""
    message: dict[str, object] = {"type": "story.matched", "timestamp": time_field(alert.created), "data": {}}
    room = BODY_BYTES - len(json_bytes(message)) + len("{}")
    return json_bytes(message | {"data": fitted_fields(alert, room)})


def digest_body(alerts: Sequence[Alert]) -> bytes:
    """The body of a ``digest`` message: the same bytes at every attempt, under 20 kB.

    Args:
        alerts: at least one. The newest come first; the oldest are left out, and counted, where even short
            words on each are too long together.
    """
    newest = newest_first(alerts)
    message = {"type": "digest", "timestamp": time_field(newest[0].created)}
    room = BODY_BYTES - len(json_bytes(message | {"data": {"alerts": [], "more": len(newest)}}))
    told = fitted_list(newest, room)
    return json_bytes(message | {"data": {"alerts": told, "more": len(newest) - len(told)}})
