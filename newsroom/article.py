"""A story as one outlet publishes it."""

from dataclasses import dataclass
from enum import StrEnum

from newsroom.outlets import Outlet
from newsroom.stories import Story


class Trouble(StrEnum):
    """What is wrong with an article's page."""

    NONE = "none"
    BUSY = "busy"
    """It answers 503 twice, then 200."""
    GONE = "gone"
    """It always answers 404; the feed tells enough."""


@dataclass(frozen=True, slots=True)
class Article:
    """A story at an address.

    Attributes:
        outlet: who publishes it.
        path: its address on the outlet's host.
        url: its whole address.
        story: what it says.
        offset_s: when it is published, in seconds of the plan; below zero if it is old.
        family: the story and all of its copies have one family.
        number: the outlet's number for it.
        copy_of: the address of the wire story that it copies.
        trouble: what is wrong with its page.
    """

    outlet: Outlet
    path: str
    url: str
    story: Story
    offset_s: float
    family: str
    number: int
    copy_of: str | None = None
    trouble: Trouble = Trouble.NONE

    @property
    def old(self) -> bool:
        """Whether it was published before the plan began, and so must not alert."""
        return self.offset_s < 0

    @property
    def feed_url(self) -> str:
        """The address as the outlet's feed spells it."""
        return f"{self.url}?utm_source=rss&utm_medium=feed" if self.outlet.tracking else self.url
