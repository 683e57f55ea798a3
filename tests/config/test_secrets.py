"""No error repeats a value: it may be a secret, or a secret in the wrong place."""

import base64
import string

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from wirewatch.config.load import load_settings
from wirewatch.config.settings import Settings
from wirewatch.errors import ConfigError

SIGNS = "!%&/()=?+*#-_.:,;@<>|"
SHORT = st.text(string.ascii_letters + string.digits + SIGNS, min_size=10, max_size=28).map("aZ{}".format)
SECRETS = st.one_of(
    st.binary(min_size=18, max_size=80).map(lambda key: "whsec_" + base64.b64encode(key).decode()),
    # In small letters and capitals, as random ones of this length are.
    st.text(string.ascii_letters + string.digits + SIGNS, min_size=29, max_size=60).map("aZ{}".format),
)
# Each leaves the file invalid whatever S is, so that there is an error to look at.
PLACES = [
    "destinations: { a: { kind: webhook, url: S, secret: x } }",
    "destinations: { a: { kind: webhook, url: 'ftp://x', secret: S } }",
    "destinations: { a: { kind: S, url: S } }",
    "destinations: { a: S }",
    "destinations: { a: { kind: email, smtp: S, from: S, to: [S] } }",
    "destinations: { a: { kind: slack, url: S, digest: S, S: x } }",
    "destinations: [S]",
    "S: S",
    "data_dir: [S]",
    "redis_url: S\nx: y",
    "polling: { min_interval: S, max_interval: S, backfill: S }",
    "polling: S",
    "network: { allow: [S, 10.0.0.1/8], contact: [S] }",
    "sources: [S, S]\nx: y",
    "sources: [{ url: S, kind: S, read: S, S: S }]",
    "sources: S",
    "topics: { a: { query: b, send: [S], ignore: S } }",
    "topics: { S: S }\nx: y",
    "topics: { a: { query: 'b' S } }",
    "operator: [S]",
    "a: 'S\n",
    "a: *S\n",
    "a: !S x\n",
]


def quoted(secret):
    return "'" + secret.replace("'", "''") + "'"


def refused(path, text, environ):
    path.write_text("zz: broken\n" + text)
    with pytest.raises(ConfigError) as caught:
        load_settings(path, environ=environ)
    return str(caught.value) + repr(caught.value)


IN_PLACE = hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("place", PLACES)
@given(secret=SECRETS)
@IN_PLACE
def test_a_secret_in_the_wrong_place_is_not_repeated(place, secret, tmp_path):
    path = tmp_path / "wirewatch.yaml"
    raw = "'S\n" in place or "*S" in place or "!S" in place
    assert secret not in refused(path, place.replace("S", secret if raw else quoted(secret)), {})
    assert secret not in refused(path, place.replace("S", "'${SECRET}'"), {"SECRET": secret})
    assert secret not in refused(path, place.replace("S", quoted(f"${{{secret}}}")), {})


# A short one that is taken for a field's name cannot be told from one.
@pytest.mark.parametrize("place", [place for place in PLACES if "S: " not in place])
@given(secret=SHORT)
@IN_PLACE
def test_a_short_secret_is_not_repeated_either(place, secret, tmp_path):
    path = tmp_path / "wirewatch.yaml"
    assert secret not in refused(path, place.replace("S", quoted(secret)), {})
    assert secret not in refused(path, place.replace("S", "'${SECRET}'"), {"SECRET": secret})


@given(SECRETS)
def test_pydantics_own_error_does_not_repeat_it_either(secret):
    with pytest.raises(ValueError, match="validation error") as caught:
        Settings.model_validate(
            {"sources": [[secret]], "destinations": {"a": {"kind": "slack", "url": [secret]}}}
        )
    assert secret not in str(caught.value)


def test_settings_do_not_show_their_secrets():
    settings = Settings.model_validate(
        {
            "redis_url": "redis://:hunter2@x",
            "destinations": {"a": {"kind": "slack", "url": "https://x/hunter2"}},
        }
    )
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in settings.model_dump_json()
