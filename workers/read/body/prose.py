"""How much of a block is text that somebody wrote to be read in a row."""

import re

from workers.read.body.blocks import Block

# A character of a script without spaces says as much as two and a half of an alphabet: 400 of them are 1000.
_DENSE = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_DENSITY = 1.5
# Latin, Arabic, Devanagari and its neighbours, Armenian, Ethiopic, Khmer, Burmese, Tibetan, and CJK.
END = re.compile(r"[.!?…。！？｡؟۔।॥։።៖។။།:;：；][\"'”’“»›«‹)\]」』】）*]*$")
SENTENCE = re.compile(r"[.!?…]['\"”’»)\]]*(?:\s|$)|[。！？｡؟۔।॥։።។။།]")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_FEW = 40  # of a paragraph with a sentence's end
_MANY = 150  # of a paragraph without: Thai and Lao have no full stop
_MOSTLY = 0.5


def size(text: str) -> float:
    """A text's length in characters of an alphabet."""
    return len(text) if text.isascii() else len(text) + _DENSITY * len(_DENSE.findall(text))


def prose(block: Block) -> float:
    """The size of a block's text if it reads like a paragraph; else 0."""
    length = len(block.text)
    if block.link_chars > _MOSTLY * length:
        return 0
    weight = size(block.text)
    if block.tag in HEADINGS:
        return 0
    if weight >= _MANY or (weight >= _FEW and SENTENCE.search(block.text)):
        return weight * (1 - block.link_chars / length)
    return 0
