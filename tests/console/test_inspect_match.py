import json

import pytest

from wirewatch.ids import PARTITIONS

TITLE = "New tariffs on soybeans"


@pytest.fixture
def topics(tmp_path):
    (tmp_path / "topics.yaml").write_text(
        "trade: { query: tariff*, ignore: [hotel tariff*] }\n"
        "farming: { query: soybean* OR author:Reporter }\n"
    )
    return "topics.yaml"


def test_a_text_file_is_matched_against_a_file_of_topics(wirewatch, topics, tmp_path):
    (tmp_path / "draft.txt").write_text("Hotel tariffs rose. Tariffs on steel did too.")
    told = wirewatch("inspect", "match", "draft.txt", "--topics", topics)
    assert told.code == 0
    [line] = told.lines
    assert line["path"] == "draft.txt"
    [found] = line["topics"]
    assert (found["name"], found["clauses"]) == ("trade", ["tariff*"])
    assert found["hits"] == [{"field": "body", "start": 20, "end": 27, "text": "Tariffs"}]
    assert "Tariffs on steel did too." in found["snippet"]
    assert 0 < found["score"] <= 1


def test_a_saved_page_is_read_before_it_is_matched(wirewatch, topics, tmp_path):
    (tmp_path / "page.html").write_text(
        f"<html><head><title>{TITLE}</title></head><body><nav>tariffs</nav><h1>{TITLE}</h1><p>Words.</p></body></html>"
    )
    [line] = wirewatch("inspect", "match", "page.html", "--topics", topics).lines
    assert [hit["field"] for found in line["topics"] for hit in found["hits"]] == ["title", "title"]


def test_stories_as_lines_are_matched_and_broken_ones_told(wirewatch, topics):
    given = [
        json.dumps({"title": TITLE, "url": "https://example.org/a", "language": None, "label": 1}),
        json.dumps({"title": 5}),
        json.dumps({"text": "Nothing here", "authors": ["Ada Reporter"]}),
        json.dumps({"text": "Nothing here"}),
    ]
    told = wirewatch("inspect", "match", "--topics", topics, given="\n".join(given))
    assert told.code == 1
    assert told.lines[0]["url"] == "https://example.org/a"
    assert [[found["name"] for found in line.get("topics", [])] for line in told.lines] == [
        ["trade", "farming"],
        [],
        ["farming"],
        [],
    ]
    assert told.lines[1]["error"] == "title: Input should be a valid string"


def test_the_configurations_topics_are_the_default(wirewatch, configured):
    configured()
    given = json.dumps({"title": TITLE})
    [line] = wirewatch("inspect", "match", given=given).lines
    assert [found["name"] for found in line["topics"]] == ["trade"]
    other = configured("other.yaml", topics={"beans": {"query": "soybean*"}})
    [line] = wirewatch("inspect", "match", "--topics", other, given=given).lines
    assert [found["name"] for found in line["topics"]] == ["beans"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('good: { query: a }\nbad: { query: "(a" }\n', "topics.yaml:2: topics.bad.query: "),
        ("bad: { query: a, ignored: [b] }\n", "topics.yaml:1: topics.bad.ignored: "),
        ("bad: { query: '${UNSET_IN_TESTS}' }\n", "topics.yaml:1: topics.bad.query: "),
        ("", "topics.yaml:1: "),
    ],
)
def test_a_broken_topic_is_told_with_its_line(wirewatch, tmp_path, text, problem):
    (tmp_path / "topics.yaml").write_text(text)
    told = wirewatch("inspect", "match", "--topics", "topics.yaml", given="{}")
    assert told.code == 2
    assert told.err.startswith(problem)


def test_without_a_configuration_match_says_how_to_make_one(wirewatch):
    told = wirewatch("inspect", "match", given="{}")
    assert told.code == 2
    assert "wirewatch config init" in told.err


def test_an_address_is_shown_as_it_is_known(wirewatch):
    told = wirewatch("inspect", "url", "HTTPS://News.Example.co.uk:443/a/../b?utm_source=x&id=1#f", "nowhere")
    assert told.code == 1
    known, broken = told.lines
    assert (known["canonical"], known["host"], known["site"]) == (
        "https://news.example.co.uk/b?id=1",
        "news.example.co.uk",
        "example.co.uk",
    )
    assert 0 <= known["partition"] < PARTITIONS
    assert (known["source_id"][0], known["story_id"][0]) == ("s", "t")
    assert broken["error"] == "not an http or https address"
