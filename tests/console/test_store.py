import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from console.run.lock import data_dir_lock
from console.run.store import answers, open_store, running_store
from wirewatch.config.load import load_settings
from wirewatch.errors import StoreError
from wirewatch.store.embedded import socket_path


@pytest.fixture
def settings(wirewatch, configured):
    return load_settings(configured(), environ={})


def test_a_store_started_for_the_moment_keeps_what_was_written(settings):
    with open_store(settings) as connection:
        connection.set("kept", "yes")
    assert not answers(settings)
    with open_store(settings) as connection:
        assert connection.get("kept") == b"yes"


def test_a_store_that_runs_is_used_and_left_running(settings):
    with open_store(settings) as mine:
        mine.set("whose", "mine")
        with open_store(settings) as other:
            assert other.get("whose") == b"mine"
            other.close()
        assert answers(settings)


def test_commands_at_the_same_time_share_one_store(settings):
    def add_one(_):
        with open_store(settings) as connection:
            connection.incr("count")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add_one, range(4)))
    with open_store(settings) as connection:
        assert connection.get("count") == b"4"


def test_a_store_that_does_not_run_is_told_with_how_to_start_it(settings):
    with pytest.raises(StoreError, match="wirewatch run"), running_store(settings):
        pass


def test_a_redis_url_that_does_not_answer_is_told_without_its_password(wirewatch, configured):
    configured(redis_url="redis://user:hunter2@127.0.0.1:1/0")
    told = wirewatch("sources", "list")
    assert told.code == 1
    assert "redis://127.0.0.1:1/0 does not answer" in told.err
    assert "hunter2" not in told.err


def test_a_redis_url_is_used_where_there_is_one(wirewatch, configured, settings):
    with open_store(settings) as connection:
        connection.set("here", "yes")
        other = configured(
            "other.yaml", redis_url=f"unix://{socket_path(settings.data_dir)}", data_dir="other"
        )
        with open_store(load_settings(other, environ={})) as same:
            assert same.get("here") == b"yes"
    assert not (settings.data_dir.parent / "other").exists()


def test_a_second_daemon_is_refused_and_told_the_process_of_the_first(configured, settings, tmp_path):
    command = [sys.executable, "-m", "console.cli", "run", "--config", str(tmp_path / "wirewatch.yaml")]
    with data_dir_lock(settings.data_dir):
        second = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=30, cwd=tmp_path
        )
    assert second.returncode == 2
    assert f"process {os.getpid()}, already runs on .wirewatch" in second.stderr
