"""Conditional requests: what ETag and Last-Modified an answer has, and whether 304 says enough (RFC 9110)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of one body.

    Attributes:
        etag: quoted, with ``W/`` if weak.
        modified: when the body last changed, whole seconds.
    """

    etag: str
    modified: datetime

    @classmethod
    def of(cls, body: bytes, changed: datetime, weak: bool) -> "Validators":
        """The validators of a body that last changed at an instant."""
        digest = hashlib.sha256(body).hexdigest()[:20]
        prefix = "W/" if weak else ""
        return cls(f'{prefix}"{digest}"', changed.replace(microsecond=0))

    def headers(self, now: datetime) -> dict[str, str]:
        """The response headers.

        A body that changed in this very second may change again in it, and a client that echoes the
        second would then be told 304 for ever; so the second before is named until it is over.
        """
        second = now.astimezone(UTC).replace(microsecond=0)
        told = min(self.modified, second - timedelta(seconds=1))
        return {"ETag": self.etag, "Last-Modified": format_datetime(told.astimezone(UTC), usegmt=True)}

    def satisfied_by(self, headers: Mapping[str, str]) -> bool:
        """Whether the client's copy is this one. If-None-Match goes before If-Modified-Since."""
        tags = headers.get("If-None-Match")
        if tags is not None:
            known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return "*" in known or self.etag.removeprefix("W/") in known
        since = headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            return self.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # not a date, or one without a zone: the header counts as absent
            return False
