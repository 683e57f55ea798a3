"""Who the outlets are: a catalogue. Machinery is elsewhere."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How an outlet tells what it has published."""

    RSS2 = "rss2"
    RSS1 = "rss1"
    ATOM = "atom"
    JSON = "json"
    SECTION = "section"
    SITEMAP = "sitemap"


class Link(StrEnum):
    """How the addresses of an outlet's stories look."""

    DATED = "/2026/11/24/slug"
    NEWS = "/news/slug-12345"
    POLITICS = "/politics/12345/slug"


class Dated(StrEnum):
    """Where a page carries the time of its publication."""

    META = "meta"
    JSON_LD = "json-ld"
    TIME = "time"
    NOWHERE = "nowhere"


class Skeleton(StrEnum):
    """The template of an outlet's pages; see :mod:`newsroom.skeletons`."""

    ARTICLE = "article"
    DIVS = "divs"
    OLD_CMS = "old-cms"
    BLOCKS = "blocks"
    WEBLOG = "weblog"
    MICRODATA = "microdata"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet at one loopback address.

    Attributes:
        name: what it calls itself.
        host: its address.
        kind: how it tells what it has published.
        paths: its feeds, section page or sitemap; the first one is its main one.
        link: how its story addresses look.
        skeleton: the template of its pages.
        dated: where its pages carry their time.
        full: whether its feed carries whole stories.
        tracking: whether links in its feed carry ``?utm_source=rss``.
        topical: whether its menus, related links and comments name topics.
        robots: whether it has a robots.txt.
        weak_etag: whether its ETags are weak ones.
        agency: whether it is the wire agency.
    """

    name: str
    host: str
    kind: Kind
    paths: tuple[str, ...]
    link: Link
    skeleton: Skeleton
    dated: Dated
    full: bool = False
    tracking: bool = False
    topical: bool = False
    robots: bool = True
    weak_etag: bool = False
    agency: bool = False

    @property
    def has_summary(self) -> bool:
        """Whether its feed tells enough of a story to decide without its page."""
        return self.kind in {Kind.RSS2, Kind.RSS1, Kind.ATOM, Kind.JSON}


AGENCY = "Meridian"

OUTLETS = (
    Outlet("Meridian", "127.0.0.2", Kind.RSS2, ("/rss.xml",), Link.NEWS, Skeleton.ARTICLE, Dated.JSON_LD,
           agency=True),
    Outlet("Harbor Ledger", "127.0.0.3", Kind.RSS2, ("/feed",), Link.DATED, Skeleton.ARTICLE, Dated.JSON_LD,
           topical=True),
    Outlet("The Capital Courier", "127.0.0.4", Kind.RSS2, ("/news/rss.xml", "/politics/rss.xml"),
           Link.POLITICS, Skeleton.DIVS, Dated.META, topical=True, weak_etag=True),
    Outlet("Prairie Standard", "127.0.0.5", Kind.RSS2, ("/feed/",), Link.DATED, Skeleton.WEBLOG, Dated.META,
           full=True, robots=False),
    Outlet("Granite Post", "127.0.0.6", Kind.RSS2, ("/index.xml",), Link.NEWS, Skeleton.WEBLOG,
           Dated.TIME, full=True, tracking=True, topical=True),
    Outlet("Lakeside Tribune", "127.0.0.7", Kind.RSS1, ("/index.rdf",), Link.NEWS, Skeleton.OLD_CMS,
           Dated.META, topical=True, robots=False),
    Outlet("Civic Journal", "127.0.0.8", Kind.RSS1, ("/rss/",), Link.POLITICS, Skeleton.DIVS, Dated.NOWHERE),
    Outlet("Northern Observer", "127.0.0.9", Kind.ATOM, ("/atom.xml",), Link.DATED, Skeleton.BLOCKS,
           Dated.JSON_LD, topical=True),
    Outlet("Valley Beacon", "127.0.0.10", Kind.ATOM, ("/feeds/all.atom",), Link.NEWS, Skeleton.MICRODATA,
           Dated.TIME, full=True, tracking=True, weak_etag=True),
    Outlet("The Open Dispatch", "127.0.0.11", Kind.JSON, ("/feed.json",), Link.POLITICS, Skeleton.BLOCKS,
           Dated.JSON_LD, robots=False),
    Outlet("Signal Daily", "127.0.0.12", Kind.JSON, ("/feeds/json",), Link.DATED, Skeleton.MICRODATA,
           Dated.TIME, tracking=True, topical=True),
    Outlet("Old Mill Examiner", "127.0.0.13", Kind.RSS2, ("/politics/rss",), Link.NEWS, Skeleton.OLD_CMS,
           Dated.NOWHERE, tracking=True),
    Outlet("Statehouse Monitor", "127.0.0.14", Kind.SECTION, ("/politics",), Link.DATED, Skeleton.ARTICLE,
           Dated.JSON_LD, topical=True),
    Outlet("Riverfront News", "127.0.0.15", Kind.SECTION, ("/news",), Link.NEWS, Skeleton.DIVS, Dated.META),
    Outlet("The Assembly Times", "127.0.0.16", Kind.SECTION, ("/politics",), Link.POLITICS, Skeleton.OLD_CMS,
           Dated.META, topical=True, robots=False),
    Outlet("Bridgeport Chronicle", "127.0.0.17", Kind.SITEMAP, ("/news-sitemap.xml",), Link.DATED,
           Skeleton.BLOCKS, Dated.JSON_LD, topical=True),
    Outlet("Summit Herald", "127.0.0.18", Kind.SITEMAP, ("/sitemap_index.xml", "/sitemaps/news.xml"),
           Link.NEWS, Skeleton.MICRODATA, Dated.JSON_LD),
    Outlet("Evening Argus", "127.0.0.19", Kind.ATOM, ("/latest/atom",), Link.POLITICS, Skeleton.WEBLOG,
           Dated.META, topical=True),
)  # fmt: skip


def sources(port: int) -> list[dict[str, str]]:
    """What a monitor should watch: one row per feed, section page and sitemap."""
    rows: list[dict[str, str]] = []
    for outlet in OUTLETS:
        kind = outlet.kind.value if outlet.kind in {Kind.SECTION, Kind.SITEMAP} else "feed"
        watched = outlet.paths[:1] if outlet.kind is Kind.SITEMAP else outlet.paths
        rows.extend(
            {"url": f"http://{outlet.host}:{port}{path}", "name": outlet.name, "kind": kind}
            for path in watched
        )
    return rows
