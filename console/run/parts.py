"""The parts of the daemon on one machine, and the commands that start them."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from wirewatch.config.settings import Settings
from wirewatch.store.embedded import server_command

STORE, WEB = "store", "web"


@dataclass(frozen=True, slots=True)
class Part:
    """One process.

    Attributes:
        name: as people see it: "crawler", "stories-1".
        command: what starts it alone, too.
    """

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crew:
    """How many workers of each kind; by default as many as there are cores for stories, two for alerts."""

    stories: int = max(1, min(os.cpu_count() or 1, 8))
    alerts: int = 2


def store_part(settings: Settings) -> Part | None:
    """The embedded store, where no other is configured."""
    if settings.redis_url is not None:
        return None
    return Part(STORE, tuple(server_command(settings.data_dir)))


def worker_parts(config: Path, data_dir: Path | None, crew: Crew) -> list[Part]:
    """Everything but the store and the web part, in the order in which a story meets them."""

    def command(*words: str) -> tuple[str, ...]:
        return _command(config, data_dir, *words)

    return [
        Part("crawler", command("crawler")),
        *(Part(f"stories-{n}", command("worker", "stories")) for n in range(1, crew.stories + 1)),
        *(Part(f"alerts-{n}", command("worker", "alerts")) for n in range(1, crew.alerts + 1)),
        Part("scheduler", command("scheduler")),
        Part("sweeper", command("sweeper")),
    ]


def web_part(settings: Settings, config: Path, data_dir: Path | None) -> Part | None:
    """The web part, where hubs can reach it."""
    if settings.web.public_url is None:
        return None
    return Part(WEB, _command(config, data_dir, "web"))


def _command(config: Path, data_dir: Path | None, *words: str) -> tuple[str, ...]:
    places = ["--config", str(config), *(["--data-dir", str(data_dir)] if data_dir else [])]
    return (sys.executable, "-m", "console.cli", *words, *places)
