"""``wirewatch sources import`` and ``export``."""

import json
from datetime import timedelta

import pytest

from wirewatch.models import now
from wirewatch.store import keys
from wirewatch.store.catalogue import Catalogue

CSV = """url,name,tags
https://example.org/a,A,"national, iowa"
https://example.org/b,B,
not an address,C,
"""


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "mine.csv").write_text(CSV)
    (tmp_path / "more.txt").write_text("https://example.org/b\nhttps://example.org/c\n")


def rows(wirewatch):
    return {row["url"]: row for row in wirewatch("sources", "list", "--json").json}


def test_files_are_imported_and_what_is_wrong_is_shown(wirewatch, store, lists):
    with store():
        told = wirewatch("sources", "import", "mine.csv", "more.txt", "--tag", "new")
        found = rows(wirewatch)
    assert told.code == 1
    assert told.out == "3 added, 1 named again, 1 set aside\n"
    assert told.err.startswith("mine.csv:4: url: does not start with https:// or http://; write")
    assert set(found) == {f"https://example.org/{name}" for name in "abc"}
    assert found["https://example.org/a"]["tags"] == ["national", "iowa", "new"]
    assert found["https://example.org/b"]["tags"] == ["new"]


def test_a_dry_run_says_the_same_and_does_nothing(wirewatch, store, lists):
    with store():
        told = wirewatch("sources", "import", "mine.csv", "--dry-run")
        assert rows(wirewatch) == {}
    assert told.out == "2 new, 1 set aside; nothing was done\n"


def test_a_list_is_read_from_standard_input(wirewatch, store):
    with store():
        told = wirewatch("sources", "import", "-", given="https://example.org/a\nhttps://\n")
        assert set(rows(wirewatch)) == {"https://example.org/a"}
    assert "standard input:2: url: has no host" in told.err


def test_what_a_file_says_anew_changes_a_known_source_but_not_one_of_the_configuration(
    wirewatch, store, lists
):
    with store(sources=["http://example.org/b"]):
        wirewatch("sources", "add", "https://example.org/a", "--tag", "iowa", "--kind", "feed")
        told = wirewatch("sources", "import", "mine.csv")
        again = wirewatch("sources", "import", "mine.csv")
        found = rows(wirewatch)
    assert told.out == "1 changed, 1 of the configuration file, whose options count, 1 set aside\n"
    assert again.out.startswith("1 known already, ")
    source = found["https://example.org/a"]
    assert (source["name"], source["tags"], source["kind"]) == ("A", ["national", "iowa"], "feed")


@pytest.mark.parametrize("name", ["none.opml", "."])
def test_a_file_that_cannot_be_read_stops_all(wirewatch, store, lists, name):
    with store():
        told = wirewatch("sources", "import", "more.txt", name)
        assert rows(wirewatch) == {}
    assert told.code == 2
    assert "cannot be read" in told.err


def test_the_first_polls_of_many_are_spread(wirewatch, store):
    with store() as connection:
        many = "\n".join(f"https://{n}.example.org/feed" for n in range(600))
        told = wirewatch("sources", "import", "-", given=many)
        due = sorted(state.due - now() for state in Catalogue(connection).states())
    assert told.out == "600 added; first polls spread over 1 m\n"
    assert timedelta(seconds=20) < due[-1] < timedelta(seconds=30)
    assert due[300] < timedelta(seconds=20)


@pytest.mark.parametrize("form", ["opml", "csv", "json"])
def test_what_is_exported_is_known_when_it_is_imported(wirewatch, store, lists, form):
    with store(sources=[{"url": "https://example.net/", "name": "Of the file", "tags": ["x/y"]}]):
        wirewatch("sources", "import", "mine.csv")
        told = wirewatch("sources", "export", "--format", form, "out")
        assert told.out == "out: 3 sources\n"
        again = wirewatch("sources", "import", "out")
    assert (again.code, again.out.partition("known")[0]) == (0, "2 ")


def test_an_export_can_be_of_one_tag_and_goes_to_standard_output(wirewatch, store, lists):
    with store():
        wirewatch("sources", "import", "mine.csv")
        told = wirewatch("sources", "export", "--tag", "iowa", "--format", "json")
        plain = wirewatch("sources", "export", "--format", "list")
    assert json.loads(told.out) == [
        {"url": "https://example.org/a", "name": "A", "tags": ["national", "iowa"]}
    ]
    assert plain.out == "https://example.org/a\nhttps://example.org/b\n"


def test_a_file_that_is_there_is_written_over_whole_or_not_at_all(wirewatch, store, lists, tmp_path):
    with store():
        (tmp_path / "old").write_text("old")
        (tmp_path / "old").chmod(0o640)
        assert wirewatch("sources", "export", "old").code == 0
        told = wirewatch("sources", "export", "no/such/folder")
    assert (tmp_path / "old").read_text().startswith("<?xml")
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o640
    assert told.code == 2
    assert "no/such/folder: cannot be written" in told.err
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".old")) == []


def test_a_paused_source_that_is_imported_again_stays_paused(wirewatch, store, lists):
    with store() as connection:
        wirewatch("sources", "import", "more.txt")
        wirewatch("sources", "pause", "https://example.org/c")
        wirewatch("sources", "import", "more.txt", "--tag", "new")
        source = rows(wirewatch)["https://example.org/c"]
        assert connection.scard(keys.PAUSED) == 1
    assert (source["state"], source["tags"]) == ("paused", ["new"])
