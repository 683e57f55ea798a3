"""Pages read well: Wirewatch beside trafilatura on the same saved pages, whose truth is known.

How much of each body is found and how much beside it, how many titles, days and authors are exactly right,
how many pages a second; and how many stories a second are decided when few of them are worth reading.
"""

import argparse
import json
import sys
from pathlib import Path

from reading_contest.contest import Contest
from reading_contest.report import Result
from reading_contest.truth import TruthError, load
from reading_contest.worst import worst

_SHIPPED = Path(__file__).with_name("pages")
_ROUNDS, _QUICK_ROUNDS = 3, 1


def _asked() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="wirewatch bench reading", description=__doc__)
    options.add_argument(
        "--pages", type=Path, metavar="DIR", default=_SHIPPED,
        help="a folder of *.html and *.html.gz with a truth.json; default: those that come with Wirewatch",
    )  # fmt: skip
    options.add_argument("--quick", action="store_true", help="read each page once, not three times")
    options.add_argument(
        "--worst", type=int, metavar="N", default=0,
        help="show the N pages that we read worst, with what is missing (-) and what is too much (+)",
    )  # fmt: skip
    options.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options.add_argument("--docs", type=Path, metavar="FILE", help="write the marked part of this page anew")
    return options.parse_args()


def main() -> int:
    """Measure and tell; 1 if a reader failed on a page, 2 if there is nothing to measure on."""
    asked = _asked()
    try:
        folder = load(asked.pages)
        measured = Contest(folder, _QUICK_ROUNDS if asked.quick else _ROUNDS).run()
    except TruthError as error:
        print(error, file=sys.stderr)
        return 2
    title = "Pages that come with Wirewatch" if asked.pages == _SHIPPED else asked.pages.name
    result = Result(title, measured)
    if asked.docs:
        result.write_block(asked.docs)
    print(json.dumps(result.as_json(), indent=2) if asked.json else result.as_text())
    for line in worst(measured, asked.worst) if asked.worst > 0 else ():
        print(line)
    return 1 if measured.failures else 0


if __name__ == "__main__":
    sys.exit(main())
