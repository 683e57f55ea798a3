"""Pages of made-up outlets, as their parts are needed."""

import json

import pytest

from workers.read.document import document


@pytest.fixture
def page():
    """A document of a head and a body."""

    def make(head="", body="", *, lang="en", url="https://www.example.org/politics/story-of-the-quay"):
        return document(
            f"<!DOCTYPE html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>", url
        )

    return make


@pytest.fixture
def json_ld():
    """A JSON-LD script with one node, a news article unless it says otherwise."""

    def make(**fields):
        node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
        return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'

    return make


@pytest.fixture
def meta():
    def make(**fields):
        return "".join(
            f'<meta property="{name.replace("__", ":")}" content="{text}">' for name, text in fields.items()
        )

    return make
