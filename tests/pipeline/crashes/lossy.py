"""A way to the store on which answers get lost."""

import asyncio

_DOORS = (b"EVAL", b"EXEC")  # commands that change something


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
        from_store, to_store = await asyncio.open_unix_connection(self._socket)
        losing = asyncio.Event()
        tasks = [
            asyncio.create_task(self._ask(reader, to_store, losing)),
            asyncio.create_task(self._answer(from_store, writer, losing)),
        ]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        writer.close()
        to_store.close()

    async def _ask(self, reader, to_store, losing):
        while data := await reader.read(1 << 20):
            # Not of a connection's first words: a client may give up that can never say what it wants.
            if any(word in data for word in _DOORS) and self._chance.random() < self._share:
                losing.set()
            to_store.write(data)

    async def _answer(self, from_store, writer, losing):
        while data := await from_store.read(1 << 20):
            if losing.is_set():
                self.lost += 1
                return
            writer.write(data)
