"""What the rooms of Wirewatch share: models, ids, configuration, the store, text and network guards."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("wirewatch")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0.0.0"
