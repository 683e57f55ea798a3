"""``python -m console.cli``: the same as ``wirewatch``."""

from console.cli import app

app(prog_name="wirewatch")
