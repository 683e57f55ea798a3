"""The templates of article pages: what stands between ``<body>`` and ``</body>``, one function each."""
# ruff: noqa: E501 - lines of HTML

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from newsroom.article import Article
from newsroom.chrome import COOKIES, SIGN_UP, Chrome, links
from newsroom.outlets import Dated, Skeleton


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article with all that its template asks for."""

    article: Article
    published: datetime
    chrome: Chrome

    @property
    def title(self) -> str:
        """The headline, escaped."""
        return escape(self.article.story.title)

    @property
    def byline(self) -> str:
        """The author, escaped."""
        return escape(self.article.story.byline)

    @property
    def name(self) -> str:
        """The outlet's name, escaped."""
        return escape(self.article.outlet.name)

    @property
    def when(self) -> str:
        """The time of publication as the page shows it."""
        shown = self.published.strftime("%b. %d, %Y, %H:%M UTC")
        match self.article.outlet.dated:
            case Dated.TIME:
                return f'<time datetime="{self.published.isoformat(timespec="seconds")}">{shown}</time>'
            case Dated.NOWHERE:
                return ""
            case _:
                return f'<span class="date">{shown}</span>'

    @property
    def figure(self) -> str:
        """A picture whose caption repeats the headline and names its source."""
        return (
            f'<figure><img src="/images/{self.article.number}.jpg" alt="{self.title}" width="1200" height="800">'
            f"<figcaption>{self.title} <span class='credit'>Photo: {self.name} archive</span></figcaption></figure>"
        )

    def paragraphs(self, tag: str = "p") -> str:
        """The body."""
        return "\n".join(f"<{tag}>{escape(text)}</{tag}>" for text in self.article.story.paragraphs)


def article(sheet: Sheet) -> str:
    """A present-day page with the elements that HTML has for it."""
    chrome = sheet.chrome
    return f"""<header class="site-header"><a href="/">{sheet.name}</a><nav><ul>{chrome.menu}</ul></nav>{chrome.search}
</header><main><article class="story"><header><h1>{sheet.title}</h1>
<p class="byline">By <a rel="author" href="/staff">{sheet.byline}</a> {sheet.when}</p></header>
<div class="share-bar">{chrome.share}</div>{sheet.figure}
<div class="story-body">{sheet.paragraphs()}</div></article>
<aside class="newsletter">{chrome.sign_up}</aside>
<aside class="related"><h2>Related</h2><ul>{links(chrome.related)}</ul></aside>
<aside class="most-read"><h2>Most read</h2><ol>{links(chrome.most_read)}</ol></aside></main>
<div class="cookie-notice">{COOKIES}</div><footer>{chrome.footer}</footer>"""


def divs(sheet: Sheet) -> str:
    """Nothing but divs, the related links in the middle of the text."""
    chrome = sheet.chrome
    first, *rest = (f"<p>{escape(text)}</p>" for text in sheet.article.story.paragraphs)
    return f"""<div id="wrap"><div id="top"><div class="logo">{sheet.name}</div><ul class="nav">{chrome.menu}</ul>
{chrome.search}</div><div id="content"><div class="headline-box"><h1 class="hl">{sheet.title}</h1>
<div class="meta-line">{sheet.byline} | {sheet.when}</div></div>{sheet.figure}
<div class="text">{first}<div class="inline-related"><b>Related:</b><ul>{links(chrome.related[:2])}</ul></div>
{"".join(rest)}</div><div class="share">{chrome.share}</div></div>
<div id="right"><div class="box"><div class="box-title">Most read</div><ul>{links(chrome.most_read)}</ul></div>
<div class="box">{chrome.sign_up}</div></div><div id="bottom">{chrome.footer}</div>
<div id="cookies">{COOKIES} <button>OK</button></div></div>"""


def old_cms(sheet: Sheet) -> str:
    """An older CMS: its menu twice in lines, and a block of market data after the story."""
    chrome = sheet.chrome
    return f"""<div class="mobile-bar"><div>Menu</div><div>Search</div><div>| Politics</div><div>Menu</div>
<div>| Politics</div><div>Search</div></div><table class="layout"><tr><td class="left"><ul>{chrome.menu}</ul></td>
<td class="main"><h1>{sheet.title}</h1><div class="by">By {sheet.byline}</div><div class="stamp">{sheet.when}</div>
<div class="photo"><img src="/images/{sheet.article.number}.jpg" alt=""><div class="cutline">{sheet.title}.
Source: {sheet.name}/file photo</div></div><div class="storytext">{sheet.paragraphs()}</div>
<div class="market"><div>Market Data</div><div>Close</div><div>Welcome to {sheet.name}</div>
<div>{SIGN_UP}</div></div><div class="more"><b>More headlines</b><ul>{links(chrome.related)}</ul></div></td>
<td class="right"><b>Popular now</b><ul>{links(chrome.most_read)}</ul></td></tr></table>
<div class="foot">{chrome.footer}</div>"""


def blocks(sheet: Sheet) -> str:
    """Every paragraph in a component of its own, with advertisements and a sign-up box between."""
    chrome = sheet.chrome
    parts = [
        f'<div data-component="text-block"><p class="css-1x{i}">{escape(text)}</p></div>'
        for i, text in enumerate(sheet.article.story.paragraphs)
    ]
    parts.insert(2, '<div data-component="ad-slot"><span>Advertisement</span></div>')
    parts.insert(4, f'<section data-component="newsletter">{chrome.sign_up}</section>')
    return f"""<div id="app"><nav data-component="nav"><ul>{chrome.menu}</ul>{chrome.search}</nav>
<main id="main-content"><article><section data-component="headline"><h1>{sheet.title}</h1></section>
<section data-component="byline"><span>{sheet.byline}</span> {sheet.when} {chrome.share}</section>
<section data-component="image">{sheet.figure}</section>{"".join(parts)}
<section data-component="links"><h2>More on this story</h2><ul>{links(chrome.related)}</ul></section></article>
<section data-component="most-read"><h2>Most read</h2><ol>{links(chrome.most_read)}</ol></section></main>
<footer data-component="footer">{chrome.footer}</footer><dialog open><p>{COOKIES}</p></dialog></div>"""


def weblog(sheet: Sheet) -> str:
    """The common weblog theme, comments included."""
    chrome = sheet.chrome
    return f"""<div class="site"><header class="masthead"><p class="site-title"><a href="/">{sheet.name}</a></p>
<ul class="menu">{chrome.menu}</ul></header><div class="content-area"><div class="post hentry type-post">
<h1 class="entry-title">{sheet.title}</h1><div class="entry-meta">Posted by <span class="author">{sheet.byline}</span>
{sheet.when}</div><div class="entry-content">{sheet.figure}{sheet.paragraphs()}
<div class="sd-sharing"><h3>Share this:</h3>{chrome.share}</div>
<div class="jp-relatedposts"><h3>Related</h3><ul>{links(chrome.related)}</ul></div></div></div>
<div id="comments"><h2>Comments</h2><ol class="comment-list">{chrome.talk}</ol></div></div>
<div class="sidebar">{chrome.search}<div class="widget">{chrome.sign_up}</div>
<div class="widget"><h2>Top posts</h2><ul>{links(chrome.most_read)}</ul></div></div>
<footer class="site-info">{chrome.footer}</footer></div>"""


def microdata(sheet: Sheet) -> str:
    """Schema.org as attributes."""
    chrome = sheet.chrome
    return f"""<div class="banner">{COOKIES}</div><header><nav class="primary"><ul>{chrome.menu}</ul></nav>
{chrome.search}</header><div itemscope itemtype="https://schema.org/NewsArticle" class="page">
<h1 itemprop="headline">{sheet.title}</h1><div class="info"><span itemprop="author">{sheet.byline}</span>
{sheet.when}</div>{sheet.figure}<div class="tools">{chrome.share}</div>
<div itemprop="articleBody" class="copy">{sheet.paragraphs()}</div></div>
<div class="rail"><h3>Readers also liked</h3><ul>{links(chrome.related)}</ul>
<h3>Trending</h3><ul>{links(chrome.most_read)}</ul>{chrome.sign_up}</div>
<section class="discussion"><h3>Discussion</h3><ul>{chrome.talk}</ul></section><footer>{chrome.footer}</footer>"""


SKELETONS: dict[Skeleton, Callable[[Sheet], str]] = {
    Skeleton.ARTICLE: article,
    Skeleton.DIVS: divs,
    Skeleton.OLD_CMS: old_cms,
    Skeleton.BLOCKS: blocks,
    Skeleton.WEBLOG: weblog,
    Skeleton.MICRODATA: microdata,
}
