"""Where a page shows its title: bylines and days stand below it, on pages without any h1 too."""

from workers.read.body.blocks import Block
from workers.read.document import Document
from workers.read.fields.titles import cuts, is_worded
from workers.read.likeness import key

_MOST_BLOCKS = 3000  # looked through for the title
_NEAR = 12  # blocks below the title: further on the story has begun


def title_block(document: Document) -> Block | None:
    """The block that shows the title: an h1, else one with the title element's words or a part of them."""
    evidence = document.evidence
    blocks = document.blocks[:_MOST_BLOCKS]
    if evidence.headings:
        titles = {heading.text for heading in evidence.headings}
        return next((block for block in blocks if block.tag == "h1" and block.text in titles), None)
    named = {key(part) for part in (evidence.title, *cuts(evidence.title)) if is_worded(part)}
    shown = [block for block in blocks if len(block.text) <= len(evidence.title) and key(block.text) in named]
    return max(shown, key=lambda block: len(block.text), default=None)


def below_title(document: Document) -> list[Block]:
    """The blocks right below the title; none where the page does not show it."""
    title = title_block(document)
    return [] if title is None else document.blocks[title.index + 1 : title.index + 1 + _NEAR]
