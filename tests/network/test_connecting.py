"""Names, proxies and the addresses behind them."""

from ipaddress import ip_network

import pytest

from wirewatch.network.guard import refusal_of_literal

LOOPBACK = [ip_network("127.0.0.0/8")]


PRIVATE = """127.0.0.1 localhost LOCALHOST. news.localhost 127.1 0x7f000001 2130706433 017700000001 [::1]
::ffff:10.0.0.1 169.254.169.254 0 fe80::1%eth0"""


@pytest.mark.parametrize("host", PRIVATE.split())
def test_a_private_address_is_refused_before_a_proxy_is_asked_for_it(host):
    assert refusal_of_literal(host, ()) is not None


@pytest.mark.parametrize(
    "host", ["example.org", "8.8.8.8", "2606:4700::1111", "localhost.example.org", "", "a b"]
)
def test_what_a_proxy_has_to_judge_is_left_to_it(host):
    assert refusal_of_literal(host, ()) is None


def test_an_allowed_network_is_allowed_through_a_proxy_too():
    assert refusal_of_literal("localhost", LOOPBACK) is None
    assert refusal_of_literal("10.0.0.1", LOOPBACK) is not None
