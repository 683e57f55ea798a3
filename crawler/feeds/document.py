"""What a feed's document says."""

from dataclasses import dataclass, field

from crawler.entries import Item


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed's own title, link and language, and its items in the document's order."""

    title: str = ""
    link: str = ""
    language: str | None = None
    items: list[Item] = field(default_factory=list)
