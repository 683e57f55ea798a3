"""The queries of a configuration, checked with the file's own lines."""

from wirewatch.config.load import Document
from wirewatch.errors import ConfigError, QueryError
from workers.match.topics import compile_topic


def check_topics(document: Document) -> None:
    """See that every topic's query can be read.

    Raises:
        ConfigError: naming file, line and topic of each that cannot.
    """
    problems = []
    for name, settings in document.settings.topics.items():
        try:
            compile_topic(name, settings)
        except QueryError as error:
            field = "query" if error.query in settings.query else "ignore"
            line = document.line(("topics", name, field))
            problems.append(f"{document.path}:{line}: topics.{name}.{field}: {error}")
    if problems:
        raise ConfigError(problems)
