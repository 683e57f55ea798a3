"""Connecting to the store, and asking it whether it keeps its promise."""

from typing import Any
from urllib.parse import urlsplit

from redis import Redis
from redis.asyncio import Redis as AsyncRedis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import ExponentialBackoff
from redis.exceptions import BusyLoadingError, ConnectionError, RedisError, TimeoutError  # noqa: A004
from redis.retry import Retry

from wirewatch.config.settings import Settings
from wirewatch.errors import StoreError
from wirewatch.store.embedded import store_url as embedded_url

# A killed store is back within a second or two. Every step is repeatable, so a command whose answer was
# lost is simply sent again, with pauses of 0.05, 0.1, … 1 s: measured, the synchronous client gives up on a
# store that stays away after 3.5 s. Then the process gives up, and its supervisor starts it anew.
_RETRIES = 6
_FIRST_PAUSE_S = 0.05
_LONGEST_PAUSE_S = 1.0
_ON: Any = (ConnectionError, TimeoutError, BusyLoadingError, ConnectionRefusedError, FileNotFoundError)
_SOCKET_TIMEOUT_S = 30.0


def store_url_of(settings: Settings) -> str:
    """The store a configuration means: ``redis_url``, else the embedded one of its data directory."""
    if settings.redis_url is not None:
        return settings.redis_url.get_secret_value()
    return embedded_url(settings.data_dir)


def connect(url: str) -> Redis:
    """A client whose commands wait for a store that is being restarted."""
    backoff = ExponentialBackoff(cap=_LONGEST_PAUSE_S, base=_FIRST_PAUSE_S)
    return Redis.from_url(url, retry=Retry(backoff, _RETRIES, _ON), retry_on_error=list(_ON))


def connect_async(url: str) -> AsyncRedis:
    """The same for asyncio."""
    backoff = ExponentialBackoff(cap=_LONGEST_PAUSE_S, base=_FIRST_PAUSE_S)
    return AsyncRedis.from_url(
        url,
        retry=AsyncRetry(backoff, _RETRIES, _ON),
        retry_on_error=list(_ON),
        socket_timeout=_SOCKET_TIMEOUT_S,
    )


def shown(url: str) -> str:
    """The URL without its password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if parts.password else url


def promise(connection: Redis) -> str:
    """What the store does with an acknowledged write, in one sentence for the start-up lines.

    Raises:
        StoreError: if it cannot be reached.
    """
    try:
        settings = connection.config_get("append*")
        policy = connection.config_get("maxmemory-policy").get("maxmemory-policy", "")
    except ConnectionError as error:
        raise StoreError(f"the store does not answer: {error}") from error
    except RedisError:
        # Managed services forbid CONFIG; the operator has to know.
        return "the store does not tell its settings: make sure that it keeps every acknowledged write"
    warnings = []
    if settings.get("appendonly") != "yes":
        warnings.append("has no append-only file, so a restart forgets everything")
    elif settings.get("appendfsync") != "always":
        warnings.append(
            f"syncs its file '{settings.get('appendfsync')}', so a power cut may forget the last seconds; "
            "set appendfsync always"
        )
    if policy not in ("", "noeviction"):
        warnings.append(f"evicts keys ({policy}) when memory is short; set maxmemory-policy noeviction")
    if warnings:
        return "warning: the store " + "; it ".join(warnings)
    return "every acknowledged write survives a kill and a power cut"
