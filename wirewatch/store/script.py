"""The Lua scripts, loaded from their files once."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from redis.client import Pipeline


@cache
def source_of(name: str) -> str:
    """The text of ``scripts/NAME.lua``."""
    return (files("wirewatch.store") / "scripts" / f"{name}.lua").read_text("utf-8")


def add_script(pipe: Pipeline, name: str, keys: Sequence[str], args: Sequence[str | int | bytes]) -> None:
    """Put a script on a transaction, by its text.

    By its hash, a store that is restarted just before the EXEC, and knows no hashes any more, would carry
    out the rest of the transaction without it.
    """
    pipe.eval(source_of(name), len(keys), *keys, *args)
