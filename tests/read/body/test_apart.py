"""Elements that stand apart by their names (workers.read.body.apart)."""

import pytest

from workers.read.body.apart import Apart, is_body, stands_apart


@pytest.mark.parametrize(
    ("names", "verdict"),
    [
        ("comments-list", Apart.ALWAYS),
        ("kommentarer", Apart.ALWAYS),
        ("yorumlar", Apart.ALWAYS),
        ("relatedLinks-box", Apart.SURELY),
        ("c-inlinesignup", Apart.SURELY),
        ("Caption_caption__a1b2", Apart.SURELY),
        ("bildtext", Apart.SURELY),
        ("nyhetsbrev-box", Apart.SURELY),
        ("mest-lest", Apart.SURELY),
        ("compartir", Apart.SURELY),
        ("ilgili-haberler", Apart.SURELY),
        ("ad-slot-3", Apart.SURELY),
        ("article-meta", Apart.MAYBE),
        ("fact-box", Apart.MAYBE),
        ("story__date", Apart.MAYBE),
        ("", Apart.NO),
        ("article-body", Apart.NO),
        ("has-newsletter", Apart.NO),
        ("no-sidebar wide", Apart.NO),
        ("updates-of-the-day", Apart.NO),
        ("post-12 type-post status-publish tag-harbour category-share", Apart.NO),
        ("download-free-paragraph-lead", Apart.MAYBE),
    ],
)
def test_a_name_tells_what_stands_apart(names, verdict):
    assert stands_apart("div", names) is verdict


@pytest.mark.parametrize(
    ("tag", "verdict"),
    [("nav", Apart.ALWAYS), ("aside", Apart.SURELY), ("form", Apart.MAYBE), ("p", Apart.NO)],
)
def test_so_does_an_element(tag, verdict):
    assert stands_apart(tag, "") is verdict


@pytest.mark.parametrize("names", ["articleBody", "entry-content", "story__text", "brodtekst", "haber-metni"])
def test_a_body_is_known_by_its_name(names):
    assert is_body(names)


@pytest.mark.timeout(20)
def test_names_of_any_length_are_read_at_once():
    stands_apart("div", "a" * 400)
    stands_apart("div", "newslette " * 40)
