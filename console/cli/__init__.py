"""The command ``wirewatch``: one file per noun."""

from console.cli import crawl, demo, parts, run
from console.cli.app import app

__all__ = ["app", "crawl", "demo", "parts", "run"]
