"""What hostile servers do: each ends as a named reason, in time, memory bounded, and harms no other host."""

import asyncio
import gzip
import zlib

import brotli
import pytest
from backports import zstd

TEXT = b"<p>The county board votes on the tariff.</p>" * 200
BOUND_S = 2  # DOWNLOAD_TIMEOUT in these tests
LIMIT = 1024 * 1024  # and DOWNLOAD_MAXSIZE
NOTHING = b"\0" * (64 * LIMIT)


def packed_bombs():
    return {
        "gzip": gzip.compress(NOTHING),
        "deflate": zlib.compress(NOTHING),
        "br": brotli.compress(NOTHING, quality=5),
        "zstd": zstd.compress(NOTHING),
        "gzip, gzip": gzip.compress(gzip.compress(NOTHING)),
        "br, gzip": gzip.compress(brotli.compress(NOTHING, quality=5)),
    }


def sends(*pieces, pause=0.0, then="hang up", for_ever=False):
    """A route that sends pieces with pauses, the last one for ever if so wished."""

    async def route(_reader, writer):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        while for_ever:
            writer.write(pieces[-1])
            await writer.drain()
            await asyncio.sleep(pause)
        if then == "reset":
            writer.transport.abort()
        elif then == "wait":
            await asyncio.sleep(60)
        return "hang up"

    return route


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS = HEAD + b"\r\n"

HOSTILE = {
    # what the server sends, and the reason that a person reads
    "an endless stream": (sends(ENDLESS, b"<item/>" * 10_000, for_ever=True), "larger than 1 MB"),
    "endless chunks": (
        sends(CHUNKED, b"4000\r\n" + b"x" * 0x4000 + b"\r\n", for_ever=True),
        "larger than 1 MB",
    ),
    "a length beyond all bounds": (
        sends(HEAD + b"Content-Length: 99999999999\r\n\r\nabc"),
        "larger than 1 MB",
    ),
    "a byte now and then": (sends(ENDLESS, b"x", pause=0.1, for_ever=True), "timed out"),
    "chunks of a byte": (sends(CHUNKED, b"1\r\nx\r\n", pause=0.1, for_ever=True), "timed out"),
    "no answer": (sends(then="wait"), "timed out"),
    "a header now and then": (sends(HEAD, b"X-More: 1\r\n", pause=0.1, for_ever=True), "timed out"),
    "half a status line": (sends(b"HTTP/1.1 2", then="wait"), "timed out"),
    "endless headers": (
        sends(HEAD, b"X-More: 1\r\n" * 1000, for_ever=True),
        "does not speak HTTP as it should",
    ),
    "an endless header": (
        sends(HEAD + b"X-More: ", b"x" * 65536, for_ever=True),
        "does not speak HTTP as it should",
    ),
    "an endless status line": (
        sends(b"HTTP/1.1 200 ", b"x" * 65536, for_ever=True),
        "does not speak HTTP as it should",
    ),
    "continues for ever": (sends(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01, for_ever=True), "timed out"),
    "a length that is none": (
        sends(HEAD + b"Content-Length: many\r\n\r\nabc"),
        "does not speak HTTP as it should",
    ),
    "two lengths": (
        sends(HEAD + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabc"),
        "does not speak HTTP as it should",
    ),
    "a negative length": (sends(HEAD + b"Content-Length: -1\r\n\r\nabc"), "does not speak HTTP as it should"),
    "less than it says": (sends(HEAD + b"Content-Length: 9999\r\n\r\nabc"), "broke off in the middle"),
    "chunks of nonsense": (
        sends(CHUNKED + b"zz\r\nnonsense\r\n"),
        "does not speak HTTP as it should",
    ),
    "more than it says": (
        sends(HEAD + b"Content-Length: 3\r\n\r\nabcdefgh"),
        "does not speak HTTP as it should",
    ),
    "chunks without an end": (sends(CHUNKED + b"3\r\nabc\r\n"), "broke off in the middle"),
    "a reset in the body": (
        sends(HEAD + b"Content-Length: 9999\r\n\r\nabc", then="reset"),
        "broke off in the middle",
    ),
    "a reset": (sends(then="reset"), "hung up without an answer"),
    "nothing": (sends(), "hung up without an answer"),
    "a page without HTTP": (sends(b"<html>an answer of 1991</html>\r\n"), "does not speak HTTP as it should"),
    "another protocol": (sends(b"SSH-2.0-OpenSSH_9.9\r\n"), "does not speak HTTP as it should"),
    "binary rubbish": (sends(bytes(range(256)) * 40), "does not speak HTTP as it should"),
    "a blank in a header's name": (
        sends(HEAD + b"X More : 1\r\n\r\nabc"),
        "does not speak HTTP as it should",
    ),
    "NULs in a header": (sends(HEAD + b"X-More: a\0b\r\n\r\nabc"), "does not speak HTTP as it should"),
    "gzip that is none": (
        sends(HEAD + b"Content-Encoding: gzip\r\n\r\n" + TEXT),
        "its body is not gzip, as it says",
    ),
    "brotli that is none": (
        sends(HEAD + b"Content-Encoding: br\r\n\r\n" + TEXT),
        "its body is not br, as it says",
    ),
    "zstd that is none": (
        sends(HEAD + b"Content-Encoding: zstd\r\n\r\n" + TEXT),
        "its body is not zstd, as it says",
    ),
    "deflate that is none": (
        sends(HEAD + b"Content-Encoding: deflate\r\n\r\n" + TEXT),
        "its body is not deflate, as it says",
    ),
    "gzip without an end": (
        sends(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(TEXT)[:60]),
        "broke off in the middle",
    ),
    "brotli without an end": (
        sends(HEAD + b"Content-Encoding: br\r\n\r\n" + brotli.compress(TEXT)[:30]),
        "broke off in the middle",
    ),
    "zstd without an end": (
        sends(HEAD + b"Content-Encoding: zstd\r\n\r\n" + zstd.compress(TEXT)[:30]),
        "broke off in the middle",
    ),
    "packed a thousand times": (
        sends(HEAD + b"Content-Encoding: " + b"gzip, " * 999 + b"gzip\r\n\r\n" + gzip.compress(TEXT)),
        "its body is packed more than 2 times over",
    ),
    "packed members without an end": (
        sends(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 2000, for_ever=True),
        "its body is not gzip, as it says",
    ),
    "a zstd window of 128 MB": (
        sends(HEAD + b"Content-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\x00\x88" + b"\0" * 99),
        "its body is not zstd, as it says",
    ),
}
# Odd, and read all the same.
HARMLESS = {
    "an empty body": (sends(HEAD + b"Content-Length: 0\r\n\r\n"), b""),
    "no length at all": (sends(ENDLESS + TEXT), TEXT),
    "a continue before": (
        sends(b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + HEAD + b"Content-Length: 3\r\n\r\nabc"),
        b"abc",
    ),
    "hints before": (
        sends(b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" + HEAD + b"Content-Length: 3\r\n\r\nabc"),
        b"abc",
    ),
    "HTTP/1.0": (sends(b"HTTP/1.0 200 OK\r\n\r\nabc"), b"abc"),
    "bare line feeds": (sends(b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc"), b"abc"),
    "binary": (sends(HEAD + b"Content-Length: 256\r\n\r\n" + bytes(range(256))), bytes(range(256))),
    "bytes in a header": (sends(HEAD + b"X-Name: caf\xe9 \xff\r\nContent-Length: 3\r\n\r\nabc"), b"abc"),
}


@pytest.fixture
def hostile(server):
    for number, (route, _) in enumerate([*HOSTILE.values(), *HARMLESS.values()]):
        server.routes[f"/{number}"] = route
    return server


def test_every_hostile_answer_has_its_reason_in_time_and_a_healthy_host_is_asked_meanwhile(
    hostile, crawl, respond
):
    """Each is a host of its own, all are asked at once; the healthy one is asked all the time."""
    hostile.routes["/healthy"] = respond(TEXT)
    cases = {name: reason for name, (_, reason) in HOSTILE.items()}

    async def scenario(ask):
        urls = [hostile.url(f"/{number}", f"127.0.1.{number + 1}") for number in range(len(cases))]
        asking = asyncio.ensure_future(ask.all(urls))
        healthy = []
        while not asking.done():
            healthy.append(await ask(hostile.url("/healthy", "127.0.2.1")))
            await asyncio.sleep(0.02)
        return await asking, healthy

    asked, healthy = crawl(scenario, DOWNLOAD_TIMEOUT=BOUND_S, DOWNLOAD_MAXSIZE=LIMIT)
    told = {name: one.told for name, one in zip(cases, asked, strict=True)}
    assert {name: words.partition(":")[0] for name, words in told.items()} == cases
    assert max(one.seconds for one in asked) < BOUND_S + 5
    assert {one.told for one in healthy} == {"200"}
    # While others drip for two seconds: were it held up by them, it would be asked a few times only.
    assert len(healthy) > 20


def test_what_is_only_odd_is_read(hostile, crawl):
    async def scenario(ask):
        return await ask.all(
            [hostile.url(f"/{len(HOSTILE) + n}", f"127.0.1.{n + 1}") for n in range(len(HARMLESS))]
        )

    asked = crawl(scenario)
    bodies = {name: one.reason or one.response.body for name, one in zip(HARMLESS, asked, strict=True)}
    assert bodies == {name: body for name, (_, body) in HARMLESS.items()}


def test_bombs_are_told_by_their_first_pieces(server, ask_apart, respond):
    bombs = packed_bombs()
    for number, (coding, body) in enumerate(bombs.items()):
        server.routes[f"/{number}"] = respond(body, Content_Encoding=coding)
    urls = [server.url(f"/{number}", f"127.0.1.{number + 1}") for number in range(len(bombs))]
    done = ask_apart(urls, DOWNLOAD_MAXSIZE=LIMIT)
    assert [done["told"][url][0] for url in urls] == ["larger than 1 MB"] * len(bombs)
    # Together they are 384 MB.
    assert done["grown_mb"] < 40


def test_hosts_that_send_for_ever_cannot_fill_the_memory_together(server, ask_apart, respond):
    """Sixty hosts send fifteen megabytes each, and then wait: 900 MB, were it all held."""
    body = b"<item/>" * (15 * LIMIT // 7 - 1)
    server.routes["/large"] = sends(ENDLESS + body, then="wait")
    server.routes["/small"] = respond(TEXT)
    large = [server.url("/large", f"127.0.1.{n + 1}") for n in range(60)]
    small = server.url("/small", "127.0.2.1")
    done = ask_apart([*large, small], DOWNLOAD_TIMEOUT=6)
    told = [done["told"][url][0] for url in large]
    assert done["told"][small][0] == "200"
    assert set(told) == {"timed out", "large, while too much else was being read"}
    assert done["grown_mb"] < 350


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/circle", "redirects in a circle"),
        ("/circle-of-two", "redirects in a circle"),
        ("/far/9", "redirects more than 5 times"),
        ("file:///etc/passwd", "redirects to an address that is neither http nor https"),
        ("data:text/html,hello", "redirects to an address that is neither http nor https"),
        ("ftp://127.0.0.1/feed", "redirects to an address that is neither http nor https"),
        ("javascript:alert(1)", "redirects to what is no address"),
        ("http://10.1.2.3/feed", "private address"),
        ("http://169.254.169.254/latest/meta-data", "private address"),
        ("http://[::ffff:10.0.0.1]/", "private address"),
        ("http://0x0a000001/", "private address"),
        ("http://0xa.1/", "private address"),
        ("http://167772161/", "is no address that can be asked"),
        ("http://[bad/", "redirects to what is no address"),
        ("http://host:port/", "redirects to what is no address"),
        ("\xff\xfe", "404"),
    ],
)
def test_a_redirect_that_is_not_followed_is_named(server, crawl, respond, location, reason):
    server.routes["/feed"] = respond(status="301 Moved Permanently", Location=location)
    server.routes["/circle"] = respond(status="302 Found", Location="/circle")
    server.routes["/circle-of-two"] = respond(status="302 Found", Location="/feed")
    for n in range(1, 10):
        server.routes[f"/far/{n}"] = respond(status="307 Temporary Redirect", Location=f"/far/{n - 1}")

    async def scenario(ask):
        return await ask(server.url("/feed"))

    assert crawl(scenario, DOWNLOAD_TIMEOUT=BOUND_S).told.partition(":")[0] == reason


def test_five_redirects_are_followed_and_remembered(server, crawl, respond):
    server.routes["/0"] = respond(TEXT)
    for n in range(1, 6):
        status = "301 Moved Permanently" if n % 2 else "302 Found"
        server.routes[f"/{n}"] = respond(status=status, Location=f"/{n - 1}")

    async def scenario(ask):
        return await ask(server.url("/5"))

    asked = crawl(scenario)
    assert asked.response.url == server.url("/0")
    meta = asked.response.request.meta
    assert meta["redirect_urls"] == [server.url(f"/{n}") for n in (5, 4, 3, 2, 1)]
    assert meta["redirect_reasons"] == [301, 302, 301, 302, 301]


def test_redirects_share_one_time_bound(server, crawl):
    async def late(_reader, writer):
        await asyncio.sleep(0.8)
        number = int(server.paths()[-1][1:])
        writer.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /%d\r\n\r\n" % (number + 1))

    server.routes |= {f"/{n}": late for n in range(9)}

    async def scenario(ask):
        return await ask(server.url("/0"))

    asked = crawl(scenario, DOWNLOAD_TIMEOUT=2)
    assert asked.reason == "timed out"
    assert len(server.asked) <= 3


def test_from_https_to_http_is_followed_and_counted(secure_server, server, crawl, respond, trusted):
    secure_server.routes["/feed"] = respond(status="301 Moved Permanently", Location=server.url("/feed"))
    server.routes["/feed"] = respond(TEXT)

    async def scenario(ask):
        asked = await ask(secure_server.url("/feed", "localhost"))
        return asked, ask.crawler.stats.get_value("redirects/https_to_http")

    asked, counted = crawl(scenario)
    assert (asked.told, counted) == ("200", 1)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "data:text/html,x", "ftp://127.0.0.1/x", "s3://bucket/x", "gopher://127.0.0.1/"],
)
def test_what_is_no_web_address_is_not_opened(crawl, url):
    async def scenario(ask):
        return await ask(url)

    assert crawl(scenario).reason is not None


def test_private_addresses_are_not_reached_unless_they_are_allowed(server, crawl, respond):
    server.routes["/feed"] = respond(TEXT)

    async def scenario(ask):
        return await ask.all(
            [server.url("/feed"), server.url("/feed", "localhost"), server.url("/feed", "0x7f.1")]
        )

    asked = crawl(scenario, WIREWATCH_ALLOW_NETWORKS=[])
    assert all(one.reason.startswith("private address") for one in asked)
    assert not server.asked
