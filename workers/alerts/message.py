"""An alert as a mail: a text part, an HTML part, and headers that news text cannot break."""

from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape

from wirewatch.models import Alert
from workers.alerts.plain import lines, minute, one_line, shorten, web_link

_SUBJECT_MOST = 200
_TEXT_MOST = 4000
_COPIES_MOST = 20


def mail_message(alert: Alert, delivery_id: str, sender: str, to: tuple[str, ...]) -> EmailMessage:
    """The mail for an alert, the same at each attempt: mail stores drop a repeat by its Message-ID.

    Args:
        alert: what is told.
        delivery_id: what the Message-ID is made of.
        sender: the From address, with or without a name.
        to: the recipients.

    Raises:
        ValueError: an address that cannot stand in a header.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(to)
    title = one_line(alert.story.title) or "(no title)"
    message["Subject"] = shorten(f"[{one_line(alert.topic)}] {title}", _SUBJECT_MOST)
    message["Date"] = format_datetime(alert.created)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = (
        f"<{delivery_id}@{domain if domain.isascii() and domain else 'wirewatch.invalid'}>"
    )
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: spares us the out-of-office replies
    message.set_content(_text(alert, title))
    message.add_alternative(_html(alert, title), subtype="html")
    return message


def _origin(alert: Alert) -> str:
    story = alert.story
    parts = [one_line(story.source), ", ".join(one_line(author) for author in story.authors)]
    if story.published:
        parts.append(minute(story.published))
    return " · ".join(part for part in parts if part)


def _told(alert: Alert) -> str:
    return shorten(lines(alert.match.snippet or alert.story.summary), _TEXT_MOST)


def _text(alert: Alert, title: str) -> str:
    parts = [f"{title}\n{_origin(alert)}", _told(alert), web_link(alert.story.url)]
    if alert.copies:
        told = [f"- {one_line(copy.source)}: {web_link(copy.url)}" for copy in alert.copies[:_COPIES_MOST]]
        parts.append("\n".join([f"Copies: {len(alert.copies)}", *told]))
    parts.append(f"-- \nWirewatch, topic {one_line(alert.topic)}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _anchor(url: str, label: str) -> str:
    link = web_link(url)
    return f'<a href="{escape(link)}">{escape(label)}</a>' if link else escape(label)


def _html(alert: Alert, title: str) -> str:
    told = escape(_told(alert)).replace("\n", "<br>\n")
    copies = "".join(
        f"<li>{_anchor(copy.url, one_line(copy.source) or one_line(copy.url))}</li>\n"
        for copy in alert.copies[:_COPIES_MOST]
    )
    listed = f"<p>Copies: {len(alert.copies)}</p>\n<ul>\n{copies}</ul>\n" if copies else ""
    return (
        f"<!doctype html>\n<html><body>\n<h2>{_anchor(alert.story.url, title)}</h2>\n"
        f"<p>{escape(_origin(alert))}</p>\n<p>{told}</p>\n{listed}"
        f"<p><small>Wirewatch, topic {escape(one_line(alert.topic))}</small></p>\n</body></html>\n"
    )
