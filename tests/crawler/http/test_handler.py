"""What goes over the wire, and what comes back."""

import asyncio
import gzip
import resource
import socket
import threading
import zlib

import brotli
import pytest
from backports import zstd

TEXT = b"<p>The county board votes on the tariff.</p>" * 200


def bare_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def test_a_request_says_who_we_are_and_nothing_else(server, crawl, respond):
    server.routes["/feed"] = respond(TEXT, Set_Cookie="id=1; path=/")
    server.routes["/moved"] = respond(status="302 Found", Location="/feed", Set_Cookie="id=2")

    async def scenario(ask):
        await ask(server.url("/feed"))
        await ask(server.url("/moved"))

    crawl(scenario, USER_AGENT="Wirewatch/9 (+https://example.org/bot)")
    assert len(server.asked) == 3
    for path, head in server.asked:
        lines = head.strip().split("\r\n")
        assert lines[0] == f"GET {path} HTTP/1.1"
        names = {line.partition(":")[0].lower() for line in lines[1:]}
        assert names == {"host", "accept", "accept-encoding", "user-agent"}
        assert "User-Agent: Wirewatch/9 (+https://example.org/bot)" in lines


def test_a_host_is_asked_over_the_same_connection_again(server, crawl, respond):
    server.routes["/feed"] = respond(TEXT)

    async def scenario(ask):
        return [await ask(server.url("/feed")) for _ in range(20)]

    assert all(one.response.body == TEXT for one in crawl(scenario))
    assert server.connections == 1


@pytest.mark.parametrize(
    "etag",
    [
        b'W/"plain"',
        b'"caf\xe9"',
        b'"\xe2\x82\xac"',
        b'"\xff\xfe \x80"',
        b'"wirewatch-raw-00."',
        bytes(range(33, 256)),
        b'"a\x01b\x7f"',
    ],
)
def test_a_validator_is_echoed_byte_for_byte(etag, server, crawl, respond):
    head, _, body = respond(TEXT).partition(b"\r\n\r\n")
    server.routes["/feed"] = head + b"\r\nETag: " + etag + b"\r\n\r\n" + body

    async def scenario(ask):
        first = (await ask(server.url("/feed"))).response.headers.get("ETag")
        await ask(server.url("/feed"), headers={"If-None-Match": first, "If-Modified-Since": b"\x80 then"})
        return first

    assert crawl(scenario) == etag
    echoed = server.asked[1][1].encode("latin-1").split(b"\r\n")
    assert b"If-None-Match: " + etag in echoed
    assert b"If-Modified-Since: \x80 then" in echoed


def test_a_redirected_request_waits_in_the_line_of_the_host_that_it_leads_to(server, crawl, respond):
    server.routes["/there"] = respond(TEXT)
    server.routes["/moved"] = respond(status="302 Found", Location=server.url("/there", host="127.0.0.2"))

    async def scenario(ask):
        return await ask(server.url("/moved"))

    asked = crawl(scenario)
    assert asked.response.request.meta["download_slot"] == "127.0.0.2"


def test_an_address_is_asked_for_as_it_is_written(server, crawl, respond):
    path = "/a%2Fb/%7Ec;v=1?q=%41&u=http%3A%2F%2Fx"
    server.routes[path] = respond(TEXT)

    async def scenario(ask):
        return await ask(server.url(path))

    assert crawl(scenario).told == "200"


@pytest.mark.parametrize(
    ("packed", "headers"),
    [
        (gzip.compress(TEXT), {"Content_Encoding": "gzip"}),
        (gzip.compress(TEXT), {"Content_Encoding": "x-gzip"}),
        (gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), {"Content_Encoding": "GZIP"}),
        (gzip.compress(TEXT) + b"\0\0rubbish", {"Content_Encoding": "gzip"}),
        (gzip.compress(TEXT)[:-8] + b"wrong  crc", {"Content_Encoding": "gzip"}),
        (zlib.compress(TEXT), {"Content_Encoding": "deflate"}),
        (bare_deflate(TEXT), {"Content_Encoding": "deflate"}),
        (brotli.compress(TEXT), {"Content_Encoding": "br"}),
        (zstd.compress(TEXT), {"Content_Encoding": "zstd"}),
        (gzip.compress(gzip.compress(TEXT)), {"Content_Encoding": "gzip, gzip"}),
        (brotli.compress(gzip.compress(TEXT)), {"Content_Encoding": ["gzip", "br"]}),
        (TEXT, {"Content_Encoding": "utf-8"}),
        (TEXT, {"Content_Encoding": "identity"}),
        (b"", {"Content_Encoding": "gzip"}),
    ],
)
def test_a_packed_body_is_unpacked(server, crawl, respond, packed, headers):
    server.routes["/feed"] = respond(packed, **headers)

    async def scenario(ask):
        return await ask(server.url("/feed"))

    asked = crawl(scenario)
    assert asked.reason is None
    assert asked.response.body == (TEXT if packed else b"")
    assert "Content-Encoding" not in asked.response.headers


def test_headers_of_many_kilobytes_are_read(server, crawl, respond):
    policy = "default-src " + " ".join(f"https://host{n}.example" for n in range(1500))
    server.routes["/feed"] = respond(TEXT, Content_Security_Policy=policy, Set_Cookie=["a=b"] * 200)

    async def scenario(ask):
        return await ask(server.url("/feed"))

    assert crawl(scenario).told == "200"


def test_a_secure_host_is_asked_over_one_connection_and_its_session_is_taken_up_again(
    secure_server, crawl, respond, trusted
):
    secure_server.routes["/feed"] = respond(TEXT)
    secure_server.routes["/closes"] = respond(TEXT, Connection="close")

    async def scenario(ask):
        first = [await ask(secure_server.url("/feed", "localhost")) for _ in range(5)]
        connections = secure_server.connections
        then = [await ask(secure_server.url("/closes", "localhost")) for _ in range(4)]
        return first + then, connections

    asked, connections = crawl(scenario)
    assert {one.told for one in asked} == {"200"}
    assert connections == 1
    # The first of the four goes over the open connection; each closes its own.
    assert secure_server.connections == 4
    assert secure_server.resumed == 3


def test_a_host_that_cannot_prove_who_it_is_is_not_read(secure_server, crawl, respond):
    secure_server.routes["/feed"] = respond(TEXT)

    async def scenario(ask):
        return await ask(secure_server.url("/feed", "localhost"))

    assert crawl(scenario).reason == "its certificate is not valid: self-signed certificate"


def test_a_certificate_for_another_host_is_named(secure_server, crawl, respond, trusted):
    secure_server.routes["/feed"] = respond(TEXT)

    async def scenario(ask):
        return await ask(secure_server.url("/feed", "127.0.0.2"))

    assert crawl(scenario).reason.startswith("its certificate is not valid: IP address mismatch")


def test_a_host_that_speaks_no_tls_is_named(crawl):
    async def scenario(ask):
        async def refuse(reader, writer):
            await reader.read(100)
            writer.write(b"HTTP/1.0 400 Bad Request\r\n\r\n")
            writer.close()

        plain = await asyncio.start_server(refuse, "127.0.0.1", 0)
        asked = await ask(f"https://127.0.0.1:{plain.sockets[0].getsockname()[1]}/feed")
        plain.close()
        return asked

    assert crawl(scenario).reason.startswith("no secure connection")


def test_dead_names_do_not_keep_other_hosts_from_being_found(server, crawl, respond, monkeypatch):
    server.routes["/feed"] = respond(TEXT)
    look_up, answered = socket.getaddrinfo, threading.Event()

    def slow_for_the_dead(host, *args, **kwargs):
        if str(host).endswith(".invalid"):
            answered.wait(20)
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", slow_for_the_dead)

    async def scenario(ask):
        dead = asyncio.gather(*(ask(f"http://dead{n}.invalid/") for n in range(60)))
        alive = await ask(server.url("/feed", "localhost"))
        waiting = not dead.done()
        answered.set()
        return alive, waiting, await dead

    alive, waiting, dead = crawl(scenario)
    assert alive.told == "200"
    assert waiting
    assert {one.reason for one in dead} == {"host name not found"}


def test_more_hosts_than_a_process_may_open_files_for_are_asked_at_once(server, crawl, respond):
    answered = threading.Event()

    async def late(_reader, writer):
        await asyncio.to_thread(answered.wait, 20)
        writer.write(respond(TEXT))

    server.routes["/feed"] = late
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))

    async def scenario(ask):
        urls = [server.url("/feed", f"127.0.{1 + n // 250}.{1 + n % 250}") for n in range(300)]
        asking = asyncio.ensure_future(ask.all(urls))
        answered.set()
        return await asking

    try:
        asked = crawl(scenario)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert {one.told for one in asked} == {"200"}
