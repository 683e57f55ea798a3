"""What an outlet answers to a request: the feeds, pages, robots.txt and 404s of all outlets."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsroom import feeds, pages
from newsroom.article import Article, Trouble
from newsroom.clock import Clock
from newsroom.feeds import Item
from newsroom.outlets import OUTLETS, Kind, Outlet
from newsroom.validators import Validators
from newsroom.world import World

BUSY_ANSWERS = 2
HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response, before it is compressed."""

    status: int
    body: bytes = b""
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)


_MISSING = Answer(404, pages.not_found_page().encode())


class Desk:
    """Answers for every outlet of a world, as far as its clock has come."""

    def __init__(self, world: World, clock: Clock) -> None:
        self.world = world
        self.clock = clock
        self._outlets = {outlet.host: outlet for outlet in OUTLETS}
        self._articles = {(article.outlet.host, article.path): article for article in world.articles}
        self._busy: Counter[str] = Counter()
        self._listings: dict[tuple[str, str], tuple[str, Answer, Validators]] = {}

    def answer(self, host: str, path: str, headers: Mapping[str, str]) -> Answer:
        """Answer a GET for a path at an outlet's address."""
        outlet = self._outlets[host]
        article = self._articles.get((host, path))
        if article is not None:
            return self._page(article)
        if path in outlet.paths:
            return self._listing(outlet, path, headers)
        return self._other(outlet, path)

    def _page(self, article: Article) -> Answer:
        published = self.clock.instant(article.offset_s)
        out = published is not None and article.offset_s <= self.clock.elapsed_s()
        if published is None or not out or article.trouble is Trouble.GONE:
            return _MISSING
        if article.trouble is Trouble.BUSY and self._busy[article.url] < BUSY_ANSWERS:
            self._busy[article.url] += 1
            return Answer(503, b"<h1>Service Unavailable</h1>")
        return Answer(200, pages.article_page(article, published).encode())

    def _listing(self, outlet: Outlet, path: str, headers: Mapping[str, str]) -> Answer:
        """A feed, section page or sitemap; written anew only after something was published."""
        shelf = self.world.shelf(outlet, self.clock.elapsed_s())
        newest = shelf[0].url if shelf else ""
        kept = self._listings.get((outlet.host, path))
        if kept is None or kept[0] != newest:
            items = [
                Item(article, published)
                for article in shelf
                if (published := self.clock.instant(article.offset_s)) is not None
            ]
            text, content_type = self._write(outlet, path, items)
            body = text.encode()
            changed = items[0].published if items else self.clock.start
            kept = newest, Answer(200, body, content_type), Validators.of(body, changed, outlet.weak_etag)
            self._listings[outlet.host, path] = kept
        _, full, validators = kept
        told = validators.headers(self.clock.now())
        if validators.satisfied_by(headers):
            return Answer(304, headers=told)
        return Answer(200, full.body, full.content_type, told)

    def _write(self, outlet: Outlet, path: str, items: list[Item]) -> tuple[str, str]:
        base = f"http://{outlet.host}:{self.world.port}"
        if outlet.kind is Kind.SECTION:
            return pages.section_page(outlet, [item.article for item in items]), HTML
        writer, content_type = feeds.WRITERS[outlet.kind]
        if outlet.kind is Kind.SITEMAP and path != outlet.paths[-1]:
            writer = feeds.sitemap_index
        if path == "/politics/rss.xml":
            items = [item for item in items if item.article.story.section in feeds.POLITICAL]
        return writer(outlet, base, items), content_type

    def _other(self, outlet: Outlet, path: str) -> Answer:
        base = f"http://{outlet.host}:{self.world.port}"
        if path == "/":
            return Answer(200, pages.front_page(outlet).encode())
        if path == "/favicon.ico":
            return Answer(204)
        if path == "/robots.txt" and outlet.robots:
            text = "User-agent: *\nDisallow: /admin\n"
            if outlet.kind is Kind.SITEMAP:
                text += f"Sitemap: {base}{outlet.paths[0]}\n"
            return Answer(200, text.encode(), "text/plain")
        if path == "/sitemaps/pages.xml" and outlet.kind is Kind.SITEMAP:
            return Answer(200, feeds.pages_sitemap(base).encode(), "application/xml")
        return _MISSING
