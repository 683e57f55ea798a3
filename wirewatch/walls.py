"""What stands between a reader and a story, by kind."""

from enum import StrEnum


class Wall(StrEnum):
    """A page that came instead of the story. The value is the word for people."""

    CHALLENGE = "bot challenge"
    CONSENT = "consent wall"
    ERROR = "soft error"  # "not found", with a status that says otherwise
    LOGIN = "login wall"
    QUEUE = "waiting room"
    REGION = "region block"
    APP = "app wall"
    SCRIPT = "needs JavaScript"
    ELSEWHERE = "leads elsewhere"

    @property
    def counter(self) -> str:
        """The name of its counter in the store: ``wall_challenge``."""
        return f"wall_{self.name.lower()}"
