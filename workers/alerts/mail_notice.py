"""A notice as a mail."""

from email.message import EmailMessage
from html import escape

from wirewatch.models import Notice, NoticedSource
from workers.alerts.envelope import anchor, enveloped
from workers.alerts.notice import advice, and_more, since, source_name, title
from workers.alerts.plain import one_line, web_link


def mail_notice(notice: Notice, delivery_id: str, sender: str, to: tuple[str, ...]) -> EmailMessage:
    """The mail for a notice; the other arguments and errors are those of ``enveloped``."""
    return enveloped(
        title(notice),
        _text(notice),
        _html(notice),
        date=notice.since,
        delivery_id=delivery_id,
        sender=sender,
        to=to,
    )


def _reason(notice: Notice, source: NoticedSource) -> str:
    """Of many sources each has its own; that of a single one is said with the time."""
    return one_line(source.reason) if notice.count > 1 else ""


def _text(notice: Notice) -> str:
    listed = [
        "\n  ".join(
            part
            for part in (f"- {source_name(source)}", _reason(notice, source), web_link(source.url))
            if part
        )
        for source in notice.sources
    ]
    parts = [title(notice), since(notice), *listed, and_more(notice), advice(notice), "-- \nWirewatch"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(notice: Notice) -> str:
    listed = "".join(
        f"<li>{anchor(source.url, source_name(source))}"
        + (f"<br>\n{escape(reason)}" if (reason := _reason(notice, source)) else "")
        + "</li>\n"
        for source in notice.sources
    )
    last = "".join(f"<p>{escape(words)}</p>\n" for words in (and_more(notice), advice(notice)) if words)
    return (
        f"<!doctype html>\n<html><body>\n<h2>{escape(title(notice))}</h2>\n"
        f"<p>{escape(since(notice))}</p>\n<ul>\n{listed}</ul>\n{last}"
        "<p><small>Wirewatch</small></p>\n</body></html>\n"
    )
