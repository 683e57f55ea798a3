"""From an answer to the record of a poll."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

import crawler.polling
from crawler.polling import judge
from wirewatch.models import SourceKind

NOW = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)


def item(number, age=None, **elements):
    dated = {} if age is None else {"pubDate": format_datetime(NOW - age)}
    return {
        "guid": number,
        "link": f"https://outlet.example/{number}",
        "title": f"Story {number}",
        **dated,
        **elements,
    }


def ids_of(poll):
    return [entry.title.removeprefix("Story ") for entry in poll.entries]


def silent_of(poll):
    return [entry.title.removeprefix("Story ") for entry in poll.entries if entry.id in poll.silent]


def test_an_unchanged_source_teaches_nothing_but_that_it_lives(make_state, make_answer, at):
    poll, document = judge(make_state(etag=b'"1"'), make_answer(status=304), at)
    assert document is None
    assert (poll.error, poll.entries, poll.learned, poll.forgotten) == (None, (), {}, ())
    assert poll.interval == timedelta(minutes=12.5)


def test_a_body_seen_before_is_not_read_but_its_validators_are_kept(make_state, make_answer, rss, at):
    first, _ = judge(make_state(), make_answer(rss(item(1))), at)
    state = make_state(body_hash=first.learned["body_hash"])
    poll, document = judge(state, make_answer(rss(item(1)), etag=b'"\xff2"'), at)
    assert document is None
    assert (poll.entries, poll.learned, poll.forgotten) == ((), {"etag": b'"\xff2"'}, ("last_modified",))


def test_validators_are_learned_with_the_body_they_belong_to(make_state, make_answer, rss, at):
    poll, _ = judge(make_state(), make_answer(rss(item(1)), etag=b'"1"', last_modified=b"now"), at)
    assert (poll.learned["etag"], poll.learned["last_modified"]) == (b'"1"', b"now")
    assert poll.learned["kind"] == "feed"
    assert poll.interval == timedelta(minutes=5)


def test_a_document_that_cannot_be_read_leaves_the_validators_as_they_were(make_state, make_answer, at):
    # Else the next answer would be 304, and the source silent for ever.
    poll, _ = judge(make_state(), make_answer("<rss", etag=b'"1"'), at)
    assert (poll.learned, poll.forgotten) == ({}, ())
    assert "not a feed" in poll.error


@pytest.mark.parametrize("error", [RecursionError("deep"), ValueError("odd"), KeyError("x"), MemoryError()])
def test_a_document_that_breaks_its_reader_is_a_failed_poll(error, make_state, make_answer, at, monkeypatch):
    def broken(*_):
        raise error

    monkeypatch.setattr(crawler.polling, "read_document", broken)
    poll, document = judge(make_state(fails=1), make_answer("<rss/>"), at)
    assert document is None
    assert type(error).__name__ in poll.error
    assert poll.next_due > NOW


def test_at_a_first_poll_what_is_older_than_the_backfill_is_silent(new_source, make_answer, rss, at):
    body = rss(item(1, timedelta(hours=1)), item(2, timedelta(hours=25)), item(3, timedelta(days=900)))
    poll, _ = judge(new_source, make_answer(body), at)
    assert (ids_of(poll), silent_of(poll)) == (["1", "2", "3"], ["2", "3"])
    assert all(entry.silent_before is None for entry in poll.entries)


def test_at_a_first_poll_what_has_no_date_is_looked_at_up_to_a_number(new_source, make_answer, rss, at):
    poll, _ = judge(new_source, make_answer(rss(*(item(n) for n in range(50)))), at)
    assert silent_of(poll) == [str(n) for n in range(40, 50)]
    assert {entry.silent_before for entry in poll.entries} == {NOW - timedelta(hours=24)}


def test_after_the_first_poll_everything_unseen_is_told(make_state, make_answer, rss, at):
    poll, _ = judge(make_state(), make_answer(rss(item(1), item(2, timedelta(days=900)))), at)
    assert silent_of(poll) == []
    assert all(entry.silent_before is None for entry in poll.entries)


def test_a_first_poll_that_failed_was_none(make_state, make_answer, rss, at):
    state = make_state(polls=3, fails=3, good=None)
    poll, _ = judge(state, make_answer(rss(item(1, timedelta(days=9)))), at)
    assert silent_of(poll) == ["1"]


def test_an_item_that_a_document_carries_twice_is_one_entry(make_state, make_answer, rss, at):
    # Else each would be the other's edit, at every poll.
    poll, _ = judge(make_state(), make_answer(rss(item(1), item(2), item(1, description="older text"))), at)
    assert ids_of(poll) == ["1", "2"]
    assert poll.entries[0].summary == ""


def test_a_guid_reused_for_another_story_is_told_as_two(make_state, make_answer, rss, at):
    body = rss(item(1, link="https://outlet.example/a"), item(1, link="https://outlet.example/b"))
    poll, _ = judge(make_state(), make_answer(body), at)
    assert len({entry.id for entry in poll.entries}) == 2


def test_a_source_that_is_gone_is_never_polled_again(make_state, make_answer, at):
    poll, _ = judge(make_state(), make_answer(status=410), at)
    assert (poll.next_due, poll.error) == (None, "gone for good (410)")


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "refuses us (403)"), (404, "not there (404)"), (500, "answers 500"), (302, "answers 302")],
)
def test_another_status_is_a_failure_in_words(status, words, make_state, make_answer, at):
    poll, _ = judge(make_state(fails=2), make_answer(status=status), at)
    assert poll.error == words
    assert poll.next_due - NOW >= timedelta(minutes=16)
    assert (poll.learned, poll.forgotten) == ({}, ())


def test_a_busy_server_is_left_alone_as_long_as_it_asks(make_state, make_answer, at):
    poll, _ = judge(make_state(), make_answer(status=429, retry_after=b"7200"), at)
    assert poll.next_due - NOW >= timedelta(hours=2)


@pytest.mark.parametrize("header", [b"\xb2", b"9" * 5000, b"\xff", b"Tue, 24 Nov 2026 21:02:00 +99999999999"])
def test_no_header_stops_a_poll_from_being_recorded(header, make_state, make_answer, at):
    assert judge(make_state(), make_answer(status=503, retry_after=header), at)[0].error == "answers 503"


def test_an_empty_answer_is_a_failure(make_state, make_answer, at):
    assert judge(make_state(), make_answer(b" "), at)[0].error == "empty answer"


def test_a_web_page_where_a_feed_was_is_a_failure(make_state, make_answer, at):
    page = "<!doctype html><html><head><title>Sorry</title></head><body><p>We moved.</p></body></html>"
    poll, _ = judge(make_state(kind=SourceKind.FEED), make_answer(page, content_type="text/html"), at)
    assert poll.error is not None
    assert "kind" not in poll.learned


def test_an_empty_feed_is_a_good_poll(make_state, make_answer, rss, at):
    poll, _ = judge(make_state(), make_answer(rss()), at)
    assert (poll.error, list(poll.entries)) == (None, [])


def test_an_index_of_sitemaps_is_read_at_every_poll(make_state, make_answer, at):
    # It stays the same while its sitemaps change.
    body = (
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>https://outlet.example/news.xml</loc></sitemap></sitemapindex>"
    )
    answer = make_answer(body, content_type="application/xml", etag=b'"1"')
    poll, document = judge(make_state(etag=b'"0"'), answer, at)
    assert document.children == ("https://outlet.example/news.xml",)
    assert set(poll.forgotten) == {"body_hash", "etag", "last_modified"}
    assert poll.learned == {"kind": "sitemap"}
