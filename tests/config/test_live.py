"""Edits of a file that is in use."""

import logging
import os

import pytest

from wirewatch.config.live import LiveSettings
from wirewatch.errors import ConfigError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "wirewatch.yaml"
    save(path, "one")
    return path


def save(path, query, *, text="topics: {{ a: {{ query: {} }} }}\n"):
    """Save as editors do, by renaming; the inode tells two saves within one tick of the clock apart."""
    draft = path.with_suffix(".new")
    draft.write_text(text.format(query))
    os.replace(draft, path)  # noqa: PTH105


def query(live):
    return live.current.topics["a"].query


def test_a_valid_edit_takes_effect(path):
    live = LiveSettings(path)
    assert query(live) == "one"
    assert not live.refresh()
    save(path, "two")
    assert live.refresh()
    assert query(live) == "two"
    assert not live.refresh()


def test_an_edit_in_place_takes_effect(path):
    live = LiveSettings(path)
    path.write_text("topics: { a: { query: other } }\n")
    assert live.refresh()
    assert query(live) == "other"


def test_an_invalid_edit_is_refused_and_told_once(path, caplog):
    live = LiveSettings(path)
    with caplog.at_level(logging.WARNING):
        save(path, "[x]")
        assert not live.refresh()
        assert not live.refresh()
        save(path, "[y]")  # another edit with the same fault
        assert not live.refresh()
    assert query(live) == "one"
    assert live.problem == (
        f"{path}:1: topics.a.query: a list where a text must be; write one text, in quotes if it has signs"
    )
    assert [record.getMessage() for record in caplog.records] == [
        f"The configuration stays as it was; its file now has errors:\n{live.problem}"
    ]
    save(path, "x: y")
    assert not live.refresh()
    assert len(caplog.records) == 2
    save(path, "two")
    assert live.refresh()
    assert live.problem is None
    assert query(live) == "two"


def test_a_deleted_file_keeps_the_settings_until_it_is_back(path):
    live = LiveSettings(path)
    path.unlink()
    assert not live.refresh()
    assert live.problem == f"{path}: no such file; `wirewatch config init` makes one"
    assert query(live) == "one"
    assert not live.refresh()
    save(path, "one")
    assert live.refresh()
    assert live.problem is None


def test_a_file_that_is_no_good_at_the_start_is_an_error(path):
    save(path, "[x]")
    with pytest.raises(ConfigError):
        LiveSettings(path)


def test_what_only_the_caller_can_judge_is_refused_too(path):
    def check(document):
        if document.settings.topics["a"].query == "bad":
            raise ConfigError([document.problem(("topics", "a", "query"), "not a query; write another")])

    live = LiveSettings(path, check=check)
    save(path, "bad")
    assert not live.refresh()
    assert live.problem == f"{path}:1: topics.a.query: not a query; write another"
    assert query(live) == "one"


def test_the_data_directory_of_the_command_stays(path, tmp_path):
    live = LiveSettings(path, data_dir=tmp_path / "data")
    save(path, "two")
    assert live.refresh()
    assert live.current.data_dir == tmp_path / "data"
