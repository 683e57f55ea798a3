"""A trial of one destination through its real sender."""

import asyncio
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from wirewatch.config.settings import Settings
from wirewatch.ids import delivery_id
from workers.alerts.destinations import build, sample_alert
from workers.alerts.outcome import Outcome
from workers.alerts.plain import one_line, shorten

_ANSWER_CHARS = 200
_HIDDEN = "…"
# Shorter paths and passwords are words like /hook; hiding them would garble the answer for nothing.
_SECRET_CHARS = 6


def send_sample(name: str, settings: Settings) -> Outcome:
    """Send a made-up alert to a destination; it is not recorded and not repeated.

    Raises:
        ConfigError: there is no such destination.
    """
    sender = build(name, settings)
    topics = (topic for topic, one in settings.topics.items() if name in one.send)
    alert = sample_alert(next(topics, "test"))
    return asyncio.run(sender.send(alert, delivery_id(alert.id, name)))


def outcome_words(name: str, outcome: Outcome, settings: Settings) -> str:
    """What came of it, with the beginning of the answer; what is secret of the destination is hidden.

    Receivers that echo what they were sent are common among those that people try first.
    """
    state = {"delivered": "delivered", "retry": "not delivered", "refused": "refused"}[outcome.kind]
    words = f"{name}: {state} ({outcome.status})"
    answer = one_line(outcome.answer)
    for secret in _secrets(name, settings):
        answer = answer.replace(secret, _HIDDEN)
    return f"{words}\n  {shorten(answer, _ANSWER_CHARS)}" if answer else words


def _secrets(name: str, settings: Settings) -> list[str]:
    """A destination's secrets and the parts of them that an answer could repeat, longest first."""
    found: set[str] = set()
    destination = settings.destinations.get(name)
    values = [getattr(destination, field) for field in type(destination).model_fields] if destination else []
    for value in values:
        if not isinstance(value, SecretStr):
            continue
        text = value.get_secret_value()
        found.add(text)
        if "://" in text:
            parts = urlsplit(text)
            password = parts.password or ""
            target = parts._replace(scheme="", netloc="").geturl()
            found |= {target, parts.path, parts.path.rpartition("/")[2], password, unquote(password)}
    return sorted((one for one in found if len(one) >= _SECRET_CHARS), key=len, reverse=True)
