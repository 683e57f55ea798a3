"""What is deployed, read from the files of ``deploy/`` and started here."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from redis import Redis
from redis.exceptions import RedisError

from newsroom.receiver import make_secret
from newsroom.run import Newsroom
from wirewatch.config.example import example_text

ROOT = Path(__file__).resolve().parents[2]
SECRET = make_secret(5)
_LOOK_EVERY_S = 0.1


class Unit:
    """A systemd unit: its lines by name, in order, and what of them can be tried without systemd."""

    def __init__(self, path):
        self.lines = []
        for line in path.read_text("utf-8").splitlines():
            if line and line[0] not in "#;[":
                name, _, value = line.partition("=")
                self.lines.append((name, value))

    def all(self, name):
        return [value for key, value in self.lines if key == name]

    def __getitem__(self, name):
        (value,) = self.all(name)
        return value

    def environment(self, places):
        return {
            name: moved(value, places)
            for name, _, value in (one.partition("=") for one in self.all("Environment"))
        }

    def command(self, places, instance="", environment=()):
        """ExecStart's words, with %i and ${NAME} as systemd expands them."""
        words = []
        for word in shlex.split(self["ExecStart"]):
            word = word.replace("%i", instance)  # noqa: PLW2901
            for name, value in dict(environment).items():
                word = word.replace("${" + name + "}", value)  # noqa: PLW2901
            words.append(moved(word, places))
        return words


def moved(text, places):
    """A text with the paths and host names of a deployment replaced by those of this test."""
    for there, here in places.items():
        text = text.replace(there, str(here))
    return text


@pytest.fixture(scope="session")
def move():
    return moved


@pytest.fixture(scope="session")
def compose():
    return yaml.safe_load((ROOT / "deploy/compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="session")
def dockerfile():
    """The image's instructions, (NAME, arguments), continued lines joined and comments left out."""
    text = (ROOT / "deploy/Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, rest.strip()) for name, _, rest in (line.partition(" ") for line in lines)]


@pytest.fixture(scope="session")
def unit():
    return lambda name: Unit(ROOT / "deploy" / name)


@pytest.fixture(scope="session")
def scripts():
    """Where the environment of these tests has its commands, ``wirewatch`` among them."""
    return Path(sys.executable).parent


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    """Starts commands with an environment of their own; what still runs at the end is killed."""
    running = []

    def start_one(name, command, environment=()):
        log = (tmp_path / f"{name}.log").open("wb")
        clean = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "TMPDIR") if key in os.environ}
        with log:
            process = subprocess.Popen(
                [str(word) for word in command],
                env={**clean, **dict(environment)},
                cwd=tmp_path,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        process.log = lambda: Path(log.name).read_text("utf-8", "replace")
        running.append(process)
        return process

    yield start_one
    for process in running:
        # Its group: a worker's child would outlive it. A supervisor's parts are bound to it.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def until():
    """Waits for a condition; while it waits, no process may end."""

    def wait(condition, processes, seconds):
        deadline = time.monotonic() + seconds
        while not (found := condition()):
            for name, process in processes.items():
                assert process.poll() is None, f"{name} ended with {process.returncode}:\n{process.log()}"
            logs = "".join(f"\n--- {name}\n{process.log()[-2000:]}" for name, process in processes.items())
            assert time.monotonic() < deadline, f"not within {seconds} s{logs}"
            time.sleep(_LOOK_EVERY_S)
        return found

    return wait


@pytest.fixture
def newsroom():
    """Outlets that publish 24 articles in three seconds, and a receiver that checks signatures."""
    with Newsroom(stories=24, rate=8, seed=5, secret=SECRET) as running:
        yield running


@pytest.fixture
def told(newsroom):
    """Alerts that arrived signed, and that the newsroom knows to be right."""

    def arrived():
        topics = {one["url"]: one["topics"] for one in newsroom.truth()}
        return [
            one
            for one in newsroom.received()
            if one["status"] == 200 and one["topic"] in topics.get(one["url"], ())
        ]

    return arrived


@pytest.fixture
def etc(tmp_path, newsroom):
    """A folder as /etc/wirewatch is: the shipped topics on the newsroom's feeds, its receiver, a secret."""
    folder = tmp_path / "etc"
    folder.mkdir()
    topics = yaml.safe_load(example_text())["topics"]
    wanted = {
        "polling": {"min_interval": "1s", "max_interval": "1s"},
        "network": {"allow": ["127.0.0.0/8"]},
        "sources": [one["url"] for one in newsroom.sources if one["kind"] == "feed"],
        "topics": {name: {**topic, "send": ["hook"]} for name, topic in topics.items()},
        "destinations": {"hook": {"kind": "webhook", "url": newsroom.webhook, "secret": "${HOOK_SECRET}"}},
    }
    (folder / "wirewatch.yaml").write_text(yaml.safe_dump(wanted, allow_unicode=True), "utf-8")
    (folder / "secrets.env").write_text(f"HOOK_SECRET={SECRET}\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def env_file():
    """The NAME=value lines of an environment file."""

    def read(path):
        return dict(line.split("=", 1) for line in path.read_text("utf-8").splitlines() if "=" in line)

    return read


@pytest.fixture(scope="session")
def answers():
    """Whether a store answers."""

    def ask(url):
        try:
            with Redis.from_url(url, retry=None, socket_timeout=1) as client:
                return client.ping()
        except (RedisError, OSError):
            return False

    return ask
