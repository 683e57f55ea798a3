"""Feeds polled a second: Wirewatch beside stock Scrapy, newsboat and lemon24 reader, on the same servers.

Every feed is asked once, as fast as the program can: at its first poll, unchanged (304; or the same body),
and with one new entry. A round is one life of each program; the order changes from round to round.
"""

import argparse
import json
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from polling_contest.contestant import AbsentError, Contestant
from polling_contest.newsboat_peer import Newsboat
from polling_contest.page import write_block
from polling_contest.reader_peer import LemonReader
from polling_contest.report import Result, machine
from polling_contest.rounds import Rounds
from polling_contest.scrapy_peer import StockScrapy
from polling_contest.vetting import vetted
from polling_contest.wirewatch_crawler import Wirewatch

# How many feeds each is given: a second's work or so where nothing changed, so that starting does not count.
_FEEDS = {"wirewatch": 1200, "scrapy": 600, "newsboat": 500, "reader": 200}
# newsboat as many in both: the more it keeps, the longer it loads its cache.
_QUICK = {"wirewatch": 400, "scrapy": 200, "newsboat": 500, "reader": 60}
_REAL = {"wirewatch": 120, "scrapy": 30, "newsboat": 120, "reader": 30}  # thirty times as long
_QUICK_REAL = {"wirewatch": 60, "scrapy": 15, "newsboat": 60, "reader": 15}
_ROUNDS, _REAL_ROUNDS, _QUICK_ROUNDS = 3, 2, 1
_MADE = "Made-up feeds: 30 entries in 12 kB, on 50 hosts"
_REAL_TITLE = "Real feeds, as they were saved"


def _asked(contestants: list[Contestant]) -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="wirewatch bench polling", description=__doc__)
    names = [one.name for one in contestants]
    options.add_argument("--quick", action="store_true", help="one round, fewer feeds: about a minute")
    options.add_argument("--feeds", type=Path, metavar="DIR", help="real feeds too: *.xml and *.xml.gz")
    options.add_argument(
        "--contestant", action="append", choices=names, help="only this one; may be given repeatedly"
    )
    options.add_argument("--json", action="store_true", help="print JSON instead of tables")
    options.add_argument("--docs", type=Path, metavar="FILE", help="write the marked part of this page anew")
    asked = options.parse_args()
    if not sys.platform.startswith("linux"):
        options.error("this benchmark needs Linux: /proc, and all of 127.0.0.0/8")
    return asked


def main() -> int:
    """Measure and tell; 1 if a contestant that is here did not do its work."""
    contestants: list[Contestant] = [Wirewatch(), StockScrapy(), Newsboat(), LemonReader()]
    asked = _asked(contestants)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    result = Result(machine(), datetime.now(UTC))
    chosen = []
    for one in contestants:
        if asked.contestant and one.name not in asked.contestant:
            continue
        try:
            result.versions[one.name] = one.prepare()
        except AbsentError as error:
            result.absent[one.name] = str(error)
        else:
            chosen.append(one)
    rounds = Rounds(chosen)
    counts, times = (_QUICK, _QUICK_ROUNDS) if asked.quick else (_FEEDS, _ROUNDS)
    result.parts[_MADE] = rounds.run(counts, None, times)
    if asked.feeds:
        with tempfile.TemporaryDirectory(prefix="ww-real-") as folder:
            found, used = vetted(asked.feeds, Path(folder))
            title = f"{_REAL_TITLE} ({used} of {found}: those that feedparser reads without complaint)"
            if used:
                counts, times = (_QUICK_REAL, _QUICK_ROUNDS) if asked.quick else (_REAL, _REAL_ROUNDS)
                result.parts[title] = rounds.run(counts, Path(folder), times)
            else:
                rounds.failures.append(f"no feed in {asked.feeds} can take part")
    result.failures = rounds.failures
    print(json.dumps(result.as_json(), indent=2) if asked.json else result.as_text())
    if asked.docs:
        write_block(asked.docs, result)
    return 1 if result.failures else 0


if __name__ == "__main__":
    sys.exit(main())
