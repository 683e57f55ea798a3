"""The daemon as an operator meets it: its lock, its end, its parts that die, its words."""

import os
import signal
import subprocess
import sys

import pytest

from console.run.family import alive, descendants

FEED = '<rss version="2.0"><channel><title>Quiet</title></channel></rss>'


@pytest.fixture
def quiet_site(site):
    site.put("/feed.xml", FEED, "application/rss+xml")
    return site


def polled(one):
    return lambda: (now := one.figures()) and now.count("polls") >= 1


def test_it_stops_in_order_within_ten_seconds_and_leaves_nothing_running(
    quiet_site, configure, daemon, until
):
    with daemon(configure()) as one:
        until(polled(one), what="a poll")
        family = descendants(one.process.pid)
        assert len(family) >= 6
        assert one.stop() < 10
    assert one.process.returncode == 0
    until(lambda: not any(alive(pid) for pid in family), what="the end of all parts")


def test_a_second_daemon_on_the_same_data_is_refused_with_the_firsts_process_id(
    quiet_site, configure, daemon, until
):
    config = configure()
    with daemon(config) as one:
        until(polled(one), what="a poll")
        command = [sys.executable, "-m", "console.cli", "run", "--config", str(config)]
        second = subprocess.run(
            [*command, "--data-dir", str(one.data_dir)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert second.returncode == 2
    assert str(one.process.pid) in second.stderr


def test_every_part_that_is_killed_is_started_again(quiet_site, configure, daemon, until):
    with daemon(configure()) as one:
        until(polled(one), what="a poll")
        parts = [pid for pid in descendants(one.process.pid) if pid != one.process.pid]
        for pid in parts:
            os.kill(pid, signal.SIGKILL)
        before = until(lambda: (now := one.figures()) and now.count("polls"), what="the store's return")
        until(lambda: (now := one.figures()) and now.count("polls") > before, what="another poll")
        until(lambda: len(descendants(one.process.pid)) >= len(parts) + 1, what="all parts")


def test_a_killed_supervisor_takes_its_parts_with_it(quiet_site, configure, daemon, until):
    with daemon(configure()) as one:
        until(polled(one), what="a poll")
        family = descendants(one.process.pid)
        one.process.kill()
        one.process.wait()
        until(lambda: not any(alive(pid) for pid in family), seconds=10, what="the end of all parts")


def test_where_no_source_can_be_reached_it_says_so_once_and_keeps_trying(site, configure, daemon, until):
    config = configure(sources=["http://127.0.0.1:9/feed", "http://nowhere.invalid/feed"])
    with daemon(config) as one:
        until(lambda: "none of the 2 sources can be reached" in one.log(), what="the word")
        assert "make demo" in one.log()
        polls = one.figures().count("polls")
        until(lambda: one.figures().count("polls") > polls, what="another try")
    assert one.log().count("none of the 2 sources can be reached") == 1


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("topics:\n  a:\n    query: tariff* AND (\n", ":3: topics.a.query:"),
        (
            "topics:\n  a:\n    query: ok\n    sned: [x]\n",
            ":4: topics.a.sned: unknown field; did you mean send?",
        ),
        ("topics:\n  a: {query: ok}\nredis_url: ${NO_SUCH_NAME}\n", ":3: redis_url:"),
    ],
)
def test_a_configuration_that_cannot_be_used_stops_the_start_and_names_the_line(home, written, told):
    config = home / "wirewatch.yaml"
    config.write_text(written)
    command = [sys.executable, "-m", "console.cli", "run", "--config", str(config)]
    one = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=home)
    assert one.returncode == 2
    assert f"{config}{told}" in one.stderr
    assert "Traceback" not in one.stderr
