"""Signatures as hubs write them."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.web.signature import is_signed

METHODS = ["sha1", "sha256", "sha384", "sha512"]
SECRET, BODY = "a secret", b"<rss/>"


def right(method, body=BODY, secret=SECRET):
    return hmac.new(secret.encode(), body, method).hexdigest()


@pytest.mark.parametrize("method", METHODS)
def test_each_recognised_method_is_checked(method):
    assert is_signed(f"{method}={right(method)}", SECRET, BODY)
    assert is_signed(f" {method.upper()}={right(method).upper()} ", SECRET, BODY)


@pytest.mark.parametrize("method", METHODS)
def test_a_wrong_signature_is_none(method):
    for given_ in (
        right(method, secret="another"),
        right(method, BODY + b" "),
        right(method)[:-1],
        right(method) + "0",
        "",
    ):
        assert not is_signed(f"{method}={given_}", SECRET, BODY)
    assert not is_signed(right(method), SECRET, BODY)


def test_a_method_that_is_not_recognised_is_none():
    for header in (
        None,
        "",
        "=",
        "md5=" + right("md5"),
        "sha224=" + right("sha224"),
        "sha256:" + right("sha256"),
    ):
        assert not is_signed(header, SECRET, BODY)


def test_a_signature_by_one_method_is_none_by_another():
    assert not is_signed(f"sha1={right('sha256')}", SECRET, BODY)


@given(st.text(max_size=200), st.binary(max_size=50))
def test_whatever_is_sent_nothing_is_raised(header, body):
    assert not is_signed(header, SECRET, body)


def test_the_example_of_github_is_checked_right():
    """The same scheme, with published values (GitHub, "Validating webhook deliveries")."""
    header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert is_signed(header, "It's a Secret to Everybody", b"Hello, World!")
