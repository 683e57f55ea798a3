"""``wirewatch config``: make, check and describe the one configuration file."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer

from console.cli.app import DEFAULT_CONFIG, Config, DataDir, app

config_app = typer.Typer(
    no_args_is_help=True,
    help="Make, check and describe wirewatch.yaml.\n\n"
    "For example: `wirewatch config init`, then `wirewatch config check`",
)
app.add_typer(config_app, name="config")


@config_app.command()
def init(
    config: Config = DEFAULT_CONFIG,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a configuration to start from: public political news and three topics, with comments.

    For example: `wirewatch config init --config wirewatch.yaml`
    """
    from wirewatch.config.example import example_text
    from wirewatch.errors import ConfigError

    try:
        with config.open("w" if force else "x", encoding="utf-8") as file:
            file.write(example_text())
    except FileExistsError:
        remedy = "edit it, or write over it with --force, or name another with --config"
        raise ConfigError([f"{config}: is there already; {remedy}"]) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or "not a file's name"
        raise ConfigError([f"{config}: cannot be written ({reason}); name another with --config"]) from None
    named = "" if config == DEFAULT_CONFIG else f" --config {config}"
    typer.echo(f"Wrote {config}. Edit its sources, topics and destinations; then")
    typer.echo(f"  wirewatch config check{named}   says whether it can be used")
    typer.echo(f"  wirewatch run{named}            starts watching")


@config_app.command()
def check(config: Config = DEFAULT_CONFIG, data_dir: DataDir = None) -> None:
    """Say whether the configuration can be used, or all that is wrong with it, line by line.

    Queries are read and destinations built; nothing is fetched or sent. Exits 2 if something is wrong.

    For example: `wirewatch config check --config wirewatch.yaml`
    """
    from wirewatch.config.load import load_document
    from wirewatch.errors import ConfigError
    from workers.alerts.destinations import build
    from workers.match.check import check_topics

    document = load_document(config, data_dir=data_dir)
    check_topics(document)
    settings = document.settings
    problems = []
    for name in settings.destinations:
        try:
            build(name, settings)
        except ConfigError as error:
            problems += [document.problem(("destinations", name), text) for text in error.problems]
    if problems:
        raise ConfigError(problems)
    count = len(settings.sources)
    sources = "1 source" if count == 1 else f"{count} sources"
    topics = f"{'topic' if len(settings.topics) == 1 else 'topics'} {', '.join(settings.topics)}"
    typer.echo(f"{config}: {sources}, {topics}, {_destinations(list(settings.destinations))}: good")


def _destinations(names: Sequence[str]) -> str:
    if not names:
        return "no destinations (matches are printed and kept in matches.jsonl)"
    return f"{'destination' if len(names) == 1 else 'destinations'} {', '.join(names)}"


@config_app.command()
def schema() -> None:
    """Print the JSON Schema of the configuration, for editors that complete and check.

    For example: `wirewatch config schema > wirewatch.schema.json`
    """
    from wirewatch.config.schema import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
