"""When is an alert's next attempt? The schedule of Standard Webhooks 1.0.0, bent by Retry-After."""

from datetime import datetime, timedelta
from random import Random

from workers.alerts.outcome import Outcome

# How long to wait after the first, second, … failed attempt: ten attempts in three days and four hours.
# https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
PLAN = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER = 0.1
ATTEMPTS = len(PLAN) + 1

# These two answers say when the receiver will be ready, which may be sooner than the plan.
_KNOWS_WHEN = {"429", "503"}
# How far an early word moves back in the plan. Ten attempts a second apart would be over before a
# receiver has restarted: one that always says "1 second" gets 1 s, 1 s, 5 s, 5 min, 30 min, ...
_STEPS_BACK = 2


def next_attempt(attempts_made: int, outcome: Outcome, now: datetime, random: Random) -> datetime | None:
    """The time of the next attempt, or None: there is none, and what is not delivered is parked.

    Never sooner than the receiver's Retry-After, never more than 27 hours away (a day and its jitter).

    Args:
        attempts_made: 1 after the first attempt.
        outcome: what came of the last attempt.
        now: aware: when it ended.
        random: where jitter comes from.
    """
    if outcome.kind != "retry" or attempts_made >= ATTEMPTS:
        return None
    step = max(attempts_made, 1) - 1
    asked = outcome.retry_after
    if asked is None:
        return now + PLAN[step] * random.uniform(1 - JITTER, 1 + JITTER)
    if outcome.status in _KNOWS_WHEN:
        step -= _STEPS_BACK
    planned_s = PLAN[step].total_seconds() * random.uniform(1 - JITTER, 1 + JITTER) if step >= 0 else 0.0
    # Jitter on a Retry-After only adds: many alerts told "in a minute" shall not all come back at once.
    return now + timedelta(seconds=max(planned_s, asked * random.uniform(1, 1 + JITTER)))
