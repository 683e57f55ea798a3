"""The life of a subscription, without I/O: wanted, asked, verified, renewed, left, denied.

    wanted ──ask──► asked ──hub asks back──► verified ──at 4/5 of the lease──► asked anew, under a new address
                      │ refused, or silent for an hour: a pause, then the next hub
                      ▼
    and the one before ──once the new one is verified, or none is wanted──► leaving ──► gone

A lease that ends without a new one ends the pushes, and the source is polled as before. Each step is written
to the store before its request goes out: hubs ask back while they are being asked.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from w3lib.url import safe_url_string

from crawler.websub.hubs import candidates, may_be_told_secret
from wirewatch.store.subscriptions import Callback, CallbackState, Subscription, Wanted

LEASE = timedelta(days=10)
"""What hubs are asked for; the recommendation calls it a good default."""

ANSWER_WITHIN = timedelta(hours=1)
"""Until then a hub may ask back: it may look at the topic first, and some do so in batches."""

_DEFAULT_LEASE = timedelta(days=1)  # of a hub that says none, against the recommendation
_LONGEST_LEASE = timedelta(days=30)
_SHORTEST = timedelta(minutes=1)  # a hub that leases for seconds is not asked every few seconds
_NEXT_HUB = timedelta(seconds=15)
_PAUSES = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480)),
    timedelta(days=1),
)
_MOST_LEAVES = 3


def settled(
    subscription: Subscription, wanted: Wanted | None, base: str | None, now: datetime
) -> Subscription:
    """The subscription after what time alone has done to it: leases ended, hubs did not answer.

    Args:
        subscription: as it was read.
        wanted: what the source names; None: it is watched no more, or has no hub.
        base: the address under which callbacks are reached; those under another are lost.
        now: this moment.
    """
    if subscription.base != (base or ""):
        return Subscription()
    for callback in subscription.callbacks:
        late = now >= callback.asked + ANSWER_WITHIN
        if callback.state is CallbackState.ASKED and late and wanted is not None:
            subscription = failed(subscription, callback.token, "the hub did not ask back", wanted.hubs, now)
    kept = tuple(one for one in subscription.callbacks if _lives(one, wanted, now))
    if wanted is None:
        return Subscription(base=subscription.base, callbacks=kept) if kept else Subscription()
    return _with(subscription, callbacks=kept)


def _lives(callback: Callback, wanted: Wanted | None, now: datetime) -> bool:
    if callback.ends is not None and callback.ends <= now:
        return False
    if callback.state is CallbackState.ASKED:
        return wanted is not None
    tired = callback.asks >= _MOST_LEAVES and now >= callback.asked + ANSWER_WITHIN
    return not (callback.state is CallbackState.LEAVING and tired)


def asked(
    subscription: Subscription, hub: str, topic: str, token: str, secret: str, base: str, now: datetime
) -> Subscription:
    """The subscription with a new callback, before its hub is asked."""
    callback = Callback(
        token=token,
        url=f"{base}/websub/{token}",
        hub=hub,
        topic=topic,
        secret=secret if may_be_told_secret(hub) else "",
        asked=now,
    )
    # One that waits for another hub's answer, from before the source named this one, is given up.
    kept = tuple(one for one in subscription.callbacks if one.state is not CallbackState.ASKED)
    return _with(subscription, base=base, callbacks=(*kept, callback))


def leaving(subscription: Subscription, token: str, now: datetime) -> Subscription:
    """The subscription before a hub is asked to push no more to a callback."""
    return _with(
        subscription,
        callbacks=tuple(
            one.model_copy(update={"state": CallbackState.LEAVING, "asked": now, "asks": one.asks + 1})
            if one.token == token
            else one
            for one in subscription.callbacks
        ),
    )


def failed(
    subscription: Subscription, token: str, why: str, hubs: Sequence[str], now: datetime
) -> Subscription:
    """The subscription after a hub refused, or did not answer; one that was verified meanwhile stays."""
    callback = _callback(subscription, token)
    if callback is None or callback.state is not CallbackState.ASKED:
        return subscription
    return _without(subscription, callback, why, len(candidates(hubs)), now)


def verified(
    subscription: Subscription, token: str, topic: str, lease: timedelta | None, now: datetime
) -> Subscription | None:
    """The subscription after a hub asked whether we mean it; None: we do not, and it must be told so.

    A hub may ask again: it lost our answer, or makes sure of what it has.
    """
    callback = _callback(subscription, token, topic)
    if callback is None or callback.state is CallbackState.LEAVING:
        return None
    given = min(lease, _LONGEST_LEASE) if lease is not None and lease > timedelta(0) else _DEFAULT_LEASE
    changed = callback.model_copy(
        update={"state": CallbackState.VERIFIED, "begins": now, "ends": now + given, "asks": 0}
    )
    callbacks = tuple(changed if one is callback else one for one in subscription.callbacks)
    if callback.state is CallbackState.VERIFIED:
        return _with(subscription, callbacks=callbacks)
    return Subscription(base=subscription.base, callbacks=callbacks, not_before=now + _SHORTEST)


def left(subscription: Subscription, token: str, topic: str) -> Subscription | None:
    """The subscription after a hub asked whether we mean to leave; None: we do not."""
    callback = _callback(subscription, token, topic)
    if callback is None or callback.state is not CallbackState.LEAVING:
        return None
    return _with(subscription, callbacks=tuple(one for one in subscription.callbacks if one is not callback))


def denied(
    subscription: Subscription, token: str, topic: str, reason: str, now: datetime
) -> Subscription | None:
    """The subscription after a hub said that it will not push, or no longer; None: not its to say."""
    callback = _callback(subscription, token, topic)
    if callback is None:
        return None
    if callback.state is CallbackState.LEAVING:
        return left(subscription, token, topic)
    words = f"the hub denied it: {reason}" if reason else "the hub denied it"
    without = _without(subscription, callback, words, 1, now)
    return _with(without, not_before=now + spread(_PAUSES[-1], token))


def _without(
    subscription: Subscription, callback: Callback, why: str, hubs: int, now: datetime
) -> Subscription:
    failures = subscription.failures + 1
    rounds, untried = divmod(failures, hubs)
    pause = _NEXT_HUB if untried else _PAUSES[min(rounds, len(_PAUSES)) - 1]
    return Subscription(
        base=subscription.base,
        callbacks=tuple(one for one in subscription.callbacks if one is not callback),
        failures=failures,
        not_before=now + spread(pause, callback.token),
        trouble=why,
    )


def _callback(subscription: Subscription, token: str, topic: str | None = None) -> Callback | None:
    for one in subscription.callbacks:
        if one.token == token:
            return one if topic is None or _spelt(topic) == _spelt(one.topic) else None
    return None


def _spelt(topic: str) -> str:
    """Hubs write what is not ASCII in their own way."""
    try:
        return safe_url_string(topic)
    except ValueError:
        return topic


def spread(pause: timedelta, token: str) -> timedelta:
    """A tenth sooner at most, so that what was asked together is not asked together again and again."""
    dice = int.from_bytes(hashlib.blake2b(token.encode(), digest_size=4).digest()) / 2**32
    return pause * (1 - dice / 10)


def _with(subscription: Subscription, **facts: object) -> Subscription:
    return subscription.model_copy(update=facts)
