"""The JSON Schema of ``wirewatch.yaml``, for editors that complete and check while people write."""

from datetime import timedelta
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from wirewatch.config.durations import duration_text
from wirewatch.config.settings import Settings


class _Generator(GenerateJsonSchema):
    def encode_default(self, dft: Any) -> Any:
        """A field's default; durations as people write them, where pydantic's own way is ISO 8601."""
        return duration_text(dft) if isinstance(dft, timedelta) else super().encode_default(dft)


def json_schema() -> dict[str, Any]:
    """The schema of a whole configuration; what crosses fields is checked by the loader alone."""
    schema = Settings.model_json_schema(by_alias=True, mode="validation", schema_generator=_Generator)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "wirewatch.yaml",
        "required": ["topics"],
    }
