"""Which addresses may be connected to."""

from ipaddress import ip_network

import pytest

from wirewatch.network.guard import may_connect

PRIVATE = """127.0.0.1 10.0.0.1 192.168.1.1 169.254.169.254 0.0.0.0 224.0.0.1 100.64.0.1 ::1 :: fe80::1
fc00::1 fec0::1 ff02::1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 ::7f00:1 64:ff9b::7f00:1 64:ff9b:1::a00:1
2002:7f00:1:: 2001:0:4136:e378:8000:63bf:80ff:fffe fe80::1%eth0"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_refused_in_whatever_they_are_wrapped(address):
    assert not may_connect(address, ())


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_reached(address):
    assert may_connect(address, ())


def test_a_network_that_is_allowed_is_reached_and_no_other():
    allow = [ip_network("127.0.0.0/8"), ip_network("fd00::/8")]
    assert may_connect("127.0.0.2", allow)
    assert may_connect("::ffff:127.0.0.2", allow)
    assert may_connect("fd00::5", allow)
    assert not may_connect("10.0.0.1", allow)
