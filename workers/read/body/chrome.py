"""What stands among a story's paragraphs and is no part of it: told by shape and by wording, never by outlet.

Every rule asks for a line that is short for a paragraph, because losing a real paragraph is worse than
keeping a sign-up line.
"""

import re
from collections.abc import Sequence

from workers.read.likeness import key

_LONGEST_CHROME_CHARS = 260
_LONGEST_LABEL_WORDS = (
    3  # "Market Data", "Share this article": at the edges only, and without a sentence's end
)
_SENTENCE_END = re.compile(r"[.!?…。！？؟।:;][\"'”’»)\]]*$")

# Whole lines: the wordings that news systems of many countries put between and around paragraphs.
_ANYWHERE = re.compile(
    r"""
      advert(isement|isements|ising)?(\s.{0,20}(continues|below|this).{0,40})?
    | anzeige | werbung | publicit[éeà] | publicidade? | pubblicità | advertentie | annonse | annonce | annons
    | mainos | reklam[ae]? | iklan | quảng\scáo | реклама | διαφήμιση | إعلان | פרסומת | विज्ञापन | বিজ্ঞাপন
    | โฆษณา | 広告 | 广告 | 廣告 | 광고
    | (story|article)\scontinues\sbelow(\s(this|the)?\s?advert\w*)?
    | (share|print|save|copy|email|bookmark|listen\sto)
      \s(this(\s(article|story|page|post))?|(the\s)?(article|link|story))
    | (share|follow|find)(\sit|\sus|\sthis)?\son\s.{0,60}
    | (read|see|learn|find\sout|view|lees|les)\s(more|also|also\sin|next|ook|også|og\s?så|mer)
      \s?([:>»|–—-].{0,200})?
    | (related|recommended|more\son\sthis|also\sread|don['’]t\smiss|must\sread|watch|more\sfrom\s\w+)
      \s?[:|].{0,200}
    | (related|recommended|more)\s(articles?|stor(y|ies)|topics?|links?|news|content|reading)
    | (lire\saussi|à\slire|lesen\ssie\sauch|mehr\szum\sthema|lea\stambién|le\spuede\sinteresar|leggi\sanche
       |leia\s(também|mais)|läs\s(också|mer)|les\s(også|mer)|læs\sogså|lees\sook|lue\s(myös|lisää)|czytaj\s(też|także|więcej)
       |čtěte\stak[éy]|přečtěte\ssi|olvass[a]?\sel|citește\sși|baca\sjuga|đọc\sthêm|xem\sthêm|ilgili\shaber(ler)?
       |читайте\s(также|ещё|також)|прочетете\sоще|διαβάστε\s(επίσης|ακόμη)|اقرأ\s(أيضا|أيضًا|المزيد)|קראו\sגם
       |यह\sभी\sपढ़ें|ये\sभी\sपढ़ें|আরও\sপড়ুন|อ่านเพิ่มเติม|관련\s?기사|相关阅读|延伸阅读|関連記事|延伸閱讀)(\W.{0,200})?
    | (skip\sto|jump\sto)\s.{0,30} | back\sto\stop | (load|show|see|view)\s(more|all)(\s.{0,20})? | loading\W*
    | (sign|log)\s?(in|up|out)(\sor\s\w+)? | (leave\sa\s|post\sa\s|view\s|\d+\s)?comments?(\s\(\d+\))?
    | (©|\(c\)|copyright\b).{0,120} | .{0,60}\ball\srights\sreserved\b.{0,60}
    | (click|tap)\s(here|on)\b.{0,120} | (download|get)\s(our|the)\s(free\s)?[\w\s]{0,20}app\b.{0,80}
    | article\scontent | (most|trending|popular)\s(read|viewed|popular|now|stories)(\s.{0,30})?
    | more\s?:.{0,200}
    | the\spost\s.{1,150}\sappeared\sfirst\son\s.{0,60} | continue\sreading\b.{0,150}
    | recommended\s\w+ | (log|sign)\sin\sor\s.{0,80} | get\s(daily|weekly)\s.{0,40}news
    | for\smore\sstories\s.{0,120}
    | (you\smust|please|join)\b.{0,80}\b(comment(ing|s)?|log\s?in|prompted)\b.{0,80}
    | \d+\s?(min(ute)?s?)\sread | (image|photo|picture)\s(caption|source|credit)s?\b.{0,200}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    r"(please\s)?(sign\s?up|subscribe|register|join|get|receive|stay|enter\syour|follow|support|become|already|don['’]t\s"
    r"miss|want\s(more|to)|abonnez|inscrivez|abonnieren|suscr[íi]b|iscriviti|assine)\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(newsletters?|e-?mail(s|\saddress)?|inbox|daily\s(updates?|briefing|digest|email)|(breaking\s)?news\salerts?"
    r"|notifications?|whatsapp|telegram\schannel|our\s(app|channel|community|journalism|podcast)|subscribers?|subscription"
    r"|subscribe\s(now|today|here|to)|on\s(twitter|facebook|instagram|google\snews|x\b)|to\scontinue\sreading|free\saccount|unlimited\saccess|lettre\sd['’]info|boletín)\b",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\bsign(ing)?\s?up\s(for|to)\s(our|the|a)\s.{0,60}newsletters?|\bearns?\s.{0,30}\bcommission\b"
    r"|(get\sin\stouch|do\syou\s(have|know)|(have|got)\s(you\s(got\s)?)?an?\s(story|tip)|contact|e-?mail)\b.{0,200}\S@\S",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\b(we|our|this)\b.{0,60}\b(use|uses|using)\b.{0,40}\bcookies\b|\b(accept|manage)\b.{0,20}\bcookies\b",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(source|photo(graph)?|image|picture|credit|courtesy|handout|foto|bild|fuente|crédito?s?|quelle)s?\s?[:/©]|©|\(AP\sPhoto"
    r"|\b(getty|shutterstock|wikimedia|public\sdomain|afp|reuters|epa-?efe|associated\spress|ap\sphoto|flickr|unsplash)\b",
    re.IGNORECASE,
)
_ONLY_CREDIT = re.compile(
    r"[\W_]*((file\s)?(photo|image|picture|foto|bild|illustration|video)s?\s?(by|from|via|credit|source|courtesy)?\s?[:/©|]"
    r"|(photo|image|picture|video)s?\s(by|courtesy\sof|credit|via)\b|source\s?:|credits?\s?:|©).{0,160}",
    re.IGNORECASE,
)
_AT_START = re.compile(
    r"(by|par|von|por|di|av|af|door)\s[\w.'’-]+(\s[\w.'’-]+){0,7}|(first\s)?(published|updated|posted|last\s(updated|modified))\b.{0,80}"
    r"|\d+\s(minutes?|hours?|days?)\sago",
    re.IGNORECASE,
)
_AT_END = re.compile(
    r"(welcome\sto|more\sin|tags?\s?:|topics?\s?:|filed\sunder|follow)\b.{0,120}", re.IGNORECASE
)
_LONGEST_END = 12  # characters: a full stop, and the quotes and brackets that it closes
_LETTER = re.compile(r"[^\W_]")
_LIST_ITEM = re.compile(r"[-–•*·]\s")

_FIRST = 32  # characters of a line, of which a quarter at least are letters
_LONGEST_DATELINE = 120
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s?[:.h]\s?\d\d(?!\d)")
_DIGITS_OF_DATE = 0.2  # of a line's letters and digits


def is_dateline(line: str) -> bool:
    """Whether a line says when and where a story was published, in whatever language: a year, and a time."""
    if len(line) > _LONGEST_DATELINE or not _YEAR.search(line):
        return False
    text = key(line)
    return bool(_CLOCK.search(line)) or sum(map(str.isdigit, text)) >= _DIGITS_OF_DATE * len(text)


def is_chrome(paragraph: str, title: str = "") -> bool:
    """Whether a paragraph is no part of a story wherever it stands.

    Args:
        paragraph: one folded line.
        title: the story's title, which captions and share boxes repeat.
    """
    line = _LIST_ITEM.sub("", paragraph.strip(), count=1)
    if not _LETTER.search(line):
        return True
    if title and len(line) <= len(title) + 2 * _LONGEST_CHROME_CHARS and _repeats(line, title):
        return True
    if len(line) > _LONGEST_CHROME_CHARS:
        return False
    if _ANYWHERE.fullmatch(line.rstrip(" .:»>")) or _ANYWHERE.fullmatch(line) or _ONLY_CREDIT.fullmatch(line):
        return True
    if _ASKS.match(line) and _ASKED_FOR.search(line):
        return True
    # Few lines hold these, and the two searches are the dearest.
    invites = ("@" in line or "ewsletter" in line or "ommission" in line) and _INVITES.search(line)
    return bool(invites or ("ookie" in line and _COOKIES.search(line)))


def _repeats(line: str, title: str) -> bool:
    title_key = key(title)
    # Most lines begin otherwise, which the first few letters tell.
    if not title_key or not key(line[:_FIRST]).startswith(title_key[: _FIRST // 4]):
        return False
    line_key = key(line)
    if not line_key.startswith(title_key):
        return False
    rest = len(line_key) - len(title_key)
    return rest == 0 or (rest <= _LONGEST_CHROME_CHARS and bool(_CREDIT.search(line[len(title) // 2 :])))


def _rejoined(paragraphs: Sequence[str]) -> list[str]:
    """Lines that a ``<br>`` broke within a sentence, whole again: no end before, a small letter after."""
    joined: list[list[str]] = []
    for line in paragraphs:
        before = joined[-1][-1] if joined else ""
        # A word alone is a label.
        worded = bool(joined) and (len(joined[-1]) > 1 or " " in before)
        if worded and line[:1].islower() and not _SENTENCE_END.search(before[-_LONGEST_END:]):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [" ".join(lines) for lines in joined]


def _is_label(line: str) -> bool:
    bare = line.strip(" |•·-–—»›<>")
    if line.startswith("|") or line.endswith("|"):
        return not _SENTENCE_END.search(bare)
    return len(bare.split()) <= _LONGEST_LABEL_WORDS and not _SENTENCE_END.search(bare) and bare.isascii()


def story_paragraphs(paragraphs: Sequence[str], title: str = "") -> list[str]:
    """A story's own paragraphs: chrome dropped everywhere, labels and bylines at the edges. Order kept."""
    kept: list[str] = []
    seen: set[str] = set()
    for paragraph in _rejoined(paragraphs):
        # A long line said twice is a pull quote or the same text laid out for another screen width.
        repeated = len(paragraph) > _LONGEST_CHROME_CHARS // 4 and paragraph in seen
        if not repeated and not is_chrome(paragraph, title):
            seen.add(paragraph)
            kept.append(paragraph)
    sentences = [place for place, line in enumerate(kept) if _SENTENCE_END.search(line)]
    if not sentences:
        return kept
    start, end = 0, len(kept)
    while start < sentences[0] and (
        is_dateline(kept[start]) or _is_label(kept[start]) or _AT_START.fullmatch(kept[start])
    ):
        start += 1
    while end - 1 > sentences[0] and _ends_nothing(kept[end - 1], kept[end - 2]):
        end -= 1
    return kept[start:end]


def _ends_nothing(line: str, before: str) -> bool:
    in_list = _LIST_ITEM.match(line) and _LIST_ITEM.match(before)
    closing = _AT_END.fullmatch(line) and not _SENTENCE_END.search(line)
    return bool(closing) or (_is_label(line) and not in_list)
