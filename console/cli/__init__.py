"""The command ``wirewatch``: one file per noun."""

from console.cli import alerts, bench, config, crawl, demo, inspect, parts, run, sources, status, web
from console.cli.app import app

__all__ = [
    "alerts",
    "app",
    "bench",
    "config",
    "crawl",
    "demo",
    "inspect",
    "parts",
    "run",
    "sources",
    "status",
    "web",
]
