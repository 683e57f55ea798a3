"""Which language a story is in: what page and feed say, unless the letters of its text say otherwise."""

import re
from collections import Counter
from collections.abc import Iterator
from unicodedata import name

from wirewatch.models import Entry
from workers.read.document import Document
from workers.read.fields.cleaning import clean

_SAMPLE_CHARS = 2000
_FEW_LETTERS = 40  # under this, a text of quotes and names tells nothing
_MOSTLY = (
    0.6  # of the letters: a story in Bengali quotes English names, and one in English hardly any Bengali
)
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{1,8}){0,3}", re.IGNORECASE)
# Codes that are old, or a country's.
_OTHER_NAMES = {
    "in": "id", "iw": "he", "ji": "yi", "jp": "ja", "cn": "zh", "kr": "ko", "ua": "uk", "gr": "el",
    "dk": "da", "cz": "cs",
}  # fmt: skip
_WORDS = {
    "english": "en", "deutsch": "de", "german": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "arabic": "ar", "bengali": "bn", "bangla": "bn", "hindi": "hi", "turkish": "tr",
    "türkçe": "tr", "russian": "ru", "portuguese": "pt", "português": "pt", "italian": "it", "italiano": "it",
    "chinese": "zh", "japanese": "ja",
}  # fmt: skip
# Languages that are written in a script (Unicode's names of scripts, ISO 639 codes): the first where nobody
# says which of them it is, if most of the news in that script is in it.
_OF_SCRIPT = {
    "LATIN": "",
    "CYRILLIC": "ru uk bg sr mk be kk ky mn tg tt uz az bs cnr ba cv",
    "ARABIC": "ar fa ur ps ckb ku sd ug pnb az ks dv",
    "DEVANAGARI": "hi mr ne sa bho mai kok sd",
    "CJK": "zh ja yue ko",
    "GREEK": "el", "HEBREW": "he yi", "BENGALI": "bn as", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn",
    "MALAYALAM": "ml", "GUJARATI": "gu", "GURMUKHI": "pa", "ORIYA": "or", "SINHALA": "si", "THAI": "th",
    "LAO": "lo", "MYANMAR": "my", "KHMER": "km", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am ti",
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "TIBETAN": "bo dz", "THAANA": "dv",
}  # fmt: skip
_NO_LATIN = """
    ar fa ur he yi hi mr ne bn ta te kn ml gu pa or si th lo my km ka hy am ti ko ja zh el ru uk bg mk be ps
    ckb
"""


def language(document: Document, entry: Entry, text: str) -> tuple[str | None, str]:
    """The language of a story as a code such as ``en`` or ``nb``, and how it was found.

    Args:
        document: its page.
        entry: its feed entry, which is believed last: feeds keep the language of their template.
        text: its body, whose script has the last word: a page in Bengali that says ``en`` is not English.
    """
    script = _script(text)
    fitting = [
        (code, how)
        for how, said in _stated(document, entry)
        if (code := code_of(said)) and _fits(code, script)
    ]
    if fitting:
        return fitting[0]
    of_script = _OF_SCRIPT.get(script, "").split()
    return (of_script[0], "script") if of_script else (None, "none")


def _stated(document: Document, entry: Entry) -> Iterator[tuple[str, str]]:
    evidence = document.evidence
    yield "html lang", evidence.language
    in_language = evidence.article.get("inLanguage") or evidence.page.get("inLanguage")
    if isinstance(in_language, dict):
        in_language = in_language.get("alternateName") or in_language.get("name")
    yield "json-ld", clean(in_language)
    for meta in ("og:locale", "content-language", "language", "dc.language", "dcterms.language"):
        for said in evidence.meta(meta)[:1]:
            yield meta, said
    yield "feed", entry.language or ""


def code_of(text: str) -> str | None:
    """``en`` from ``en-GB``, ``en_US``, ``EN`` or ``English``."""
    said = text.strip().casefold().partition(",")[0]
    if said in _WORDS:
        return _WORDS[said]
    if not _CODE.fullmatch(said):
        return None
    code = said.replace("_", "-").partition("-")[0]
    return _OTHER_NAMES.get(code, code)


def _fits(code: str, script: str) -> bool:
    """Whether a language is written in a script; where the script is unknown, any may be."""
    if script == "LATIN":
        return code not in _NO_LATIN.split()
    return not script or code in _OF_SCRIPT[script].split()


def _script(text: str) -> str:
    """The script of most letters of a text; empty for a short or mixed one."""
    letters = [letter for letter in text[:_SAMPLE_CHARS] if letter.isalpha()]
    if len(letters) < _FEW_LETTERS:
        return ""
    scripts = Counter(name(letter, "").partition(" ")[0] for letter in letters)
    # Japanese is told by its own letters among the Chinese ones.
    if scripts["HIRAGANA"] > len(letters) // 10:
        return "HIRAGANA"
    script, count = scripts.most_common(1)[0]
    return script if script in _OF_SCRIPT and count >= _MOSTLY * len(letters) else ""
