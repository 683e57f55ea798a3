import asyncio
import json

import pytest
from aiohttp import web

from wirewatch.config.settings import Settings
from wirewatch.errors import ConfigError
from workers.alerts.destinations import MATCHES, build, sample_alert

HOOK = {
    "kind": "webhook",
    "url": "https://ops.example.org/wire",
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
}
DESK = {"kind": "slack", "url": "https://hooks.slack.example/T/B/x"}
MAIL = {
    "kind": "email",
    "smtp": "smtps://u:hunter2@mail.example.org",
    "from": "w@example.org",
    "to": ["d@example.org"],
}


def test_each_kind_of_destination_has_its_sender(tmp_path):
    settings = Settings.model_validate(
        {"data_dir": tmp_path, "destinations": {"hook": HOOK, "desk": DESK, "mail": MAIL}}
    )
    for name in ("hook", "desk", "mail", MATCHES):
        assert build(name, settings).name == name
        assert "hunter2" not in repr(build(name, settings))


def test_an_unknown_destination_is_told_with_those_there_are():
    settings = Settings.model_validate({"destinations": {"hook": HOOK}})
    with pytest.raises(ConfigError, match=r"there is no dsek; there is hook, matches\.jsonl"):
        build("dsek", settings)


def test_topics_without_destinations_are_told_in_the_data_directory(tmp_path, capsys):
    outcome = asyncio.run(build(MATCHES, Settings(data_dir=tmp_path)).send(sample_alert("tariffs"), "d1"))
    assert outcome.kind == "delivered"
    assert json.loads((tmp_path / MATCHES).read_text())["topic"] == "tariffs"
    assert capsys.readouterr().out.startswith("tariffs: A test alert")


def test_the_networks_that_the_configuration_allows_are_reached(receiver):
    async def taken(request):
        return web.Response()

    async def run(allow):
        async with receiver(taken) as (url, _):
            settings = Settings.model_validate(
                {"network": {"allow": allow}, "destinations": {"hook": HOOK | {"url": url}}}
            )
            return await build("hook", settings).send(sample_alert("tariffs"), "d1")

    assert asyncio.run(run(["127.0.0.0/8"])).kind == "delivered"
    assert asyncio.run(run([])).kind == "refused"


def test_a_sample_says_where_its_word_stands_and_is_new_each_time():
    first, second = sample_alert("tariffs"), sample_alert("tariffs")
    assert first.id != second.id
    (hit,) = first.match.hits
    assert first.story.title[hit.start : hit.end] == hit.text
