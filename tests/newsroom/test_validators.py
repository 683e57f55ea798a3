"""Conditional requests, second by second."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from newsroom.validators import Validators

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_body_that_may_change_again_in_this_second_is_not_called_unchanged_in_the_next():
    early = Validators.of(b"one", NOON + timedelta(seconds=0.1), weak=False)
    told = early.headers(NOON + timedelta(seconds=0.2))["Last-Modified"]
    late = Validators.of(b"two", NOON + timedelta(seconds=0.5), weak=False)
    assert not late.satisfied_by({"If-Modified-Since": told})
    assert parsedate_to_datetime(late.headers(NOON + timedelta(seconds=2))["Last-Modified"]) == NOON


@pytest.mark.parametrize(
    ("headers", "satisfied"),
    [
        ({}, False),
        ({"If-None-Match": "*"}, True),
        ({"If-None-Match": '"other"'}, False),
        ({"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, False),
        ({"If-Modified-Since": "Tue, 24 Nov 2026 12:00:00 GMT"}, True),
        ({"If-Modified-Since": "Tue, 24 Nov 2026 11:59:59 GMT"}, False),
        ({"If-Modified-Since": "Tue, 24 Nov 2026 12:00:00 -0000"}, False),
        ({"If-Modified-Since": "yesterday"}, False),
    ],
)
def test_a_copy_is_known_by_its_tag_or_else_by_its_date(headers, satisfied):
    assert Validators.of(b"body", NOON, weak=True).satisfied_by(headers) == satisfied


def test_a_tag_is_compared_weakly():
    strong, weak = (Validators.of(b"body", NOON, weak=weak) for weak in (False, True))
    assert strong.satisfied_by({"If-None-Match": weak.etag})
    assert weak.satisfied_by({"If-None-Match": strong.etag})
