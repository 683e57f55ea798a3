"""The parts of compose.yaml, started by its own commands and environment. Some four seconds."""

import json
import re
import signal
import time

import pytest
from redis import Redis

from wirewatch.store.connection import promise
from wirewatch.store.embedded import server_binary

PARTS = ("crawler", "stories", "alerts", "scheduler", "sweeper")


def seconds(text):
    return float(re.fullmatch(r"(\d+)s", text)[1])


@pytest.fixture
def places(tmp_path, etc, free_port):
    """Host names and paths of the containers, and where they are here."""
    data = tmp_path / "data"
    data.mkdir()
    return {"store:6379": f"127.0.0.1:{free_port}", "/etc/wirewatch": etc, "/data": data}


@pytest.fixture
def image(dockerfile, scripts):
    """What the image adds to a service: its entrypoint, found beside this Python, and its environment."""
    (entrypoint,) = [json.loads(rest) for name, rest in dockerfile if name == "ENTRYPOINT"]
    told = " ".join(rest for name, rest in dockerfile if name == "ENV")
    return [scripts / entrypoint[0], *entrypoint[1:]], dict(re.findall(r"(WIREWATCH_\w+)=(\S+)", told))


def unset(text):
    """${NAME:-otherwise} as compose reads it where NAME is not set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


@pytest.fixture
def services(compose, image, move, places, etc, env_file):
    """(command, environment) of each service."""
    entrypoint, environment = image
    parts = {}
    for name in PARTS:
        service = compose["services"][name]
        own = {key: unset(value) for key, value in service["environment"].items()}
        told = {key: move(value, places) for key, value in (environment | own).items()}
        parts[name] = ([*entrypoint, *service["command"]], env_file(etc / "secrets.env") | told)
    binary, *flags = compose["services"]["store"]["command"]
    assert binary == "valkey-server"
    listening = (
        "--port",
        places["store:6379"].partition(":")[2],
        "--bind",
        "127.0.0.1",
        "--dir",
        places["/data"],
    )
    parts["store"] = ([server_binary(), *flags, *listening], {})
    return parts


def test_the_parts_of_compose_bring_an_alert_to_its_receiver(
    compose, services, start, until, told, places, answers
):
    url = f"redis://{places['store:6379']}/0"
    running = {"store": start("store", *services["store"])}
    until(lambda: answers(url), running, 20)
    with Redis.from_url(url) as connection:
        assert promise(connection) == "every acknowledged write survives a kill and a power cut"
    running |= {name: start(name, *services[name]) for name in PARTS}
    until(told, running, 40)
    # Each ends within its grace when it is told to, the store last.
    for name in (*PARTS, "store"):
        running[name].send_signal(signal.Signals[compose["services"][name].get("stop_signal", "SIGTERM")])
        if name == PARTS[-1]:
            deadline = time.monotonic() + seconds(compose["services"][name]["stop_grace_period"])
            for part in PARTS:
                running[part].wait(max(deadline - time.monotonic(), 0))
    running["store"].wait(seconds(compose["services"]["store"]["stop_grace_period"]))
    assert {name: process.returncode for name, process in running.items()} == dict.fromkeys(running, 0)


def test_every_service_is_locked_down(compose):
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == "unless-stopped", name
        assert "/tmp" in service["tmpfs"], name
        assert "ports" not in service, name  # nothing is reached from outside


def test_the_parts_see_their_configuration_as_a_folder_that_they_cannot_change(compose):
    for name in PARTS:
        # A mounted file would stay the old one when an editor saves by renaming.
        assert "./config:/etc/wirewatch:ro" in compose["services"][name]["volumes"], name


def test_the_parts_wait_for_the_store_and_share_it(compose):
    for name in PARTS:
        service = compose["services"][name]
        assert service["environment"]["WIREWATCH_REDIS_URL"] == "redis://store:6379/0"
        assert service["depends_on"] == {"store": {"condition": "service_healthy"}}
        assert "inside" in service["networks"]
    assert compose["services"]["store"]["healthcheck"]["test"][0] == "CMD"


def test_what_reads_strangers_pages_has_no_way_out(compose):
    assert compose["networks"]["inside"] == {"internal": True}
    out = {name for name, service in compose["services"].items() if "outside" in service["networks"]}
    assert out == {"crawler", "alerts"}


def test_the_stores_data_outlives_its_container(compose):
    assert "store:/data" in compose["services"]["store"]["volumes"]
    assert "store" in compose["volumes"]
    assert json.dumps(compose["services"]["store"]["command"]).count("always") == 1
