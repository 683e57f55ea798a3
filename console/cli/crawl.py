"""``wirewatch crawl``: a one-off crawl, without a daemon."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, NO_MATCH, app


@app.command()
def crawl(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="URL|PATH…", help="Feeds, section pages, news sitemaps or stories; files may be gzipped."
        ),
    ],
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            envvar="WIREWATCH_CONFIG",
            help="Topics and network. Default: wirewatch.yaml here, else the shipped topics.",
        ),
    ] = None,
    redis_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="A Redis or Valkey to work in. Default: a store of the crawl's own."
        ),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every story, not only the matched.")
    ] = False,
    send: Annotated[bool, typer.Option("--send", help="Deliver the alerts as well.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON Lines on a terminal too; in a pipe they are the default.")
    ] = False,
    fail_on_no_match: Annotated[
        bool, typer.Option("--fail-on-no-match", help="Exit 3 if nothing matched.")
    ] = False,
) -> None:
    """Crawl named sources once, through the daemon's own code, and show the stories that match.

    For example: `wirewatch crawl https://www.npr.org/rss/politics saved-page.html.gz --all`
    """
    from console.run.one_off import OneOff
    from console.run.one_off_output import Output

    if config is None and DEFAULT_CONFIG.exists():
        config = DEFAULT_CONFIG
    output = Output(as_lines=as_json or not sys.stdout.isatty(), everything=everything)
    one_off = OneOff(sources, config, redis_url)
    with one_off.running(), output:
        for news in one_off.found():
            output.take(news)
        failed = output.failures(one_off.states())
        if send:
            failed |= output.sent(one_off.send())
    if failed:
        raise typer.Exit(FAILED)
    if fail_on_no_match and not output.matched:
        raise typer.Exit(NO_MATCH)
