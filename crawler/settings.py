"""Scrapy's settings: the engine with the parts that earn their place, and nothing else.

``wirewatch crawler`` and ``scrapy crawl`` both start from here; what the user decides (the contact in the
User-Agent, the networks that may be reached) is set over it by :func:`for_user`.
"""

from typing import Any

from crawler.http import decoding
from wirewatch import __version__
from wirewatch.config.settings import NetworkAccess

BOT_NAME = "wirewatch"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

USER_AGENT = f"Wirewatch/{__version__} (+{NetworkAccess().contact})"
DEFAULT_REQUEST_HEADERS = {
    # What a feed reader wants, in its order of liking.
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, */*;q=0.5",
    "Accept-Encoding": decoding.ACCEPTED,  # what the handler unpacks
}
# A one-off crawl; the handler then gives an unreachable host up for good.
WIREWATCH_ONCE = False
# Private networks that may be reached (network.allow), as text; public addresses always may.
WIREWATCH_ALLOW_NETWORKS: list[str] = []
# The proxy that all requests go through (network.proxy), with its password; None: none. Never logged.
WIREWATCH_PROXY: str | None = None

ASYNCIO_EVENT_LOOP = "uvloop.Loop"
DOWNLOAD_HANDLERS: dict[str, str | None] = {
    "http": "crawler.http.handler.GuardedHandler",
    "https": "crawler.http.handler.GuardedHandler",
    # Links come from strangers: only the one-off crawl of named files opens "file" again.
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
ONCE_HANDLERS: dict[str, str | None] = {
    **DOWNLOAD_HANDLERS,
    "file": "scrapy.core.downloader.handlers.file.FileDownloadHandler",
}

# Scrapy opens this many tasks for each response, whatever the spider yields: most of its time (measured).
CONCURRENT_ITEMS = 1
# Requests that wait for their host's slot count as well, so this must be far above what is on the wire;
# the spider bounds what it claims.
CONCURRENT_REQUESTS = 1000
# One host is one download slot; two, so that a slow page does not hold up the host's feed. Where a
# robots.txt asks for a delay, it is one with that delay (crawler/http/pace.py).
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_TIMEOUT = 20
DOWNLOAD_MAXSIZE = 15 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
REDIRECT_MAX_TIMES = 5

ROBOTSTXT_OBEY = True  # pages and section pages; feeds are subscribed resources and say so in their meta
COOKIES_ENABLED = False
REFERER_ENABLED = False
RETRY_ENABLED = False  # the frontier retries, and remembers that it does
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.http.robots.RobotsMiddleware": 100,
    # The handler sends the headers and keeps the time.
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": None,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": None,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,  # the handler unpacks
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.http.redirects.NamedRedirectMiddleware": 600,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # every status has a meaning here
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    "scrapy.extensions.memdebug.MemoryDebugger": None,
    "scrapy.extensions.closespider.CloseSpider": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
}
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.http.log.LevelledLogFormatter"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def for_user(network: NetworkAccess, *, once: bool = False) -> dict[str, Any]:
    """What a configuration sets over these settings.

    Args:
        network: the contact we name, the private networks we may reach, and the proxy to them all.
        once: a one-off crawl, whose user waits, and may name local files.
    """
    chosen: dict[str, Any] = {
        "USER_AGENT": f"Wirewatch/{__version__} (+{network.contact})",
        "WIREWATCH_ALLOW_NETWORKS": [str(one) for one in network.allow],
        "WIREWATCH_PROXY": network.proxy.get_secret_value() if network.proxy else None,
    }
    if once:
        chosen |= {
            "WIREWATCH_ONCE": True,
            "DOWNLOAD_TIMEOUT": 8,
            "LOG_LEVEL": "ERROR",
            "DOWNLOAD_HANDLERS": ONCE_HANDLERS,
        }
    return chosen
