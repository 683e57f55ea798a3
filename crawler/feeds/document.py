"""What a feed's document says."""

from dataclasses import dataclass, field

from crawler.entries import Item
from crawler.schedule.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of a document.

    Attributes:
        version: 8 bytes: a hash of the entry's text as the document has it, and of what it inherits.
        item: None where the version was known, so that it was not read again.
    """

    version: bytes
    item: Item | None


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed's document.

    Attributes:
        title: of the feed itself, plain text.
        link: absolute address of the site, or "".
        parts: its entries in its order, at most 5,000.
        wishes: when it wants to be asked.
        hubs: WebSub hubs that it names: absolute http(s) addresses, at most 5.
        topic: the absolute http(s) address by which hubs know it.
        route: "split" if only its unknown entries were read, "whole" if all of it.
        whole_because: why all of it was read, a short word: "first" where none of it was known.
    """

    title: str = ""
    link: str = ""
    language: str | None = None
    parts: tuple[Part, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    hubs: tuple[str, ...] = ()
    topic: str | None = None
    route: str = "whole"
    whole_because: str | None = None

    @property
    def items(self) -> list[Item]:
        """Those of the parts that were read."""
        return [part.item for part in self.parts if part.item is not None]
