import asyncio
import email
import json
import re
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from standardwebhooks import Webhook

from workers.alerts.digest import headline
from workers.alerts.local import MATCHES, LocalSender
from workers.alerts.mail import MailSender
from workers.alerts.mail_digest import mail_digest
from workers.alerts.payload import digest_body, webhook_body
from workers.alerts.slack import SlackSender
from workers.alerts.slack_digest import slack_digest
from workers.alerts.webhook import WebhookSender

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
TO = ("desk@example.org", "night@example.org")
SEEN = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
LINK = re.compile(r"<(https?://[^|<>\s]+)\|([^|<>\n]*)>")


@pytest.fixture(scope="session")
def make_alerts(make_alert):
    """So many alerts, a minute apart, the oldest first; of two topics in turn, with words replaced."""

    def make(count, **words):
        return [
            make_alert(
                **{
                    "alert_id": f"a{n}",
                    "topic": ("iowa", "china")[n % 2],
                    "created": SEEN + timedelta(minutes=n),
                    "title": f"Story {n}",
                    "url": f"https://news.example.org/{n}?a=1&b=2",
                }
                | words
            )
            for n in range(count)
        ]

    return make


def test_a_digest_is_headed_by_its_number_and_its_topics(make_alerts):
    assert headline(make_alerts(7), 100) == "7 alerts (china 3, iowa 4)"
    assert headline(make_alerts(1), 100) == "1 alert (iowa 1)"
    assert headline(make_alerts(7), 20) == "7 alerts (china 3,…)"


# What a webhook receives


def hooked(receiver, alerts, network, *, status=200, attempts=1):
    async def handler(request):
        return web.Response(status=status)

    async def run():
        async with receiver(handler) as (url, received):
            sender = WebhookSender("hook", SecretStr(url), SecretStr(SECRET), network, 5.0)
            return [await sender.send_digest(alerts, "g42") for _ in range(attempts)], received

    return asyncio.run(run())


def test_a_webhook_receives_all_alerts_in_one_signed_message(receiver, make_alerts, loopback):
    alerts = make_alerts(3)
    (outcome,), [(request, body)] = hooked(receiver, alerts, loopback)
    assert outcome.kind == "delivered"
    assert Webhook(SECRET).verify(body, dict(request.headers)) == {
        "type": "digest",
        "timestamp": "2026-11-24T21:02:00Z",
        "data": {
            "alerts": [json.loads(webhook_body(alert))["data"] for alert in reversed(alerts)],
            "more": 0,
        },
    }


def test_each_attempt_at_a_webhook_has_the_same_id_and_the_same_body(receiver, make_alerts, loopback):
    outcomes, received = hooked(receiver, make_alerts(40, hits=30), loopback, status=503, attempts=3)
    assert [outcome.kind for outcome in outcomes] == ["retry"] * 3
    assert {(request.headers["webhook-id"], body) for request, body in received} == {
        ("g42", digest_body(make_alerts(40, hits=30)))
    }


def test_all_hits_go_before_a_copy_and_all_copies_before_an_alert(make_alerts):
    many_hits = json.loads(digest_body(make_alerts(10, hits=500)))["data"]
    assert many_hits["more"] == 0
    assert all(5 < len(alert["match"]["hits"]) < 30 for alert in many_hits["alerts"])
    assert all(len(alert["copies"]) == 2 for alert in many_hits["alerts"])

    many_copies = json.loads(digest_body(make_alerts(10, copies=500)))["data"]
    assert many_copies["more"] == 0
    assert all(5 < len(alert["copies"]) < 30 for alert in many_copies["alerts"])
    assert all(alert["match"]["hits"] == [] for alert in many_copies["alerts"])


def test_a_short_alert_loses_nothing_to_a_long_one(make_alerts):
    short, long = make_alerts(1)[0], make_alerts(1, summary="long " * 10_000)[0]
    told = json.loads(digest_body([short, long]))["data"]["alerts"]
    assert told[0] == json.loads(webhook_body(short))["data"]
    assert 15_000 < len(told[1]["story"]["summary"]) < 19_000


def test_the_oldest_alerts_are_left_out_and_counted(make_alerts):
    data = json.loads(digest_body(make_alerts(300, summary="long " * 1000)))["data"]
    told = [alert["story"]["title"] for alert in data["alerts"]]
    assert 15 < len(told) == 300 - data["more"]
    assert told == [f"Story {n}" for n in reversed(range(data["more"], 300))]


def test_no_address_and_no_id_is_cut_to_make_room_for_other_alerts(make_alerts):
    url = "https://news.example.org/" + "x" * 3000
    data = json.loads(digest_body(make_alerts(20, url=url)))["data"]
    assert len(data["alerts"]) + data["more"] == 20
    assert [alert["story"]["url"] for alert in data["alerts"]] == [url] * 5


TEXTS = ("topic", "snippet", "url", "title", "source", "language", "summary", "alert_id")
WORDS = st.builds(lambda word, times: word * times, st.text(), st.sampled_from([1, 1, 300, 30_000]))


@settings(max_examples=30, deadline=None)
@given(
    texts=st.fixed_dictionaries(dict.fromkeys(TEXTS, WORDS)),
    count=st.sampled_from([1, 2, 15, 60]),
    hits=st.sampled_from([0, 1, 100]),
    long=st.booleans(),
)
def test_a_digest_is_valid_json_under_20_kb_whatever_the_news_says(make_alerts, texts, count, hits, long):
    alerts = make_alerts(count, hits=hits) + make_alerts(1, **texts, hits=hits) * (count if long else 1)
    body = digest_body(alerts)
    assert len(body) < 20_000
    data = json.loads(body)["data"]
    assert len(data["alerts"]) >= 1
    assert len(data["alerts"]) + data["more"] == len(alerts)


def test_texts_of_nothing_but_control_characters_fit_too(make_alerts):
    long = "\x01" * 30_000
    data = json.loads(digest_body(make_alerts(9, **dict.fromkeys(TEXTS, long), authors=(long,))))["data"]
    assert (len(data["alerts"]), data["more"]) == (1, 8)


# What a Slack channel is shown


def units(text):
    return len(text.encode("utf-16-le")) / 2


def fault(message):
    """Slack's error word for a message beyond its limits, if it is."""
    most = {"header": 150, "section": 3000, "context": 2000}
    told = [
        (block["type"], text["text"])
        for block in message["blocks"]
        for text in block.get("elements") or [block["text"]]
    ]
    if not 1 <= units(message["text"]) <= 4000:
        return "no_text"
    if len(message["blocks"]) > 50 or not all(1 <= units(text) <= most[kind] for kind, text in told):
        return "invalid_blocks"
    return (
        "msg_blocks_too_long" if units(json.dumps(message["blocks"], ensure_ascii=False)) > 13_200 else None
    )


async def slack(request):
    word = fault(json.loads(await request.read()))
    return web.Response(status=400, text=word) if word else web.Response(text="ok")


def posted(receiver, alerts, network):
    """The outcome of a digest's delivery to Slack, and the message."""

    async def run():
        async with receiver(slack) as (url, received):
            outcome = await SlackSender("desk", SecretStr(url), network).send_digest(alerts, "g42")
            return outcome, json.loads(received[0][1])

    return asyncio.run(run())


def test_a_channel_is_told_the_titles_by_topic_with_source_and_time(receiver, make_alerts, loopback):
    outcome, message = posted(receiver, make_alerts(3), loopback)
    assert (outcome.kind, outcome.status) == ("delivered", "200")
    header, *topics = message["blocks"]
    assert message["text"] == header["text"]["text"] == "3 alerts (china 1, iowa 2)"
    origin = "Example Politics · 2026-11-24 20:00 UTC"
    assert [topic["text"]["text"] for topic in topics] == [
        f"*china* · 1\n• <https://news.example.org/1?a=1&amp;b=2|Story 1> · {origin}",
        (
            f"*iowa* · 2\n• <https://news.example.org/2?a=1&amp;b=2|Story 2> · {origin}\n"
            f"• <https://news.example.org/0?a=1&amp;b=2|Story 0> · {origin}"
        ),
    ]


@pytest.mark.parametrize(
    ("count", "changes"),
    [
        (
            1,
            {
                "title": '"' * 500,
                "source": "\\" * 500,
                "topic": '"' * 500,
                "url": "https://x.example/" + "&" * 230,
            },
        ),
        (300, {}),
        (300, {"title": "&<>" * 200, "source": "&" * 500}),
        (300, {"title": "\N{FIRE}" * 400, "source": "\N{FIRE}" * 400, "topic": "\N{FIRE}" * 400}),
        (60, {"url": "https://x.example/" + "x" * 1150}),
        (60, {"url": "https://x.example/" + "x" * 5000}),
        (300, {"title": "", "source": "", "url": "javascript:alert(1)", "published": None, "summary": ""}),
    ],
)
def test_a_digest_is_within_slacks_limits_and_says_what_is_left_out(
    count, changes, receiver, make_alerts, loopback
):
    outcome, message = posted(receiver, make_alerts(count, **changes), loopback)
    assert outcome.kind == "delivered", outcome
    told = sum(block["text"]["text"].count("• ") for block in message["blocks"] if block["type"] == "section")
    last = message["blocks"][-1]
    assert told >= 1
    assert last.get("elements", [{}])[0].get("text", "") == (
        f"and {count - told} more" if told < count else ""
    )


def test_a_digest_of_many_topics_is_within_slacks_limits(receiver, make_alert, loopback):
    outcome, message = posted(
        receiver, [make_alert(topic=f"t{n}", title=f"S{n}") for n in range(90)], loopback
    )
    assert outcome.kind == "delivered"
    assert message["blocks"][0]["text"]["text"].endswith("…)")
    assert message["blocks"][-1]["elements"][0]["text"] == f"and {92 - len(message['blocks'])} more"


@settings(deadline=None, max_examples=60)
@given(
    words=st.fixed_dictionaries(
        dict.fromkeys(
            ("title", "source", "topic"),
            st.text()
            | st.sampled_from(["<!channel>", "<@U012AB3CD>", "@here", "<https://evil.example|Bank>"]),
        )
    ),
    url=st.text().map("https://x.example/".__add__),
    count=st.sampled_from([1, 3, 80]),
)
def test_news_text_in_a_digest_makes_no_link_and_mentions_nobody(make_alerts, words, url, count):
    message = slack_digest(make_alerts(count, **words, url=url))
    assert fault(message) is None
    sections = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    told = "\n".join([message["text"], message["blocks"][0]["text"]["text"], *sections])
    assert len(LINK.findall(told)) == sum(line.startswith("• ") for line in told.splitlines())
    assert not re.search("[<>]|@(here|channel|everyone)", LINK.sub("", told), re.IGNORECASE)
    assert not re.search(r"&(?!amp;|lt;|gt;)", told)


# What a mailbox gets


def parts(message):
    return [message.get_body([kind]).get_content().replace("\r\n", "\n") for kind in ("plain", "html")]


def test_a_mail_lists_the_alerts_by_topic_with_their_snippets(mail_server, make_alerts, loopback):
    alerts = make_alerts(6, title="Tariffs & <b>steel</b>") + make_alerts(1, title="Duties", snippet="")
    with mail_server() as (port, mailbox):
        url = SecretStr(f"smtp://127.0.0.1:{port}")
        sender = MailSender("mail", url, "Wirewatch <wire@example.org>", TO, loopback, 5.0)
        outcomes = [asyncio.run(sender.send_digest(alerts, "g42")) for _ in range(2)]
    assert [outcome.kind for outcome in outcomes] == ["delivered"] * 2
    first, second = (envelope for *_, envelope in mailbox.taken)
    assert first.content == second.content
    message = email.message_from_bytes(first.content, policy=policy.default)
    assert message["Subject"] == "Wirewatch: 7 alerts (china 3, iowa 4)"
    assert message["Message-ID"] == "<g42@example.org>"
    assert message["Date"].datetime == SEEN + timedelta(minutes=5)
    text, html = parts(message)
    assert re.findall("^== .*|^- .*", text, re.MULTILINE) == [
        "== china ==",
        *["- Tariffs & <b>steel</b>"] * 3,
        "== iowa ==",
        *["- Tariffs & <b>steel</b>"] * 3,
        "- Duties",
    ]
    assert (
        "- Tariffs & <b>steel</b>\n  Example Politics · Ada Reporter · 2026-11-24 20:00 UTC\n"
        "  New tariffs on steel begin on Monday\n  https://news.example.org/5?a=1&b=2\n"
    ) in text
    assert "  The duties begin on Monday.\n" in text
    assert (
        '<li><a href="https://news.example.org/5?a=1&amp;b=2">Tariffs &amp; &lt;b&gt;steel&lt;/b&gt;</a>'
        in html
    )
    assert "and 0 more" not in text + html


def test_a_mail_tells_the_newest_200_and_how_many_more_there_are(make_alerts):
    alerts = make_alerts(212, snippet="<&>" * 5000, url="https://x.example/" + "x" * 8000, source="s" * 5000)
    message = mail_digest(alerts, "g42", "wire@example.org", TO)
    assert message["Subject"] == "Wirewatch: 212 alerts (china 106, iowa 106)"
    text, html = parts(message)
    assert (text.count("\n- "), html.count("<li>")) == (200, 200)
    assert "- Story 12\n" in text
    assert "- Story 11\n" not in text
    assert all("and 12 more" in part for part in (text, html))
    assert len(message.as_bytes()) < 2_000_000


@settings(deadline=None, max_examples=60)
@given(
    words=st.fixed_dictionaries(
        dict.fromkeys(
            ("title", "topic", "source", "snippet"),
            st.text()
            | st.text(st.sampled_from("\r\n\x85\u2028\x00: aé=?<"))
            | st.just("x\r\n\r\nBcc: all@example.org")
            | st.just("<script>alert(1)</script>"),
        )
    ),
    url=st.text() | st.text().map("https://x.example/".__add__) | st.just("javascript:alert(1)"),
)
def test_news_text_in_a_digest_adds_no_header_and_no_markup(make_alerts, words, url):
    raw = mail_digest(make_alerts(2, **words, url=url), "g42", "wire@example.org", TO).as_bytes(
        policy=policy.SMTP
    )
    message = email.message_from_bytes(raw, policy=policy.default)
    assert message.keys() == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ]
    assert not any(sign in value for value in map(str, message.values()) for sign in "\r\n\x00\x85\u2028")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    _, html = parts(message)
    ours = r"<(?:!doctype html|/?(?:html|body|p|h2|ul|li|small|a)|br|a href=\"https?://[^\"<>]+\")>"
    assert not re.search("[<>]", re.sub(ours, "", html))


# What is kept here


def test_a_digest_told_here_is_a_line_for_each_alert_and_none_twice(tmp_path, capsys, make_alerts):
    sender = LocalSender(MATCHES, tmp_path)
    for count in (2, 3):
        assert asyncio.run(sender.send_digest(make_alerts(count), "g42")).kind == "delivered"
    kept = [json.loads(line)["alert_id"] for line in (tmp_path / MATCHES).read_bytes().splitlines()]
    assert kept == ["a0", "a1", "a2"]
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_digest_that_cannot_be_written_is_tried_again(tmp_path, make_alerts):
    (tmp_path / "data").write_text("a file, not a folder")
    outcome = asyncio.run(LocalSender(MATCHES, tmp_path / "data").send_digest(make_alerts(2), "g42"))
    assert (outcome.kind, outcome.status) == ("retry", "not written")
