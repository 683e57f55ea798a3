"""``python -m newsroom``: serve a pretend world until told to stop."""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket

from newsroom.clock import Clock, utc_now
from newsroom.outlets import sources
from newsroom.receiver import Receiver
from newsroom.server import CONTROL_HOST, Server, listen
from newsroom.subjects import IGNORED
from newsroom.world import World

PARENT_POLL_S = 0.5


def main() -> None:
    """Read the command line and serve."""
    options = _options()
    listeners = listen(options.port)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(options, listeners))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m newsroom", description="A pretend world of news outlets on loopback, offline."
    )
    parser.add_argument("--port", type=int, default=0, help="one port for all addresses; 0: a free one")
    parser.add_argument("--stories", type=int, default=60, help="articles to publish, copies included")
    parser.add_argument("--rate", type=float, default=8.0, help="articles per second")
    parser.add_argument("--speed", type=float, default=1.0, help="seconds of the plan per second")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same world")
    parser.add_argument("--secret", help="whsec_…: webhooks must be signed with it")
    parser.add_argument("--fail-rate", type=float, default=0.0, help="share of first attempts that fail")
    parser.add_argument("--wait", action="store_true", help="publish from POST /start on")
    return parser.parse_args()


async def _serve(options: argparse.Namespace, listeners: list[socket.socket]) -> None:
    parent = os.getppid()
    port = listeners[0].getsockname()[1]
    start = utc_now()
    world = World(options.seed, options.stories, options.rate, start, port)
    clock = Clock(start, options.speed)
    server = Server(world, clock, Receiver(clock, options.secret, options.fail_rate))
    await server.start(listeners)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    if not options.wait:
        clock.open()
    control = f"http://{CONTROL_HOST}:{port}"
    greeting = {
        "port": port,
        "control": control,
        "webhook": f"{control}/hook",
        "slack": f"{control}/slack",
        "sources": sources(port),
        "ignore": IGNORED,
    }
    print(json.dumps(greeting), flush=True)
    while not stopped.is_set() and os.getppid() == parent:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), PARENT_POLL_S)
    await server.stop()


if __name__ == "__main__":
    main()
