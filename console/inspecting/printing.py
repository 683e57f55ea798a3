"""Inputs through a stage, each to one line of JSON, in their order."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from console.inspecting.fetching import Fetcher
from console.inspecting.inputs import Input
from wirewatch.errors import ConfigError, WirewatchError

Stage = Callable[[Input, Fetcher], dict[str, Any]]


def print_all(stage: Stage, inputs: Iterable[Input], fetcher: Fetcher) -> bool:
    """Print a line for each input as soon as it is known; whether any failed.

    Raises:
        ConfigError: the configuration that is asked at the first fetch cannot be used.
    """
    failed = False
    for one in inputs:
        told, facts = _named(one), _facts(stage, one, fetcher)
        failed |= facts.get("error") is not None
        line = json.dumps(told | facts, ensure_ascii=False, separators=(", ", ": "))
        # JSON Lines are UTF-8, whatever the terminal's locale; half a surrogate pair has no bytes.
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
    return failed


def _named(one: Input) -> dict[str, Any]:
    if one.problem is not None:
        return {"path": None, "url": None, "line": one.line}
    return {"path": one.path, "url": one.url}


def _facts(stage: Stage, one: Input, fetcher: Fetcher) -> dict[str, Any]:
    if one.problem is not None:
        return {"error": one.problem}
    try:
        return stage(one, fetcher)
    except ConfigError:
        raise
    except WirewatchError as error:
        return {"error": str(error)}
    except Exception as error:
        # The input's edge: whatever a stranger's page does to a parser, the other inputs go on.
        return {"error": f"{type(error).__name__}: {error}"}
