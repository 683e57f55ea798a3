"""The command ``wirewatch``: one file per noun."""

from console.cli import parts, run
from console.cli.app import app

__all__ = ["app", "parts", "run"]
