"""Failures as people read them, and what they say against a source."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.http import failures
from crawler.http.answers import failure_words, kind_of, may_pass, retry_after, status_words
from crawler.schedule.failing import Failure
from wirewatch.errors import NotAFeedError

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "words", "kind", "passes"),
    [
        (CannotResolveHostError("x"), "host name not found", Failure.NAME, True),
        (DownloadTimeoutError("x"), "timed out", Failure.TIMEOUT, True),
        (DownloadConnectionRefusedError("x"), "cannot be connected to", Failure.REFUSED, True),
        (ResponseDataLossError("x"), "broke off in the middle", Failure.BROKEN, True),
        (failures.HungUpError("x"), "hung up without an answer", Failure.BROKEN, True),
        (failures.RefusedAddressError("at 10.0.0.1"), "private address: at 10.0.0.1", Failure.UNFIT, False),
        (failures.TooLargeError("larger than 15 MB"), "larger than 15 MB", Failure.UNFIT, False),
        (failures.BadRedirectError("redirects in a circle"), "redirects in a circle", Failure.UNFIT, False),
        (failures.ForbiddenByRobotsError(), "robots.txt forbids it", Failure.FORBIDDEN, False),
        (failures.RobotsUnknownError("robots.txt …"), "robots.txt …", Failure.BUSY, True),
        (failures.CertificateError("its certificate …"), "its certificate …", Failure.TLS, False),
        (NotAFeedError("empty answer"), "empty answer", Failure.NOT_A_FEED, True),
        (RuntimeError("caf\udce9"), "RuntimeError: caf?", Failure.OTHER, True),
        (None, "NoneType: None", Failure.OTHER, True),
    ],
)
def test_a_failure_has_its_words_its_weight_and_its_hope(error, words, kind, passes):
    assert (failure_words(error), kind_of(error), may_pass(error)) == (words, kind, passes)


def test_every_failure_of_ours_has_a_meaning():
    named = [
        kind
        for kind in vars(failures).values()
        if isinstance(kind, type) and kind.__module__ == failures.__name__
    ]
    assert len(named) > 10
    for kind in named:
        error = kind(NOW) if kind is failures.HostPausedError else kind("why")
        assert kind.__name__ not in failure_words(error)


@pytest.mark.parametrize(("status", "words"), [(404, "not there (404)"), (418, "answers 418")])
def test_a_status_as_a_reason(status, words):
    assert status_words(status) == words


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"120", 120),
        (b" 0 ", 0),
        (b"Tue, 24 Nov 2026 21:05:00 GMT", 300),
        (b"Tue, 24 Nov 2020 21:05:00 GMT", 0),
        (b"99999999999999999999", 21_600),
        (b"Tue, 24 Nov 2099 21:05:00 GMT", 21_600),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(header, seconds):
    assert retry_after(header, NOW) == (None if seconds is None else timedelta(seconds=seconds))


@given(st.binary(max_size=60))
def test_no_retry_after_is_too_odd(header):
    asked = retry_after(header, NOW)
    assert asked is None or timedelta(0) <= asked <= timedelta(days=1)
