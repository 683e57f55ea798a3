"""Pages of stories that go on."""

import pytest

PARAGRAPHS = "".join(
    f"<p>The harbour council of Eastmere heard the {nth} report on the timber toll, and was in no hurry.</p>"
    for nth in ("first", "second", "third", "fourth")
)


@pytest.fixture(scope="session")
def story_page():
    """A story's page, with a pager and whatever else stands under its text."""

    def make(pager="", *, text=PARAGRAPHS, after="", head=""):
        return (
            f"<html><head><title>Timber toll</title>{head}</head>"
            "<body><header><a href='/'>Eastmere Post</a></header><main>"
            f"<article><h1>Timber toll</h1><div class='text'>{text}</div>{pager}</article>{after}</main>"
            "<footer><a href='/about/2'>About us</a></footer></body></html>"
        )

    return make
