"""The part of its outlet that a story stands in: never the outlet itself, its front page or the story."""

from collections.abc import Iterator

from workers.read.document import Document
from workers.read.fields.cleaning import clean, first
from workers.read.fields.json_ld import Node
from workers.read.fields.naming import is_outlet
from workers.read.fields.publisher import outlet_names
from workers.read.likeness import key

_MAX_CHARS = 60
_MAX_CRUMBS = 12
_METAS = (
    "article:section", "og:article:section", "parsely-section", "cxenseparse:recs:category", "mrf:sections",
    "dc.subject", "section", "category",
)  # fmt: skip
# "Home" in the languages of the outlets that we know of, and what stands for no section.
_HOME = """
    home homepage frontpage start startseite accueil inicio início portada forside forsiden hjem etusivu hem
    voorpagina anasayfa beranda strona-główna úvod domů naslovnica naslovna acasă αρχική главная
    головна начало 首页 首頁 ホーム トップ 홈 الرئيسية בית ראשי होम প্রচ্ছদ หน้าแรก trangchủ
    uncategorized none null undefined news article articles story tags default
"""
_NO_SECTIONS = frozenset(key(word) for word in _HOME.split())


def section(document: Document) -> tuple[str | None, str]:
    """The name of the story's section, and how it was found."""
    evidence = document.evidence
    outlet = outlet_names(evidence, document.url, ())
    titles = {
        key(evidence.title),
        key(evidence.said("headline")),
        *(key(h1.text) for h1 in evidence.headings),
    }
    for how, said in _stated(document):
        name = said.replace("|", "/").rpartition("/")[2].rpartition(">")[2].strip(" -–")
        if not key(name) or len(name) > _MAX_CHARS or "://" in said or "_" in name:
            continue
        if key(name) not in _NO_SECTIONS and key(name) not in titles and not is_outlet(name, outlet):
            return name, how
    return None, "none"


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    evidence = document.evidence
    for meta in _METAS[:2]:
        for said in evidence.metas.get(meta, [])[:3]:
            yield meta, said
    told = evidence.article.get("articleSection")
    for part in told[:5] if isinstance(told, list) else [told]:
        yield "json-ld", clean(part)
    for crumbs in evidence.crumbs[:5]:
        for name in _crumbs(crumbs):
            yield "breadcrumb", name
    for meta in _METAS[2:]:
        yield meta, first(evidence.meta(meta))
    for said in evidence.items.get("articlesection", [])[:3]:
        yield "microdata", said


def _crumbs(node: Node) -> Iterator[str]:
    """The names on the way to a story; its own, the last, is left out by its title."""
    listed = node.get("itemListElement")
    for element in listed[:_MAX_CRUMBS] if isinstance(listed, list) else []:
        if isinstance(element, dict):
            item = element.get("item")
            yield clean(element.get("name")) or clean(item.get("name") if isinstance(item, dict) else "")
