"""``wirewatch status``: the state of the whole, in figures."""

from typing import Annotated

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, DataDir, app


@app.command()
def status(
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show how the daemon stands: its store, sources, stories, alerts, queues and processes.

    Exits 1 if the store cannot be reached.

    For example: `wirewatch status --json`
    """
    from console.run.store import running_store
    from console.state import as_rows, look
    from console.tables import show_json, show_table
    from wirewatch.config.load import load_settings
    from wirewatch.errors import StoreError

    settings = load_settings(config, data_dir=data_dir)
    try:
        with running_store(settings) as connection:
            state = look(connection, settings)
    except StoreError as error:
        if not as_json:
            raise
        # Whoever reads the JSON learns it there, and needs no second way to look.
        show_json({"store": {"reachable": False, "problem": str(error)}})
        raise typer.Exit(FAILED) from None
    if as_json:
        show_json(state)
    else:
        show_table(("", ""), as_rows(state))
