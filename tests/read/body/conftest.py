"""Pages of made-up outlets, and their reading."""

import pytest

from workers.read.body.paragraphs import body
from workers.read.document import document


@pytest.fixture
def read():
    """The paragraphs of a page with this body and head."""

    def reading(inner, title="", head="", told=""):
        html = f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{inner}</body></html>"
        return body(document(html, "https://www.example.org/a"), title, told)

    return reading
