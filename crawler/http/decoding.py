"""Content codings (RFC 9110, 8.4.1), undone while a body is read, in pieces of bounded size.

Whoever reads the pieces counts them, and stops: a bomb has then cost him its first pieces. Scrapy's own
middleware unpacks a body after it has come as a whole, as often over as the server says, and cannot tell
that a packed body broke off.
"""

from collections.abc import Iterable, Iterator, Sequence

from crawler.http.codings import CODINGS, ERRORS, Coding
from crawler.http.failures import DamagedBodyError

ACCEPTED = "gzip, deflate, br, zstd"

_MOST_CODINGS = 2  # some servers pack twice by mistake; more is a trap
_ALIASES = {"x-gzip": "gzip", "identity": ""}


class Decoder:
    """Undoes the codings of one body.

    Args:
        content_encoding: the header's values; empty: the body is as it is.

    Raises:
        DamagedBodyError: if it is packed more than twice over.
    """

    def __init__(self, content_encoding: Iterable[str]) -> None:
        self._layers = [(name, CODINGS[name]()) for name in _to_undo(content_encoding)]
        self._fed = False
        if len(self._layers) > _MOST_CODINGS:
            raise DamagedBodyError(f"its body is packed more than {_MOST_CODINGS} times over")

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What some of the body unpacks to, in pieces of about 64 kB.

        Raises:
            DamagedBodyError: if it is not what Content-Encoding says.
        """
        if data:
            self._fed = True
            yield from self._through(data, self._layers)

    def _through(self, data: bytes, layers: Sequence[tuple[str, Coding]]) -> Iterator[bytes]:
        if not layers:
            yield data
            return
        (name, coding), *inner = layers
        try:
            for piece in coding.feed(data):
                yield from self._through(piece, inner)
        except ERRORS as error:
            raise DamagedBodyError(f"its body is not {name}, as it says") from error

    @property
    def broke_off(self) -> bool:
        """Whether the packed body has no end, once all of it was fed."""
        return self._fed and any(not coding.ended for _, coding in self._layers)


def _to_undo(content_encoding: Iterable[str]) -> Iterator[str]:
    """The codings to undo, last one first; as in browsers, one that nobody knows ends the list."""
    names = [name.strip().lower() for value in content_encoding for name in value.split(",")]
    for name in reversed(names):
        known = _ALIASES.get(name, name)
        if not known:
            continue
        if known not in CODINGS:
            return
        yield known
