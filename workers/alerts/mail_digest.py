"""A digest as a mail: a list for each topic."""

from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

from wirewatch.models import Alert
from workers.alerts.digest import ALERTS_MOST, and_more, by_topic, headline, newest_first
from workers.alerts.envelope import anchor, enveloped, origin
from workers.alerts.plain import one_line, shorten, title_line, web_link

_HEADLINE_MOST = 180
# What an alert's title, origin, snippet and address may have of a mail of two hundred.
_LINE_MOST = 300
_SNIPPET_MOST = 500
_LINK_MOST = 2000


def mail_digest(alerts: Sequence[Alert], delivery_id: str, sender: str, to: tuple[str, ...]) -> EmailMessage:
    """The mail for a digest of at least one alert: the newest, and how many are left out.

    The other arguments and errors are those of :func:`~workers.alerts.envelope.enveloped`.
    """
    newest = newest_first(alerts)
    counted = headline(newest, _HEADLINE_MOST)
    topics = by_topic(newest[:ALERTS_MOST])
    left_out = and_more(len(newest) - ALERTS_MOST)
    return enveloped(
        f"Wirewatch: {counted}",
        _text(counted, topics, left_out),
        _html(counted, topics, left_out),
        date=newest[0].created,
        delivery_id=delivery_id,
        sender=sender,
        to=to,
    )


def _title(alert: Alert) -> str:
    return shorten(title_line(alert.story.title), _LINE_MOST)


def _origin(alert: Alert) -> str:
    return shorten(origin(alert), _LINE_MOST)


def _snippet(alert: Alert) -> str:
    return shorten(one_line(alert.match.snippet or alert.story.summary), _SNIPPET_MOST)


def _link(alert: Alert) -> str:
    link = web_link(alert.story.url)
    return link if len(link) <= _LINK_MOST else ""


def _text(counted: str, topics: dict[str, list[Alert]], left_out: str) -> str:
    parts = [counted]
    for topic, alerts in topics.items():
        parts.append(f"== {one_line(topic)} ==")
        parts += (
            "\n  ".join(
                part for part in (f"- {_title(alert)}", _origin(alert), _snippet(alert), _link(alert)) if part
            )
            for alert in alerts
        )
    parts += [left_out, "-- \nWirewatch"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(counted: str, topics: dict[str, list[Alert]], left_out: str) -> str:
    lists = "".join(
        f"<h2>{escape(one_line(topic))}</h2>\n<ul>\n{''.join(map(_item, alerts))}</ul>\n"
        for topic, alerts in topics.items()
    )
    more = f"<p>{left_out}</p>\n" if left_out else ""
    return (
        f"<!doctype html>\n<html><body>\n<p>{escape(counted)}</p>\n{lists}{more}"
        "<p><small>Wirewatch</small></p>\n</body></html>\n"
    )


def _item(alert: Alert) -> str:
    told = f"<br>\n{escape(snippet)}" if (snippet := _snippet(alert)) else ""
    return (
        f"<li>{anchor(_link(alert), _title(alert))}<br>\n<small>{escape(_origin(alert))}</small>{told}</li>\n"
    )
