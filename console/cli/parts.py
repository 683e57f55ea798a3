"""The daemon's parts, each alone: ``crawler``, ``worker``, ``scheduler``, ``sweeper``."""

import gc
import logging
from enum import StrEnum
from typing import Annotated

import typer
from redis import Redis

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, DataDir, app
from wirewatch.config.load import load_settings
from wirewatch.store.connection import connect, promise, store_url_of


class QueueName(StrEnum):
    """The queues that workers work on."""

    STORIES = "stories"
    ALERTS = "alerts"


def _log(level: str = "INFO") -> None:
    """Lines without a time: whoever keeps them (the supervisor, systemd, a container engine) adds it."""
    logging.basicConfig(level=level, format="%(levelname)s %(message)s", force=True)


def _connect(config: Config, data_dir: DataDir) -> Redis:
    return connect(store_url_of(load_settings(config, data_dir=data_dir)))


@app.command()
def crawler(
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    shard: Annotated[
        str,
        typer.Option(metavar="i/n", envvar="WIREWATCH_SHARD", help="Own the partitions p with p % n = i."),
    ] = "0/1",
    once: Annotated[
        bool, typer.Option("--once", hidden=True, help="One-off: see `wirewatch crawl`.")
    ] = False,
) -> None:
    """Poll the sources and fetch the pages of one shard. Needs a store that runs.

    For example, on the second of four machines: `wirewatch crawler --shard 1/4`
    """
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings as ScrapySettings

    from crawler import settings as defaults
    from crawler.spiders.watch import WatchSpider, partitions_of
    from wirewatch.config.live import LiveSettings
    from workers.match.check import check_topics

    try:
        partitions_of(shard)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--shard") from None
    live = LiveSettings(config, data_dir, check=check_topics)
    if live.current.redis_url is not None and not once:
        _log()
        with connect(store_url_of(live.current)) as connection:
            logging.getLogger(__name__).info("store: %s", promise(connection))
    chosen = ScrapySettings()
    chosen.setmodule(defaults)
    chosen.setdict(
        {"STATS_DUMP": False, "LOG_INSTALL_ROOT_HANDLER": False}
        | defaults.for_user(live.current.network, once=once)
    )
    process = AsyncCrawlerProcess(chosen)
    _log(chosen["LOG_LEVEL"])
    # After Scrapy has set its own levels: what it says of its settings is for those who write spiders.
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    one = process.create_crawler(WatchSpider)
    process.crawl(one, live=live, shard=shard, once=once)
    # What was imported stays, and is a hundred thousand objects: to look through them again and again was a
    # tenth of a poll's time (measured).
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    process.start()
    failure = one.spider.failure if isinstance(one.spider, WatchSpider) else None
    if failure is not None:
        raise failure
    if one.spider is None:
        raise typer.Exit(FAILED)


@app.command()
def worker(
    queue: Annotated[QueueName, typer.Argument(help="Which jobs: stories are decided, alerts delivered.")],
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    burst: Annotated[bool, typer.Option("--burst", help="End when the queue is empty.")] = False,
) -> None:
    """Work on one of the queues. Start as many as it needs, on any machine that reaches the store.

    For example: `wirewatch worker stories`
    """
    from workers.worker import work

    _log()
    work(queue.value, config, data_dir, _connect(config, data_dir), burst=burst)


@app.command()
def scheduler(config: Config = DEFAULT_CONFIG, data_dir: DataDir = None) -> None:
    """Run RQ's scheduler: it hands over the planned attempts of deliveries.

    For example: `WIREWATCH_REDIS_URL=redis://store:6379/0 wirewatch scheduler`
    """
    from workers.worker import schedule

    _log()
    schedule(_connect(config, data_dir))


@app.command()
def sweeper(config: Config = DEFAULT_CONFIG, data_dir: DataDir = None) -> None:
    """Enqueue again what a lost job left waiting, and tell the operator of sources that fall silent.

    Several may run: one sweeps, the others stand by.

    For example: `WIREWATCH_REDIS_URL=redis://store:6379/0 wirewatch sweeper`
    """
    from console.run.sweeping import sweep_until_stopped
    from wirewatch.config.live import LiveSettings
    from workers.match.check import check_topics

    _log()
    live = LiveSettings(config, data_dir, check=check_topics)
    sweep_until_stopped(connect(store_url_of(live.current)), live)
