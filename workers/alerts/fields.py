"""An alert as JSON values: what receivers see of it."""

import json
from datetime import datetime
from typing import Any

from wirewatch.models import Alert, utc_text


def time_field(moment: datetime | None) -> str | None:
    """A time as receivers see it, if there is one.

    Whole milliseconds, as the store keeps them: the body made before storing equals the one made after.
    """
    return utc_text(moment.replace(microsecond=moment.microsecond // 1000 * 1000)) if moment else None


def alert_fields(alert: Alert) -> dict[str, Any]:
    """An alert as receivers see it: JSON values, times in UTC."""
    story = alert.story
    return {
        "alert_id": alert.id,
        "topic": alert.topic,
        "story": {
            "id": story.id,
            "url": story.url,
            "title": story.title,
            "source": story.source,
            "authors": list(story.authors),
            "language": story.language,
            "published": time_field(story.published),
            "first_seen": time_field(story.first_seen),
            "summary": story.summary,
        },
        "match": {
            "score": alert.match.score,
            "snippet": alert.match.snippet,
            "hits": [hit.model_dump() for hit in alert.match.hits],
        },
        "copies": [
            {
                "url": copy.url,
                "source": copy.source,
                "title": copy.title,
                "published": time_field(copy.published),
            }
            for copy in alert.copies
        ],
    }


def json_bytes(value: object) -> bytes:
    """A value as one line of compact JSON in UTF-8; half a surrogate pair, which has none, becomes ``?``."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
