"""What every job needs, made once in the worker's process and inherited by its work-horses."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from redis import Redis

from wirewatch.config.live import LiveSettings
from wirewatch.config.settings import Settings
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.furniture import Furniture
from wirewatch.store.stories import Stories
from workers.match.check import check_topics
from workers.match.screen import Screen
from workers.match.topics import compile_topics


@dataclass(slots=True)
class Context:
    """The configuration, the topics compiled from it, and the doors of the store."""

    live: LiveSettings
    connection: Redis
    chance: Random = field(default_factory=Random)
    screen: Screen = field(init=False)
    stories: Stories = field(init=False)
    deliveries: Deliveries = field(init=False)
    furniture: Furniture = field(init=False)

    def __post_init__(self) -> None:
        self.stories = Stories(self.connection)
        self.deliveries = Deliveries(self.connection)
        self.furniture = Furniture(self.connection)
        self._compile()

    @property
    def settings(self) -> Settings:
        """The last good settings."""
        return self.live.current

    def refresh(self) -> None:
        """Follow an edit of the configuration: asked between jobs, so that a batch has one version."""
        if self.live.refresh():
            self._compile()

    def _compile(self) -> None:
        self.screen = Screen(compile_topics(self.live.current.topics))


_current: Context | None = None


def use(context: Context) -> None:
    """Make a context that of this process's jobs. RQ calls jobs by name, with ids only."""
    global _current  # noqa: PLW0603 - the one thing that a job cannot be handed
    _current = context


def current() -> Context:
    """The context of this process's jobs.

    Raises:
        RuntimeError: in a process that is not a worker.
    """
    if _current is None:
        raise RuntimeError("jobs run in `wirewatch worker`, which sets their context")
    return _current


def make(config: Path, data_dir: Path | None, connection: Redis) -> Context:
    """The context for a configuration file.

    Raises:
        ConfigError: if the file or one of its queries cannot be used.
    """
    return Context(LiveSettings(config, data_dir, check=check_topics), connection)
