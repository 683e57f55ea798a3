import json
import sys
from pathlib import Path

import pytest

from console.cli import bench

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def test_bench_alone_lists_what_can_be_measured_and_what_for(wirewatch):
    told = wirewatch("bench")
    assert told.code == 0
    listed = dict(line.split(maxsplit=1) for line in told.out.splitlines())
    assert listed["polling"].startswith("Feeds polled a second: Wirewatch beside stock Scrapy")
    assert {"durability", "screening"} <= set(listed)
    assert "plot" not in listed


def test_an_unknown_benchmark_is_refused_with_the_known_ones(wirewatch):
    told = wirewatch("bench", "poling")
    assert told.code == 2
    assert "polling" in told.err


def test_an_installed_package_says_where_the_benchmarks_are(wirewatch, tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "_FOLDER", tmp_path)
    told = wirewatch("bench", "polling")
    assert told.code == 1
    assert "make bench" in told.err


def test_a_benchmark_hears_its_own_options(wirewatch, capfd):
    assert wirewatch("bench", "polling", "--help").code == 0
    assert "--feeds DIR" in capfd.readouterr().out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc and all of 127.0.0.0/8")
def test_wirewatch_polls_the_contests_feeds_and_misses_no_entry(wirewatch, capfd):
    """The contest itself fails where a program skips work; its rates are not looked at here."""
    code = wirewatch("bench", "polling", "--quick", "--contestant", "wirewatch", "--json").code
    told = json.loads(capfd.readouterr().out)
    assert (code, told["failures"]) == (0, [])
    (part,) = told["feeds"].values()
    entries = {case: row["wirewatch"]["new_entries"] for case, row in part["cases"].items()}
    feeds = part["cases"]["first"]["wirewatch"]["feeds"]
    assert entries == {"first": 30 * feeds, "unchanged": 0, "same": 0, "new": feeds}


def test_real_feeds_grow_by_their_first_entry(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from polling_contest.bodies import RealFeed

    feed = RealFeed(b"<rss><channel><item><title>b</title></item><item>a</item></channel></rss>")
    assert feed.body() == b"<rss><channel><item>a</item></channel></rss>"
    assert feed.next_body() == b"<rss><channel><item><title>b</title></item><item>a</item></channel></rss>"
    assert feed.body() == feed.next_body()


def test_a_page_keeps_all_but_the_marked_part(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from datetime import UTC, datetime

    from polling_contest.contest import Measure
    from polling_contest.page import write_block
    from polling_contest.report import Result

    page = tmp_path / "performance.md"
    page.write_text("before\n<!-- polling: begin -->\nold\n<!-- polling: end -->\nafter\n")
    result = Result("a machine", datetime(2026, 11, 25, tzinfo=UTC), {"wirewatch": "Wirewatch"})
    rates = {"wirewatch": 2000.0, "scrapy": 500.0}
    result.parts["Made-up feeds"] = [
        Measure(name, "unchanged", 10, rate, 1.0, 50.0, 0) for name, rate in rates.items()
    ]
    for _ in range(2):  # what was written is replaced in its turn
        write_block(page, result)
    text = page.read_text()
    assert text.startswith("before\n<!-- polling: begin -->\nMeasured on 25 November 2026; a machine.\n")
    assert text.endswith("<!-- polling: end -->\nafter\n")
    assert "unchanged, 304: 4.0 x scrapy, goal 2.5 x: reached" in text
    assert text.count("| unchanged, 304 |") == 2
    assert "2,000/s" in (tmp_path / "polling.svg").read_text()
