"""The jobs that RQ runs: a batch of stories decided, an alert delivered. Both may be run twice."""

import asyncio
import logging
from dataclasses import replace
from functools import partial

from wirewatch.config.settings import Settings
from wirewatch.errors import ConfigError
from wirewatch.ids import DeliveryId, EntryId
from wirewatch.models import Alert, DeliveryState, Match, Page, Story, now
from wirewatch.store.deliveries import Attempt
from wirewatch.store.stories import Signed
from workers.alerts.destinations import build
from workers.alerts.outcome import Outcome
from workers.alerts.retry import next_attempt
from workers.cluster.signature import ALIKE, sign, unsigned
from workers.confined import BrokenReaderError, Confined, Overrun
from workers.context import Context, current
from workers.decide import decide
from workers.outlets import learn_from_one, without_repeats
from workers.read.reader import read_story
from workers.stories import ReadPage, match, read_if_worth

logger = logging.getLogger(__name__)

_TRIES_ALONE = 3


def decide_stories(entry_ids: list[EntryId]) -> None:
    """Read, match and decide what was handed over (door C). What is decided already is passed by.

    A page that takes more time or memory than it may is set aside with its reason, and its story decided on
    the feed's own text; where that takes too much as well, on its headline. A batch that fails is left to the
    sweeper, which brings its stories back one by one; a story that fails alone three times, or kills its
    worker, is set aside likewise; after three more times it is decided on its headline.
    """
    context = current()
    pages = context.stories.take(entry_ids)
    alone = len(entry_ids) == 1
    done: list[ReadPage] = []
    with Confined(partial(read_if_worth, context.screen)) as reading:
        for page in pages:
            context.stories.touch([one.entry.id for one in pages])
            try:
                done.append(_read(context, reading, page, alone=alone))
            except Exception:
                # Whatever a stranger's page does to a parser, the rest of the batch goes on. This one still
                # waits, so the sweeper brings it back alone.
                logger.exception("story %s (%s) could not be read", page.entry.id, page.url)
    if not done:
        return
    done = _without_repeats(context, done)
    matched = []
    with Confined(partial(match, context.screen)) as matching:
        for one in done:
            context.stories.touch([each.page.entry.id for each in done])
            try:
                matched.append((one, _matches(matching, one)))
            except BrokenReaderError:
                logger.exception("story %s (%s) could not be matched", one.page.entry.id, one.page.url)
    clusters = context.stories.join([_signed(one.story, matches) for one, matches in matched], ALIKE)
    moment = now()
    context.stories.record(
        [
            decide(
                one.page.entry,
                one.story,
                cluster,
                matches,
                context.settings,
                moment,
                set_aside=one.set_aside,
                wall=one.wall,
            )
            for (one, matches), cluster in zip(matched, clusters, strict=True)
        ]
    )
    _learn(context, [one.page for one in done if not one.worth])


def _learn(context: Context, pages: list[Page]) -> None:
    """Of an outlet that is little known, read one page that was screened out: nothing waits for it."""
    with Confined(read_story) as reading:

        def read_one(page: Page) -> Story | None:
            story = reading(page)
            return None if isinstance(story, Overrun) else story

        try:
            learn_from_one(context.furniture, pages, read_one)
        except BrokenReaderError:
            logger.warning("a page that was screened out could not be read", exc_info=True)


def _without_repeats(context: Context, done: list[ReadPage]) -> list[ReadPage]:
    """What was read, its stories without what their outlets' other stories carry too."""
    stories = iter(without_repeats(context.furniture, [one.story for one in done if one.whole]))
    return [replace(one, story=next(stories)) if one.whole else one for one in done]


def _signed(story: Story, matches: list[Match]) -> Signed:
    """The fingerprint of a story that matched: the copies of others are of no interest, and 5 kB each."""
    return sign(story) if matches else unsigned(story)


def _matches(matching: Confined[Story, list[Match]], one: ReadPage) -> list[Match]:
    """The topics that a story matches; where its text takes too long, those that its headline does."""
    if not one.worth:
        return []
    found = matching(one.story)
    if isinstance(found, Overrun):
        logger.warning("story %s is matched by its headline: %s", one.story.id, found.reason)
        found = matching(one.story.model_copy(update={"text": ""}))
    return [] if isinstance(found, Overrun) else found


def _read(context: Context, reading: Confined[Page, ReadPage], page: Page, *, alone: bool) -> ReadPage:
    tries = context.stories.begin_alone(page.entry.id) if alone else 1
    reason = f"it failed or killed its worker {tries - 1} times"
    if tries <= _TRIES_ALONE:
        outcome = reading(page)
        if not isinstance(outcome, Overrun):
            return outcome
        reason = outcome.reason  # as often as it is tried
    logger.warning("story %s (%s) is set aside: %s", page.entry.id, page.url, reason)
    context.stories.set_aside(page, reason)
    without = page.model_copy(update={"html": None, "further": (), "reason": reason})
    if tries <= 2 * _TRIES_ALONE:
        outcome = reading(without)
        if not isinstance(outcome, Overrun):
            return replace(outcome, page=page, set_aside=True)
    # It is the feed's own text that cannot be read.
    entry = page.entry.model_copy(update={"summary": "", "content": ""})
    bare = read_if_worth(context.screen, without.model_copy(update={"entry": entry}))
    return replace(bare, page=page, set_aside=True)


def deliver(delivery_id: DeliveryId) -> None:
    """Tell one destination of an alert, of all that its digest gathered, or of a notice (door D)."""
    context = current()
    attempt = context.deliveries.begin(delivery_id)
    if attempt is None:
        return
    try:
        outcome = asyncio.run(send(context.settings, context, attempt))
    except Exception as error:  # an attempt that never ends, by RQ's time limit too, would be made for ever
        logger.exception("delivery %s", attempt.id)
        outcome = Outcome("retry", f"failed: {type(error).__name__}")
    _end(context, attempt, outcome)


async def send(settings: Settings, context: Context, attempt: Attempt) -> Outcome:
    """One attempt; a destination that was taken out of the configuration refuses."""
    try:
        sender = build(attempt.destination, settings)
    except ConfigError as error:
        return Outcome("refused", "no such destination", str(error))
    if attempt.notice is not None:
        return await sender.send_notice(attempt.notice, attempt.id)
    alerts = [_with_copies(context, alert) for alert in attempt.alerts]
    if attempt.is_digest:
        return await sender.send_digest(alerts, attempt.id)
    return await sender.send(alerts[0], attempt.id)


def _with_copies(context: Context, alert: Alert) -> Alert:
    known = context.stories.copies(alert.cluster, alert.story.id)
    return alert.model_copy(update={"copies": context.deliveries.settle_copies(alert.id, known)})


def _end(context: Context, attempt: Attempt, outcome: Outcome) -> None:
    if outcome.kind == "delivered":
        context.deliveries.end(attempt.id, DeliveryState.DELIVERED, outcome.status, outcome.answer)
        return
    due = next_attempt(attempt.made_before + 1, outcome, now(), context.chance)
    words = f"{attempt.destination}: {outcome.status} {outcome.answer[:200]}"
    if due is None:
        logger.warning("delivery %s parked: %s", attempt.id, words)
        context.deliveries.end(attempt.id, DeliveryState.PARKED, outcome.status, outcome.answer)
        return
    logger.info("delivery %s: %s; again at %s", attempt.id, words, due.isoformat(timespec="seconds"))
    context.deliveries.end(attempt.id, DeliveryState.WAITING, outcome.status, outcome.answer, due)
