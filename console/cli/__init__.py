"""The command ``wirewatch``: one file per noun."""

from console.cli import alerts, config, crawl, demo, inspect, parts, run, sources, status
from console.cli.app import app

__all__ = ["alerts", "app", "config", "crawl", "demo", "inspect", "parts", "run", "sources", "status"]
