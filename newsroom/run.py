"""A newsroom as a process, for tests, demo and benchmarks."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

STOP_TIMEOUT_S = 10.0
ANSWER_TIMEOUT_S = 30.0


class Newsroom:
    """Starts ``python -m newsroom`` and talks to its control API; a context manager.

    Args:
        stories: articles to publish, copies included.
        rate: articles per second.
        seed: the same seed gives the same world.
        speed: seconds of the plan per second.
        secret: ``whsec_…``: webhooks must be signed with it.
        fail_rate: share of messages whose first attempt is answered 500 or 429.
        wait: publish from :meth:`start` on, not at once.
        port: one port for all addresses; 0: a free one.

    Attributes:
        port: the port of all addresses.
        control: the address of the control API.
        webhook: where to send webhooks.
        slack: where to send Slack messages.
        sources: what to watch: rows of url, name and kind (feed, section or sitemap).
        ignore: by topic, the phrases that a topic's query should ignore.
    """

    port: int
    control: str
    webhook: str
    slack: str
    sources: list[dict[str, str]]
    ignore: dict[str, list[str]]

    def __init__(
        self,
        *,
        stories: int = 60,
        rate: float = 8.0,
        seed: int = 1,
        speed: float = 1.0,
        secret: str | None = None,
        fail_rate: float = 0.0,
        wait: bool = False,
        port: int = 0,
    ) -> None:
        options = {"port": port, "stories": stories, "rate": rate, "seed": seed, "speed": speed}
        self._arguments = [f"--{name}={value}" for name, value in options.items()]
        self._arguments.append(f"--fail-rate={fail_rate}")
        if secret:
            self._arguments.append(f"--secret={secret}")
        if wait:
            self._arguments.append("--wait")
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        root = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "newsroom", *self._arguments],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self._process.stdout is not None  # noqa: S101 - it was asked for above
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError(
                f"the newsroom ended with code {self._process.returncode}; see its errors above"
            )
        greeting = json.loads(line)
        self.port = greeting["port"]
        self.control = greeting["control"]
        self.webhook = greeting["webhook"]
        self.slack = greeting["slack"]
        self.sources = greeting["sources"]
        self.ignore = greeting["ignore"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> dict[str, Any]:
        """Begin to publish; tells when it ``opened`` and its ``duration_s``."""
        answer: dict[str, Any] = self._ask("/start", {})
        return answer

    def score(self) -> dict[str, Any]:
        """The scoreboard so far."""
        answer: dict[str, Any] = self._ask("/score")
        return answer

    def truth(self) -> list[dict[str, Any]]:
        """Every article with the topics that it should alert for."""
        answer: list[dict[str, Any]] = self._ask("/truth")
        return answer

    def received(self, full: bool = False) -> list[dict[str, Any]]:
        """What arrived, in order; ``full`` adds headers and bodies."""
        answer: list[dict[str, Any]] = self._ask("/received?full=1" if full else "/received")
        return answer

    def behave(self, status: int | None = None, delay_s: float = 0.0, count: int = 1) -> None:
        """Have the next answers of the receivers fail or come late."""
        self._ask("/behaviour", {"status": status, "delay_s": delay_s, "count": count})

    def stop(self) -> None:
        """End the process; stopping twice is harmless."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST a body, and read the JSON of the answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - http, to our own process
            self.control + path, data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=ANSWER_TIMEOUT_S) as answer:  # noqa: S310 - the same
            return json.load(answer)
