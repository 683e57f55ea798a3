"""`wirewatch inspect story --learn`: what the pages of one run have in common is left out."""

import json

import pytest

ABOUT = (
    "Those who own a share of this paper meet each autumn beneath the old clock, drink cider, and choose the "
    "seven neighbours who keep its books."
)
STORIES = {
    "Ferry prices climb again": "Crossing the sound costs a third more from Monday, the owners said.",
    "Wolf seen near village school": "Pupils stayed indoors while hunters searched the wood behind the gym.",
    "Young actor wins theatre prize": "The jury praised a bold and surprisingly tender performance in May.",
    "Record herring catch landed": "Crates covered the whole quay before sunrise, a proud skipper told us.",
}


@pytest.fixture
def pages(tmp_path):
    """Lines of JSON that name the pages of an outlet, one broken line among them."""
    lines = []
    for number, (title, lead) in enumerate(STORIES.items()):
        page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        page += f"<p>{lead}</p><p>{lead[::-1]}</p><p>{ABOUT}</p></article></body></html>"
        (tmp_path / f"{number}.html").write_text(page, "utf-8")
        lines.append(json.dumps({"path": f"{number}.html", "url": f"https://outlet.example/{number}"}))
    return [*lines[:2], "broken", json.dumps({"path": "missing.html"}), *lines[2:]]


def test_what_the_pages_repeat_is_left_out_and_said(wirewatch, pages):
    told = wirewatch("inspect", "story", "--learn", given="\n".join(pages))
    assert told.code == 1
    assert [line["path"] for line in told.lines] == [
        "0.html",
        "1.html",
        None,
        "missing.html",
        "2.html",
        "3.html",
    ]
    assert [line["error"] for line in told.lines[2:4]] == [
        "not a line of JSON: Expecting value: line 1 column 1 (char 0)",
        "No such file or directory",
    ]
    read = [line for line in told.lines if "text" in line]
    assert [line["title"] for line in read] == list(STORIES)
    for line, lead in zip(read, STORIES.values(), strict=True):
        assert lead in line["text"]
        assert ABOUT not in line["text"]
        assert line["how"]["text"].endswith(", less 1 that the outlet repeats")


def test_without_it_each_page_stands_for_itself(wirewatch, pages):
    told = wirewatch("inspect", "story", given="\n".join(pages))
    assert all(ABOUT in line["text"] for line in told.lines if "text" in line)


def test_the_order_of_the_pages_makes_no_difference(wirewatch, pages):
    one = wirewatch("inspect", "story", "--learn", given="\n".join(pages)).lines
    other = wirewatch("inspect", "story", "--learn", given="\n".join(reversed(pages))).lines

    def by_path(lines):
        return {line["path"]: line for line in lines if line["path"]}

    assert by_path(one) == by_path(other)


def test_pages_named_twice_do_not_teach_each_other(wirewatch, pages):
    told = wirewatch("inspect", "story", "--learn", given="\n".join(pages[:2] * 3))
    assert told.code == 0
    assert all(ABOUT in line["text"] for line in told.lines)
