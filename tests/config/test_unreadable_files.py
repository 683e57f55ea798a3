"""Files without a text to read."""

import os
from contextlib import contextmanager

import pytest

from wirewatch.config.load import load_settings

TOPIC = "topics: { a: { query: b } }\n"


def test_a_missing_file_says_how_to_make_one(tmp_path, problems):
    path = tmp_path / "wirewatch.yaml"
    assert problems(path) == [f"{path}: no such file; `wirewatch config init` makes one"]


def test_a_directory_is_no_file(tmp_path, problems):
    assert problems(tmp_path) == [f"{tmp_path}: is a directory; name the file in it"]


NOBODY = 65534


@contextmanager
def as_another_user():
    """Root may read everything, so a test that runs as root is nobody for a while."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_file_of_another_user_is_told(tmp_path, problems):
    path = tmp_path / "wirewatch.yaml"
    path.write_text(TOPIC)
    path.chmod(0)
    with as_another_user():
        told = problems(path)
    assert told == [f"{path}: this user may not read it; change its owner or mode, as with `chmod u+r`"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_not_utf8_is_told_with_its_line(mark, told):
    assert told(mark + TOPIC.encode() + "# café\n".encode("latin-1")) == [
        "2: byte 6 of the line, 0xe9, is not UTF-8; save the file as UTF-8"
    ]


def test_utf16_is_recognised(told):
    assert told(TOPIC.encode("utf-16")) == ["1: is UTF-16; save the file as UTF-8"]


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path):
    path = tmp_path / "wirewatch.yaml"
    path.write_text(TOPIC, encoding="utf-8-sig")
    assert load_settings(path, environ={}).topics["a"].query == "b"


def test_too_long_a_file_is_told(tmp_path, problems, monkeypatch):
    monkeypatch.setattr("wirewatch.config.reading.MAX_BYTES", 1_000_000)
    path = tmp_path / "wirewatch.yaml"
    path.write_text("#" * 1_000_001)
    assert problems(path) == [
        f"{path}: longer than 1 MB; keep large lists of sources in the store with `wirewatch sources add`"
    ]
