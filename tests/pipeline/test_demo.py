"""The demo's own promise: it misses nothing, also when its processes are killed."""

import json
import subprocess
import sys

import pytest


def demo(*options, seconds):
    command = [sys.executable, "-m", "console.cli", "demo", "--json", *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    assert run.stdout, run.stderr
    return run.returncode, json.loads(run.stdout)


def test_the_demo_of_sixty_stories_misses_nothing():
    code, score = demo("--stories", "60", "--rate", "6", seconds=150)
    assert code == 0
    assert score["published"] == 60
    assert score["alerted"] == score["expected_alerts"] > 0
    assert (score["missed"], score["false_alerts"], score["duplicates"]) == (0, 0, 0)
    assert set(score["latency_ms"]) == {"p50", "p99"}


@pytest.mark.timeout(300)
def test_the_demo_with_ten_kills_misses_nothing_and_tells_nothing_under_two_ids():
    options = ("--stories", "60", "--rate", "3", "--kill", "10", "--fail-rate", "0.1", "--seed", "7")
    code, score = demo(*options, seconds=280)
    assert code == 0
    assert score["kills"] == 10
    assert score["alerted"] == score["expected_alerts"] > 0
    assert (score["missed"], score["duplicates"]) == (0, 0)
