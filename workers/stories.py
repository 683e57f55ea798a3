"""From a page to its story and the topics that it matches: no more is read than may matter. Without I/O."""

from dataclasses import dataclass

from wirewatch.models import Match, Page, Story
from wirewatch.walls import Wall
from workers.match.matcher import match_story
from workers.match.screen import Screen
from workers.read.reader import read
from workers.read.screen import whole_text


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page, and the story that was read of it.

    Attributes:
        whole: the page was read, and not only what the feed says.
        worth: a topic may match.
        wall: what came instead of the page.
        set_aside: the page could not be read.
    """

    page: Page
    story: Story
    whole: bool = False
    worth: bool = True
    wall: Wall | None = None
    set_aside: bool = False


def read_if_worth(screen: Screen, page: Page) -> ReadPage:
    """The story of a page; a page that no topic can match is not fully read.

    A page whose entry names no title is read all the same: its story would be nameless.
    """
    if page.html is not None and page.entry.title and not screen.possible(whole_text(page)):
        unread = page.model_copy(update={"html": None, "reason": "screened out"})
        return ReadPage(page, read(unread).story, worth=False)
    found = read(page)
    return ReadPage(page, found.story, whole=page.html is not None and found.wall is None, wall=found.wall)


def match(screen: Screen, story: Story) -> list[Match]:
    """The topics that a story matches."""
    return match_story(screen.possible(f"{story.title}\n{story.summary}\n{story.text}"), story)


def read_and_match(screen: Screen, page: Page) -> tuple[Story, list[Match]]:
    """The story of a page and the topics that it matches, without a memory of its outlet."""
    one = read_if_worth(screen, page)
    return one.story, match(screen, one.story) if one.worth else []
