"""``wirewatch sources pause``, ``resume`` and ``remove``."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, DataDir
from console.cli.sources.noun import Tags, sources_app

if TYPE_CHECKING:  # they load the store's client: --help is quick without
    from console.sources.stopping import Done

_MOST_SHOWN = 20

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE…", help="Addresses, ids or names.", show_default=False),
]


@sources_app.command()
def pause(
    sources: Words = None, config: Config = DEFAULT_CONFIG, data_dir: DataDir = None, tag: Tags = None
) -> None:
    """Stop polling sources, of the file too, until they are resumed: edits and restarts change nothing.

    For example: `wirewatch sources pause https://example.org/feed`
    """
    from console.run.store import open_store
    from console.sources.selecting import select
    from console.sources.stopping import pause as stop
    from wirewatch.config.load import load_settings

    _named(sources, tag)
    settings = load_settings(config, data_dir=data_dir)
    with open_store(settings) as connection:
        _tell(stop(connection, select(connection, settings, sources or (), tag or ())))


@sources_app.command()
def resume(
    sources: Words = None, config: Config = DEFAULT_CONFIG, data_dir: DataDir = None, tag: Tags = None
) -> None:
    """Poll sources again that were paused, or that ended with 410 Gone.

    Stories that came meanwhile are told if they are younger than the backfill window, as at a first poll.

    For example: `wirewatch sources resume --tag national`
    """
    from console.run.store import open_store
    from console.sources.selecting import select
    from console.sources.stopping import resume as start
    from wirewatch.config.load import load_settings

    _named(sources, tag)
    settings = load_settings(config, data_dir=data_dir)
    with open_store(settings) as connection:
        _tell(start(connection, select(connection, settings, sources or (), tag or ())))


@sources_app.command()
def remove(
    sources: Words = None,
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    tag: Tags = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, where --tag names them.")] = False,
) -> None:
    """Forget sources that were added by command; those of the file are taken out there.

    For 90 days it stays known which stories a removed source has shown: adding it again tells none twice.

    For example: `wirewatch sources remove https://example.org/feed`
    """
    from console.run.store import open_store
    from console.sources.selecting import places_in, select
    from console.sources.stopping import remove as forget
    from wirewatch.config.load import load_document

    _named(sources, tag)
    document = load_document(config, data_dir=data_dir)
    settings = document.settings
    with open_store(settings) as connection:
        states = select(connection, settings, sources or (), tag or ())
        if tag and not yes:
            _confirm(f"Remove {len(states):,} sources?")
        _tell(forget(connection, states, places_in(document)))


def _named(sources: list[str] | None, tag: list[str] | None) -> None:
    if not sources and not tag:
        raise typer.BadParameter("name sources by address, id or name, or give --tag", param_hint="SOURCE…")


def _confirm(question: str) -> None:
    if not sys.stdin.isatty():
        raise typer.BadParameter("removes them all: say so with --yes", param_hint="--tag")
    typer.confirm(question, abort=True)


def _tell(done: "Sequence[Done]") -> None:
    """Say what became of each; of many only how many, but for what was refused."""
    refused = [one for one in done if one.refused]
    for one in refused:
        typer.echo(f"{one.url}: {one.text}", err=True)
    counts: dict[str, list[str]] = {}
    for one in done:
        if not one.refused:
            counts.setdefault(one.text, []).append(one.url)
    for text, urls in counts.items():
        if len(urls) > _MOST_SHOWN:
            typer.echo(f"{len(urls):,} sources: {text}")
        else:
            for url in urls:
                typer.echo(f"{url}: {text}")
    if refused:
        raise typer.Exit(FAILED)
