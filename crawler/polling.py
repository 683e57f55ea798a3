"""From a source's answer to the record of its poll: a decision without I/O."""

from datetime import timedelta

from crawler.answer import Answer
from crawler.arrivals import arrivals
from crawler.circumstances import Circumstances
from crawler.documents import Document
from crawler.entries import Item, make_entry
from crawler.flags import flag_after_failure
from crawler.good_poll import GoodPoll
from crawler.http.answers import GONE, NOT_MODIFIED, OK, status_words
from crawler.identity import own_id
from crawler.schedule import redirects
from crawler.schedule.failing import Failure, of_status
from crawler.schedule.next_poll import after_failure
from crawler.schedule.redirects import Moving
from crawler.schedule.rhythm import Rhythm
from crawler.unread import Failed, Unread, read_body
from wirewatch.models import Entry
from wirewatch.store.carried import packed, versions_in
from wirewatch.store.clock import to_ms
from wirewatch.store.polls import Poll
from wirewatch.store.sources import SourceState

Read = Document | Failed | None
"""What was read of an answer: None where there was nothing new to read."""


def unread(state: SourceState, answer: Answer) -> Unread | None:
    """The body of an answer that is to be read: None where it is the last document's again."""
    if answer.status != OK or answer.body_hash == state.body_hash:
        return None
    return Unread(
        answer.body,
        answer.url,
        answer.content_type,
        state.kind,
        versions_in(state.carried),
        splits=state.route == "split",
        stories=state.source.stories,
    )


def judge(state: SourceState, answer: Answer, at: Circumstances) -> tuple[Poll, Document | None]:
    """The record of a poll, and the document that was read for it (None where none was)."""
    body = unread(state, answer)
    read = read_body(body) if body is not None else None
    return judge_read(state, answer, read, at), read if isinstance(read, Document) else None


def judge_read(state: SourceState, answer: Answer, read: Read, at: Circumstances) -> Poll:
    """The record of a poll whose answer was read."""
    if answer.status == GONE and state.moved_to is None:
        gone = status_words(GONE)
        return Poll(
            state.source,
            None,
            state.source.max_interval,
            why=gone,
            error=gone,
            forgotten=("hub", "topic"),
            flag="gone",
            because=gone,
        )
    if answer.status not in (OK, NOT_MODIFIED):
        asked = answer.retry_after(at.now)
        return failed(
            state, Failed(status_words(answer.status), of_status(answer.status), asked, answer.status), at
        )
    if answer.status == NOT_MODIFIED and answer.full:
        # It is told nothing that could be the same; taken for a good poll, it would end the first one.
        return failed(state, Failed("answers 304 to a request without validators", Failure.OTHER), at)
    if isinstance(read, Failed):
        return failed(state, read, at)
    if read is not None and read.is_story and not at.once:
        words = "a single story's page: nothing there to watch"
        return failed(state, Failed(words, Failure.NOT_A_FEED), at)
    return GoodPoll(state, answer, at).record(read)


def failed(state: SourceState, failure: Failed, at: Circumstances) -> Poll:
    """The record of a poll that failed for a reason."""
    weight = failure.kind.weight
    trouble = state.trouble + weight
    plan = after_failure(
        state.source,
        trouble=trouble,
        failing_for=at.now - (state.failing_since or at.now),
        retry_after=failure.retry_after,
        now=at.now,
        chance=at.chance,
    )
    gone = failure.status == GONE  # its new address is: the old one may be not
    given_up = gone or redirects.after_failure(Moving.from_text(state.moving), trouble) is None
    flag, because = flag_after_failure(state, failure.reason, html=failure.html, now=at.now)
    return Poll(
        state.source,
        plan.due,
        # The pause to come back to once it answers again.
        state.interval or plan.interval,
        why=plan.why,
        error=failure.reason,
        weight=weight,
        forgotten=("moving", "moved_to") if given_up and state.moving else (),
        flag=flag,
        because=because,
    )


def story_entry(state: SourceState, answer: Answer, at: Circumstances) -> Entry:
    """The entry of a source that is a story's own page."""
    item = Item(identity="", url=answer.url)
    return make_entry(state.source, item, own_id(state.source.id, item), now=at.now)


def judge_push(state: SourceState, push: str, document: Document, at: Circumstances) -> Poll:
    """The record of a push: entries that a hub sent, in a document that may be but a part of the feed."""
    base = state.topic or state.address
    found = arrivals(state, document, base, at.now, at.backfill, partial=True)
    # From now on polls are a check, until one of them finds what no push brought.
    learned: dict[str, str | bytes] = {"pushes": "1"}
    if found.new:
        # What polls find is counted from the last one on; what is pushed comes in between.
        rhythm = Rhythm.from_text(state.rhythm).observed(len(found.new), timedelta(0), at.now)
        learned |= {"last_new": str(to_ms(at.now)), "rhythm": rhythm.to_text()}
    return Poll(
        state.source,
        state.due,
        state.interval or state.source.min_interval,
        learned=learned,
        entries=found.entries,
        silent=found.silent,
        carried=packed(found.carried),  # besides what is carried: it is no news to the next poll
        push=push,
    )
