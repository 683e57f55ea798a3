"""The configuration that ``wirewatch config init`` writes."""

from importlib.resources import files


def example_text() -> str:
    """A commented ``wirewatch.yaml`` with public sources of political news and three topics."""
    return (files("wirewatch.config") / "example.yaml").read_text(encoding="utf-8")
