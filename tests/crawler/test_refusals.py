"""Answers that say themselves what stands before a page."""

from datetime import UTC, datetime

import pytest
from scrapy.http import HtmlResponse

from crawler.entries import Item, make_entry
from crawler.identity import own_id
from crawler.refusals import refusal
from wirewatch.walls import Wall

URL = "https://outlet.example/politics/harbour-toll"


@pytest.fixture
def refused(source):
    item = Item(URL, URL)
    entry = make_entry(source, item, own_id(source.id, item), now=datetime(2026, 11, 24, tzinfo=UTC))

    def ask(status, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return refusal(entry, HtmlResponse(URL, status=status, headers=named, body=b"<p>no</p>"))

    return ask


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {"cf_mitigated": "challenge"}),
        (503, {"cf_mitigated": "challenge"}),
        (202, {"x_amzn_waf_action": "challenge"}),
        (405, {"x_amzn_waf_action": "captcha"}),
        (403, {"x_datadome": "protected"}),
        (403, {"Server": "DataDome"}),
        (403, {"Server": "AkamaiGHost"}),
        (403, {"X_Iinfo": "1-2-3"}),
        (429, {"x_kpsdk_ct": "x"}),
    ],
)
def test_a_challenge_is_known_by_its_headers_and_not_asked_again(refused, status, headers):
    page = refused(status, **headers)
    assert (page.wall, page.reason, page.html) == (Wall.CHALLENGE, f"bot challenge ({status})", None)


@pytest.mark.parametrize(("status", "kind"), [(401, Wall.LOGIN), (402, Wall.LOGIN), (451, Wall.REGION)])
def test_a_status_may_say_it_all(refused, status, kind):
    assert refused(status).wall == kind


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (403, {}),
        (404, {}),
        (503, {}),
        (429, {"Retry_After": "9"}),
        (404, {"Server": "AkamaiGHost"}),
        (500, {"x_iinfo": "1"}),
    ],
)
def test_other_failures_are_what_they_were(refused, status, headers):
    assert refused(status, **headers) is None
