"""``wirewatch sources``: what is watched, and everything that is done to it."""

from console.cli.sources import watching  # noqa: I001 - the order of the help page

from console.cli.sources import checking, stopping, files

__all__ = ["checking", "files", "stopping", "watching"]
