"""Spiders that export one source's stories: ``scrapy crawl feed -a url=URL -O stories.jsonl``."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import scrapy
from scrapy import Request
from scrapy.http import Response

from crawler import settings as defaults
from crawler.documents import read_document, unzipped
from crawler.entries import make_entry
from crawler.http.answers import OK, status_words
from crawler.identity import own_id
from wirewatch.config.load import load_settings
from wirewatch.config.watched import id_of
from wirewatch.errors import WirewatchError
from wirewatch.models import Source, SourceKind, now
from wirewatch.text.urls import host


class _ExportSpider(scrapy.Spider):
    """Asks one address once, and yields an item for each of its stories, as the source describes it."""

    kind: ClassVar[SourceKind]

    def __init__(self, url: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not url:
            raise ValueError(f"name the source: scrapy crawl {self.name} -a url=URL")
        self._source = Source(
            id=id_of(url),
            url=url,
            name=host(url).removeprefix("www.") or url,
            kind=self.kind,
            min_interval=timedelta(days=1),
            max_interval=timedelta(days=1),
        )

    @classmethod
    def update_settings(cls, settings: Any) -> None:
        """The user's network settings, where there is a wirewatch.yaml; local files may be read."""
        super().update_settings(settings)
        config = Path("wirewatch.yaml")
        if config.exists():
            chosen = defaults.for_user(load_settings(config).network, once=True)
        else:
            chosen = {"DOWNLOAD_HANDLERS": defaults.ONCE_HANDLERS}
        chosen.pop("LOG_LEVEL", None)
        settings.setdict(chosen, priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        """Ask the one address."""
        yield self._request(self._source.url)

    def _request(self, url: str) -> Request:
        obeys = self.kind is SourceKind.SECTION
        return Request(url, callback=self.parse, meta={"dont_obey_robotstxt": not obeys})

    def parse(self, response: Response, **_: Any) -> Any:
        """The source's stories, and those of a sitemap index's newest sitemaps."""
        if response.status != OK and not response.url.startswith("file:"):
            self.logger.error("%s: %s", response.url, status_words(response.status))
            return
        content_type = response.headers.get("Content-Type")
        try:
            document = read_document(
                unzipped(response.body),
                response.url,
                content_type.decode("latin-1") if content_type else None,
                self.kind,
            )
        except WirewatchError as error:
            self.logger.error("%s: %s", response.url, error)  # noqa: TRY400 - its text says it all
            return
        for url in document.children:
            yield self._request(url)
        for item in document.feed.items:
            entry = make_entry(self._source, item, own_id(self._source.id, item), now=now())
            yield entry.model_dump(
                mode="json", exclude={"read", "revision", "silent_before", "silent_if_undated"}
            )


class FeedSpider(_ExportSpider):
    """The entries of an RSS, Atom, RDF or JSON feed."""

    name = "feed"
    kind = SourceKind.FEED


class SectionSpider(_ExportSpider):
    """The stories that a section page links to."""

    name = "section"
    kind = SourceKind.SECTION


class SitemapSpider(_ExportSpider):
    """The stories of a news sitemap, or of the newest sitemaps of an index."""

    name = "sitemap"
    kind = SourceKind.SITEMAP
