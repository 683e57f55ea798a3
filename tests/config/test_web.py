"""The section web: where we listen, and where hubs reach us."""

import pytest
from pydantic import ValidationError

from wirewatch.config.settings import Web


def fault(**fields):
    with pytest.raises(ValidationError) as raised:
        Web(**fields)
    (error,) = raised.value.errors()
    return error["msg"].removeprefix("Value error, ")


def test_it_listens_on_this_machine_alone_and_hubs_do_not_reach_it_unless_told():
    assert Web().listen == "127.0.0.1:8480"
    assert Web().public_url is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" https://wire.example.org/ ", "https://wire.example.org"),
        ("https://wire.example.org:8443/wire/", "https://wire.example.org:8443/wire"),
        ("http://127.0.0.1:8480", "http://127.0.0.1:8480"),
        ("http://localhost:8480", "http://localhost:8480"),
        ("http://[::1]:8480", "http://[::1]:8480"),
    ],
)
def test_the_public_address_is_https_or_this_machine(written, kept):
    assert Web(public_url=written).public_url == kept


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("http://wire.example.org", "not https"),
        ("http://10.0.0.1", "not https"),
        ("wire.example.org", "does not start with https:// or http://"),
        ("https://", "has no host"),
        ("https://wire.example.org/?a=b", "more than a host and a path"),
        ("https://user:secret@wire.example.org", "more than a host and a path"),
    ],
)
def test_another_public_address_is_refused_with_what_would_be_right(written, words):
    told = fault(public_url=written)
    assert words in told
    assert "https://wire.example.org" in told
    assert "secret" not in told


@pytest.mark.parametrize("listen", ["127.0.0.1:8480", "0.0.0.0:80", "[::]:8480", "localhost:1"])
def test_a_host_and_a_port_are_listened_on(listen):
    assert Web(listen=listen).listen == listen


@pytest.mark.parametrize(
    "listen", ["8480", ":8480", "localhost", "a:b", "a:99999", "a:80/x", "::1:80", "u@a:80", ""]
)
def test_anything_else_to_listen_on_is_refused(listen):
    assert fault(listen=listen) == "not a host and a port to listen on; write one such as 127.0.0.1:8480"
