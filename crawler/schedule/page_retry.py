"""When a page that did not come is asked for again: pure decision."""

from datetime import timedelta

# A story must not wait long for a page that will not come: after these it is decided on the feed's text.
PAUSES = (timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=15))
LONGEST_WAIT = timedelta(seconds=30)


def pause_before_retry(
    tries_in_vain: int, retry_after: timedelta | None, *, once: bool, hung: bool = False
) -> timedelta | None:
    """The pause before the next try, or None to give the page up.

    Args:
        tries_in_vain: including the one that just failed; at least 1.
        retry_after: what the server asked for.
        once: a one-off crawl, whose user waits: one quick retry.
        hung: it did not answer in time, which has cost the story the most already: one quick retry.
    """
    pauses = PAUSES[:1] if once or hung else PAUSES
    if tries_in_vain > len(pauses):
        return None
    pause = pauses[tries_in_vain - 1]
    if retry_after is None:
        return pause
    if retry_after > LONGEST_WAIT:
        return None
    return max(pause, retry_after)
