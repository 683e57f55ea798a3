"""A story's fingerprint: MinHash over its three-word shingles (Broder 1997), cut into bands for LSH.

Two stories share a place of their signatures with the probability of their shingles' Jaccard similarity.
With 32 bands of 4 places, a pair at 0.6 meets in some band with 98.8 %, a pair at 0.3 with 23 %.
"""

import hashlib

from rensa import RMinHash

from wirewatch.models import Story
from wirewatch.store.stories import Signed
from wirewatch.text.words import words

PLACES = 128
PLACE_BYTES = 4
_BANDS = 32
_ROWS = PLACES // _BANDS
_SEED = 42
_SHINGLE = 3
# Shorter texts share too much by chance ("Morning briefing", a market report's one line).
_FEWEST_WORDS = 30
_MOST_WORDS = 3_000

# A copy with another headline and a paragraph cut keeps about 0.7; two stories of one template
# about 0.3 to 0.5; 128 places estimate within 0.04. Below this they are two.
LEAST_EQUAL_PLACES = round(0.6 * PLACES)


def sign(story: Story) -> Signed:
    """The fingerprint of a story's body, or of its title and summary where there is none."""
    body = [word.folded for word in words(story.text[:200_000])][:_MOST_WORDS]
    if len(body) < _FEWEST_WORDS:
        body = [word.folded for word in words(f"{story.title} {story.summary} {story.text}")][:_MOST_WORDS]
    if len(body) < _FEWEST_WORDS:
        return Signed(story.id, b"", ())
    shingles = [" ".join(body[at : at + _SHINGLE]) for at in range(len(body) - _SHINGLE + 1)]
    minhash = RMinHash(num_perm=PLACES, seed=_SEED)
    minhash.update(shingles)
    signature = b"".join(place.to_bytes(PLACE_BYTES, "big") for place in minhash.digest())
    return Signed(story.id, signature, tuple(_bands(signature)))


def _bands(signature: bytes) -> list[str]:
    size = _ROWS * PLACE_BYTES
    return [
        f"{band}:{hashlib.blake2b(signature[band * size : (band + 1) * size], digest_size=8).hexdigest()}"
        for band in range(_BANDS)
    ]
