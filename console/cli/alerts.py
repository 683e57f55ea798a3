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
    notices: Annotated[
        bool, typer.Option("--notices", help="Instead, what the operator was told of sources.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most that many.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """List the newest alerts, and for each where its deliveries stand.

    For example: `wirewatch alerts list --topic tariffs --limit 5`
    """
    from console.alerts import listing
    from console.alerts.notices import newest_notices, notice_as_row, notices_as_table
    from console.run.store import running_store
    from console.tables import show_json
    from wirewatch.config.load import load_settings
    from wirewatch.models import now

    if notices and topic:
        raise typer.BadParameter("notices have no topic", param_hint="--topic")
    with running_store(load_settings(config, data_dir=data_dir)) as connection:
        noticed = newest_notices(connection, limit, failed=failed) if notices else []
        alerts = [] if notices else listing.newest(connection, limit, topic, failed=failed)
    if as_json:
        show_json([*map(notice_as_row, noticed), *map(listing.as_row, alerts)])
    elif noticed:
        notices_as_table(noticed, now())
    elif alerts:
        listing.as_table(alerts, now())
    else:
        kind = "notice" if notices else "alert"
        typer.echo(f"No such {kind}." if topic or failed else f"No {kind} yet.")


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
