"""``wirewatch web``: the web part alone."""

import logging

from console.cli.app import DEFAULT_CONFIG, Config, DataDir, app


@app.command()
def web(config: Config = DEFAULT_CONFIG, data_dir: DataDir = None) -> None:
    """Serve what hubs push to (WebSub), on the address of `web.listen`. Needs a store that runs.

    `wirewatch run` starts it by itself where `web.public_url` is set.

    For example, beside a store of its own: `WIREWATCH_REDIS_URL=redis://store:6379/0 wirewatch web`
    """
    from console.web.server import serve
    from wirewatch.config.live import LiveSettings
    from workers.match.check import check_topics

    # Lines without a time, as of the other parts; uvicorn's own say nothing that ours do not.
    logging.basicConfig(level="INFO", format="%(levelname)s %(message)s", force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    serve(LiveSettings(config, data_dir, check=check_topics))
