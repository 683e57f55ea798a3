"""Stories of one run without what their outlets repeat: all are read before the first is told."""

from collections.abc import Iterable

from console.inspecting.fetching import Fetcher
from console.inspecting.inputs import Input
from console.inspecting.printing import Stage
from console.inspecting.stages import Facts, Reader, facts_of, reading_of
from wirewatch.errors import ConfigError
from workers.read.furniture import cleared
from workers.read.reader import Reading


def learned(inputs: Iterable[Input], fetcher: Fetcher, reader: Reader) -> tuple[list[Input], Stage]:
    """The inputs again, and the stage that tells of each what was read of it.

    What an outlet repeats is known by all of its pages, so their order makes no difference.

    Raises:
        ConfigError: the configuration that is asked at the first fetch cannot be used.
    """
    every = list(inputs)
    read = [_attempt(one, fetcher, reader) for one in every]
    readings = [reading for reading in read if isinstance(reading, Reading)]
    stories = iter(cleared([reading.story for reading in readings], {}))
    told = {
        id(one): _cleared(reading, next(stories).text) if isinstance(reading, Reading) else reading
        for one, reading in zip(every, read, strict=True)
    }

    def stage(one: Input, _fetcher: Fetcher) -> Facts:
        reading = told[id(one)]
        if isinstance(reading, Exception):
            raise reading
        return facts_of(reading)

    return every, stage


def _attempt(one: Input, fetcher: Fetcher, reader: Reader) -> Reading | Exception:
    if one.problem is not None:
        return ValueError(one.problem)  # the printer tells of it without asking
    try:
        return reading_of(one, fetcher, reader)
    except ConfigError:
        raise
    except Exception as error:  # the input's edge, as for the printer, which is to tell of it in its turn
        return error


def _cleared(reading: Reading, text: str) -> Reading:
    less = len(reading.story.text.split("\n")) - len(text.split("\n"))
    if not less:
        return reading
    how = reading.how | {"text": f"{reading.how['text']}, less {less} that the outlet repeats"}
    return Reading(reading.story.model_copy(update={"text": text}), how)
