"""Pages on their way to the workers, gathered for some milliseconds so that one job carries several."""

import asyncio
import logging

from redis import Redis
from redis.exceptions import RedisError

from wirewatch.models import Page
from wirewatch.store.handover import hand_over

logger = logging.getLogger(__name__)

# A forked work-horse costs some 10 ms, a story some 5 to 40: batches pay, but must not grow so large that
# one worker holds what two could share.
MOST_IN_BATCH = 8
GATHER_S = 0.02
_TRY_AGAIN_S = 1.0
_MOST_BYTES = 32 * 1024 * 1024
_MOST_PAGES = 512


class Handover:
    """Door B as the crawler uses it: add pages; they reach the queue within moments."""

    def __init__(self, connection: Redis) -> None:
        self._connection = connection
        self._pages: list[Page] = []
        self._filled = asyncio.Event()
        self._task = asyncio.create_task(self._run())
        self._idle = asyncio.Event()
        self._idle.set()
        self._closing = False

    @property
    def is_full(self) -> bool:
        """Whether so much waits that no more should be fetched: the store is slower than the web."""
        size = sum(len(html) for page in self._pages for html in (page.html or b"", *page.further))
        return len(self._pages) > _MOST_PAGES or size > _MOST_BYTES

    def add(self, page: Page) -> None:
        """Hand a page over soon."""
        self._pages.append(page)
        self._idle.clear()
        self._filled.set()

    async def flush(self) -> None:
        """Return when everything added is handed over."""
        await self._idle.wait()

    async def close(self) -> None:
        """Hand over what is left, and end."""
        self._closing = True
        self._filled.set()
        await self._task

    async def _run(self) -> None:
        unsure = False  # whether the next pages were handed over before
        alone = 0  # so many of the next pages go one by one
        while True:
            if not self._pages:
                self._filled.clear()
                self._idle.set()
                if self._closing:
                    return
                await self._filled.wait()
                continue
            if len(self._pages) < MOST_IN_BATCH and not self._closing:
                await asyncio.sleep(GATHER_S)
            size = 1 if alone else MOST_IN_BATCH
            alone = max(alone - 1, 0)
            batch, self._pages = self._pages[:size], self._pages[size:]
            try:
                # RQ speaks to Redis synchronously; compressing leaves the interpreter's lock as well.
                await asyncio.to_thread(hand_over, self._connection, batch, again=unsure)
                unsure = False
            except RedisError as error:
                # Nothing is lost: until they are handed over the entries stay claimed in the store.
                logger.warning("the store takes no pages (%s); trying again", error)
                self._pages, unsure = batch + self._pages, True
                if self._closing:
                    return
                await asyncio.sleep(_TRY_AGAIN_S)
            except Exception:
                # One page that cannot be stored must not keep back all others, here and for ever after.
                if len(batch) > 1:
                    self._pages, alone = batch + self._pages, len(batch)
                else:
                    logger.exception("%s cannot be handed over; it stays claimed", batch[0].url)
