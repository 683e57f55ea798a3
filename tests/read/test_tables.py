"""Pages that a table lays out, and tables of data in a story (workers.read.body.rows)."""

from html import escape

import pytest

from workers.read.body.paragraphs import body
from workers.read.document import document

TITLE = "Harbour Council Approves Tariff on Imported Timber"
LEAD = (
    "The harbour council voted nine to four on Monday to charge timber that arrives by sea, its clerk said."
)
UNDER = "Who pays for the quay"
LIST = [
    "Oak and elm from the islands are charged at four per cent of their value at the quay.",
    "Pine that a yard has ordered before Monday is free until the end of the year.",
    "The county’s own timber, which comes by rail, is charged nothing at all.",
]
SECOND = "Tom Vale, who leads the builders’ union, had asked for a delay until next summer; it was refused."
LAST = "Builders expect prices to rise in spring, and two of them have asked the court to look at the vote."
STORY = [LEAD, SECOND, UNDER, *(f"- {item}" for item in LIST), LAST]

ITEMS = "".join(f"<li>{escape(item)}</li>" for item in LIST)
BODIES = {
    "paragraphs": f"<p>{LEAD}</p><p>{SECOND}</p><h2>{UNDER}</h2><ul>{ITEMS}</ul><p>{LAST}</p>",
    "an ordered list": f"<p>{LEAD}</p><p>{SECOND}</p><h3>{UNDER}</h3><ol>{ITEMS}</ol><p>{LAST}</p>",
    "line breaks": f"{LEAD}<br><br>{SECOND}<br><br><b>{UNDER}</b><br><br><ul>{ITEMS}</ul><br><br>{LAST}",
    "blocks": f"<div>{LEAD}</div><div>{SECOND}</div><h4>{UNDER}</h4><ul>{ITEMS}</ul><div>{LAST}</div>",
}
BYLINES = {
    "nothing": "",
    "a paragraph": "<p class=byline>By <a href='/author/ada-poole'>Ada Poole</a></p>",
    "a time": "<span class=by>By Ada Poole</span> <time datetime='2026-11-24T09:00Z'>24 Nov 2026</time><br>",
    "a block": "<div class=auth>By Ada Poole</div>",
}
MENU = "<ul><li><a href='/'>Home</a></li><li><a href='/politics'>Politics</a></li></ul>"
BOX = "<div class=box><h3>Most read</h3><ul><li><a href='/x'>A ship was turned away</a></li></ul></div>"
FRAMES = {
    "a page in a table": f"""<table width=980><tr><td colspan=3><a href='/'>Example Times</a>{MENU}</td></tr>
      <tr><td width=160>{MENU}</td><td><h1>{TITLE}</h1>{{}}</td><td>{BOX}</td></tr></table>""",
    "a table in a table": f"""<table><tbody><tr><td>{MENU}</td></tr><tr><td><table><tbody>
      <tr><td><h1>{TITLE}</h1></td></tr><tr><td>{{}}</td></tr></tbody></table></td><td>{BOX}</td></tr></tbody></table>""",
    "a story in a table": f"<div>{MENU}</div><h1>{TITLE}</h1><table><tr><td>{{}}</td></tr></table>{BOX}",
}
DATA = {
    "headed": """<table><tr><th>Wood<th>Tariff</tr><tr><td>Oak<td>4 per cent</tr>
      <tr><td>Elm<td>6 per cent</tr></table>""",
    "without head": "<table><tr><td>Oak<td>4 per cent</tr><tr><td>Elm<td>6 per cent</tr></table>",
    "of blocks": """<table><tr><td><p>Oak</p><td><p>4 per cent</p></tr>
      <tr><td><p>Elm</p><td><p>6 per cent</p></tr></table>""",
}


def read(inner):
    html = f"<!doctype html><html><title>{TITLE}</title><body>{inner}</body></html>"
    return body(document(html), TITLE).paragraphs


@pytest.mark.parametrize("byline", BYLINES)
@pytest.mark.parametrize("inner", BODIES)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_story_laid_out_by_a_table_keeps_its_paragraphs_and_lists(frame, inner, byline):
    assert read(FRAMES[frame].format(BYLINES[byline] + BODIES[inner])) == STORY


@pytest.mark.parametrize("frame", ["{}", "<table><tr><td>{}</td></tr></table>"])
@pytest.mark.parametrize("data", DATA)
def test_a_table_of_data_keeps_its_rows(data, frame):
    paragraphs = f"<article><p>{LEAD}</p><p>{SECOND}</p>{DATA[data]}<p>{LAST}</p></article>"
    lines = read(f"<h1>{TITLE}</h1>" + frame.format(paragraphs))
    assert [line for line in lines if "|" in line][-2:] == ["Oak | 4 per cent", "Elm | 6 per cent"]
    assert {LEAD, SECOND, LAST} <= set(lines)


@pytest.mark.timeout(20)
def test_tables_in_tables_are_read_in_bounded_time():
    paragraphs = [f"{LEAD} {number}" for number in range(5_000)]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert read("<table><tr><td>" * 80 + f"<h1>{TITLE}</h1>{text}") == paragraphs
