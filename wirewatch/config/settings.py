"""The configuration's one definition: types, defaults, bounds and what each field means."""

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from wirewatch.config.addresses import (
    ListenAddress,
    MailAddress,
    MailServer,
    ProxyAddress,
    PublicAddress,
    ReceiverAddress,
    SigningSecret,
    SourceAddress,
    StoreAddress,
)
from wirewatch.config.durations import Digest, Duration, PositiveDuration
from wirewatch.config.selecting import AddressPattern, CssSelector

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 _.-]{0,79}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OneLine = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")]  # it goes into a header
Network = IPv4Network | IPv6Network


class _Section(BaseModel):
    # The input of a failed validation may be a secret: pydantic's own error text must not show it either.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_the_unset(cls, value: object) -> object:
        """A field that is named and left empty, as in ``redis_url:``, is an unset one."""
        if isinstance(value, Mapping):
            return {key: item for key, item in value.items() if item is not None}
        return value


class Polling(_Section):
    """When sources are polled."""

    min_interval: PositiveDuration = Field(
        timedelta(minutes=2), description="never poll a source more often than this"
    )
    max_interval: PositiveDuration = Field(
        timedelta(hours=6), description="poll even a silent source this often"
    )
    backfill: Duration = Field(
        timedelta(hours=24), description="at a source's first poll, alert for stories no older than this"
    )
    robots_for_feeds: bool = Field(
        False, description="obey robots.txt for feeds too, and not only for pages and section pages"
    )


class SourcePolling(_Section):
    """A source's own bounds; what is unset comes from the top-level ``polling``."""

    min_interval: PositiveDuration | None = None
    max_interval: PositiveDuration | None = None


def _network(value: object) -> object:
    if isinstance(value, IPv4Network | IPv6Network):
        return value
    remedy = "write an address range such as 10.0.0.0/8 or fd00::/8"
    try:
        return ip_network(value if isinstance(value, str) else "")
    except ValueError:
        pass
    try:
        fitting = ip_network(value if isinstance(value, str) else "", strict=False)
    except ValueError:
        raise ValueError(f"not a network; {remedy}") from None
    raise ValueError(f"an address inside a /{fitting.prefixlen} network, not the network; {remedy}")


class NetworkAccess(_Section):
    """Whom we say we are, and where we may connect."""

    contact: OneLine = Field(
        "https://github.com/wirewatch/wirewatch", description="told to sites in the User-Agent"
    )
    allow: tuple[Annotated[Network, BeforeValidator(_network, json_schema_input_type=str)], ...] = Field(
        (), description="private networks that may be reached; public addresses always may"
    )
    proxy: ProxyAddress | None = Field(
        None,
        description="an HTTP proxy for feeds and pages, http://user:password@host:port; it looks names up: "
        "private addresses behind a name are its to refuse",
    )


class Web(_Section):
    """The web part: where hubs push what is new."""

    listen: ListenAddress = Field("127.0.0.1:8480", description="where the web part listens")
    public_url: PublicAddress | None = Field(
        None, description="how hubs reach it from outside: https; unset: no WebSub, sources are only polled"
    )


class StoriesSettings(_Section):
    """Which links of a section page are stories, where they are not found out."""

    select: CssSelector | None = Field(
        None, description="a CSS selector: links in, at or around the elements that it chooses are stories"
    )
    urls: tuple[AddressPattern, ...] = Field(
        (), description="addresses of stories: /politics/*, or whole ones; * stands for anything"
    )
    not_urls: tuple[AddressPattern, ...] = Field(
        (), description="addresses that are no stories, the same way"
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.select is None and not self.urls and not self.not_urls:
            raise ValueError("empty; write select, urls or not_urls, or remove it")
        return self


class SourceSettings(_Section):
    """One watched address."""

    url: SourceAddress
    kind: Literal["feed", "section", "sitemap"] | None = Field(None, description="unset: found out")
    name: Text | None = Field(None, description="how alerts call it; unset: its host")
    tags: tuple[Text, ...] = ()
    read: Literal["auto", "page", "feed"] = Field(
        "auto", description="auto: fetch a story's page unless the feed carries it whole"
    )
    polling: SourcePolling = SourcePolling()
    stories: StoriesSettings | None = Field(
        None, description="of a section page, which links are stories; unset: found out"
    )

    @field_validator("stories")
    @classmethod
    def _of_a_section(cls, value: StoriesSettings | None, info: ValidationInfo) -> StoriesSettings | None:
        if value is not None and info.data.get("kind") in {"feed", "sitemap"}:
            raise ValueError(f"of section pages alone, and this is a {info.data['kind']}; remove one of them")
        return value


def _bare_url(value: object) -> object:
    return {"url": value} if isinstance(value, str) else value


ListedSource = Annotated[
    SourceSettings, BeforeValidator(_bare_url, json_schema_input_type=str | SourceSettings)
]


class TopicSettings(_Section):
    """What to be told about, and where."""

    query: Text
    ignore: tuple[Text, ...] = Field((), description="phrases whose words do not count")
    send: tuple[str, ...] = Field((), description="destinations by name; empty: printed and matches.jsonl")


class BaseDestination(_Section):
    """What every kind of destination can be told."""

    digest: Digest | None = Field(
        None, description="hourly, daily or a duration: alerts are gathered that long; unset: sent at once"
    )


class WebhookDestination(BaseDestination):
    """An HTTP endpoint that receives alerts as Standard Webhooks."""

    kind: Literal["webhook"]
    url: ReceiverAddress
    secret: SigningSecret | None = Field(None, description="whsec_…; unset: sent unsigned")


class SlackDestination(BaseDestination):
    """A Slack incoming webhook."""

    kind: Literal["slack"]
    url: ReceiverAddress


class EmailDestination(BaseDestination):
    """Mail through an SMTP server: ``smtp://`` (STARTTLS where offered) or ``smtps://``."""

    kind: Literal["email"]
    smtp: MailServer
    sender: MailAddress = Field(alias="from")
    to: tuple[MailAddress, ...] = Field(min_length=1)


Destination = Annotated[WebhookDestination | SlackDestination | EmailDestination, Field(discriminator="kind")]


def _home(value: Path) -> Path:
    try:
        return value.expanduser()
    except RuntimeError:
        raise ValueError("names a home directory that is not known; write the whole path") from None


class Settings(_Section):
    """A whole ``wirewatch.yaml``, checked."""

    data_dir: Annotated[Path, AfterValidator(_home)] = Field(
        Path(".wirewatch"), description="store, archive, logs, lock; relative to where the command is run"
    )
    redis_url: StoreAddress | None = Field(
        None, description="unset: the embedded store in data_dir; WIREWATCH_REDIS_URL goes before it"
    )
    polling: Polling = Polling()
    network: NetworkAccess = NetworkAccess()
    web: Web = Web()
    sources: tuple[ListedSource, ...] = ()
    topics: dict[Name, TopicSettings] = Field(default_factory=dict)
    operator: tuple[str, ...] = Field(
        (), description="destinations told when a source falls silent or breaks, and when it is well again"
    )
    destinations: dict[Name, Destination] = Field(default_factory=dict)
