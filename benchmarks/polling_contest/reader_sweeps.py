"""lemon24 reader, in an environment of its own: ``reader_sweeps.py DATABASE WORKERS``.

The first line of standard input is a JSON list of addresses; each further line is a sweep, answered by a line
of JSON. What is called is its public ``update_feeds``, on a database on disk.
"""

import json
import logging
import resource
import sys
import time

from reader import make_reader


def main() -> None:
    """Sweep whenever a line comes."""
    # A sweep that has a failing feed is told by its counts; reader's own words are not for the report.
    logging.getLogger("reader").setLevel(logging.CRITICAL)
    reader = make_reader(sys.argv[1])
    for url in json.loads(sys.stdin.readline()):
        reader.add_feed(url)
    known = 0
    for _ in sys.stdin:
        spent = time.process_time()
        reader.update_feeds(scheduled=False, workers=int(sys.argv[2]))
        ended, spent = time.monotonic(), time.process_time() - spent
        total = reader.get_entry_counts().total or 0
        told = {
            "ended": ended,
            "cpu_s": spent,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
            "entries": total - known,
            "failed": reader.get_feed_counts(broken=True).total,
        }
        known = total
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
