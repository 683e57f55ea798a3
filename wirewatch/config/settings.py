"""The configuration's one definition: types, defaults, bounds and what each field means."""

from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, StringConstraints

from wirewatch.config.durations import Duration

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _.-]{0,79}$")]
Network = IPv4Network | IPv6Network


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Polling(_Section):
    """When sources are polled."""

    min_interval: Duration = Field(timedelta(minutes=2), description="never poll a source more often than this")
    max_interval: Duration = Field(timedelta(hours=6), description="poll even a silent source this often")
    backfill: Duration = Field(
        timedelta(hours=24), description="at a source's first poll, alert for stories no older than this"
    )


class SourcePolling(_Section):
    """A source's own bounds; what is unset comes from the top-level ``polling``."""

    min_interval: Duration | None = None
    max_interval: Duration | None = None


def _network(value: object) -> object:
    if isinstance(value, str):
        try:
            return ip_network(value)
        except ValueError as error:
            raise ValueError(f"{error}; write an address range such as 10.0.0.0/8 or fd00::/8") from None
    return value


class NetworkAccess(_Section):
    """Whom we say we are, and where we may connect."""

    contact: str = Field("https://github.com/wirewatch/wirewatch", description="told to sites in the User-Agent")
    allow: tuple[Annotated[Network, BeforeValidator(_network)], ...] = Field(
        (), description="private networks that may be reached; public addresses always may"
    )


class SourceSettings(_Section):
    """One watched address."""

    url: str
    kind: Literal["feed", "section", "sitemap"] | None = Field(None, description="unset: found out")
    name: str | None = Field(None, description="how alerts call it; unset: its host")
    tags: tuple[str, ...] = ()
    read: Literal["auto", "page", "feed"] = Field(
        "auto", description="auto: fetch a story's page unless the feed carries it whole"
    )
    polling: SourcePolling = SourcePolling()


class TopicSettings(_Section):
    """What to be told about, and where."""

    query: str = Field(min_length=1)
    ignore: tuple[str, ...] = Field((), description="phrases whose words do not count")
    send: tuple[str, ...] = Field((), description="destinations by name; empty: printed and matches.jsonl")


class WebhookDestination(_Section):
    """An HTTP endpoint that receives alerts as Standard Webhooks."""

    kind: Literal["webhook"]
    url: SecretStr
    secret: SecretStr | None = Field(None, description="whsec_…; unset: sent unsigned")


class SlackDestination(_Section):
    """A Slack incoming webhook."""

    kind: Literal["slack"]
    url: SecretStr


class EmailDestination(_Section):
    """Mail through an SMTP server: ``smtp://`` (STARTTLS where offered) or ``smtps://``."""

    kind: Literal["email"]
    smtp: SecretStr
    sender: str = Field(alias="from")
    to: tuple[str, ...] = Field(min_length=1)


Destination = Annotated[
    WebhookDestination | SlackDestination | EmailDestination, Field(discriminator="kind")
]


class Settings(_Section):
    """A whole ``wirewatch.yaml``, checked."""

    data_dir: Path = Field(Path(".wirewatch"), description="store, archive, logs, lock")
    redis_url: SecretStr | None = Field(None, description="unset: the embedded store in data_dir")
    polling: Polling = Polling()
    network: NetworkAccess = NetworkAccess()
    sources: tuple[SourceSettings, ...] = ()
    topics: dict[Name, TopicSettings] = Field(default_factory=dict)
    operator: tuple[str, ...] = Field((), description="destinations told of silent sources and failing destinations")
    destinations: dict[Name, Destination] = Field(default_factory=dict)
