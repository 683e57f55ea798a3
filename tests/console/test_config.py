from wirewatch.config.example import example_text


def test_init_writes_the_example_and_says_what_to_do_next(wirewatch, tmp_path):
    told = wirewatch("config", "init")
    assert told.code == 0
    assert (tmp_path / "wirewatch.yaml").read_text("utf-8") == example_text()
    assert "wirewatch config check" in told.out
    assert "wirewatch run" in told.out
    assert wirewatch("config", "check").code == 0


def test_init_under_another_name_names_it_in_what_to_do_next(wirewatch, tmp_path):
    told = wirewatch("config", "init", "--config", "other.yaml")
    assert "wirewatch run --config other.yaml" in told.out
    assert (tmp_path / "other.yaml").exists()


def test_init_never_writes_over_a_file_unless_forced(wirewatch, tmp_path):
    path = tmp_path / "wirewatch.yaml"
    path.write_text("topics: {mine: {query: mine}}\n")
    told = wirewatch("config", "init")
    assert told.code == 2
    assert "--force" in told.err
    assert "mine" in path.read_text()
    assert wirewatch("config", "init", "--force").code == 0
    assert path.read_text("utf-8") == example_text()


def test_init_where_no_folder_is_says_so(wirewatch):
    told = wirewatch("config", "init", "--config", "nowhere/wirewatch.yaml")
    assert told.code == 2
    assert "nowhere/wirewatch.yaml: cannot be written (No such file or directory)" in told.err


def test_check_tells_what_a_good_configuration_holds(wirewatch, configured):
    configured(
        sources=["https://example.org/feed"],
        topics={"trade": {"query": "tariff*", "send": ["hook"]}, "iowa": {"query": "Iowa"}},
        destinations={"hook": {"kind": "webhook", "url": "https://ops.example.org/wire"}},
    )
    told = wirewatch("config", "check")
    assert told.code == 0
    assert told.out == "wirewatch.yaml: 1 source, topics trade, iowa, destination hook: good\n"


def test_check_tells_every_broken_field_with_its_line(wirewatch, tmp_path):
    (tmp_path / "wirewatch.yaml").write_text(
        "sources:\n"
        "  - ftp://example.org/feed\n"
        "polling: { min_interval: soon }\n"
        "topics:\n"
        "  trade:\n"
        "    query: tariff*\n"
        "    send: [desk]\n"
    )
    told = wirewatch("config", "check")
    assert told.code == 2
    assert [line.split(": ")[0] for line in told.err.splitlines()] == [
        "wirewatch.yaml:2",
        "wirewatch.yaml:3",
        "wirewatch.yaml:7",
    ]


def test_check_shows_where_a_query_is_broken(wirewatch, tmp_path):
    (tmp_path / "wirewatch.yaml").write_text('topics:\n  trade:\n    query: "(tariff*"\n')
    told = wirewatch("config", "check")
    assert told.code == 2
    first, query, caret = told.err.splitlines()
    assert first.startswith("wirewatch.yaml:3: topics.trade.query: ")
    assert query[caret.index("^")] == "("


def test_check_without_a_file_names_init(wirewatch):
    told = wirewatch("config", "check")
    assert told.code == 2
    assert "wirewatch config init" in told.err


def test_schema_is_a_json_schema_of_the_configuration(wirewatch):
    schema = wirewatch("config", "schema").json
    assert schema["title"] == "wirewatch.yaml"
    assert {"sources", "topics", "destinations"} <= schema["properties"].keys()
