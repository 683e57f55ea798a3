"""The errors of Wirewatch.

WirewatchError                what a person is told in one paragraph, without a traceback
├── ConfigError               wirewatch.yaml cannot be used: file, line, field, what is wrong, the remedy
├── QueryError                a topic's query cannot be read: the query, the position, the remedy
├── StoreError                the store cannot be started, reached or trusted
├── AlreadyRunningError       another process owns this data directory or shard: whose it is
├── NotAFeedError             a document is not what its source says: the kind it is, the reason
│   └── WebPageError          it is a web page
└── DeliveryRefusedError      an address that alerts may not be sent to: the address, the remedy
"""


class WirewatchError(Exception):
    """The root: its text is complete, and says what to do next."""


class ConfigError(WirewatchError):
    """A configuration file cannot be used.

    Attributes:
        problems: one line each, ``file:line: field: what is wrong; what would be right``.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class QueryError(WirewatchError):
    """A query cannot be read.

    Attributes:
        query: the query as written.
        position: zero-based offset of the character at fault.
        reason: what is wrong and what would be right, in one sentence.
    """

    def __init__(self, query: str, position: int, reason: str) -> None:
        super().__init__(f"{reason}\n  {query}\n  {' ' * position}^")
        self.query = query
        self.position = position
        self.reason = reason


class StoreError(WirewatchError):
    """The store cannot be started, reached or trusted."""


class AlreadyRunningError(WirewatchError):
    """Another process owns what this one wants."""


class NotAFeedError(WirewatchError):
    """A document is not what its source says it is."""


class WebPageError(NotAFeedError):
    """A web page came where something else was expected."""


class DeliveryRefusedError(WirewatchError):
    """An address that alerts may not be sent to."""
