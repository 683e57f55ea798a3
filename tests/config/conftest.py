"""What a person is told of a configuration file."""

from pathlib import Path

import pytest

from wirewatch.config.load import load_settings
from wirewatch.errors import ConfigError


@pytest.fixture
def problems():
    """The lines of the error that a file gives."""

    def lines(path, **arguments):
        with pytest.raises(ConfigError) as caught:
            load_settings(path, **{"environ": {}, **arguments})
        assert str(caught.value) == "\n".join(caught.value.problems)
        # No other error hangs behind it whose traceback would show the values.
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        return caught.value.problems

    return lines


@pytest.fixture
def told(tmp_path, problems):
    """The lines of the error that a text gives, without the file's name."""

    def lines(text, **arguments):
        path: Path = tmp_path / "wirewatch.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return [line.removeprefix(f"{path}:") for line in problems(path, **arguments)]

    return lines
