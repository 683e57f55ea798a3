"""The web part as a part of the daemon."""

import socket
import urllib.error
import urllib.request

FEED = '<rss version="2.0"><channel><title>Quiet</title></channel></rss>'


def answers(listen):
    try:
        with urllib.request.urlopen(f"http://{listen}/healthz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def test_the_daemon_serves_hubs_as_long_as_the_configuration_says_where_they_reach_us(
    site, configure, daemon, until
):
    site.put("/feed.xml", FEED, "application/rss+xml")
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    web = {"listen": listen, "public_url": "https://wire.example.org"}
    with daemon(configure(web={"listen": listen})) as one:
        until(lambda: (now := one.figures()) and now.count("polls"), what="a poll")
        assert not answers(listen)
        configure(web=web)
        until(lambda: answers(listen), what="an answer")
        configure(web={"listen": listen})
        until(lambda: not answers(listen), what="its end")
        assert one.process.poll() is None
