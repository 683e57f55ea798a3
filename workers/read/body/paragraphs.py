"""The paragraphs of a story's page, by trafilatura, and by the page's own lines where it finds too few.

Of trafilatura's modes the default with tables and without comments reads the 34 publishers' pages at
hand best once :mod:`workers.read.body.chrome` has gone over it (F1 0.962; favour precision 0.955).
"""

import logging
import re

from trafilatura import bare_extraction, load_html

from wirewatch.text.html import bounded, fold, parse, text_lines
from workers.read.body.chrome import is_chrome, story_paragraphs
from workers.read.body.tables import unwrap_layout

_FEW_CHARS = 250  # under this, what trafilatura found is a teaser or nothing
_MAX_TAGS = 50_000  # trafilatura takes the square of them: 20 s for 200,000 list items; pages have 6,000
_SENTENCE_CHARS = 80
_LEAD_CHARS = 150
_SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*(?:\s|$)")
_TABLE_ROW = re.compile(r"^\|\s|\s?\|$")
_TABLE_RULE = re.compile(r"^[\s|:-]+$")
# Trafilatura tells of each page without text; that is ours to tell.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def body(html: str, title: str = "", url: str = "") -> tuple[list[str], str]:
    """A page's story paragraphs, and how they were found. Never raises.

    Args:
        html: the page.
        title: the story's title, by which captions and share boxes that repeat it are known.
        url: the page's address.
    """
    html = bounded(html)
    extracted = _extracted(html, url) if html.count("<") <= _MAX_TAGS else []
    lines = text_lines(parse(html))
    found, how = story_paragraphs(extracted, title), "trafilatura"
    found = [*_lost_lead(found, lines, title), *found]
    if sum(map(len, found)) < _FEW_CHARS:
        run = story_paragraphs(_longest_run(lines), title)
        if sum(map(len, run)) > 2 * sum(map(len, found)):
            found, how = run, "longest run of sentences"
    return found, how if found else "none"


def _extracted(html: str, url: str) -> list[str]:
    try:
        tree = load_html(html)
        if tree is not None:
            unwrap_layout(tree)
            # Trafilatura drops a <time> together with the line break behind it: the byline ran into the lead.
            for time in list(tree.iter("time")):
                after = time.getnext()
                if after is not None and after.tag == "br":
                    time.tag = "span"
        document = bare_extraction(tree, url=url or None, include_comments=False, include_tables=True)
    except Exception:  # the input's edge: a parser's failure on one page must not cost the story
        return []
    lines = (getattr(document, "text", None) or "").splitlines()
    rows = (_TABLE_ROW.sub("", line.strip()) for line in lines if not _TABLE_RULE.match(line))
    return [line for row in rows if (line := fold(row))]


def _lost_lead(found: list[str], lines: list[str], title: str) -> list[str]:
    """The paragraphs between the title and the first that was found: bare text after a box is easily lost."""
    if not found or found[0] not in lines:
        return []
    above = lines[: lines.index(found[0])]
    lead: list[str] = []
    while above and len(above[-1]) >= _LEAD_CHARS and _SENTENCE.search(above[-1]) and above[-1] not in found:
        if is_chrome(above[-1], title):
            return lead
        lead.insert(0, above.pop())
    # Without the title or its caption right above, this is some other box of the page.
    return lead if lead and above and is_chrome(above[-1], title) else []


def _longest_run(lines: list[str]) -> list[str]:
    """The run of lines with the most text in sentences, in which at most two lines on end are none."""
    best: list[str] = []
    best_size = 0
    run: list[str] = []
    size = gap = 0
    for line in [*lines, "", "", ""]:
        if len(line) >= _SENTENCE_CHARS and _SENTENCE.search(line):
            run.append(line)
            size += len(line)
            gap = 0
            if size > best_size:
                best, best_size = run.copy(), size
        elif run:
            gap += 1
            run.append(line)
            if gap > 2:  # noqa: PLR2004 (a heading and a caption may stand between two paragraphs)
                run, size, gap = [], 0, 0
    return best
