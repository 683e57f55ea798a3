"""What a source answered, apart from the library that asked it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from scrapy.http import Response

from crawler.http.answers import retry_after
from crawler.schedule.freshness import fresh_for
from crawler.schedule.redirects import Hop


@dataclass(frozen=True)  # without slots: the hash of its body is kept once it is known
class Answer:
    """An answer of a source.

    Attributes:
        url: after redirects.
        headers: by lower-case name, byte for byte; of a repeated one all values.
        hops: the redirects that led here.
        full: it was asked for without validators.
    """

    url: str
    status: int
    body: bytes = b""
    headers: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    hops: tuple[Hop, ...] = ()
    full: bool = False

    def header(self, name: str) -> bytes | None:
        """A header's last value: validators are echoed as they came."""
        values = self.headers.get(name)
        return values[-1] if values and values[-1] else None

    @cached_property
    def body_hash(self) -> str:
        """By which the body is known again."""
        return hashlib.blake2b(self.body, digest_size=16).hexdigest()

    @property
    def content_type(self) -> str | None:
        """The header as text."""
        value = self.header("content-type")
        return value.decode("latin-1") if value else None

    def fresh_for(self, now: datetime) -> timedelta | None:
        """How long the answer says that it stays good."""
        control = b", ".join(self.headers.get("cache-control", ()))
        return fresh_for(control, self.header("expires"), self.header("date"), self.header("age"), now)

    def retry_after(self, now: datetime) -> timedelta | None:
        """How long the server wants to be left alone."""
        return retry_after(self.header("retry-after"), now)


def conditions(etag: bytes | None, last_modified: bytes | None) -> dict[str, bytes]:
    """The headers that ask whether something has changed, byte for byte."""
    known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in known.items() if value}


def answer_of(response: Response, *, full: bool = True) -> Answer:
    """Scrapy's response as an answer, to a request with validators if not ``full``."""
    meta = response.request.meta if response.request is not None else {}
    # Where each redirect was answered: it led to the next one's address, the last one here.
    asked = [*meta.get("redirect_urls", ()), response.url]
    return Answer(
        url=response.url,
        status=response.status,
        body=response.body,
        headers={
            name.decode("latin-1").lower(): tuple(values) for name, values in dict.items(response.headers)
        },
        hops=tuple(
            Hop(status, to)
            for status, to in zip(meta.get("redirect_reasons", ()), asked[1:], strict=True)
            if isinstance(status, int)
        ),
        full=full,
    )
