"""What a webhook receives of a notice: the body of a Standard Webhooks message."""

from typing import Any

from wirewatch.models import Notice, NoticedSource
from workers.alerts.fields import json_bytes, time_field
from workers.alerts.payload import BODY_BYTES


def notice_body(notice: Notice) -> bytes:
    """The body of a notice's message: the same bytes at every attempt, under 20 kB.

    Its type is ``source.flagged`` or ``source.recovered``; of many sources ``sources.flagged`` or
    ``sources.recovered``, with their count and the first few, as many as fit.
    """
    what = "flagged" if notice.flag else "recovered"
    if notice.count == 1:
        source = notice.sources[0]
        return _body(notice, f"source.{what}", {"source": _named(source), "reason": source.reason})
    named = [_named(source) | {"reason": source.reason} for source in notice.sources]
    told = {"count": notice.count, "sources": named}
    while len(body := _body(notice, f"sources.{what}", told)) > BODY_BYTES:
        named.pop()
    return body


def _named(source: NoticedSource) -> dict[str, str]:
    return {"id": source.id, "name": source.name, "url": source.url}


def _body(notice: Notice, kind: str, told: dict[str, Any]) -> bytes:
    moment = time_field(notice.since)
    flags = {"flag": notice.flag, "was": notice.was, "since": moment}
    return json_bytes({"type": kind, "timestamp": moment, "data": {"notice_id": notice.id, **told, **flags}})
