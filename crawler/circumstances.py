"""When and how a poll is judged."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and how a poll is judged.

    Attributes:
        backfill: at a first poll, how old a story may be to be told.
        once: a one-off crawl, which tells everything it finds.
    """

    now: datetime
    backfill: timedelta
    chance: random.Random
    once: bool = False
