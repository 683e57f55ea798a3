"""What is found on whole section pages of made-up outlets (tests/sections/outlets.py)."""

import pytest

from crawler.sections.links import story_links
from tests.sections.outlets import section_pages
from wirewatch.text.urls import canonical

PAGES = list(section_pages())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_gives_its_stories(page):
    found = {link.url for link in story_links(page.html, page.url)}
    stories = {canonical(url) for url in page.stories}
    assert len(found & stories) >= 0.9 * len(stories)
    assert len(found & stories) >= 0.7 * len(found)
