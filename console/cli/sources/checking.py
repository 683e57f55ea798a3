"""``wirewatch sources check``."""

from typing import Annotated

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, DataDir
from console.cli.sources.noun import sources_app


@sources_app.command()
def check(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE…", help="Addresses, ids or names; unwatched addresses too.")
    ],
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """Poll once and say all of it: what was sent, what came, what is in it, and when it is polled next.

    Nothing is recorded: the next poll finds the source as this one did. Exits 1 if a poll would fail.

    For example: `wirewatch sources check https://example.org/feed`
    """
    from console.sources.checking import check_all
    from console.sources.verdict import facts, lines, shown
    from console.tables import show_json, show_table
    from wirewatch.config.load import load_settings
    from wirewatch.models import now

    settings = load_settings(config, data_dir=data_dir)
    failed, told = False, []
    for number, one in enumerate(check_all(settings, sources)):
        failed |= one.poll.error is not None
        if as_json:
            told.append(facts(one))
            continue
        if number:
            typer.echo()
        show_table(("", ""), [(word, shown(text)) for word, text in lines(one, now())])
    if as_json:
        show_json(told)
    if failed:
        raise typer.Exit(FAILED)
