"""Shapes of older pages, and of sites that are made with little."""
# ruff: noqa: E501 - lines of HTML

from html import escape

from page_maker import furniture as f
from page_maker.head import meta_author, open_graph, opening
from page_maker.markup import PLAIN, Made, rendered
from page_maker.sheet import Part, Sheet


def nineties(sheet: Sheet) -> Made:
    """Tables and fonts, line breaks for paragraphs, nothing for machines, in the encoding of its time."""
    parts = sheet.parts(deck=False, items=False)
    text = "<br><br>\n".join(
        f"<b>{escape(p.text)}</b>" if p.kind == "head" else escape(p.text) for p in parts
    )
    rows = "".join(
        f"<tr><td><a href=/{i}><font size=2>{escape(word)}</font></a></td></tr>"
        for i, word in enumerate(sheet.all_said("menu"))
    )
    return Made(
        f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={{charset}}"><title>{sheet.html("title")} - {escape(sheet.outlet)}</title></head>
<body bgcolor=#ffffff dir={sheet.direction}><table width=780 align=center><tr><td colspan=3><font size=6>{escape(sheet.outlet)}</font></td></tr><tr><td width=120 valign=top><table>{rows}</table></td>
<td width=500 valign=top><font size=5><b>{sheet.html("title")}</b></font><br><font size=1>{escape(sheet.byline)}<br>{sheet.shown_date}</font><br><br>
<table align=right width=200><tr><td><img src=/p.gif><br><font size=1><i>{sheet.html("caption")}</i></font></td></tr></table>{text}<br><br><a href=/print>{sheet.html("share")}</a></td>
<td width=160 valign=top><b>{sheet.html("popular")}</b><br>{f.links(sheet, tag="p")}</td></tr><tr><td colspan=3 align=center><font size=1>© 2026 {escape(sheet.outlet)}. {sheet.html("rights")}</font></td></tr></table></body></html>""",
        parts,
    )


def weblog(sheet: Sheet) -> Made:
    """The common weblog theme, its comments longer than some stories."""
    parts = sheet.parts(deck=False)
    return Made(
        f"""{opening(sheet, meta_author(sheet), f.styles(300))}<div id="page" class="site"><header class="site-header"><p class="site-title"><a href="/">{escape(sheet.outlet)}</a></p><ul class="menu">{f.menu(sheet)}</ul></header>
<div class="content-area"><article class="post hentry"><header class="entry-header"><h1 class="entry-title">{sheet.html("title")}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{sheet.published.isoformat()}">{sheet.shown_date}</time></span>
<span class="byline"><span class="author vcard"><a class="url fn n" rel="author" href="/author">{escape(sheet.authors[0])}</a></span></span></div></header><div class="entry-content">{f.figure(sheet)}{rendered(parts, PLAIN)}
<div class="sharedaddy">{f.share(sheet)}</div><div class="jp-relatedposts">{f.related(sheet)}</div></div><footer class="entry-footer"><span class="cat-links"><a href="/c">{sheet.html("section")}</a></span></footer></article>{f.bio(sheet)}{f.comments(sheet)}</div>
<aside class="widget-area">{f.sign_up(sheet)}{f.popular(sheet)}</aside></div>{f.footer(sheet)}</body></html>""",
        parts,
    )


def microdata(sheet: Sheet) -> Made:
    """Schema.org as attributes; a table in the story."""
    parts = sheet.parts(items=False)
    counts = [sheet.rng.randint(100, 999) for _ in sheet.all_said("items")]
    rows = [f"{item} {count}" for item, count in zip(sheet.all_said("items"), counts, strict=True)]
    shown = "".join(
        f"<tr><td>{escape(row.rpartition(' ')[0])}</td><td>{row.rpartition(' ')[2]}</td></tr>" for row in rows
    )
    return Made(
        f"""{opening(sheet, open_graph(sheet, dated=False), f.styles(600))}{f.cookies(sheet)}<div class="top"><ul class="nav">{f.menu(sheet, 15)}</ul></div><div class="main" itemscope itemtype="https://schema.org/NewsArticle">
<h1 itemprop="headline">{sheet.html("title")}</h1><p class="info"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{escape(sheet.authors[0])}</span></span>
<meta itemprop="datePublished" content="{sheet.published.isoformat()}"><span class="when">{sheet.shown_date}</span></p>{f.figure(sheet)}{f.share(sheet)}<div itemprop="articleBody">{rendered(parts[:-1], PLAIN, between={4: f.related(sheet)})}
<table class="figures"><tbody>{shown}</tbody></table>{rendered(parts[-1:], PLAIN)}</div>{f.bio(sheet)}</div><div class="rail">{f.popular(sheet)}{f.sign_up(sheet)}</div>{f.footer(sheet)}{f.state(sheet, 300)}</body></html>""",
        [*parts[:-1], *(Part("row", row) for row in rows), parts[-1]],
    )


def line_breaks(sheet: Sheet) -> Made:
    """One block, its paragraphs parted by line breaks, the picture in their midst."""
    parts = sheet.parts(items=False)
    shown = [
        f"<strong>{escape(p.text)}</strong>" if p.kind in {"head", "deck"} else escape(p.text) for p in parts
    ]
    shown[3:3] = [
        f'<img src="/i/{sheet.number}.jpg"><br><em class="caption">{sheet.html("caption")} / {sheet.html("credit")}</em>'
    ]
    return Made(
        f"""{opening(sheet, open_graph(sheet))}<div id="header"><div id="nav">{f.links(sheet, tag="span")}<ul>{f.menu(sheet, 10)}</ul></div></div><div id="container"><div id="crumbs"><a href="/">{escape(sheet.outlet)}</a> &gt; <a href="/p">{sheet.html("section")}</a></div>
<h2 class="title">{sheet.html("title")}</h2><div class="date">{sheet.shown_date}</div><div class="author">{escape(sheet.byline)}</div><div id="content-body">{"<br /><br />".join(shown)}</div>
<div class="tags"><a href="/t/1">{sheet.html("section")}</a></div><div id="fb">{f.share(sheet)}</div>{f.comments(sheet)}<div id="sidebar">{f.popular(sheet)}{f.related(sheet, 4)}</div></div>{f.footer(sheet)}{f.cookies(sheet)}</body></html>""",
        parts,
    )


def portal(sheet: Sheet) -> Made:
    """A portal: columns of lists longer than the story, its headline far from its text."""
    parts = sheet.parts(deck=False)
    column = "".join(
        f'<div class="teaser"><h3><a href="/x/{i}">{escape(text)}</a></h3><p>{sheet.html("sign_up")}</p></div>'
        for i, text in enumerate(sheet.all_said("links") * 4)
    )
    return Made(
        f"""{opening(sheet, open_graph(sheet), meta_author(sheet), f.styles())}<div class="portal-top"><ul>{f.menu(sheet, 35)}</ul></div><div class="hero"><h1>{sheet.html("title")}</h1></div><div class="cols"><div class="col-left">{column}</div>
<div class="col-main"><div class="stamp">{sheet.shown_date} | {escape(sheet.byline)}</div><div class="story-text" id="story">{rendered(parts, PLAIN, between={3: f.advertisement(sheet), 6: f.advertisement(sheet)})}</div>{f.share(sheet)}</div>
<div class="col-right">{f.popular(sheet)}{column}</div></div>{f.footer(sheet)}{f.state(sheet)}</body></html>""",
        parts,
    )


def agency(sheet: Sheet) -> Made:
    """A wire agency's page: a dateline, a closing line of credits, corrections and tags after it."""
    parts = sheet.parts(deck=False, items=False)
    parts[0] = Part("text", f"({sheet.outlet}) — {parts[0].text}")
    return Made(
        f"""{opening(sheet, open_graph(sheet), meta_author(sheet))}<header class="hdr"><ul>{f.menu(sheet, 20)}</ul></header><main class="wire"><h1>{sheet.html("title")}</h1><div class="dl">{sheet.shown_date}</div><section class="wire-text">{rendered(parts, PLAIN)}</section>
<section class="tagline"><a href="/tags/1">{sheet.html("section")}</a></section>{f.sign_up(sheet)}{f.related(sheet)}</main>{f.footer(sheet)}{f.cookies(sheet)}{f.state(sheet, 200)}</body></html>""",
        parts,
    )
