"""The Lua scripts, loaded from their files once."""

from functools import cache
from importlib.resources import files


@cache
def source_of(name: str) -> str:
    """The text of ``scripts/NAME.lua``."""
    return (files("wirewatch.store") / "scripts" / f"{name}.lua").read_text("utf-8")
