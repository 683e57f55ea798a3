"""``wirewatch sources``: what is watched, and adding to it."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from console.cli.app import DEFAULT_CONFIG, Config, DataDir, app

sources_app = typer.Typer(
    no_args_is_help=True,
    help="List what is watched, and add to it.\n\nFor example: `wirewatch sources add https://example.org/feed`",
)
app.add_typer(sources_app, name="sources")

Kind = Literal["feed", "section", "sitemap"]


@sources_app.command("list")
def list_sources(
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    failing: Annotated[bool, typer.Option("--failing", help="Only those whose last poll failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """List the sources of the file and the added ones, with what their polls taught.

    Where no daemon runs, the file's sources are listed as not polled yet.

    For example: `wirewatch sources list --failing`
    """
    from console.run.store import answers, running_store
    from console.sources.listing import as_row, as_table, unpolled, watched
    from console.tables import show_json
    from wirewatch.config.load import load_settings
    from wirewatch.models import now

    settings = load_settings(config, data_dir=data_dir)
    if settings.redis_url is None and not answers(settings):
        typer.echo(
            f"The daemon does not run on {settings.data_dir}: these are the sources of {config}, without "
            "those that were added and what was learned. Start it with `wirewatch run`.",
            err=True,
        )
        states = unpolled(settings)
    else:
        with running_store(settings) as connection:
            states = watched(connection, settings)
    if failing:
        states = [state for state in states if state.error is not None]
    if as_json:
        show_json([as_row(state) for state in states])
    elif states:
        as_table(states, now())
    else:
        typer.echo(
            "No source is failing." if failing else "No source is watched; `wirewatch sources add URL`"
        )


@sources_app.command()
def add(
    urls: Annotated[list[str], typer.Argument(metavar="URL…", help="Feeds, section pages, news sitemaps.")],
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    name: Annotated[
        str | None, typer.Option(help="How alerts call it; for one URL. Default: its host.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="Yours, to sort by; may be repeated.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Default: found out at the first poll.")] = None,
) -> None:
    """Watch more sources: kept in the store, beside those of the file, with the daemon running or not.

    For example: `wirewatch sources add https://example.org/feed --name "Example Politics" --tag national`
    """
    from console.run.store import open_store
    from console.sources.adding import Wanted, add_sources, read_wanted
    from wirewatch.config.load import load_settings

    if name is not None and len(urls) > 1:
        raise typer.BadParameter("names one source; add several in several commands", param_hint="--name")
    settings = load_settings(config, data_dir=data_dir)
    wanted = read_wanted(settings, urls, Wanted(name, tuple(tag or ()), kind))
    with open_store(settings) as connection:
        for told in add_sources(connection, settings, wanted):
            typer.echo(_words(told.word, told.source.url, told.source.kind, config))


def _words(word: str, url: str, kind: str | None, config: Path) -> str:
    match word:
        case "file":
            return f"{url}: known already; it stands in {config}, whose options count"
        case "known":
            return f"{url}: known already; nothing changed"
        case "changed":
            return f"{url}: known already; its options are changed"
        case _:
            found = f"as a {kind}" if kind else "what it is will be found out at the first poll"
            return f"{url}: added; {found}"
