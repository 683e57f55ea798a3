"""Doors a second on the embedded store: a sync at every write, against one a second.

Each client hands pages over (door B) as fast as it can; what is measured is acknowledged hand-overs.
"""

import argparse
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from crawler.entries import Item, make_entry
from wirewatch.config.settings import Settings, SourceSettings
from wirewatch.config.watched import source_of
from wirewatch.models import Page, now
from wirewatch.store.connection import connect
from wirewatch.store.embedded import server_command, store_url, wait_until_ready
from wirewatch.store.handover import hand_over

_CLIENTS = (1, 4, 16)


def command(folder: Path, policy: str) -> list[str]:
    """The embedded store's own command with another sync policy."""
    words = server_command(folder)
    words[words.index("--appendfsync") + 1] = policy
    return words


def handed_over(url: str, clients: int, seconds: float) -> float:
    """Hand-overs acknowledged a second."""
    source = source_of(Settings(), SourceSettings(url="https://example.org/feed"))
    counts = [0] * clients
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        with connect(url) as connection:
            while time.monotonic() < end:
                item = Item(identity=f"{number}-{counts[number]}", url="https://example.org/a", title="A")
                entry = make_entry(source, item, now=now())
                hand_over(connection, [Page(entry=entry, url=entry.url, html=b"<p>page</p>" * 100)])
                counts[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=3.0, help="how long each cell is measured")
    seconds = options.parse_args().seconds
    rates: dict[str, list[float]] = {}
    for policy in ("everysec", "always"):
        with tempfile.TemporaryDirectory(prefix="ww-bench-") as name:
            folder = Path(name)
            server = subprocess.Popen(command(folder, policy), stdout=subprocess.DEVNULL)  # noqa: S603
            try:
                wait_until_ready(folder, server)
                rates[policy] = [handed_over(store_url(folder), clients, seconds) for clients in _CLIENTS]
            finally:
                server.terminate()
                server.wait()
    print(
        f"{'hand-overs a second':<24}"
        + "".join(f"{clients:>4} client{'s' * (clients > 1):<2}" for clients in _CLIENTS)
    )
    for policy, row in rates.items():
        print(f"{policy:<24}" + "".join(f"{rate:>11.0f}" for rate in row))
    ratios = [always / every for always, every in zip(rates["always"], rates["everysec"], strict=True)]
    print(f"{'always / everysec':<24}" + "".join(f"{ratio:>11.2f}" for ratio in ratios))


if __name__ == "__main__":
    main()
