"""The content codings, each undone in pieces of bounded size: gzip, deflate, br and zstd."""

import sys
import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ERRORS = (zlib.error, brotli.error, zstd.ZstdError, EOFError)
"""What a coding raises where the data are not what it undoes."""

_PIECE = 64 * 1024
_MOST_MEMBERS = 1_000  # each costs a copy of what follows it
_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}  # 8 MB: RFC 9659, 3

_GZIP_MAGIC = b"\x1f\x8b\x08"
_GZIP_FIXED = 10  # bytes before the optional fields (RFC 1952, 2.3)
_GZIP_TRAILER = 8
_GZIP_MOST_HEADER = 64 * 1024
_F_CHECKSUM, _F_EXTRA, _F_NAME, _F_COMMENT = 2, 4, 8, 16


class Coding(Protocol):
    """One coding of a body.

    Attributes:
        ended: whether all that was fed is a whole.
    """

    ended: bool

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What the data unpack to, in pieces of about 64 kB."""


class _Deflate:
    """zlib's format, or bare deflate, which some servers send for it."""

    def __init__(self) -> None:
        self._inflater: zlib._Decompress | None = None
        self.ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inflater is None:
            is_zlib = data[0] & 0x0F == zlib.DEFLATED  # RFC 1950, 2.2
            self._inflater = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        if not self.ended:
            yield from _inflate(self._inflater, data)
            self.ended = self._inflater.eof


class _Gzip:
    """gzip members, one after the other. As in browsers, checksums do not count: some servers' are wrong."""

    def __init__(self) -> None:
        self._head = b""  # of a member, until it is whole
        self._inflater: zlib._Decompress | None = None
        self._to_skip = 0  # of a trailer
        self._members = 0
        self.ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._to_skip:
                skipped = min(self._to_skip, len(data))
                self._to_skip -= skipped
                data = data[skipped:]
            elif self._inflater is None:
                data = self._open(data)
            else:
                yield from _inflate(self._inflater, data)
                data = self._inflater.unused_data
                if self._inflater.eof:
                    self._inflater, self._to_skip, self.ended = None, _GZIP_TRAILER, True

    def _open(self, data: bytes) -> bytes:
        """Read a member's head; what follows it is given back."""
        self._head += data
        if not _GZIP_MAGIC.startswith(self._head[:3]) and not self._head.startswith(_GZIP_MAGIC):
            if self._members:  # padding and rubbish after the last member are common
                self._head = b""
                return b""
            raise zlib.error("no gzip")
        length = _gzip_head(self._head)
        if length is None:
            if len(self._head) > _GZIP_MOST_HEADER:
                raise zlib.error("endless head")
            return b""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise zlib.error("too many members")
        rest, self._head = self._head[length:], b""
        self._inflater, self.ended = zlib.decompressobj(-zlib.MAX_WBITS), False
        return rest


def _gzip_head(head: bytes) -> int | None:
    """The length of a gzip member's head (RFC 1952, 2.3), None where it is not whole yet."""
    if len(head) < _GZIP_FIXED:
        return None
    flags, at = head[3], _GZIP_FIXED
    if flags & _F_EXTRA:
        if len(head) < at + 2:
            return None
        at += 2 + int.from_bytes(head[at : at + 2], "little")
    for flag in (_F_NAME, _F_COMMENT):
        if flags & flag:
            end = head.find(b"\0", at)
            if end < 0:
                return None
            at = end + 1
    if flags & _F_CHECKSUM:
        at += 2
    return at if at <= len(head) else None


def _inflate(inflater: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    while True:
        piece = inflater.decompress(data, _PIECE)
        if piece:
            yield piece
        data = inflater.unconsumed_tail
        # A full piece may have left more inside, even where all data are taken in.
        if inflater.eof or (not data and len(piece) < _PIECE):
            return


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self.ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self.ended:
            piece = self._decoder.process(data, output_buffer_limit=_PIECE)
            if piece:
                yield piece
            data = b""
            self.ended = self._decoder.is_finished()
            # Where the last byte that is taken in stands for much, it could accept more and has more to give.
            if not piece and self._decoder.can_accept_more_data():
                return


class _Zstd:
    def __init__(self) -> None:
        self._decoder = zstd.ZstdDecompressor(options=_WINDOW)
        self._frames = 1
        self.ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while True:
            if self._decoder.eof:
                if not data:
                    return
                self._frames += 1
                if self._frames > _MOST_MEMBERS:
                    raise zstd.ZstdError("too many frames")
                self._decoder = zstd.ZstdDecompressor(options=_WINDOW)
            piece = self._decoder.decompress(data, _PIECE)
            if piece:
                yield piece
            self.ended = self._decoder.eof
            data = self._decoder.unused_data if self._decoder.eof else b""
            if not self._decoder.eof and self._decoder.needs_input:
                return


CODINGS: dict[str, type[Coding]] = {"gzip": _Gzip, "deflate": _Deflate, "br": _Brotli, "zstd": _Zstd}
