"""Bodies unpacked piece by piece: however they are cut, they unpack to the same."""

import gzip
import itertools
import zlib
from contextlib import suppress

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.decoding import Decoder
from crawler.http.failures import DamagedBodyError

PACKERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
bodies = st.binary(max_size=300).flatmap(
    lambda seed: st.integers(0, 3000).map(lambda times: seed * (times if len(seed) < 30 else 2))
)


def unpacked(decoder, data, cuts=()):
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return b"".join(
        piece for begin, end in itertools.pairwise(edges) for piece in decoder.feed(data[begin:end])
    )


@given(
    st.lists(st.sampled_from(sorted(PACKERS)), max_size=2),
    bodies,
    st.lists(st.integers(0, 10**6), max_size=5),
)
def test_a_body_unpacks_to_itself_wherever_it_is_cut(codings, body, cuts):
    packed = body
    for coding in codings:
        packed = PACKERS[coding](packed)
    decoder = Decoder([", ".join(codings)])
    assert unpacked(decoder, packed, cuts) == body
    assert not decoder.broke_off


@given(st.sampled_from(sorted(PACKERS)), st.binary(min_size=30, max_size=300), st.integers(1, 10**6))
def test_a_body_that_breaks_off_is_told(coding, body, where):
    packed = PACKERS[coding](body)
    # The eight bytes of a gzip member's checksum and length may be missing: nobody looks at them.
    whole = len(packed) - (8 if coding == "gzip" else 1)
    decoder = Decoder([coding])
    assert body.startswith(unpacked(decoder, packed[: 1 + where % (whole - 1)]))
    assert decoder.broke_off


@given(
    st.sampled_from(sorted(PACKERS)),
    st.binary(min_size=1, max_size=2000),
    st.lists(st.integers(0, 9999), max_size=3),
)
def test_rubbish_is_unpacked_or_named(coding, body, cuts):
    with suppress(DamagedBodyError):
        unpacked(Decoder([coding]), body, cuts)


@pytest.mark.parametrize("coding", sorted(PACKERS))
def test_no_piece_is_large(coding):
    pieces = list(Decoder([coding]).feed(PACKERS[coding](b"\0" * 8_000_000)))
    assert sum(map(len, pieces)) == 8_000_000
    assert max(map(len, pieces)) < 200_000


def test_a_members_name_comment_and_extra_field_are_skipped():
    body = b"a story"
    raw = zlib.compressobj(wbits=-15)
    packed = raw.compress(body) + raw.flush()
    head = b"\x1f\x8b\x08\x1e" + b"\0" * 6 + b"\x03\0abc" + b"name\0" + b"comment\0" + b"cr"
    for cut in range(len(head)):
        decoder = Decoder(["gzip"])
        assert unpacked(decoder, head + packed + b"\0" * 8, [cut]) == body
        assert not decoder.broke_off
