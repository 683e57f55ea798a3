"""Whether a server is believed when it says that nothing has changed."""

from datetime import datetime, timedelta

from crawler.schedule.rhythm import Rhythm
from crawler.schedule.silence import worth_full_request
from crawler.sitemap_index import from_text
from wirewatch.store.sources import SourceState

_NOT_BELIEVED_FOR = timedelta(days=30)


def is_full_request(state: SourceState, now: datetime) -> bool:
    """Whether to ask without validators: at first, and rarely where a server may answer 304 for ever."""
    if not has_validators(state) or is_disbelieved(state, now):
        return True
    return worth_full_request(Rhythm.from_text(state.rhythm), state.last_new, state.last_full, now)


def has_validators(state: SourceState) -> bool:
    """Whether it, or a sitemap of an index, can be asked whether it has changed."""
    own = bool(state.etag or state.last_modified)
    return own or any(sitemap.validators for sitemap in from_text(state.documents))


def is_disbelieved(state: SourceState, now: datetime) -> bool:
    """Whether it was caught at a lie within the last month."""
    return state.lied is not None and now - state.lied < _NOT_BELIEVED_FOR
