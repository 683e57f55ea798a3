"""From an answer to the record of a poll."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

import crawler.unread
from crawler.documents import Document
from crawler.polling import failed, judge, judge_push, judge_read, unread
from crawler.schedule.failing import Failure
from crawler.schedule.redirects import Hop
from crawler.schedule.rhythm import Rhythm
from crawler.trust import is_full_request
from crawler.unread import Failed, read_body
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


def after(poll, make_state, **facts):
    """The state in which a poll leaves its source."""
    names = ("etag", "last_modified", "body_hash", "rhythm", "moving", "moved_to", "base")
    learned = {name: poll.learned[name] for name in names if name in poll.learned}
    if poll.carried is not None:
        learned["carried"] = poll.carried
    return make_state(**(learned | facts))


def silent_of(poll):
    return [entry.title.removeprefix("Story ") for entry in poll.entries if entry.id in poll.silent]


def rhythm_of(gap, until):
    """The rhythm of a source that brought a story in each of a hundred gaps."""
    rhythm = Rhythm.unknown()
    for number in range(100):
        rhythm = rhythm.observed(1, gap, until - gap * (100 - number))
    return rhythm.to_text()


def test_an_unchanged_source_teaches_nothing_but_that_it_lives(make_state, make_answer, at):
    poll, document = judge(make_state(etag=b'"1"'), make_answer(status=304), at)
    assert document is None
    assert (poll.error, poll.entries, poll.carried, poll.forgotten) == (None, (), None, ())
    assert not set(poll.learned) - {"rhythm"}


def test_a_body_seen_before_is_not_read_but_its_validators_are_kept(make_state, make_answer, rss, at):
    first, _ = judge(make_state(), make_answer(rss(item(1))), at)
    state = after(first, make_state, last_modified=b"then")
    poll, document = judge(state, make_answer(rss(item(1)), etag=b'"\xff2"'), at)
    assert document is None
    assert (poll.entries, poll.learned["etag"], poll.forgotten) == ((), b'"\xff2"', ("last_modified",))


def test_validators_are_learned_with_the_body_they_belong_to(make_state, make_answer, rss, at):
    poll, _ = judge(make_state(), make_answer(rss(item(1)), etag=b'"1"', last_modified=b"now"), at)
    assert (poll.learned["etag"], poll.learned["last_modified"]) == (b'"1"', b"now")
    assert poll.learned["kind"] == "feed"


def test_a_document_that_cannot_be_read_leaves_the_validators_as_they_were(make_state, make_answer, at):
    # Else the next answer would be 304, and the source silent for ever.
    poll, _ = judge(make_state(), make_answer("<rss", etag=b'"1"'), at)
    assert (poll.learned, poll.forgotten) == ({}, ())
    assert "not a feed" in poll.error


@pytest.mark.parametrize("error", [RecursionError("deep"), ValueError("odd"), KeyError("x"), MemoryError()])
def test_a_document_that_breaks_its_reader_is_a_failed_poll(error, make_state, make_answer, at, monkeypatch):
    def broken(*_):
        raise error

    monkeypatch.setattr(crawler.unread, "read_document", broken)
    poll, document = judge(make_state(fails=1), make_answer("<rss/>"), at)
    assert document is None
    assert poll.error
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


def test_after_the_first_poll_everything_unseen_is_told_but_what_is_long_past(
    make_state, make_answer, rss, at
):
    body = rss(item(1), item(2, timedelta(days=6)), item(3, timedelta(days=900)))
    poll, _ = judge(make_state(), make_answer(body), at)
    assert silent_of(poll) == []
    # The last is read, and told only if its page says that it is new.
    assert [entry.silent_before for entry in poll.entries] == [None, None, NOW - timedelta(days=7)]


def test_what_came_while_we_were_away_for_weeks_is_told(make_state, make_answer, rss, at):
    state = make_state(good=NOW - timedelta(days=21))
    poll, _ = judge(state, make_answer(rss(item(1, timedelta(days=20)))), at)
    assert [entry.silent_before for entry in poll.entries] == [None]


def test_a_date_of_next_year_is_not_believed(make_state, make_answer, rss, at):
    poll, _ = judge(make_state(), make_answer(rss(item(1, timedelta(days=-365)))), at)
    assert [entry.published for entry in poll.entries] == [None]


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
    assert (poll.next_due, poll.error, poll.flag) == (None, "gone for good (410)", "gone")


def test_a_source_whose_new_address_is_gone_is_asked_at_its_own_again(make_state, make_answer, at):
    moved = make_state(moved_to="https://new.example/feed", moving="1790000000 5 https://new.example/feed")
    poll, _ = judge(moved, make_answer(status=410), at)
    assert poll.next_due is not None
    assert set(poll.forgotten) == {"moving", "moved_to"}


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "refuses us (403)"), (404, "not there (404)"), (500, "answers 500"), (302, "answers 302")],
)
def test_another_status_is_a_failure_in_words(status, words, make_state, make_answer, at):
    poll, _ = judge(make_state(trouble=2.0), make_answer(status=status), at)
    assert poll.error == words
    assert poll.next_due - NOW >= timedelta(minutes=2 * 2**2.5)
    assert (poll.learned, poll.forgotten) == ({}, ())


def test_a_hiccup_weighs_less_than_a_page_not_found_and_that_less_than_a_refusal(make_state, at):
    weights = [
        failed(make_state(), Failed("", kind), at).weight
        for kind in (Failure.NAME, Failure.MISSING, Failure.TLS)
    ]
    assert weights == sorted(set(weights))


def test_a_busy_server_is_left_alone_as_long_as_it_asks(make_state, make_answer, at):
    poll, _ = judge(make_state(), make_answer(status=429, retry_after=b"7200"), at)
    assert poll.next_due - NOW >= timedelta(hours=2)


@pytest.mark.parametrize("header", [b"\xb2", b"9" * 5000, b"\xff", b"Tue, 24 Nov 2026 21:02:00 +99999999999"])
def test_no_header_stops_a_poll_from_being_recorded(header, make_state, make_answer, at):
    assert judge(make_state(), make_answer(status=500, retry_after=header), at)[0].error == "answers 500"


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


def test_an_index_of_sitemaps_is_known_again_as_any_source_is(make_state, make_answer, at):
    body = (
        '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>https://outlet.example/news.xml</loc></sitemap></sitemapindex>"
    )
    answer = make_answer(body, content_type="application/xml", etag=b'"1"')
    poll, document = judge(make_state(etag=b'"0"'), answer, at)
    assert document.children == ("https://outlet.example/news.xml",)
    assert poll.learned["etag"] == b'"1"'
    assert unread(after(poll, make_state), answer) is None


def test_an_index_that_is_the_same_keeps_its_hash_and_its_hub_though_a_sitemap_brings_something(
    make_state, make_answer, at
):
    sitemap = Document(SourceKind.SITEMAP, children=("https://outlet.example/news.xml",))
    state = make_state(etag=b'"1"', body_hash="hash", hub="https://hub.example/")
    poll = judge_read(state, make_answer(status=304), sitemap, at)
    assert (poll.error, poll.forgotten) == (None, ())
    assert "body_hash" not in poll.learned


def test_an_index_that_is_none_any_more_forgets_its_sitemaps(make_state, make_answer, rss, at):
    state = make_state(documents='[["https://outlet.example/news.xml",null,null,null,""]]')
    assert judge(state, make_answer(rss(item(1))), at)[0].forgotten == ("documents",)


def test_a_304_that_brings_new_validators_is_believed_and_one_that_brings_none_takes_none(
    make_state, make_answer, at
):
    state = make_state(etag=b'"1"', last_modified=b"then")
    poll, _ = judge(state, make_answer(status=304, etag=b'"2"'), at)
    assert (poll.learned["etag"], poll.forgotten) == (b'"2"', ())
    poll, _ = judge(state, make_answer(status=304), at)
    assert "etag" not in poll.learned
    assert poll.forgotten == ()


def test_a_changed_body_under_the_old_etag_is_read_all_the_same(make_state, make_answer, rss, at):
    first, _ = judge(make_state(), make_answer(rss(item(1)), etag=b'"1"'), at)
    poll, _ = judge(after(first, make_state), make_answer(rss(item(1), item(2)), etag=b'"1"'), at)
    assert ids_of(poll) == ["2"]


def test_entries_of_the_last_document_are_not_parsed_again(make_state, make_answer, rss, at):
    items = [item(number) for number in range(30)]
    first, _ = judge(make_state(), make_answer(rss(*items)), at)
    poll, document = judge(after(first, make_state), make_answer(rss(item("new"), *items)), at)
    assert ids_of(poll) == ["new"]
    assert (document.feed.route, poll.counts["route_split"]) == ("split", 1)
    assert len(document.feed.parts) == 31


def test_why_a_document_was_read_whole_is_counted(make_state, make_answer, rss, at):
    first, _ = judge(make_state(), make_answer(rss(item(1))), at)
    assert first.counts == {"route_whole": 1, "whole_first": 1}
    broken = rss(item(1), item(2)).replace("</channel>", "<broken></channel>")
    poll, _ = judge(after(first, make_state), make_answer(broken), at)
    assert ids_of(poll) == ["1", "2"]
    assert poll.counts["whole_malformed"] == 1


def test_a_source_is_asked_without_validators_once_and_again_only_when_its_quiet_is_odd(make_state):
    assert is_full_request(make_state(), NOW)
    known = make_state(etag=b'"1"', last_full=NOW - timedelta(days=30), last_new=NOW)
    assert not is_full_request(known, NOW)
    quiet = make_state(
        etag=b'"1"',
        rhythm=rhythm_of(timedelta(hours=2), until=NOW - timedelta(days=4)),
        last_full=NOW - timedelta(days=30),
        last_new=NOW - timedelta(days=4),
    )
    assert is_full_request(quiet, NOW)
    assert not is_full_request(replace(quiet, last_full=NOW - timedelta(days=1)), NOW)


def test_a_server_that_answers_304_to_a_changed_feed_gets_no_more_validators(
    make_state, make_answer, rss, at
):
    first, _ = judge(make_state(), make_answer(rss(item(1)), etag=b'"1"'), at)
    state = after(first, make_state, good=NOW - timedelta(minutes=5))
    body = rss(item(1), item(2, timedelta(hours=6)))
    poll, _ = judge(state, replace(make_answer(body, etag=b'"1"'), full=True), at)
    assert "lied" in poll.learned
    assert set(poll.forgotten) >= {"etag", "last_modified"}
    # What came since the last poll is no lie.
    body = rss(item(1), item(2, timedelta(minutes=1)))
    poll, _ = judge(state, replace(make_answer(body, etag=b'"2"'), full=True), at)
    assert "lied" not in poll.learned
    # Nor is what was edited since, such as a number of comments under an old story.
    old = rss(item(1), item(2, timedelta(days=6), comments=1))
    first, _ = judge(make_state(), make_answer(old, etag=b'"1"'), at)
    state = after(first, make_state, good=NOW - timedelta(minutes=5))
    edited = rss(item(1), item(2, timedelta(days=6), comments=2))
    poll, _ = judge(state, replace(make_answer(edited, etag=b'"1"'), full=True), at)
    assert (ids_of(poll), "lied" in poll.learned) == (["2"], False)


def test_a_server_that_lied_is_believed_again_after_a_month(make_state, make_answer, at):
    answer = make_answer(status=304, etag=b'"2"')
    lately = make_state(lied=NOW - timedelta(days=29), etag=b'"1"')
    assert "etag" in judge(lately, answer, at)[0].forgotten
    long_ago = make_state(lied=NOW - timedelta(days=31), etag=b'"1"')
    assert judge(long_ago, answer, at)[0].learned["etag"] == b'"2"'


def test_a_304_that_nobody_asked_for_is_no_good_poll(new_source, make_answer, at):
    poll, _ = judge(new_source, replace(make_answer(status=304), full=True), at)
    assert "304" in poll.error


def test_the_first_entries_of_a_feed_that_was_empty_are_told_if_they_are_new(
    make_state, make_answer, rss, at
):
    body = rss(item(1), item(2, timedelta(hours=1)), item(3, timedelta(days=6)))
    poll, _ = judge(make_state(size=0), make_answer(body), at)
    assert silent_of(poll) == ["3"]
    assert all(entry.silent_before is None for entry in poll.entries)


def test_a_source_that_is_pushed_is_polled_as_a_check_until_a_push_is_missed(
    make_state, make_answer, rss, at
):
    promised = {"pushed_until": NOW + timedelta(days=5), "rhythm": rhythm_of(timedelta(minutes=2), until=NOW)}
    first, _ = judge(make_state(), make_answer(rss(item(1))), at)
    # A hub that has only promised is not relied on.
    poll, _ = judge(after(first, make_state, **promised), make_answer(status=304), at)
    assert poll.next_due - NOW < timedelta(hours=1)
    state = after(first, make_state, **promised | {"rhythm": first.learned["rhythm"]})
    push = judge_push(state, "p1", read_body(unread(state, make_answer(rss(item(2))))), at)
    assert (ids_of(push), push.learned["pushes"]) == (["2"], "1")
    both = push.carried + first.carried  # as door A puts them together
    state = after(push, make_state, base="outlet.example", pushes=True, **promised | {"carried": both})
    body = rss(item(2), item(1))
    poll, _ = judge(state, make_answer(body), at)
    assert (ids_of(poll), poll.why) == ([], "pushed by its hub")
    missed, _ = judge(state, make_answer(rss(item(3), item(2), item(1))), at)
    assert "pushes" in missed.forgotten
    assert missed.next_due - NOW < timedelta(hours=1)


def test_a_lasting_redirect_moves_a_source_after_a_day_and_three_polls(make_state, make_answer, rss, at):
    new = "https://new.example/feed"
    state, times = make_state(), [timedelta(0), timedelta(hours=1), timedelta(hours=2), timedelta(hours=25)]
    for elapsed in times:
        then = replace(at, now=NOW + elapsed)
        poll, _ = judge(state, make_answer(rss(item(1)), url=new, hops=(Hop(301, new),)), then)
        assert ("moved_to" in poll.learned) == (elapsed == times[-1])
        state = after(poll, make_state)
    assert state.address == new
    # It holds while the new address answers, and is given up when that goes on failing.
    poll, _ = judge(state, make_answer(status=304, url=new), replace(at, now=NOW + timedelta(days=3)))
    assert "moved_to" not in poll.forgotten
    poll, _ = judge(replace(state, trouble=5.0), make_answer(status=404, url=new), at)
    assert set(poll.forgotten) == {"moving", "moved_to"}


def test_a_feed_that_turns_to_a_web_page_is_flagged_as_such(make_state, make_answer, at):
    page = "<!doctype html><html><head><title>Sorry</title></head><body><p>We moved.</p></body></html>"
    answer = make_answer(page, content_type="text/html")
    assert judge(make_state(kind=SourceKind.FEED), answer, at)[0].flag == "html"
    parked = make_answer("<html><body><h1>Parked</h1></body></html>", content_type="text/html")
    assert judge(make_state(kind=SourceKind.FEED), parked, at)[0].flag == "html"
    assert judge(make_state(kind=SourceKind.FEED, size=0), answer, at)[0].flag is None


def test_a_feed_that_shrinks_to_nothing_is_flagged_until_it_carries_something(
    make_state, make_answer, rss, at
):
    empty, _ = judge(make_state(size=30), make_answer(rss()), at)
    assert (empty.error, empty.flag) == (None, "shrunk")
    assert "size" not in empty.learned
    shrunk = after(empty, make_state, size=30, flag="shrunk")
    assert judge(shrunk, make_answer(rss()), at)[0].flag is None  # the same body: as it was
    assert judge(shrunk, make_answer(rss(item(1))), at)[0].flag == ""
    assert judge(make_state(size=1), make_answer(rss()), at)[0].flag == ""


def test_a_source_that_failed_for_a_day_is_flagged(make_state, make_answer, at):
    soon = make_state(failing_since=NOW - timedelta(hours=23))
    assert judge(soon, make_answer(status=503), at)[0].flag is None
    late = make_state(failing_since=NOW - timedelta(hours=24))
    assert judge(late, make_answer(status=503), at)[0].flag == "failing"
    assert judge(replace(late, size=0), make_answer(status=503), at)[0].flag is None
    assert judge(replace(late, flag="failing"), make_answer(status=304), at)[0].flag == ""


def test_a_source_that_is_quiet_far_beyond_its_rhythm_is_flagged_as_silent(make_state, make_answer, at):
    rhythm = rhythm_of(timedelta(hours=2), until=NOW - timedelta(days=5))
    quiet = make_state(rhythm=rhythm, last_new=NOW - timedelta(days=5))
    assert judge(quiet, make_answer(status=304), at)[0].flag == "silent"
    spoke = make_state(rhythm=rhythm, last_new=NOW - timedelta(hours=3))
    assert judge(spoke, make_answer(status=304), at)[0].flag == ""


def test_a_hub_is_learned_from_the_header_first_and_never_mixed(make_state, make_answer, rss, at):
    links = (
        '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/in-feed"/>'
    )
    body = rss(item(1), channel=links)
    poll, _ = judge(make_state(), make_answer(body), at)
    assert poll.learned["hub"] == "https://hub.example/in-feed"
    header = b'<https://hub.example/>; rel="hub", <https://outlet.example/rss>; rel="self"'
    poll, _ = judge(make_state(), make_answer(body, link=header), at)
    assert (poll.learned["hub"], poll.learned["topic"]) == (
        "https://hub.example/",
        "https://outlet.example/rss",
    )


def test_what_a_feed_and_its_server_wish_is_obeyed(make_state, make_answer, rss, at):
    busy = rhythm_of(timedelta(minutes=2), until=NOW)
    plain, _ = judge(make_state(rhythm=busy), make_answer(rss(item(1))), at)
    assert plain.next_due - NOW < timedelta(minutes=30)
    poll, _ = judge(make_state(rhythm=busy), make_answer(rss(item(1), channel="<ttl>60</ttl>")), at)
    assert poll.next_due - NOW >= timedelta(hours=1)
    assert "ttl" in poll.why
    answer = make_answer(rss(item(1)), cache_control=b"public, max-age=7200")
    assert judge(make_state(rhythm=busy), answer, at)[0].next_due - NOW >= timedelta(hours=2)
    # Unchanged, it still wishes what its last document did.
    again, _ = judge(make_state(rhythm=busy, wishes=poll.learned["wishes"]), make_answer(status=304), at)
    assert again.next_due - NOW >= timedelta(hours=1)
