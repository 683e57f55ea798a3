"""Asks addresses with the crawler's own settings: in a test's process, or as a process of its own.

As a process: a JSON object on standard input, {"settings": {…}, "urls": […]}; on standard output one with
what each address came to, and the process's peak memory.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

import scrapy
import uvloop
from scrapy import Request
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from crawler import settings as ours
from crawler.http.answers import failure_words


class Asked:
    """What a request came to: an answer, or the reason why there is none."""

    def __init__(self, url, begun, response=None, error=None):
        self.url = url
        self.response = response
        self.error = error
        self.reason = None if error is None else failure_words(error)
        self.seconds = time.monotonic() - begun

    @property
    def told(self):
        return self.reason or str(self.response.status)


class Asker:
    """A crawl that lives as long as its test asks."""

    def __init__(self, crawler):
        self.crawler = crawler

    async def __call__(self, url, headers=None, **meta):
        begun = time.monotonic()
        request = Request(url, headers=headers, meta={"dont_obey_robotstxt": True, **meta})
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            return Asked(url, begun, error=error)
        return Asked(url, begun, response)

    async def all(self, urls, **meta):
        return await asyncio.gather(*(self(url, **meta) for url in urls))


def crawl(scenario, hosts=None, **chosen):
    """Run an asynchronous scenario, which is given an Asker; its result is returned."""

    class Scenario(scrapy.Spider):
        name = "scenario"
        outcome = None

        async def start(self):
            try:
                type(self).outcome = (await scenario(Asker(self.crawler)), None)
            except BaseException as error:
                type(self).outcome = (None, error)
            return
            yield

    Scenario.hosts = hosts

    async def run():
        settings = Settings()
        settings.setmodule(ours)
        settings.setdict(
            {
                "SPIDER_MODULES": [],
                "TWISTED_REACTOR_ENABLED": False,
                "WIREWATCH_ALLOW_NETWORKS": ["127.0.0.0/8"],
                "LOG_LEVEL": "WARNING",
                **chosen,
            }
        )
        await AsyncCrawlerRunner(settings).crawl(Scenario)

    uvloop.run(run())
    result, error = Scenario.outcome
    if error is not None:
        raise error
    return result


def peak_mb():
    """The most memory this process had. getrusage also counts what its parent had when it was forked."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main():
    asked = json.load(sys.stdin)
    before = peak_mb()

    async def scenario(ask):
        return await ask.all(asked["urls"])

    found = crawl(scenario, **asked["settings"])
    after = peak_mb()
    told = {one.url: [one.told, one.seconds] for one in found}
    print(json.dumps({"told": told, "grown_mb": after - before, "peak_mb": after}))


if __name__ == "__main__":
    main()
