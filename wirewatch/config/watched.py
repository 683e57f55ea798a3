"""The configuration's sources as the rest of Wirewatch knows them."""

from wirewatch.config.settings import Settings, SourceSettings
from wirewatch.ids import SourceId, source_id
from wirewatch.models import Origin, Source, SourceKind, StoryChoice
from wirewatch.text.source_key import source_key
from wirewatch.text.urls import host


def id_of(url: str) -> SourceId:
    """The id of the source at an address, however it is spelled."""
    return source_id(source_key(url))


def source_of(settings: Settings, item: SourceSettings, origin: Origin = Origin.FILE) -> Source:
    """A source with its id, a name, and the top-level polling where it has none of its own.

    Args:
        settings: whose ``polling`` fills in.
        item: the source as configured, in the file or in the store.
        origin: which of the two.
    """
    kind = SourceKind(item.kind) if item.kind else None
    if item.stories is not None:
        kind = SourceKind.SECTION
    return Source(
        id=id_of(item.url),
        url=item.url,
        name=item.name or host(item.url).removeprefix("www."),
        kind=kind,
        tags=item.tags,
        read=item.read,
        min_interval=item.polling.min_interval or settings.polling.min_interval,
        max_interval=item.polling.max_interval or settings.polling.max_interval,
        stories=StoryChoice(**item.stories.model_dump()) if item.stories is not None else None,
        origin=origin,
    )


def file_sources(settings: Settings) -> list[Source]:
    """The sources of the configuration file, in its order."""
    return [source_of(settings, item) for item in settings.sources]
