"""From sources to a file."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from console.sources.lists.opml import write_opml
from console.sources.lists.plain import write_json, write_plain
from console.sources.lists.rows import Row
from console.sources.lists.sheets import write_sheet
from wirewatch.config.durations import duration_text
from wirewatch.config.settings import Polling
from wirewatch.models import Source

Format = Literal["opml", "csv", "json", "list"]
_WRITERS: dict[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "opml": write_opml,
    "csv": write_sheet,
    "json": write_json,
    "list": write_plain,
}


def written(sources: Iterable[Source], form: Format, defaults: Polling) -> Iterator[str]:
    """The sources in a format, in pieces; intervals that are the configuration's own are left out."""
    return _WRITERS[form](_row(source, defaults) for source in sources)


def _row(source: Source, defaults: Polling) -> Row:
    fields: dict[str, Any] = {"url": source.url, "name": source.name}
    if source.tags:
        fields["tags"] = source.tags
    if source.kind is not None:
        fields["kind"] = source.kind.value
    for name in ("min_interval", "max_interval"):
        length = getattr(source, name)
        if length != getattr(defaults, name):
            fields[name] = duration_text(length)
    if source.read != "auto":
        fields["read"] = source.read
    if source.stories is not None:
        said = source.stories.model_dump()
        fields |= {name: value for name, value in said.items() if value}
    return Row(source.id, fields)
