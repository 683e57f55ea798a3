"""Work in a process of its own: what overruns its bounds or breaks it, and what then becomes of the rest."""

import ctypes
import faulthandler
import os
import re
import signal
import time
from multiprocessing.connection import wait

import pytest

from workers import confined
from workers.confined import BrokenReaderError, Confined, Overrun


def for_ever():
    while True:
        pass


def crash():
    faulthandler.disable()
    ctypes.string_at(0)


def fail():
    raise ValueError("a stranger's page")


WORK = {
    "loop": for_ever,
    "loop in C": lambda: re.match(r"(a+)+$", "a" * 60 + "b"),
    "sleep": lambda: time.sleep(600),
    "memory": lambda: len(bytearray(10**9)),
    "raise": fail,
    "crash": crash,
    "end": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "who": os.getpid,
    "parent": os.getppid,
}


def work(item):
    return WORK[item]() if item in WORK else item


@pytest.fixture
def reading(monkeypatch):
    monkeypatch.setattr(confined, "TIME_S", 0.2)
    monkeypatch.setattr(confined, "_CLOCK_S", 2.0)
    with Confined(work) as made:
        yield made


def test_items_are_worked_on_one_after_the_other_in_one_process(reading):
    first = reading("who")
    assert first != os.getpid()
    assert [reading(item) for item in ("who", 7, "parent")] == [first, 7, os.getpid()]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("loop", "takes more than 0.2 s to read"),
        ("loop in C", "takes more than 0.2 s to read"),
        ("sleep", "takes more than 2 s by the clock"),
        ("memory", "takes more than 200 MB to read"),
    ],
)
def test_an_item_that_overruns_a_bound_is_told_with_the_reason_and_the_next_goes_on(reading, item, reason):
    assert reading("before") == "before"
    assert reading(item) == Overrun(reason)
    assert reading("after") == "after"


@pytest.mark.parametrize(
    ("item", "words"),
    [("raise", "ValueError: a stranger's page"), ("crash", "ended with -11"), ("end", "ended with -9")],
)
def test_an_item_that_breaks_its_reader_is_an_error_and_the_next_goes_on(reading, item, words):
    with pytest.raises(BrokenReaderError, match=words):
        reading(item)
    assert reading("after") == "after"


def test_time_is_counted_for_each_item_alone(reading):
    def busy():
        end = time.process_time() + 0.05
        while time.process_time() < end:
            pass

    with Confined(lambda _: busy()) as made:
        assert [made(number) for number in range(8)] == [None] * 8


def test_the_process_ends_with_its_last_item(reading):
    with Confined(work) as made:
        handle = os.pidfd_open(made("who"))
    assert wait([handle], timeout=10)
    os.close(handle)
