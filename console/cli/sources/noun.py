"""The noun that the commands belong to."""

from typing import Annotated

import typer

from console.cli.app import app

sources_app = typer.Typer(
    no_args_is_help=True,
    help="List what is watched, add to it, check it, pause it, take it elsewhere.\n\n"
    "A source is named by its address, its id or its name; several by a tag.\n\n"
    "For example: `wirewatch sources add https://example.org/feed`",
)
app.add_typer(sources_app, name="sources")

Tags = Annotated[
    list[str] | None,
    typer.Option("--tag", help="All that have this tag; may be repeated.", show_default=False),
]
