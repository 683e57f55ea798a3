"""What the operator is told of sources: when, in which words, and where to."""

import asyncio
import email
import json
import re
from datetime import UTC, datetime, timedelta
from email import policy
from types import SimpleNamespace

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import SecretStr
from rq.job import Job
from rq.serializers import JSONSerializer

from wirewatch.config.settings import NetworkAccess, Settings
from wirewatch.ids import SourceId
from wirewatch.models import DeliveryState, Notice
from wirewatch.store.deliveries import Deliveries
from wirewatch.store.notices import Changes, FlagChange, Notices
from wirewatch.store.queues import ALERTS, queue
from workers import context as contexts
from workers import jobs
from workers.alerts.destinations import build
from workers.alerts.local import MATCHES, LocalSender
from workers.alerts.mail_notice import mail_notice
from workers.alerts.notice import line, title
from workers.alerts.notice_payload import notice_body
from workers.alerts.slack import SlackSender
from workers.alerts.slack_notice import slack_notice
from workers.context import Context
from workers.notices import is_time, notices_of

# aiosmtpd's advice to those who run it in earnest.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

AT = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
LINK = re.compile(r"<(https?://[^|<>\s]+)\|([^|<>\n]*)>")


def changed(flag="silent", was="", *, source="s1", after_s=0, **words):
    told = {
        "name": "Example Politics",
        "url": "https://politics.example/rss?a=1&b=2",
        "reason": "a story every 14 minutes until then, none for 9 hours",
    }
    moment = AT + timedelta(seconds=after_s)
    return FlagChange(
        source=SourceId(source), flag=flag, was=was, at=moment.timestamp() * 1000, **(told | words)
    )


def notice(flag="silent", was="", **words):
    [one] = notices_of([changed(flag, was, **words)], 0)
    return one


def many(count=37, flag="failing", was=""):
    changes = [
        changed(flag, was, source=f"s{n}", after_s=n, name=f"Outlet {n}", reason=f"no answer {n}")
        for n in range(count)
    ]
    [one] = notices_of(changes, 0)
    return one


# --- when, and how many


def test_changes_are_gathered_for_some_seconds_before_they_are_told():
    assert not is_time(AT, 0, AT)
    assert not is_time(AT, 0, AT + timedelta(seconds=9))
    assert is_time(AT, 0, AT + timedelta(seconds=10))


def test_once_twenty_were_told_within_an_hour_the_next_wait_for_an_hour():
    assert is_time(AT, 19, AT + timedelta(minutes=1))
    assert not is_time(AT, 20, AT + timedelta(minutes=59))
    assert is_time(AT, 20, AT + timedelta(hours=1))


def test_a_clock_that_is_ahead_holds_nothing_back():
    assert is_time(AT + timedelta(days=1), 20, AT)


def test_each_change_is_a_notice_of_its_own():
    changes = [changed(source="s1"), changed("html", source="s2"), changed("", "failing", source="s3")]
    told = notices_of(changes, 0)
    assert [(one.flag, one.was, one.count, one.sources[0].id) for one in told] == [
        ("silent", "", 1, "s1"),
        ("html", "", 1, "s2"),
        ("", "failing", 1, "s3"),
    ]
    assert len({one.id for one in told}) == 3
    assert notices_of(changes, 0) == told


def test_the_same_flag_at_another_time_is_another_notice():
    assert notice(after_s=0).id != notice(after_s=1).id


def test_a_source_that_is_as_it_was_before_anybody_heard_is_not_told():
    assert notices_of([changed("silent"), changed("", "silent", after_s=5)], 0) == []
    [one] = notices_of([changed("silent"), changed("html", "silent", after_s=5)], 0)
    assert (one.flag, one.was, one.since) == ("html", "", AT + timedelta(seconds=5))


def test_many_at_once_are_one_notice_for_each_flag_that_counts_them_and_names_a_few():
    failing = [changed("failing", source=f"s{n}", after_s=n) for n in range(300)]
    well = [changed("", "silent", source=f"t{n}", after_s=n) for n in range(4)]
    told = notices_of([*failing, *well, changed("html", source="u")], 0)
    assert [(one.flag, one.was, one.count, len(one.sources)) for one in told] == [
        ("failing", "", 300, 5),
        ("", "silent", 4, 4),
        ("html", "", 1, 1),
    ]
    assert told[0].since == AT


def test_a_few_after_many_were_told_within_the_hour_are_told_together():
    assert [one.count for one in notices_of([changed(source="s1"), changed(source="s2")], 19)] == [2]


FLAGS = st.sampled_from(["", "silent", "html", "shrunk", "failing", "of tomorrow"])


@given(
    steps=st.lists(st.tuples(st.integers(0, 40), FLAGS), max_size=120),
    told=st.integers(0, 30),
)
def test_whatever_happens_each_source_is_told_as_it_ended_and_at_most_once(steps, told):
    flags, changes = {}, []
    for second, (number, flag) in enumerate(steps):
        source, was = f"s{number}", flags.get(number, "")
        if flag != was:
            changes.append(changed(flag, was, source=source, after_s=second))
            flags[number] = flag
    notices = notices_of(changes, told)
    assert sum(one.count for one in notices) == sum(1 for flag in flags.values() if flag)
    named = [source.id for one in notices for source in one.sources]
    assert len(named) == len(set(named))
    for one in notices:
        assert all(flags[int(source.id[1:])] == one.flag for source in one.sources)
    assert len({one.id for one in notices}) == len(notices)
    assert told + len(notices) <= max(20, told + len(set(flags.values())))


# --- words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (notice("silent"), "Silent: Example Politics"),
        (notice("", "silent"), "Speaks again: Example Politics"),
        (notice("html"), "HTML instead of stories: Example Politics"),
        (notice("", "html"), "Stories again: Example Politics"),
        (notice("shrunk", "silent"), "Shrunk to nothing: Example Politics"),
        (notice("failing"), "Failing: Example Politics"),
        (notice("", "failing"), "Answers again: Example Politics"),
        (notice("sleepy"), "Flagged sleepy: Example Politics"),
        (notice("", "sleepy"), "Well again: Example Politics"),
        (notice(name=""), "Silent: https://politics.example/rss?a=1&b=2"),
        (many(), "Failing: 37 sources"),
        (many(flag="", was="silent"), "Speak again: 37 sources"),
    ],
)
def test_the_title_says_what_happened_to_whom(told, words):
    assert title(told) == words


def test_a_line_for_the_log_has_no_more_than_one_line_and_steers_no_terminal():
    told = notice(name="Ev\x1b[2Jil\nNews", reason="no\r\nstory", url="https://x.example/\x07")
    assert line(told) == ("Silent: Ev [2Jil News (https://x.example/). Since 2026-11-24 21:00 UTC: no story")
    assert line(many()) == (
        "Failing: 37 sources (Outlet 0, Outlet 1, Outlet 2, Outlet 3, Outlet 4, and 32 more). "
        "Since 2026-11-24 21:00 UTC"
    )


def test_a_webhook_receives_the_source_its_flag_and_the_reason():
    told = notice("silent", "html")
    assert json.loads(notice_body(told)) == {
        "type": "source.flagged",
        "timestamp": "2026-11-24T21:00:00Z",
        "data": {
            "notice_id": told.id,
            "source": {
                "id": "s1",
                "name": "Example Politics",
                "url": "https://politics.example/rss?a=1&b=2",
            },
            "reason": "a story every 14 minutes until then, none for 9 hours",
            "flag": "silent",
            "was": "html",
            "since": "2026-11-24T21:00:00Z",
        },
    }
    well = json.loads(notice_body(notice("", "silent")))
    assert (well["type"], well["data"]["flag"], well["data"]["was"]) == ("source.recovered", "", "silent")


def test_a_webhook_receives_how_many_there_are_and_the_first_few():
    told = json.loads(notice_body(many()))
    assert told["type"] == "sources.flagged"
    assert told["data"]["count"] == 37
    assert [source["name"] for source in told["data"]["sources"]] == [f"Outlet {n}" for n in range(5)]
    assert told["data"]["sources"][1]["reason"] == "no answer 1"
    assert json.loads(notice_body(many(flag="", was="silent")))["type"] == "sources.recovered"


# Texts whose escapes are many times longer than they are, and lengths that Hypothesis seldom draws.
CHARACTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.builds(lambda word, times: word * times, st.text(CHARACTERS), st.sampled_from([1, 1, 300, 9_000]))
SOURCES = st.fixed_dictionaries(
    {"name": WORDS, "reason": WORDS, "url": WORDS.map("https://x.example/".__add__)}
)
NOTICES = st.builds(
    lambda sources, flag: notices_of(
        [changed(flag, "html", source=f"s{n}", **words) for n, words in enumerate(sources)],
        20 - (len(sources) == 1),
    )[0],
    st.lists(SOURCES, min_size=1, max_size=8),
    st.sampled_from(["silent", ""]),
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(told=NOTICES)
def test_a_body_is_under_20_kb_and_says_the_same_once_it_was_stored(told):
    body = notice_body(told)
    assert len(body) < 20_000
    json.loads(body)
    assert notice_body(Notice.model_validate_json(told.model_dump_json())) == body


@hypothesis_settings(max_examples=60, deadline=None)
@given(told=NOTICES)
def test_a_slack_message_is_within_the_limits_and_has_no_links_but_the_sources(told):
    message = slack_notice(told)
    blocks = message["blocks"]
    assert 0 < len(message["text"].encode("utf-16-le")) / 2 <= 3000
    assert len(blocks) <= 10
    texts = [text for block in blocks for text in block.get("elements", [block.get("text")])]
    for text in texts:
        most = 150 if text["type"] == "plain_text" else 3000
        assert 0 < len(text["text"].encode("utf-16-le")) / 2 <= most
    marked_up = "\n".join(text["text"] for text in texts)
    assert len(json.dumps(blocks, ensure_ascii=False)) < 13_000
    assert len(LINK.findall(marked_up)) <= len(told.sources)
    assert not re.search("[<>]", LINK.sub("", marked_up))


@hypothesis_settings(max_examples=60, deadline=None)
@given(told=NOTICES)
def test_a_mail_can_always_be_written_and_its_html_has_only_our_tags(told):
    mail = email.message_from_bytes(
        mail_notice(told, "d42", "wire@example.org", ("ops@example.org",)).as_bytes(policy=policy.SMTP),
        policy=policy.default,
    )
    assert "\n" not in mail["Subject"]
    html = mail.get_body(["html"]).get_content()
    tags = set(re.findall(r"<[^>]*>", re.sub(r'<a href="[^"<>]*">', "<a>", html)))
    assert tags <= {
        *("<!doctype html>", "<html>", "</html>", "<body>", "</body>", "<h2>", "</h2>", "<p>", "</p>"),
        *("<ul>", "</ul>", "<li>", "</li>", "<a>", "</a>", "<br>", "<small>", "</small>"),
    }


# --- the ways


def test_a_mail_says_since_when_why_where_and_what_to_do(mail_server):
    with mail_server() as (port, mailbox):
        settings = Settings.model_validate(
            {
                "network": {"allow": ["127.0.0.0/8"]},
                "destinations": {
                    "ops": {
                        "kind": "email",
                        "smtp": f"smtp://127.0.0.1:{port}",
                        "from": "wire@example.org",
                        "to": ["ops@example.org"],
                    }
                },
            }
        )
        outcome = asyncio.run(build("ops", settings).send_notice(notice(), "d42"))
    assert outcome.kind == "delivered", outcome
    [(_, _, envelope)] = mailbox.taken
    mail = email.message_from_bytes(envelope.content, policy=policy.default)
    assert mail["Subject"] == "Silent: Example Politics"
    assert mail["Message-ID"] == "<d42@example.org>"
    assert (
        mail.get_body(["plain"])
        .get_content()
        .replace("\r\n", "\n")
        .startswith(
            "Silent: Example Politics\n\n"
            "Since 2026-11-24 21:00 UTC: a story every 14 minutes until then, none for 9 hours\n\n"
            "- Example Politics\n  https://politics.example/rss?a=1&b=2\n\n"
            "`wirewatch sources check s1` asks it once, and says what comes next and why.\n"
        )
    )
    assert '<a href="https://politics.example/rss?a=1&amp;b=2">' in mail.get_body(["html"]).get_content()


def test_a_channel_is_told_with_a_link_to_the_source(receiver, loopback):
    async def run():
        async with receiver(lambda _: answer("ok")) as (url, received):
            sender = SlackSender("desk", SecretStr(url), loopback)
            return await sender.send_notice(notice(), "d42"), received

    outcome, [(_, body)] = asyncio.run(run())
    assert outcome.kind == "delivered", outcome
    head, section, context = json.loads(body)["blocks"]
    assert head["text"]["text"] == "Silent: Example Politics"
    assert section["text"]["text"] == (
        "Since 2026-11-24 21:00 UTC: a story every 14 minutes until then, none for 9 hours\n"
        "<https://politics.example/rss?a=1&amp;b=2|https://politics.example/rss?a=1&amp;b=2>"
    )
    assert "wirewatch sources check s1" in context["elements"][0]["text"]


def test_told_locally_it_is_printed_and_leaves_the_file_of_matches_alone(tmp_path, capsys):
    outcome = asyncio.run(LocalSender(MATCHES, tmp_path).send_notice(notice(), "d42"))
    assert outcome.kind == "delivered"
    assert capsys.readouterr().out == f"{line(notice())}\n"
    assert not (tmp_path / MATCHES).exists()


async def answer(text, status=200):
    return web.Response(text=text, status=status)


@pytest.fixture
def context(store):
    """The context of this process's jobs, with settings that a test may set."""
    live = SimpleNamespace(
        current=Settings.model_validate({"topics": {"iowa": {"query": "Iowa"}}}), refresh=lambda: False
    )
    made = Context(live, store)
    contexts.use(made)
    return made


def recorded(store, *destinations):
    """A notice made in the store, and its deliveries."""
    told = notice()
    assert Notices(store).record(Changes((), ()), [told], destinations)
    return told, Deliveries(store).of_alert(told.id)


def test_a_webhook_is_told_at_once_even_where_its_alerts_are_gathered_and_tried_again_until_it_answers(
    store, context, receiver
):
    answers = iter([500, 200])

    async def run():
        async with receiver(lambda _: answer("", next(answers))) as (url, received):
            context.live.current = context.live.current.model_copy(
                update={
                    "network": NetworkAccess(allow=["127.0.0.0/8"]),
                    "destinations": Settings.model_validate(
                        {"destinations": {"hook": {"kind": "webhook", "url": url, "digest": "daily"}}}
                    ).destinations,
                }
            )
            told, [way] = recorded(store, "hook")
            await asyncio.to_thread(jobs.deliver, way.id)
            after_one = Deliveries(store).delivery(way.id)
            store.hset(f"ww:delivery:{way.id}", "due", 0)
            for _ in range(2):  # the second finds nothing to do
                await asyncio.to_thread(jobs.deliver, way.id)
            return told, way, after_one, received

    told, way, after_one, received = asyncio.run(run())
    assert (after_one.state, after_one.last_status) == (DeliveryState.WAITING, "500")
    assert [request.headers["webhook-id"] for request, _ in received] == [way.id] * 2
    assert {body for _, body in received} == {notice_body(told)}
    assert Deliveries(store).delivery(way.id).state is DeliveryState.DELIVERED


def test_a_destination_that_was_taken_out_of_the_configuration_parks_its_notice(store, context):
    _, [way] = recorded(store, "gone")
    [job] = Job.fetch_many(queue(store, ALERTS).get_job_ids(), store, serializer=JSONSerializer)
    assert job.args == [way.id]
    jobs.deliver(way.id)
    assert Deliveries(store).delivery(way.id).state is DeliveryState.PARKED
