"""``wirewatch bench``: the benchmarks of a source checkout."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

import console
from console.cli.app import app
from wirewatch.errors import WirewatchError

_FOLDER = Path(console.__file__).parents[1] / "benchmarks"


def _scripts() -> dict[str, Path]:
    """The benchmarks by name.

    Raises:
        WirewatchError: if Wirewatch runs from an installed package, which does not carry them.
    """
    found = {
        path.stem: path
        for path in sorted(_FOLDER.glob("*.py"))
        if '__name__ == "__main__"' in path.read_text("utf-8")
    }
    if not found:
        raise WirewatchError(
            "the benchmarks come with the source, and this is an installed package: "
            "get a checkout of Wirewatch and run `make bench` there"
        )
    return found


@app.command(context_settings={"allow_interspersed_args": False})
def bench(
    name: Annotated[str | None, typer.Argument(help="Which one. Default: list them.")] = None,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="OPTION…", help="The benchmark's own; see its --help.")
    ] = None,
) -> None:
    """Measure Wirewatch, side by side with others or with other ways to do the same.

    For example: `wirewatch bench polling --quick`, `wirewatch bench polling --help`
    """
    scripts = _scripts()
    if name is None:
        width = max(map(len, scripts))
        for one, path in scripts.items():
            typer.echo(f"{one:<{width}}  {_purpose(path)}")
        return
    if name not in scripts:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(scripts)}", param_hint="NAME")
    done = subprocess.run([sys.executable, str(scripts[name]), *(words or [])], check=False)  # noqa: S603 - ours
    raise typer.Exit(done.returncode)


def _purpose(script: Path) -> str:
    told = ast.get_docstring(ast.parse(script.read_text("utf-8"))) or ""
    return told.partition("\n\n")[0].replace("\n", " ")
