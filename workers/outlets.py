"""Stories in the light of what their outlets' other stories carry.

What is decided on it is decided in :mod:`workers.read.furniture`, without I/O.
"""

from collections.abc import Callable, Sequence

from wirewatch.models import Page, Story
from wirewatch.store.furniture import Furniture
from wirewatch.text.urls import site
from workers.read.furniture import cleared, noted


def without_repeats(furniture: Furniture, stories: Sequence[Story]) -> list[Story]:
    """Stories that were read well, noted among their outlets' and without what those repeat.

    Done again, after a kill, it notes nothing twice; it may know more of an outlet by then.
    """
    return cleared(stories, furniture.note([noted(story) for story in stories]))


def learn_from_one(furniture: Furniture, pages: Sequence[Page], read: Callable[[Page], Story | None]) -> bool:
    """Read one of some pages that were screened out, if too little is known of its outlet; whether it was.

    An outlet of which little matches would else stay unknown, and its first match be read without a
    memory. It costs an outlet some twelve readings a month, while no story waits.

    Args:
        furniture: the outlets' memory.
        pages: that were screened out.
        read: gives None of a page that cannot be read.
    """
    by_site = {site(page.url): page for page in pages if page.html is not None}
    wanting = furniture.wanting(by_site)
    chosen = next((page for name, page in by_site.items() if name in wanting), None)
    if chosen is None:
        return False
    story = read(chosen)
    if story is not None:
        furniture.note([noted(story)])
    return story is not None
