"""What a good file says."""

from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from wirewatch.config.durations import duration_text, parse_duration
from wirewatch.config.environment import expand
from wirewatch.config.load import load_settings
from wirewatch.config.watched import file_sources
from wirewatch.ids import source_id
from wirewatch.models import Origin, SourceKind

SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"

WHOLE = """
data_dir: var
redis_url:
polling: { min_interval: 90s, backfill: 0s }
network: { contact: "https://example.org/bot", allow: [127.0.0.0/8, "fd00::/8"] }
sources:
  - https://www.example.org/politics/rss
  - url: HTTPS://example.org:443/politics
    kind: section
    name: Example Politics
    tags: [national, no, 2026]
    read: page
    polling: { max_interval: 1d }
topics:
  tariffs:
    query: tariff* OR "import duties" OR (duty NEAR/4 import*)
    ignore: &ignored ["hotel tariff", 1984]
    send: [desk, hook]
  null: { query: ="Polish", ignore: *ignored }
operator: [mail]
destinations:
  desk: { kind: slack, url: "${SLACK_WEBHOOK_URL}" }
  hook: { kind: webhook, url: https://ops.example.org/wire, secret: "${HOOK_SECRET}", digest: 30m }
  mail: { kind: email, smtp: "smtps://user:${SMTP_PASSWORD}@mail.example.org",
          from: "Wire <wire@example.org>", to: [desk@example.org], digest: hourly }
  again: { kind: slack, url: "https://h.example/$${x}$", digest: daily }
"""
ENVIRON = {"SLACK_WEBHOOK_URL": "https://hooks.slack.com/x", "HOOK_SECRET": SECRET}


def load(tmp_path, text=WHOLE, environ=ENVIRON, **arguments):
    path = tmp_path / "wirewatch.yaml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, environ=environ, **arguments)


def test_a_whole_file_is_read(tmp_path):
    environ = {**ENVIRON, "SMTP_PASSWORD": "a${b}%2F"}
    settings = load(tmp_path, environ=environ)
    assert settings.data_dir == Path("var")
    assert settings.redis_url is None
    assert settings.polling.min_interval == timedelta(seconds=90)
    assert settings.polling.max_interval == timedelta(hours=6)
    assert settings.polling.backfill == timedelta(0)
    assert settings.network.allow == (ip_network("127.0.0.0/8"), ip_network("fd00::/8"))
    assert [source.url for source in settings.sources] == [
        "https://www.example.org/politics/rss",
        "HTTPS://example.org:443/politics",
    ]
    assert settings.operator == ("mail",)
    hook, desk, mail = (settings.destinations[name] for name in ("hook", "desk", "mail"))
    assert (hook.kind, hook.secret.get_secret_value(), hook.digest) == (
        "webhook",
        SECRET,
        timedelta(minutes=30),
    )
    assert (desk.url.get_secret_value(), desk.digest) == ("https://hooks.slack.com/x", None)
    # What the environment brings is not expanded again.
    assert mail.smtp.get_secret_value() == "smtps://user:a${b}%2F@mail.example.org"
    assert (mail.sender, mail.to, mail.digest) == (
        "Wire <wire@example.org>",
        ("desk@example.org",),
        timedelta(hours=1),
    )
    assert settings.destinations["again"].url.get_secret_value() == "https://h.example/${x}$"
    assert settings.destinations["again"].digest == timedelta(days=1)


def test_texts_stay_as_they_are_written(tmp_path):
    settings = load(tmp_path, environ={**ENVIRON, "SMTP_PASSWORD": "x"})
    assert settings.sources[1].tags == ("national", "no", "2026")  # YAML 1.1 has no for False
    assert settings.topics["tariffs"].query == 'tariff* OR "import duties" OR (duty NEAR/4 import*)'
    assert settings.topics["tariffs"].ignore == ("hotel tariff", "1984")
    assert settings.topics["null"].query == '="Polish"'
    assert settings.topics["null"].ignore == settings.topics["tariffs"].ignore


def test_sources_are_named_and_bounded(tmp_path):
    first, second = file_sources(load(tmp_path, environ={**ENVIRON, "SMTP_PASSWORD": "x"}))
    assert first.name == "example.org"
    assert first.id == source_id("https://www.example.org/politics/rss")
    assert (first.kind, first.origin, first.read) == (None, Origin.FILE, "auto")
    assert (first.min_interval, first.max_interval) == (timedelta(seconds=90), timedelta(hours=6))
    assert second.id == source_id("https://example.org/politics")
    assert second.url == "HTTPS://example.org:443/politics"
    assert (second.name, second.kind, second.read) == ("Example Politics", SourceKind.SECTION, "page")
    assert (second.min_interval, second.max_interval) == (timedelta(seconds=90), timedelta(days=1))


def test_topics_are_enough(tmp_path):
    settings = load(tmp_path, "topics: { a: { query: b } }")
    assert settings.sources == ()
    assert settings.data_dir == Path(".wirewatch")
    assert load(tmp_path, "topics: { a: { query: b } }\nsources:\npolling:\ndestinations:\n") == settings


def test_the_command_and_the_environment_go_before_the_file(tmp_path):
    text = "topics: { a: { query: b } }\ndata_dir: x\nredis_url: redis://a.example\n"
    settings = load(tmp_path, text, {"WIREWATCH_REDIS_URL": "unix:///run/v.sock"}, data_dir=tmp_path)
    assert settings.data_dir == tmp_path
    assert settings.redis_url.get_secret_value() == "unix:///run/v.sock"
    settings = load(tmp_path, text, {"WIREWATCH_REDIS_URL": ""})
    assert settings.redis_url.get_secret_value() == "redis://a.example"


def test_a_home_directory_is_found(tmp_path):
    assert load(tmp_path, "topics: { a: { query: b } }\ndata_dir: ~/news\n").data_dir == Path.home() / "news"


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=36500)))
def test_a_duration_reads_back_as_it_was_written(duration):
    assert parse_duration(duration_text(duration)) == duration


@given(st.integers(0, 10_000), st.sampled_from("smhd"))
def test_a_whole_duration_keeps_its_length_in_the_largest_unit(number, unit):
    text = duration_text(parse_duration(f"{number}{unit}"))
    assert parse_duration(text) == parse_duration(f" {number} {unit} ")
    assert len(text) <= len(f"{number}{unit}")


@given(st.text(), st.text())
def test_a_text_without_references_is_left_alone(text, value):
    if "${" not in text:
        assert expand(text, {}) == text
    assert expand("${X}", {"X": value}) == value
    assert expand(text.replace("$", "").replace("{", "") + "$${X}", {}).endswith("${X}")
