"""``wirewatch run``: the whole daemon on this machine."""

from typing import Annotated

import typer

from console.cli.app import DEFAULT_CONFIG, Config, DataDir, app


@app.command()
def run(
    config: Config = DEFAULT_CONFIG,
    data_dir: DataDir = None,
    story_workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Processes that read. Default: one a core, at most 8."),
    ] = None,
    alert_workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that deliver. Default: 2.")
    ] = None,
) -> None:
    """Run everything: the store (unless redis_url is set), crawler, workers, scheduler, sweeper, web part.

    A part that dies is started again. Ctrl-C or SIGTERM stops all of it in order within ten seconds. Edits of
    the configuration take effect without a restart.

    For example: `wirewatch run --config politics.yaml --data-dir /var/lib/wirewatch`
    """
    from console.run.display import Display
    from console.run.lock import data_dir_lock
    from console.run.parts import Crew
    from console.run.supervisor import Supervisor
    from wirewatch.config.live import LiveSettings
    from workers.match.check import check_topics

    live = LiveSettings(config, data_dir, check=check_topics)
    default = Crew()
    crew = Crew(story_workers or default.stories, alert_workers or default.alerts)
    with data_dir_lock(live.current.data_dir), Display() as display:
        Supervisor(live, config, data_dir, crew, display).run()
