"""Stock Scrapy as a contestant."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from polling_contest.contestant import LONGEST_SWEEP_S, Sweep

_SCRIPT = Path(__file__).with_name("stock_scrapy.py")


class StockScrapy:
    """A process for each sweep; stock_scrapy.py says what it does with an answer."""

    name = "scrapy"
    settles = 0

    def prepare(self) -> str:
        """It is one of Wirewatch's own dependencies."""
        return f"Scrapy {version('scrapy')}, stock"

    def start(self, urls: list[str]) -> None:
        """Nothing to prepare: it remembers nothing."""
        self._urls = urls

    def sweep(self, case: str) -> Sweep:
        """Run the spider to its end."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(_SCRIPT), case],
            input="\n".join(self._urls),
            text=True,
            capture_output=True,
            timeout=LONGEST_SWEEP_S,
            check=False,
        )
        told = json.loads(done.stdout or "{}")
        if done.returncode or told["answered"] != len(self._urls):
            raise RuntimeError(f"Scrapy did not do it all:\n{done.stderr[-2000:]}")
        return Sweep(told["ended"], told["cpu_s"], told["peak_mb"], entries=None)

    def stop(self) -> None:
        """Nothing is left."""
