"""The example that is shipped, and the schema that editors use."""

import json
import re
from urllib.parse import urlsplit

import yaml

from wirewatch.config.example import example_text
from wirewatch.config.load import load_settings
from wirewatch.config.schema import json_schema
from wirewatch.config.watched import file_sources

TYPES = {"object": dict, "array": list, "string": str, "null": type(None)}


def fits(value, schema, definitions):
    """Whether a value is of the shape that the schema gives: types, names, patterns and choices."""
    if "$ref" in schema:
        return fits(value, definitions[schema["$ref"].rpartition("/")[2]], definitions)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return any(fits(value, choice, definitions) for choice in choices)
    if not isinstance(value, TYPES[schema.get("type", "string")]):
        return False
    if isinstance(value, list):
        return all(fits(item, schema["items"], definitions) for item in value)
    if isinstance(value, dict):
        return fields_fit(value, schema, definitions)
    return value is None or (
        re.search(schema.get("pattern", ""), value) is not None and value in schema.get("enum", [value])
    )


def fields_fit(value, schema, definitions):
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    shapes = {
        name: known.get(name)
        or next((shape for way, shape in patterns.items() if re.search(way, name)), None)
        for name in value
    }
    return (
        None not in shapes.values()
        and all(fits(value[name], shape, definitions) for name, shape in shapes.items())
        and set(schema.get("required", ())) <= value.keys()
    )


def test_the_example_is_a_good_start(tmp_path):
    path = tmp_path / "wirewatch.yaml"
    path.write_text(example_text(), encoding="utf-8")
    settings = load_settings(path, environ={})
    sources = file_sources(settings)
    assert len(sources) >= 28
    assert all(source.url.startswith("https://") and source.tags for source in sources)
    assert len({source.name for source in sources}) == len(sources)
    assert len({urlsplit(source.url).hostname for source in sources}) >= 28
    kinds = {kind: [s.url for s in sources if s.kind == kind] for kind in ("section", "sitemap")}
    assert "https://apnews.com/politics" in kinds["section"]
    assert "https://www.econotimes.com/Politics" in kinds["section"]
    assert len(kinds["sitemap"]) == 4
    assert list(settings.topics) == ["china", "iowa", "tariffs"]
    assert settings.destinations == {}
    assert all(topic.send == () for topic in settings.topics.values())


def test_the_examples_comments_are_good_too(tmp_path):
    """Taking the signs off the commented options gives a file that loads."""
    text = example_text()
    for start in ("# redis_url:", "# network:", "# destinations:", "# operator:"):
        head, found, tail = text.partition("\n" + start)
        assert found
        block, blank, rest = tail.partition("\n\n")
        text = head + "\n" + start.removeprefix("# ") + block.replace("\n# ", "\n") + blank + rest
    path = tmp_path / "wirewatch.yaml"
    path.write_text(text, encoding="utf-8")
    environ = {
        "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/x",
        "HOOK_SECRET": "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz",
        "SMTP_PASSWORD": "x",
    }
    settings = load_settings(path, environ=environ)
    assert {name: found.kind for name, found in settings.destinations.items()} == {
        "desk": "slack",
        "hook": "webhook",
        "mail": "email",
    }
    assert settings.operator == ("mail",)
    assert settings.redis_url
    assert settings.network.allow


def test_the_schema_knows_the_example():
    schema = json_schema()
    data = yaml.safe_load(example_text())
    assert fits(data, schema, schema["$defs"])
    data["polling"]["min_interval"] = "soon"
    assert not fits(data, schema, schema["$defs"])


def test_the_schema_says_texts_for_durations_and_secrets():
    schema = json_schema()
    json.dumps(schema)
    polling = schema["$defs"]["Polling"]["properties"]
    assert polling["min_interval"]["type"] == "string"
    assert polling["min_interval"]["default"] == "2m"
    assert re.search(polling["min_interval"]["pattern"], "90s")
    webhook = schema["$defs"]["WebhookDestination"]
    assert webhook["properties"]["url"]["type"] == "string"
    assert {"digest", "kind", "url", "secret"} == set(webhook["properties"])
    assert schema["required"] == ["topics"]
    sources = schema["properties"]["sources"]["items"]["anyOf"]
    assert {"type": "string"} in sources
    assert fits({"topics": {"a": {"query": "b"}}, "redis_url": None}, schema, schema["$defs"])
    assert not fits({"topics": {"a": {"query": "b"}}, "colour": "red"}, schema, schema["$defs"])
