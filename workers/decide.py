"""What is decided of a story: which topics it matches, and which alerts that makes. Without I/O."""

from collections.abc import Sequence
from datetime import datetime

from wirewatch.config.settings import Destination, Settings
from wirewatch.ids import ClusterId, alert_id, delivery_id
from wirewatch.models import Alert, Entry, Match, Story
from wirewatch.store.stories import Decision, PlannedDelivery
from wirewatch.text.dates import is_before
from wirewatch.walls import Wall
from workers.alerts.digest import next_window
from workers.alerts.local import MATCHES

SET_ASIDE = "set aside"


def is_old(entry: Entry, story: Story) -> bool:
    """Whether a story is an old one that its source shows now, as far as anybody says.

    Entries that are undated, or that their source dates long ago, carry ``silent_before``: their page's date
    decides.
    """
    if entry.silent_before is None:
        return False
    if story.published is None:
        return entry.silent_if_undated
    return is_before(story.published, entry.silent_before)


def decide(
    entry: Entry,
    story: Story,
    cluster: ClusterId,
    matches: Sequence[Match],
    settings: Settings,
    now: datetime,
    *,
    set_aside: bool = False,
    wall: Wall | None = None,
) -> Decision:
    """The decision about one entry: its alerts, and where each is to be delivered and when."""
    old = is_old(entry, story)
    bare = story.model_copy(update={"text": ""})
    alerts = []
    for match in () if old else matches:
        made = Alert(
            id=alert_id(match.topic, cluster),
            topic=match.topic,
            cluster=cluster,
            story=bare,
            match=match,
            created=now,
        )
        alerts.append((made, tuple(_deliveries(made, settings, now))))
    decided = SET_ASIDE if set_aside else "decided"
    return Decision(
        entry.id,
        story,
        cluster,
        tuple(matches),
        tuple(alerts),
        result="old" if old else decided,
        revision=entry.revision,
        counter=wall.counter if wall is not None else "",
    )


def _deliveries(alert: Alert, settings: Settings, now: datetime) -> list[PlannedDelivery]:
    topic = settings.topics.get(alert.topic)
    names = topic.send if topic is not None and topic.send else (MATCHES,)
    return [_planned(alert, name, settings.destinations.get(name), now) for name in names]


def _planned(alert: Alert, name: str, destination: Destination | None, now: datetime) -> PlannedDelivery:
    """At once, or at the end of the window of a destination that gathers a digest."""
    every = destination.digest if destination is not None else None
    due = next_window(now, every) if every else now
    return PlannedDelivery(delivery_id(alert.id, name), name, due, gathers=every is not None)
