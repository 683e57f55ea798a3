"""An alert as a mail."""

from email.message import EmailMessage
from html import escape

from wirewatch.models import Alert
from workers.alerts.envelope import anchor, enveloped, origin
from workers.alerts.plain import lines, one_line, shorten, title_line, web_link

_TEXT_MOST = 4000
_COPIES_MOST = 20


def mail_message(alert: Alert, delivery_id: str, sender: str, to: tuple[str, ...]) -> EmailMessage:
    """The mail for an alert; arguments and errors are those of :func:`~workers.alerts.envelope.enveloped`."""
    title = title_line(alert.story.title)
    return enveloped(
        f"[{one_line(alert.topic)}] {title}",
        _text(alert, title),
        _html(alert, title),
        date=alert.created,
        delivery_id=delivery_id,
        sender=sender,
        to=to,
    )


def _told(alert: Alert) -> str:
    return shorten(lines(alert.match.snippet or alert.story.summary), _TEXT_MOST)


def _text(alert: Alert, title: str) -> str:
    parts = [f"{title}\n{origin(alert)}", _told(alert), web_link(alert.story.url)]
    if alert.copies:
        told = [f"- {one_line(copy.source)}: {web_link(copy.url)}" for copy in alert.copies[:_COPIES_MOST]]
        parts.append("\n".join([f"Copies: {len(alert.copies)}", *told]))
    parts.append(f"-- \nWirewatch, topic {one_line(alert.topic)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(alert: Alert, title: str) -> str:
    told = escape(_told(alert)).replace("\n", "<br>\n")
    copies = "".join(
        f"<li>{anchor(copy.url, one_line(copy.source) or one_line(copy.url))}</li>\n"
        for copy in alert.copies[:_COPIES_MOST]
    )
    listed = f"<p>Copies: {len(alert.copies)}</p>\n<ul>\n{copies}</ul>\n" if copies else ""
    return (
        f"<!doctype html>\n<html><body>\n<h2>{anchor(alert.story.url, title)}</h2>\n"
        f"<p>{escape(origin(alert))}</p>\n<p>{told}</p>\n{listed}"
        f"<p><small>Wirewatch, topic {escape(one_line(alert.topic))}</small></p>\n</body></html>\n"
    )
