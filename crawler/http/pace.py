"""How fast a host is asked: Scrapy's download slots, slowed to what a robots.txt asks for.

A slot is made when a host is asked, and dropped a minute after its last request. What is set in
``per_slot_settings`` is what each new one begins with; a living one is changed itself.
"""

from time import monotonic

from scrapy.core.downloader import Downloader

LONGEST_DELAY_S = 30.0  # some files say 86400, and mean "go away" where Disallow has a meaning


def set_delay(downloader: Downloader, host: str, delay_s: float | None) -> None:
    """Ask a host one thing at a time, with a pause from one request's begin to the next one's.

    Args:
        downloader: Scrapy's.
        host: the name of its slot.
        delay_s: what the host's robots.txt asks for, at most 30 s of it; None or 0: as any other host.
    """
    if not delay_s or delay_s <= 0:
        if downloader.per_slot_settings.pop(host, None) is not None and host in downloader.slots:
            slot = downloader.slots[host]
            slot.concurrency, slot.delay = downloader.domain_concurrency, 0.0
        return
    delay_s = min(delay_s, LONGEST_DELAY_S)
    downloader.per_slot_settings[host] = {"concurrency": 1, "delay": delay_s, "jitter": 0.0}
    if (living := downloader.slots.get(host)) is not None:
        living.concurrency, living.delay, living.jitter = 1, delay_s, 0.0


def expected_wait_s(downloader: Downloader, host: str, ahead: int = 0) -> float:
    """How long a request to a host would wait before it is sent, as far as its delay decides that.

    What a host without a delay will take for the requests before it is not known, and not counted.

    Args:
        downloader: Scrapy's.
        host: the name of its slot.
        ahead: how many more requests come before it than are in the slot.
    """
    slot = downloader.slots.get(host)
    if slot is None:
        return float(downloader.per_slot_settings.get(host, {}).get("delay", 0.0)) * ahead
    if not slot.delay:
        return 0.0
    pause = max(0.0, slot.lastseen + slot.delay - monotonic())
    return pause + slot.delay * (len(slot.queue) + ahead)
