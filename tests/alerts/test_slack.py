import asyncio
import json
import re

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from workers.alerts.blocks import escape
from workers.alerts.slack import SlackSender, slack_message

LINK = re.compile(r"<(https?://[^|<>\s]+)\|([^|<>\n]*)>")


def problem(message):
    """Slack's error word for a message beyond its limits, or that says what news text must not say."""
    if not message.get("text") or len(message["text"]) > 4000:
        return "no_text"
    header, section, context = message["blocks"]
    texts = [header["text"], section["text"], *context["elements"]]
    most = [150, 3000, *[2000] * len(context["elements"])]
    kinds = ["plain_text", "mrkdwn", *["mrkdwn"] * len(context["elements"])]
    if len(context["elements"]) > 10 or [text["type"] for text in texts] != kinds:
        return "invalid_blocks"
    if any(
        not 1 <= len(text["text"].encode("utf-16-le")) / 2 <= length
        for text, length in zip(texts, most, strict=True)
    ):
        return "invalid_blocks"
    return None


async def slack(request):
    """An incoming webhook as Slack's: within the limits, or a 400 with the error's word."""
    word = problem(json.loads(await request.read()))
    return web.Response(status=400, text=word) if word else web.Response(text="ok")


def deliver(receiver, handler, alert, network):
    async def run():
        async with receiver(handler) as (url, received):
            return await SlackSender("desk", SecretStr(url), network).send(alert, "d42"), received

    return asyncio.run(run())


def test_a_channel_is_told_the_title_the_snippet_the_link_and_the_source(receiver, make_alert, loopback):
    outcome, [(_, body)] = deliver(receiver, slack, make_alert(), loopback)
    assert (outcome.kind, outcome.status) == ("delivered", "200")
    header, section, context = json.loads(body)["blocks"]
    assert header["text"]["text"] == "Tariffs on steel: what begins on Monday"
    assert section["text"]["text"] == (
        "New tariffs on steel begin on Monday\n"
        "<https://news.example.org/tariffs?a=1&amp;b=2|Read at Example Politics>"
    )
    assert context["elements"][0]["text"] == "*tariffs* · Example Politics · 2026-11-24 20:00 UTC · 2 copies"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Long " * 100, "snippet": "& <b> " * 2000, "source": "&" * 500, "topic": "t" * 80},
        {"title": "\N{FIRE}" * 400, "snippet": "\N{FIRE}" * 4000, "source": "\N{FIRE}" * 400},
        {"url": "https://example.org/?" + "&" * 5000, "source": ""},
        {
            "title": "",
            "snippet": "",
            "summary": "",
            "url": "javascript:alert(1)",
            "source": "",
            "published": None,
        },
        {"copies": 500},
    ],
)
def test_every_message_is_within_slacks_limits(changes, receiver, make_alert, loopback):
    outcome, _ = deliver(receiver, slack, make_alert(**changes), loopback)
    assert outcome.kind == "delivered", outcome


@settings(deadline=None)
@given(title=st.text(), snippet=st.text(), source=st.text(), url=st.text().map("https://x.example/".__add__))
def test_news_text_makes_no_link_and_mentions_nobody(make_alert, title, snippet, source, url):
    message = slack_message(make_alert(title=title, snippet=snippet, source=source, url=url))
    assert problem(message) is None
    header, section, context = message["blocks"]
    told = "\n".join(
        [message["text"], header["text"]["text"], section["text"]["text"], context["elements"][0]["text"]]
    )
    assert len(LINK.findall(told)) == 1
    assert not re.search("[<>]", LINK.sub("", told))
    assert not re.search(r"&(?!amp;|lt;|gt;)", told)


@pytest.mark.parametrize(
    "shout",
    [
        "<!channel>",
        "<!here|here>",
        "<@U012AB3CD>",
        "<!subteam^S1>",
        "@channel",
        "@Here",
        "@everyone",
        "@EVERYONE",
    ],
)
def test_nobody_is_called_by_a_headline(shout, make_alert):
    message = json.dumps(
        slack_message(make_alert(title=shout, snippet=f"a {shout} b", source=shout, topic=f"{shout}s")),
        ensure_ascii=False,
    )
    assert shout not in message
    assert not re.search("<[!@]|@(here|channel|everyone)", message, re.IGNORECASE)


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<!>&|@channel here\n") | st.characters()), st.integers(1, 80))
def test_escaped_text_is_within_its_limit_and_has_no_control_sequence(text, most):
    escaped = escape(text.encode("utf-8", "replace").decode(), most)
    assert "<" not in escaped
    assert ">" not in escaped
    assert len(escaped.encode("utf-16-le")) / 2 <= most
    assert not re.search(r"&(?!amp;|lt;|gt;)", escaped)


def test_a_link_cannot_be_closed_or_relabelled_from_inside(make_alert):
    alert = make_alert(url="https://x.example/a|Your bank>b <c", source="X|Y> <https://evil.example|Z")
    (link,) = LINK.findall(slack_message(alert)["blocks"][1]["text"]["text"])
    assert link == (
        "https://x.example/a%7CYour%20bank%3Eb%20%3Cc",
        "Read at X¦Y&gt; &lt;https://evil.example¦Z",
    )


@pytest.mark.parametrize(
    ("status", "text", "kind", "told"),
    [
        (400, "invalid_blocks", "refused", "400 invalid_blocks"),
        (403, "action_prohibited", "refused", "403 action_prohibited"),
        (404, "channel_not_found", "refused", "404 channel_not_found"),
        (410, "channel_is_archived", "refused", "410 channel_is_archived"),
        (404, "<html>not here</html>", "refused", "404"),
        (429, "rate_limited", "retry", "429"),
        (500, "rollup_error", "retry", "500"),
        (503, "", "retry", "503"),
        (302, "", "retry", "302"),
        (200, "<html>log in</html>", "retry", "200 without ok"),
    ],
)
def test_slacks_answers_are_understood(status, text, kind, told, receiver, make_alert, loopback):
    async def handler(request):
        return web.Response(status=status, text=text, headers={"Retry-After": "7"})

    outcome, _ = deliver(receiver, handler, make_alert(), loopback)
    assert (outcome.kind, outcome.status) == (kind, told)
    assert outcome.retry_after == (7 if kind == "retry" else None)
