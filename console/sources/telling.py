"""What ``sources add`` says: what became of each address, and what was found there."""

from datetime import datetime, timedelta
from pathlib import Path

from console.sources.discovering import Look
from console.sources.known import Told
from console.tables import relative
from wirewatch.config.settings import Settings
from wirewatch.models import now
from wirewatch.store.polls import Poll

_ANYWAY = "or say with --kind what it is, and it is added all the same"


def words(told: Told, look: Look | None, settings: Settings, config: Path) -> str:
    """What became of an address.

    Args:
        told: what did.
        look: at it; None: it was not looked at.
        settings: whose backfill window a first poll had.
        config: their file.
    """
    url = told.named
    alias = "" if told.source.url == url else f" (watched as {told.source.url})"
    match told.word:
        case "file":
            return f"{url}: known already; it stands in {config}, whose options count{alias}"
        case "known":
            return f"{url}: known already; nothing changed{alias}"
        case "changed":
            return f"{url}: known already; its options are changed{alias}"
        case "refused":
            return f"{url}: not added: {_lacks(look)}, {_ANYWAY}"
    found = _found(told, look)
    if told.polled and look is not None and look.first_poll is not None:
        found += _polled(look, look.first_poll, settings.polling.backfill, now())
    return f"{url}: added; {found}"


def _lacks(look: Look | None) -> str:
    if look is None or not look.feeds:
        return "a web page with neither feeds nor links that look like stories; name another"
    which = "its feed" if len(look.feeds) == 1 else "one of its feeds"
    return f"none of its links looks like a story's; name {which}"


def _found(told: Told, look: Look | None) -> str:
    if told.source.kind:
        return f"as a {told.source.kind}"
    if look is None:
        return "its page calls it a feed"
    if look.what == "section" and look.trouble:
        return f"a section page, but for now: {look.trouble}"
    return {
        "feed": "a feed",
        "sitemap": "a news sitemap",
        "section": "a section page, whose links are watched",
        "story": "but it is the page of a single story, so its polls will fail: name a section or a feed",
    }.get(look.what or "", f"what it is will be found out at the first poll, for now: {look.trouble}")


def _polled(look: Look, poll: Poll, backfill: timedelta, moment: datetime) -> str:
    """What the first poll found, and when the next one is."""
    one, many = ("story", "stories") if look.what == "section" else ("entry", "entries")
    text = f": {look.entries:,} {one if look.entries == 1 else many}"
    dated = [entry for entry in poll.entries if entry.published or entry.updated]
    if dated:
        young = sum(entry.id not in poll.silent for entry in dated)
        text += f", {young:,} of them from the last {backfill / timedelta(hours=1):g} h"
    return f"{text}; next poll {relative(poll.next_due, moment)}"
