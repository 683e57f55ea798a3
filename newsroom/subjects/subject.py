"""What a subject is: the templates from which stories about one thing are composed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """A declaration of one subject; see :mod:`newsroom.vocabulary` for how its templates are written.

    Attributes:
        name: what the subject is called in the truth.
        section: the section of an outlet that carries it.
        roles: who speaks in its stories, two or more.
        titles: headlines, one for each of the leads.
        leads: first sentences, each ending in a full stop.
        sentences: the rest, in any order.
        topic: the topic for which its stories alert, or None.
        title_tails: what a headline about something else adds to be about this too.
        lead_tails: the same for a first sentence.
    """

    name: str
    section: str
    roles: tuple[str, ...]
    titles: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]
    topic: str | None = None
    title_tails: tuple[str, ...] = ()
    lead_tails: tuple[str, ...] = ()
