"""The Typer application that the nouns' files add their commands to, and how its errors read."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from wirewatch import __version__
from wirewatch.errors import AlreadyRunningError, ConfigError, QueryError, WirewatchError

DONE, FAILED, WRONG_USE, NO_MATCH = 0, 1, 2, 3


class _Group(TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        """Tell a known error as its own text, without a traceback."""
        try:
            return super().invoke(ctx)
        except WirewatchError as error:
            typer.secho(str(error), fg="red", err=True)
            usage = isinstance(error, ConfigError | QueryError | AlreadyRunningError)
            raise typer.Exit(WRONG_USE if usage else FAILED) from None


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Watches news sources and tells you, once and at once, about the stories that match your topics.\n\n"
    "Begin with `wirewatch demo` (no network needed), then `wirewatch config init` and `wirewatch run`.",
    epilog="Exit codes: 0 done, 1 something failed, 2 wrong use or configuration, 3 `crawl` found no match.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"wirewatch {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The root of all commands."""


Config = Annotated[
    Path, typer.Option("--config", metavar="FILE", envvar="WIREWATCH_CONFIG", help="The configuration.")
]
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="DIR",
        envvar="WIREWATCH_DATA_DIR",
        help="Store, lock and matches; goes before the file's data_dir.",
    ),
]
DEFAULT_CONFIG = Path("wirewatch.yaml")
