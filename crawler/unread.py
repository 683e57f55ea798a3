"""A body that is to be read, and what becomes of it: a document, or the reason why there is none."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from crawler.documents import Document, read_document, unzipped
from crawler.http.answers import failure_words
from crawler.schedule.failing import Failure
from wirewatch.errors import NotAFeedError, WebPageError
from wirewatch.models import SourceKind, StoryChoice

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unread:
    """A body that is to be read.

    Attributes:
        url: where it came from, after redirects.
        content_type: of its answer.
        kind: what it should be; None: find out.
        known: the versions of the entries that need no parsing.
        splits: of the last document only what was new had to be parsed.
        stories: which links of a section page its user calls stories.
    """

    body: bytes
    url: str
    content_type: str | None
    kind: SourceKind | None
    known: frozenset[bytes]
    splits: bool = False
    stories: StoryChoice | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a poll failed, in words, and what kind of failure that is.

    Attributes:
        retry_after: how long the server wants to be left alone.
        status: that was answered, where that is the reason.
        html: a web page came where something else was expected.
    """

    reason: str
    kind: Failure
    retry_after: timedelta | None = None
    status: int | None = None
    html: bool = False


def read_body(unread: Unread) -> Document | Failed:
    """Read a body; whatever a stranger's document does to a parser, there is a result.

    A source whose poll is not recorded would stay claimed, and never be polled again.
    """
    try:
        body = unzipped(unread.body)
        return read_document(body, unread.url, unread.content_type, unread.kind, unread.known, unread.stories)
    except NotAFeedError as error:
        return Failed(str(error), Failure.NOT_A_FEED, html=isinstance(error, WebPageError))
    except MemoryError:
        return Failed("needs too much memory to read", Failure.UNFIT)
    except Exception as error:
        logger.exception("%s cannot be read", unread.url)
        return Failed(failure_words(error), Failure.NOT_A_FEED)
