"""What to do next for a subscription: ask a hub, leave one, or rest. A decision without I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.websub.hubs import candidates
from crawler.websub.lease import ANSWER_WITHIN, spread
from wirewatch.store.subscriptions import Callback, CallbackState, Subscription, Wanted

_RENEW_AT = 0.8
_IDLE = timedelta(days=30)  # a source that has a hub, where hubs cannot reach us


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a hub to push a topic."""

    hub: str
    topic: str


@dataclass(frozen=True, slots=True)
class Leave:
    """Ask a hub to push no more to a callback."""

    callback: Callback


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing to do until then; None: for ever, unless the source gets a hub."""

    until: datetime | None


def look(
    subscription: Subscription, wanted: Wanted | None, base: str | None, now: datetime
) -> Ask | Leave | Rest:
    """What to do next for a settled subscription."""
    ends = [one.ends for one in subscription.callbacks if one.ends is not None]
    if wanted is None or base is None:
        return _leave(subscription.callbacks, ends if wanted is None else [*ends, now + _IDLE], now)
    fitting = [one for one in subscription.callbacks if _fits(one, wanted)]
    verified = [one for one in fitting if one.state is CallbackState.VERIFIED]
    asked = next((one for one in fitting if one.state is CallbackState.ASKED), None)
    current = verified[-1] if verified else None
    at = now if current is None else _renew_at(current)
    if asked is not None:
        at = asked.asked + ANSWER_WITHIN
    elif subscription.not_before is not None:
        at = max(at, subscription.not_before)
    if at <= now:
        hubs = candidates(wanted.hubs)
        first = hubs.index(current.hub) if current else 0
        return Ask(hubs[(first + subscription.failures) % len(hubs)], wanted.topic)
    # What is verified stays good until its successor is: no push may be lost on the way.
    over = [] if current is None else [one for one in subscription.callbacks if one not in (current, asked)]
    return _leave(over, [*ends, at], now)


def _leave(over: Sequence[Callback], moments: Sequence[datetime], now: datetime) -> Leave | Rest:
    """Leave one of those that are over; if all know it, rest until the first of the moments."""
    again = []
    for callback in over:
        again.append(callback.asked + ANSWER_WITHIN)
        if callback.state is not CallbackState.LEAVING or again[-1] <= now:
            return Leave(callback)
    return Rest(min([*moments, *again], default=None))


def _fits(callback: Callback, wanted: Wanted) -> bool:
    return callback.topic == wanted.topic and callback.hub in candidates(wanted.hubs)


def _renew_at(callback: Callback) -> datetime:
    begins, ends = callback.begins or callback.asked, callback.ends or callback.asked
    return begins + spread((ends - begins) * _RENEW_AT, callback.token)
