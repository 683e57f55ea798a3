"""A way to the store on which answers get lost."""

import asyncio


class LossyWay:
    """A port that leads to the store, and now and then breaks a connection instead of bringing its answer.

    The store has done then what it was told, and its client does not know: as after a kill in that instant.

    Attributes:
        lost: how many answers were lost.
    """

    def __init__(self, socket, chance, share):
        self.lost = 0
        self.url = ""
        self._socket = socket
        self._chance = chance
        self._share = share

    async def open(self):
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"

    async def _serve(self, reader, writer):
        to_store = await asyncio.open_unix_connection(self._socket)
        ways = [self._pass(reader, to_store[1], 0.0), self._pass(to_store[0], writer, self._share)]
        tasks = [asyncio.create_task(way) for way in ways]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        writer.close()
        to_store[1].close()

    async def _pass(self, reader, writer, share):
        while data := await reader.read(1 << 20):
            if self._chance.random() < share:
                self.lost += 1
                return
            writer.write(data)
