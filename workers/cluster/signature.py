"""A story's fingerprint: MinHash over its three-word shingles (Broder 1997), cut into bands for LSH.

Two stories share a place of their signatures with the probability of their shingles' Jaccard similarity.
With 32 bands of 4 places, a pair at 0.6 meets in some band with 98.8 %, a pair at 0.3 with 23 %.
"""

import hashlib
from collections.abc import Sequence

from rensa import RMinHash

from wirewatch.models import Story
from wirewatch.store.stories import Alike, Signed
from wirewatch.text.words import words

_PLACES = 128
_NUMBER_PLACES = 32
_PLACE_BYTES = 4
_BANDS = 32
_ROWS = _PLACES // _BANDS
_SEED = 42
_SHINGLE = 3
# Shorter texts share too much by chance ("Morning briefing", a market report's one line).
_FEWEST_WORDS = 30
_MOST_WORDS = 3_000
_FEWEST_NUMBERS = 3
# "Live updates" is every outlet's headline.
_FEWEST_TITLE_WORDS = 5

# A copy with another headline and a paragraph cut keeps about 0.7 of its shingles; two stories of one
# template about 0.3 to 0.7, but then other figures. 128 places estimate within 0.04, 32 within 0.09.
ALIKE = Alike(
    places=_PLACES,
    number_places=_NUMBER_PLACES,
    width=_PLACE_BYTES,
    least=round(0.6 * _PLACES),
    least_within=round(0.85 * _PLACES),
    least_cut=round(0.4 * _PLACES),
    words_contained=0.75,
    numbers_contained=0.5,
)


def sign(story: Story) -> Signed:
    """The fingerprint of a story's body, or of its title and summary where there is none."""
    body = [word.folded for word in words(story.text[:200_000])][:_MOST_WORDS]
    if len(body) < _FEWEST_WORDS:
        body = [word.folded for word in words(f"{story.title} {story.summary} {story.text}")][:_MOST_WORDS]
    title = _title_key(story.title)
    if len(body) < _FEWEST_WORDS:
        return Signed(story.id, story.source_id, title=title)
    shingles = [" ".join(body[at : at + _SHINGLE]) for at in range(len(body) - _SHINGLE + 1)]
    signature = _minhash(shingles, _PLACES)
    numbers = sorted({word for word in body if any(letter.isdigit() for letter in word)})
    if len(numbers) >= _FEWEST_NUMBERS:
        signature += _minhash(numbers, _NUMBER_PLACES)
    bands = tuple(_bands(signature))
    return Signed(story.id, story.source_id, signature, bands, title, len(set(shingles)), len(numbers))


def unsigned(story: Story) -> Signed:
    """No fingerprint: for stories whose copies nobody asks for."""
    return Signed(story.id, story.source_id)


def _minhash(members: Sequence[str], places: int) -> bytes:
    minhash = RMinHash(num_perm=places, seed=_SEED)
    minhash.update(members)
    return b"".join(place.to_bytes(_PLACE_BYTES, "big") for place in minhash.digest())


def _bands(signature: bytes) -> list[str]:
    size = _ROWS * _PLACE_BYTES
    return [
        f"{band}:{hashlib.blake2b(signature[band * size : (band + 1) * size], digest_size=8).hexdigest()}"
        for band in range(_BANDS)
    ]


def _title_key(title: str) -> str:
    folded = [word.folded for word in words(title)]
    if len(folded) < _FEWEST_TITLE_WORDS:
        return ""
    return hashlib.blake2b(" ".join(folded).encode("utf-8", "replace"), digest_size=8).hexdigest()
