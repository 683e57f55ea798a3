"""Shapes of today's pages."""
# ruff: noqa: E501 - lines of HTML

from html import escape

from page_maker import furniture as f
from page_maker.head import graph, live, meta_author, news_article, open_graph, opening, paid
from page_maker.markup import DIVS, PLAIN, Made, rendered
from page_maker.sheet import Part, Sheet


def semantic(sheet: Sheet) -> Made:
    """The elements that HTML has for it, JSON-LD and Open Graph."""
    parts = sheet.parts()
    return Made(
        f"""{opening(sheet, open_graph(sheet), news_article(sheet), f.styles())}<header><a href="/">{escape(sheet.outlet)}</a>
<nav><ul>{f.menu(sheet, 30)}</ul></nav></header><main><article><header><p class="kicker">{sheet.html("section")}</p><h1>{sheet.html("title")}</h1>
<p class="byline">{escape(sheet.byline)} <time datetime="{sheet.published.isoformat()}">{sheet.shown_date}</time></p></header>{f.share(sheet)}{f.figure(sheet)}
<div class="article-body">{rendered(parts, PLAIN, between={3: f.sign_up(sheet), 5: f.related(sheet)})}</div>{f.bio(sheet)}</article>{f.comments(sheet)}{f.popular(sheet)}</main>
{f.footer(sheet)}{f.cookies(sheet)}{f.state(sheet)}</body></html>""",
        parts,
    )


def soup(sheet: Sheet) -> Made:
    """Nothing but divs whose classes are hashes; its date in words only."""
    parts = sheet.parts(items=False)
    return Made(
        f"""{opening(sheet, open_graph(sheet, dated=False), f.styles())}<div id="root"><div class="x1a9"><div class="x77b"><ul>{f.menu(sheet, 20)}</ul></div>
<div class="x5c0">{sheet.html("search")}</div></div><div class="x2d4"><div class="x9e1"><div class="x0f3">{sheet.html("section")}</div><h1 class="x8aa">{sheet.html("title")}</h1>
<div class="x6b2"><span>{escape(sheet.byline)}</span><span> · </span><span>{sheet.shown_date}</span></div><div class="x3c3"><img src="/i.jpg" alt=""><div class="x3c4">{sheet.html("caption")}</div><div class="x3c5">{sheet.html("credit")}</div></div>
<div class="x4d8">{rendered(parts, DIVS, between={2: f.advertisement(sheet), 4: f.related(sheet)})}</div><div class="x7f0">{f.share(sheet)}</div></div>
<div class="x1b7">{f.popular(sheet)}{f.sign_up(sheet)}</div></div>{f.footer(sheet)}</div>{f.state(sheet)}</body></html>""",
        parts,
    )


def amp(sheet: Sheet) -> Made:
    """The accelerated twin of a page."""
    parts = sheet.parts()
    head = opening(
        sheet,
        f'<link rel="canonical" href="{sheet.url}">',
        news_article(sheet),
        "<style amp-custom>p{margin:1em}</style>",
        suffix=False,
    )
    return Made(
        f"""{head.replace("<html ", "<html amp ")}<amp-sidebar id="s" layout="nodisplay"><ul>{f.menu(sheet, 15)}</ul></amp-sidebar><header><a href="/">{escape(sheet.outlet)}</a></header>
<article class="amp-wp-article"><h1 class="amp-wp-title">{sheet.html("title")}</h1><div class="amp-wp-meta">{escape(sheet.byline)} <time>{sheet.shown_date}</time></div>
<figure><amp-img src="/a.jpg" width="8" height="6" layout="responsive"></amp-img><figcaption>{sheet.html("caption")}</figcaption></figure><amp-social-share type="email"></amp-social-share>
<div class="amp-wp-article-content">{rendered(parts, PLAIN, between={4: '<amp-ad width="300" height="250" type="x"></amp-ad>'})}</div></article>
<amp-consent id="c">{f.cookies(sheet)}</amp-consent><section class="amp-related">{f.related(sheet)}</section>{f.footer(sheet)}</body></html>""",
        parts,
    )


def live_blog(sheet: Sheet) -> Made:
    """Posts under headings of their own, each with its time."""
    deck, posts = sheet.said("deck"), list(zip(sheet.all_said("items"), sheet.all_said("text"), strict=False))
    parts = [
        Part("deck", deck),
        *(Part(kind, text) for post in posts for kind, text in zip(("head", "text"), post, strict=True)),
    ]
    shown = "".join(
        f'<article class="live-post" id="post-{i}"><time>{20 - i}:{10 + i}</time><h2>{escape(head)}</h2><p>{escape(text)}</p>{f.share(sheet)}</article>'
        for i, (head, text) in enumerate(posts)
    )
    return Made(
        f"""{opening(sheet, open_graph(sheet), live(sheet, posts))}<header><nav><ul>{f.menu(sheet, 20)}</ul></nav></header><main><div class="live-header"><h1>{sheet.html("title")}</h1>
<p class="standfirst">{escape(deck)}</p><p class="by">{escape(sheet.byline)}, {sheet.shown_date}</p></div>{f.figure(sheet)}<section class="live-feed">{shown}</section>
{f.popular(sheet)}{f.sign_up(sheet)}</main>{f.footer(sheet)}{f.cookies(sheet)}</body></html>""",
        parts,
    )


def paywalled(sheet: Sheet) -> Made:
    """One paragraph for everyone; the whole story in its JSON-LD."""
    parts = sheet.parts()
    return Made(
        f"""{opening(sheet, open_graph(sheet), paid(sheet, parts), f.styles())}<header><nav><ul>{f.menu(sheet, 25)}</ul></nav></header><main><article><h1>{sheet.html("title")}</h1>
<div class="meta">{escape(sheet.byline)}</div>{f.figure(sheet)}<div class="paid"><p>{escape(parts[1].text)}</p></div><div class="paywall-offer"><p>{sheet.html("subscribe")}</p></div></article>
{f.related(sheet)}{f.popular(sheet)}</main>{f.footer(sheet)}{f.state(sheet)}</body></html>""",
        parts,
    )


def components(sheet: Sheet) -> Made:
    """Every paragraph in a component of its own, with boxes between."""
    parts = sheet.parts(deck=False)
    shown = [
        f'<div data-component="block-{i}" class="b">{rendered([part], PLAIN)}</div>'
        for i, part in enumerate(parts)
    ]
    shown.insert(6, f'<div data-component="links">{f.related(sheet)}</div>')
    shown.insert(3, f'<div data-component="promo">{f.sign_up(sheet)}</div>')
    shown.insert(2, f'<div data-component="ad">{f.advertisement(sheet)}</div>')
    return Made(
        f"""{opening(sheet, open_graph(sheet), meta_author(sheet), f.styles())}<div id="__app"><nav data-component="nav"><ul>{f.menu(sheet, 40)}</ul></nav><main><article>
<div data-component="headline"><h1>{sheet.html("title")}</h1></div><div data-component="byline"><span>{escape(sheet.byline)}</span><time>{sheet.shown_date}</time></div>
<div data-component="image">{f.figure(sheet)}</div>{"".join(shown)}<div data-component="tags"><ul>{f.menu(sheet)}</ul></div></article>{f.popular(sheet)}</main>{f.footer(sheet)}</div>{f.state(sheet)}{f.cookies(sheet)}</body></html>""",
        parts,
    )


def two_authors(sheet: Sheet) -> Made:
    """A graph of things, the two authors apart from the article; the body in two halves around a box."""
    sheet.authors.append(sheet.second)
    parts = sheet.parts()
    half = len(parts) // 2
    return Made(
        f"""{opening(sheet, open_graph(sheet, dated=False), graph(sheet))}<header><nav><ul>{f.menu(sheet, 25)}</ul></nav>{f.cookies(sheet)}</header><div class="page"><h1>{sheet.html("title")}</h1>
<div class="lead-media">{f.figure(sheet)}</div><div class="credits">{escape(sheet.byline)}</div><div class="text first">{rendered(parts[:half], PLAIN)}</div>{f.sign_up(sheet)}{f.advertisement(sheet)}
<div class="text second">{rendered(parts[half:], PLAIN)}</div>{f.bio(sheet)}{f.share(sheet)}{f.related(sheet, 4)}{f.comments(sheet)}</div>{f.footer(sheet)}{f.state(sheet)}</body></html>""",
        parts,
    )
