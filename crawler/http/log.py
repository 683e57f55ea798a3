"""Scrapy's log lines, without the work for those that nobody reads."""

import logging
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.logformatter import LogFormatter


class LevelledLogFormatter(LogFormatter):
    """Makes the line of each request only where its level is shown.

    Scrapy hands all lines to a handler, which drops those below ``LOG_LEVEL``: a record for each answer is a
    tenth of what an unchanged feed costs.
    """

    def __init__(self, *, tells_all: bool) -> None:
        self._tells_all = tells_all

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LevelledLogFormatter":
        """Made by Scrapy."""
        return cls(tells_all=logging.getLevelName(crawler.settings["LOG_LEVEL"]) == logging.DEBUG)

    def crawled(self, request: Request, response: Response, spider: Spider) -> Any:
        """The line of an answer, at DEBUG."""
        return super().crawled(request, response, spider) if self._tells_all else None
