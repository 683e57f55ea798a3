"""``wirewatch sources import`` and ``export``."""

from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, DataDir
from console.cli.sources.noun import Tags, sources_app

Format = Literal["opml", "csv", "json", "list"]


@sources_app.command("import")
def import_files(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="OPML, CSV, TSV, JSON or a list of URLs; - is stdin."),
    ],
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    tag: Annotated[
        list[str] | None, typer.Option(help="For all of them, besides their own; may be repeated.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
) -> None:
    """Watch the sources of files: subscriptions of a feed reader, sheets, lists.

    The format is found out. In OPML folders are tags (one in another: `a/b`). A sheet's first line names its
    columns: url, name, tags, kind, min_interval, max_interval, read, select, urls, not_urls; url is enough.
    A list has an address a line. What a line says of a source that was added before changes it. A line that
    cannot be used is shown and set aside, and the rest goes on; the command then exits 1.

    For example: `wirewatch sources import subscriptions.opml --dry-run`
    """
    from console.run.store import open_store
    from console.sources.importing import compare, gather, keep_all, summary
    from console.sources.lists.reading import read_file
    from console.sources.progress import stages
    from wirewatch.config.load import load_settings

    settings = load_settings(config, data_dir=data_dir)
    # One that cannot be read stops all, before anything is done.
    rows = chain.from_iterable([read_file(path) for path in files])
    with stages() as stage:
        wanted = gather(rows, settings, tuple(tag or ()), stage("reading", None))
    for fault in wanted.faults:
        typer.echo(str(fault), err=True)
    count = len(wanted.named)
    with open_store(settings) as connection, stages() as stage:
        told = compare(connection, settings, wanted, stage("comparing", count))
        spread = None if dry_run else keep_all(connection, told, stage("adding", count))
    typer.echo(summary(wanted, told, spread))
    if wanted.faults:
        raise typer.Exit(FAILED)


@sources_app.command("export")
def export_file(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Default: standard output.", show_default=False)
    ] = None,
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    form: Annotated[Format, typer.Option("--format", help="list: addresses alone.")] = "opml",
    tag: Tags = None,
) -> None:
    """Write the sources of the file and the added ones, for a feed reader, a sheet, a program or `import`.

    In OPML a source stands in the folder of each of its tags. A file that is there is written over.

    For example: `wirewatch sources export --format csv sources.csv`
    """
    from console.run.store import open_store
    from console.sources.exporting import write
    from console.sources.listing import Wanted, watched
    from console.sources.lists.writing import written
    from wirewatch.config.load import load_settings

    settings = load_settings(config, data_dir=data_dir)
    with open_store(settings) as connection:
        states = watched(connection, settings, Wanted(tags=tuple(tag or ())))
    write(written([state.source for state in states], form, settings.polling), file)
    if file is not None:
        typer.echo(f"{file}: {'1 source' if len(states) == 1 else f'{len(states):,} sources'}")
