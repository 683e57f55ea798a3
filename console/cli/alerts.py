"""``wirewatch alerts``: what was told to whom, and trying a destination."""

from typing import Annotated

import typer

from console.cli.app import DEFAULT_CONFIG, FAILED, Config, DataDir, app

alerts_app = typer.Typer(
    no_args_is_help=True,
    help="List what was told to whom, and try a destination.\n\n"
    "For example: `wirewatch alerts list --failed`",
)
app.add_typer(alerts_app, name="alerts")


@alerts_app.command("list")
def list_alerts(
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    topic: Annotated[str | None, typer.Option(metavar="NAME", help="Only alerts of this topic.")] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only those that a destination has not taken when it was tried.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most that many.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """List the newest alerts, and for each where its deliveries stand.

    For example: `wirewatch alerts list --topic tariffs --limit 5`
    """
    from console.alerts.listing import as_row, as_table, newest
    from console.run.store import running_store
    from console.tables import show_json
    from wirewatch.config.load import load_settings
    from wirewatch.models import now

    with running_store(load_settings(config, data_dir=data_dir)) as connection:
        alerts = newest(connection, limit, topic, failed=failed)
    if as_json:
        show_json([as_row(alert) for alert in alerts])
    elif alerts:
        as_table(alerts, now())
    else:
        typer.echo("No such alert." if topic or failed else "No alert yet.")


@alerts_app.command("test")
def try_destination(
    destination: Annotated[str, typer.Argument(help="Its name in the configuration, or matches.jsonl.")],
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
) -> None:
    """Send a made-up alert to a destination, once, and show what it answered.

    Needs no daemon. Exits 1 if the alert was not delivered. No secret is shown.

    For example: `wirewatch alerts test desk`
    """
    from console.alerts.trial import outcome_words, send_sample
    from wirewatch.config.load import load_settings

    settings = load_settings(config, data_dir=data_dir)
    outcome = send_sample(destination, settings)
    typer.echo(outcome_words(destination, outcome, settings))
    if outcome.kind != "delivered":
        raise typer.Exit(FAILED)
