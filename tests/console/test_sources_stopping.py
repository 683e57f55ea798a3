"""``wirewatch sources pause``, ``resume`` and ``remove``."""

from contextlib import contextmanager

import pytest

from wirewatch.config.load import load_settings
from wirewatch.config.watched import file_sources, id_of
from wirewatch.models import now
from wirewatch.store import keys
from wirewatch.store.sources import Sources, source_partition

OURS = {"url": "https://example.org/politics/feed", "name": "Of the file", "tags": ["national"]}
ADDED = "https://example.net/rss"


@pytest.fixture
def watching(wirewatch, store, tmp_path):
    """``with watching() as (connection, sync)``: a source of the file, one added; the crawler's sync."""

    @contextmanager
    def run():
        with store(sources=[OURS]) as connection:

            def sync():
                settings = load_settings(tmp_path / "wirewatch.yaml", environ={})
                Sources(connection).sync_file(file_sources(settings))

            sync()
            wirewatch("sources", "add", ADDED, "--kind", "feed", "--tag", "national", "--name", "Added")
            yield connection, sync

    return run


def states(wirewatch):
    return {row["name"]: row["state"] for row in wirewatch("sources", "list", "--json").json}


def due(connection, url=OURS["url"]):
    [source] = [state.source for state in Sources(connection).states() if state.source.id == id_of(url)]
    return connection.zscore(keys.due(source_partition(source)), source.id)


@pytest.mark.parametrize(
    "word", [OURS["url"], "http://example.org/politics/feed/", "of the FILE", id_of(OURS["url"])]
)
def test_a_paused_source_stays_so_over_edits_and_restarts(wirewatch, watching, word):
    with watching() as (connection, sync):
        told = wirewatch("sources", "pause", word)
        assert told.out.startswith(f"{OURS['url']}: paused")
        sync()
        assert states(wirewatch) == {"Of the file": "paused", "Added": "not polled yet"}
        assert [state.source.name for state in Sources(connection).states()] == ["Added"]
        assert "paused already" in wirewatch("sources", "pause", word).out
        assert "resumed; polled at once" in wirewatch("sources", "resume", word).out
        assert "is not paused" in wirewatch("sources", "resume", word).out
        assert due(connection) <= now().timestamp() * 1000


def test_a_source_can_be_paused_before_any_crawler_met_it(wirewatch, store, tmp_path):
    with store(sources=[OURS]) as connection:
        wirewatch("sources", "pause", OURS["url"])
        Sources(connection).sync_file(file_sources(load_settings(tmp_path / "wirewatch.yaml", environ={})))
        assert states(wirewatch) == {"Of the file": "paused"}
        assert Sources(connection).states() == []


def test_one_that_leaves_the_file_while_it_is_paused_is_gone(wirewatch, watching):
    with watching() as (connection, _):
        wirewatch("sources", "pause", OURS["url"])
        Sources(connection).sync_file([])
        assert connection.smembers(keys.PAUSED) == set()


def test_a_tag_stands_for_all_that_have_it(wirewatch, watching):
    with watching():
        assert len(wirewatch("sources", "pause", "--tag", "national").out.splitlines()) == 2
        assert set(states(wirewatch).values()) == {"paused"}
        wirewatch("sources", "resume", "--tag", "national")
        assert set(states(wirewatch).values()) == {"not polled yet"}


@pytest.mark.parametrize("verb", ["pause", "resume", "remove"])
def test_what_names_no_source_changes_nothing(wirewatch, watching, verb):
    with watching():
        told = wirewatch("sources", verb, ADDED, "nobody")
        assert (told.code, "nobody: no source has this" in told.err) == (2, True)
        assert (
            wirewatch("sources", verb, "--tag", "nothing", "--yes" if verb == "remove" else ADDED).code == 2
        )
        assert wirewatch("sources", verb).code == 2
        assert set(states(wirewatch).values()) == {"not polled yet"}


def test_a_name_that_several_have_is_refused_with_their_addresses(wirewatch, watching):
    with watching():
        wirewatch("sources", "add", "https://example.com/rss", "--name", "added", "--kind", "feed")
        told = wirewatch("sources", "pause", "Added")
    assert told.code == 2
    assert "2 sources have this name: " in told.err
    assert "https://example.com/rss" in told.err


def test_an_added_source_is_removed_and_what_it_showed_is_remembered(wirewatch, watching):
    with watching() as (connection, _):
        connection.hset(keys.seen(id_of(ADDED)), "entry", "seen")
        wirewatch("sources", "pause", ADDED)
        assert "removed" in wirewatch("sources", "remove", ADDED).out
        assert states(wirewatch) == {"Of the file": "not polled yet"}
        assert connection.exists(keys.source(id_of(ADDED))) == 0
        assert 89 * 86_400 < connection.ttl(keys.seen(id_of(ADDED))) <= 90 * 86_400
        wirewatch("sources", "add", ADDED, "--kind", "feed")
        assert connection.ttl(keys.seen(id_of(ADDED))) == -1  # kept again


def test_a_source_of_the_file_is_not_removed_but_its_line_is_told(wirewatch, watching):
    with watching():
        told = wirewatch("sources", "remove", OURS["url"], ADDED)
        assert told.code == 1
        assert "not removed: it stands in wirewatch.yaml:5; take it out there" in told.err
        assert states(wirewatch) == {"Of the file": "not polled yet"}


def test_many_are_not_removed_without_a_word(wirewatch, watching):
    with watching():
        assert wirewatch("sources", "remove", "--tag", "national").code == 2
        assert len(states(wirewatch)) == 2
        assert wirewatch("sources", "remove", "--tag", "national", "--yes").code == 1  # one is of the file
        assert list(states(wirewatch)) == ["Of the file"]
