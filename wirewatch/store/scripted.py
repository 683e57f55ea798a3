"""Many calls of one script in one round trip: whoever calls while another's answer is awaited goes next."""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import NoScriptError

from wirewatch.store.script import source_of

_MOST_AT_ONCE = 128

Arguments = Sequence[str | int | bytes]
Call = tuple[asyncio.Future[Any], Sequence[str], Arguments]


class Scripted:
    """A script that many tasks call at once: their calls share pipelines, each atomic for itself."""

    def __init__(self, connection: Redis, name: str) -> None:
        self._connection = connection
        self._text = source_of(name)
        self._sha = connection.register_script(self._text).sha
        self._waiting: list[Call] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, keys: Sequence[str], args: Arguments) -> Any:
        """The script's answer.

        Raises:
            RedisError: the store's own error, or that it does not answer: whether the script ran is then
                not known.
        """
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((answer, keys, args))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
            try:
                answers = await self._send(batch)
            except Exception as error:  # whatever it is, nobody must wait for ever
                answers = [error] * len(batch)
            for (answer, _, _), told in zip(batch, answers, strict=True):
                if answer.done():
                    continue  # its caller gave up
                if isinstance(told, Exception):
                    answer.set_exception(told)
                else:
                    answer.set_result(told)

    async def _send(self, batch: Sequence[Call]) -> list[Any]:
        answers = await self._pipelined(batch)
        lost = [at for at, told in enumerate(answers) if isinstance(told, NoScriptError)]
        if lost:  # a store that was restarted knows no script any more
            await self._connection.script_load(self._text)
            again = await self._pipelined([batch[at] for at in lost])
            for at, told in zip(lost, again, strict=True):
                answers[at] = told
        return answers

    async def _pipelined(self, batch: Sequence[Call]) -> list[Any]:
        async with self._connection.pipeline(transaction=False) as pipe:
            for _, keys, args in batch:
                pipe.evalsha(self._sha, len(keys), *keys, *args)
            return await pipe.execute(raise_on_error=False)
