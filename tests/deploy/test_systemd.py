"""The systemd units, started by their own commands and environment. Some six seconds."""

import signal
import subprocess
from contextlib import contextmanager

import pytest
from redis import Redis

from wirewatch.ids import PARTITIONS
from wirewatch.store import keys
from wirewatch.store.embedded import server_command, store_url, wait_until_ready

PLAIN, SHARD = "wirewatch.service", "wirewatch-crawler@.service"


@pytest.fixture
def places(tmp_path, etc, scripts):
    """The paths of a machine, and where they are here. StateDirectory= makes its folder, and so do we."""
    state = tmp_path / "state"
    state.mkdir(mode=0o750)
    return {"/opt/wirewatch/bin": scripts, "/etc/wirewatch": etc, "/var/lib/wirewatch": state}


@pytest.fixture
def environment_of(places, env_file, etc):
    def read(one):
        (path,) = one.all("EnvironmentFile")
        assert path == "-/etc/wirewatch/secrets.env"
        return one.environment(places) | env_file(etc / "secrets.env")

    return read


def test_the_unit_brings_an_alert_to_its_receiver_and_stops_in_time(
    unit, places, environment_of, start, until, told
):
    one = unit(PLAIN)
    daemon = start("daemon", one.command(places), environment_of(one))
    until(told, {"daemon": daemon}, 40)
    # KillMode=mixed: the supervisor alone is told.
    daemon.send_signal(signal.Signals["SIGTERM"])
    daemon.wait(float(one["TimeoutStopSec"]))
    assert daemon.returncode == 0, daemon.log()
    state = places["/var/lib/wirewatch"]
    assert (state / "store").is_dir()
    assert not (state / "store.sock").exists()


def test_crawlers_of_one_template_own_a_part_of_the_hosts_each(
    unit, places, environment_of, start, until, tmp_path
):
    template = unit(SHARD)
    with store_in(tmp_path) as url:
        # What secrets.env says goes before the unit's own Environment=.
        environment = environment_of(template) | {"WIREWATCH_REDIS_URL": url, "WIREWATCH_SHARDS": "2"}

        def crawler(instance, name):
            return start(name, template.command(places, instance, environment), environment)

        running = {"first": crawler("0", "first"), "second": crawler("1", "second")}
        with Redis.from_url(url) as connection:
            until(lambda: connection.hlen(keys.OWNERS) == PARTITIONS, running, 30)
            owners = {int(p): owner for p, owner in connection.hgetall(keys.OWNERS).items()}
        halves = [{owners[p] for p in range(half, PARTITIONS, 2)} for half in (0, 1)]
        assert [len(half) for half in halves] == [1, 1]
        assert halves[0] != halves[1]
        # Started twice by mistake, it says who owns the shard, and systemd tries again.
        twice = crawler("0", "twice")
        twice.wait(20)
        assert twice.returncode == 2
        assert f"process {running['first'].pid} on" in twice.log()
        for process in running.values():
            process.send_signal(signal.SIGTERM)
        for process in running.values():
            process.wait(float(template["TimeoutStopSec"]))
            assert process.returncode == 0, process.log()


@contextmanager
def store_in(folder):
    server = subprocess.Popen(server_command(folder), stdin=subprocess.DEVNULL)
    try:
        wait_until_ready(folder, server)
        yield store_url(folder)
    finally:
        server.terminate()
        server.wait(10)


def test_the_supervisor_alone_is_told_to_stop(unit):
    # The default would stop the store under the workers' hands.
    assert unit(PLAIN)["KillMode"] == "mixed"


def test_a_part_that_runs_out_of_memory_does_not_stop_the_others(unit):
    assert unit(PLAIN)["OOMPolicy"] == "continue"


def test_both_units_are_started_again_for_ever(unit):
    for name in (PLAIN, SHARD):
        assert unit(name)["Restart"] == "always"
        assert unit(name)["StartLimitIntervalSec"] == "0"


def test_both_units_are_locked_down_alike(unit):
    plain, shard = (
        unit(name).lines[[key for key, _ in unit(name).lines].index("NoNewPrivileges") :]
        for name in (PLAIN, SHARD)
    )
    assert plain == shard
    assert ("ProtectSystem", "strict") in plain
    assert ("CapabilityBoundingSet", "") in plain


def test_the_data_directory_is_the_one_that_systemd_makes(unit):
    for name in (PLAIN, SHARD):
        (data,) = [
            value for value in unit(name).all("Environment") if value.startswith("WIREWATCH_DATA_DIR=")
        ]
        assert data == f"WIREWATCH_DATA_DIR=/var/lib/{unit(name)['StateDirectory']}"
