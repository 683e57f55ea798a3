from datetime import UTC, datetime, timedelta

import pytest

from console.tables import relative, show_table

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(0), "now"),
        (timedelta(milliseconds=-400), "now"),
        (timedelta(seconds=90), "in 1 m"),
        (timedelta(hours=2, minutes=59), "in 2 h"),
        (timedelta(seconds=-59), "59 s ago"),
        (timedelta(days=-3), "3 d ago"),
    ],
)
def test_a_moment_is_told_from_now(away, words):
    assert relative(NOW + away, NOW) == words


def test_no_moment_is_told_as_asked():
    assert relative(None, NOW, "never") == "never"


def test_a_pipe_gets_whole_lines_in_straight_columns(capsys):
    show_table(("title", "url"), [("中国", "https://example.org/" + "a" * 300), ("two\nlines\x1b[31m", "x")])
    title, first, second = capsys.readouterr().out.splitlines()
    assert title == "title           url"
    assert first == "中国            https://example.org/" + "a" * 300
    assert second == "two lines [31m  x"


def test_a_table_without_names_is_its_rows_alone(capsys):
    show_table(("", ""), [("polls", "1")])
    assert capsys.readouterr().out == "polls  1\n"
