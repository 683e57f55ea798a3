"""What every mail of ours has: headers that news text cannot break, a text part and an HTML part."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from html import escape

from wirewatch.models import Alert
from workers.alerts.plain import minute, one_line, shorten, web_link

_SUBJECT_MOST = 200


def enveloped(
    subject: str,
    text: str,
    html: str,
    *,
    date: datetime,
    delivery_id: str,
    sender: str,
    to: tuple[str, ...],
) -> EmailMessage:
    """A mail, the same bytes at each attempt: mail stores drop a repeat by its Message-ID.

    Args:
        subject: one line; cut if it is long.
        text: the text part.
        html: the same in HTML.
        date: aware.
        delivery_id: what the Message-ID is made of.
        sender: the From address, with or without a name.
        to: the recipients.

    Raises:
        ValueError: an address that cannot stand in a header.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = ", ".join(to)
    message["Subject"] = shorten(subject, _SUBJECT_MOST)
    message["Date"] = format_datetime(date)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = (
        f"<{delivery_id}@{domain if domain.isascii() and domain else 'wirewatch.invalid'}>"
    )
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: spares us the out-of-office replies
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    # The library's own boundary is a new random number each time. No text holds a hash of itself.
    message.set_boundary(f"=_{sha256((text + html).encode('utf-8', 'replace')).hexdigest()[:40]}")
    return message


def origin(alert: Alert) -> str:
    """Where a story is from, on one line: its source, its authors, its time."""
    story = alert.story
    parts = [one_line(story.source), ", ".join(one_line(author) for author in story.authors)]
    if story.published:
        parts.append(minute(story.published))
    return " · ".join(part for part in parts if part)


def anchor(url: str, label: str) -> str:
    """A link in HTML, or its label alone where the address is none to click."""
    link = web_link(url)
    return f'<a href="{escape(link)}">{escape(label)}</a>' if link else escape(label)
