"""Crawlers and their store, killed again and again while stories come: nothing is lost, nothing comes twice.

``make chaos`` runs them at full length. What was killed when depends on the seed, but processes do not repeat
themselves to the millisecond: a failure may need more than one run to come again.
"""

import os
import random
import subprocess
import time
from contextlib import contextmanager

import pytest

# By default what an ordinary test run can bear.
STORIES = int(os.environ.get("CHAOS_STORIES", "300"))
KILLS = int(os.environ.get("CHAOS_KILLS", "8"))
SEED = int(os.environ.get("CHAOS_SEED", "1"))


@pytest.fixture
def chance():
    return random.Random(SEED)


@contextmanager
def told_if_it_fails(crawlers):
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(crawlers.log())
        raise
    finally:
        held = [(len(death.in_flight), death.fetching) for death in crawlers.deaths]
        print(
            f"seed {SEED}, {time.monotonic() - begun:.0f} s; polls and pages in the hands of the dead: {held}"
        )


@pytest.mark.timeout(300)
def test_crawlers_killed_at_random_hand_every_entry_over_once(make_wire, make_crawlers, run, checks, chance):
    sites = make_wire(feeds=24, quiet=24, chance=chance)
    crawlers = make_crawlers(sites)
    with told_if_it_fails(crawlers):
        crawlers.start("one")
        run(sites, crawlers, chance).go(STORIES, KILLS, store_kills=KILLS // 6)
        crawlers.stop()
        checks(sites, crawlers).all()


@pytest.mark.timeout(300)
def test_a_host_has_one_owner_among_crawlers_that_are_killed(make_wire, make_crawlers, run, checks, chance):
    sites = make_wire(feeds=24, quiet=8, chance=chance)
    crawlers = make_crawlers(sites)
    with told_if_it_fails(crawlers):
        crawlers.start("even", "0/2")
        crawlers.start("odd", "1/2")
        run(sites, crawlers, chance).go(STORIES // 2, KILLS // 2)
        crawlers.stop()
        check = checks(sites, crawlers)
        check.all()
        check.every_host_is_asked_by_one_owner({"even", "odd"})


@pytest.mark.timeout(300)
def test_answers_of_the_store_that_are_lost_make_nothing_come_twice(
    make_wire, make_crawlers, lose_answers, run, checks, chance
):
    sites = make_wire(feeds=24, quiet=8, chance=chance)
    crawlers = make_crawlers(sites)
    crawlers.min_interval_s = 4  # longer than any answer is waited for: see wirewatch/store/connection.py
    way = lose_answers(sites, crawlers, chance, share=0.1)
    with told_if_it_fails(crawlers):
        crawlers.start("one")
        run(sites, crawlers, chance).go(STORIES // 2)
        crawlers.stop()
        assert way.lost > 10
        checks(sites, crawlers).all()


@pytest.mark.parametrize("shard", ["0/2", "0/1", "2/4"])
def test_a_second_crawler_for_a_host_is_refused_with_the_firsts_process_id(
    make_wire, make_crawlers, until, shard
):
    sites = make_wire(feeds=8)
    crawlers = make_crawlers(sites)
    first = crawlers.start("even", "0/2")
    until(lambda: sites.asked, what="a poll")
    second = subprocess.run(
        crawlers.command("second", shard), capture_output=True, text=True, check=False, timeout=60
    )
    assert second.returncode == 2
    assert f"another crawler, process {first.pid} on " in second.stderr
    assert "Traceback" not in second.stderr
    assert all("second" not in one.agent for one in sites.asked)


def test_a_crawler_that_another_has_replaced_ends(make_wire, make_crawlers, until):
    sites = make_wire(feeds=8)
    crawlers = make_crawlers(sites)
    process = crawlers.start("silent")
    until(lambda: sites.asked, what="a poll")
    crawlers.be_replaced()
    until(lambda: process.poll() is not None, what="its end")
    assert process.returncode == 2
    assert "another crawler, process 1 on elsewhere" in crawlers.log()


def test_a_crawler_ends_when_whom_it_may_reach_was_edited(make_wire, make_crawlers, until):
    sites = make_wire(feeds=8)
    crawlers = make_crawlers(sites)
    process = crawlers.start("one")
    until(lambda: sites.asked, what="a poll")
    config = crawlers.configure("one")
    config.write_text(config.read_text("utf-8").replace("contact: one", "contact: other"), "utf-8")
    until(lambda: process.poll() is not None, what="its end")
    assert process.returncode == 0
