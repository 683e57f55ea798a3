"""``wirewatch demo``: an offline newsroom, the daemon on it, and a scoreboard."""

from typing import Annotated

import typer

from console.cli.app import DONE, FAILED, app


@app.command()
def demo(
    stories: Annotated[
        int | None,
        typer.Option(min=1, max=100_000, help="How many articles are published. Default: a minute's worth."),
    ] = None,
    rate: Annotated[float, typer.Option(min=0.1, max=200, help="Articles a second.")] = 2.0,
    kill: Annotated[
        int,
        typer.Option(min=0, max=1_000, help="Kill -9 that many random processes of the daemon meanwhile."),
    ] = 0,
    seed: Annotated[int, typer.Option(help="The same seed gives the same world.")] = 1,
    fail_rate: Annotated[
        float, typer.Option(min=0, max=1, help="Part of first deliveries that the receiver refuses.")
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scoreboard as one JSON object.")] = False,
) -> None:
    """Show Wirewatch at work without a network, and count what it missed.

    A newsroom of outlets on loopback addresses publishes stories; the daemon polls them every second and
    sends its alerts to a receiver that knows which were due. Exits 1 if any alert was missed, or was told
    under two ids.

    For example: `wirewatch demo --stories 60 --rate 4 --kill 10`
    """
    from console.run.demo import Demo

    wanted = stories if stories is not None else round(60 * rate)
    score = Demo(wanted, rate, kill, seed, fail_rate, quiet=as_json).run()
    raise typer.Exit(DONE if score["missed"] == 0 and score["duplicates"] == 0 else FAILED)
