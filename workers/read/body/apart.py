"""Elements that stand apart from the story, by what news systems call them.

Names are written by programmers, so they are English in most countries; what is local is listed too.
"""

import re
from enum import IntEnum
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")


class Apart(IntEnum):
    """How surely an element's name says that it is no part of a story."""

    NO = 0
    MAYBE = 1  # a box, which some systems put paragraphs in too
    SURELY = 2
    ALWAYS = 3  # menus, and readers' comments, which may well be longer than the story


def _any(*words: str) -> re.Pattern[str]:
    """Names with one of these words; "_" stands for a blank between two, or for nothing."""
    return re.compile(rf"\b(?:{'|'.join(' '.join(words).split())})\b".replace("_", " ?"))


# What an element has, lacks or does is not what it is: "has-ads", "no-sidebar", "js-share".
_HAVING = re.compile(r"\b(?:has|have|with|without|no|not|hide|show|toggle|js|is) (?:\w+ ads?|\w+)\b")
# A post's tags and categories are classes of its own element in the most used of all systems.
_POST = _any("hentry", "type_post", "status_publish", "post_type")
_ALWAYS = _any(
    r"comments?(?:_(?:list|form|section|body|text|thread|area|container|wrapper))? disqus\w* responses",
    r"commentaires? kommentar\w* kommentit comentari\w+ commenti reacties? komentar\w* yorum\w*",
    r"hozzaszol\w* diskus\w+ discussion\w* binh_luan coment",
)
_SURELY = _any(
    # the page around the story
    r"aside complementary contentinfo nav navs navi navigation navbar menu footer skip breadcrumbs?",
    r"crumbs? pager pagination side_bar toolbar noprint modal popup popover tooltip lightbox",
    r"visually_hidden sr_only screen_reader\w* log_in sign_in \w*sign_up\w* donat\w+ back_to_top",
    r"search_form",
    # consent
    r"cookies? \w*cookie\w* consent gdpr cmp onetrust\w* didomi\w* usercentrics\w* truste quantcast",
    r"iubenda\w* privacy",
    # other stories
    r"relate[dr]\w* relacionad\w+ relationad\w+ relaterade relaterte relateret correlat\w+ gerelateerd\w*",
    r"verwandt\w* similar\w* recommend\w* recirc\w* recomendad\w+ empfehl\w+ lese_tipps? trending",
    r"outbrain\w* taboola\w* up_next playlist teasers",
    r"more_(?:from|stories|news|on|about|articles|topics?|links|content|like|reading|in)",
    r"read_(?:more|next|also|on|too) also_(?:read|on|in) see_also lees_(?:ook|meer|verder) les_ogsa",
    r"les_mer laes_ogsa las_ocksa las_mer lue_myos lire_aussi a_lire\w* voir_aussi sur_le_meme\w*",
    r"zum_thema mehr_(?:zu|lesen|zum)\w* siehe_auch weiterlesen leia_(?:mais|tambem) saiba_mais",
    r"veja_(?:mais|tambem) lea_(?:mas|tambien) leer_mas ver_mas te_puede\w* puede_interesar vea_tambien",
    r"leggi_anche approfondiment\w* czytaj\w* powiazane souvisejici kapcsolodo benzer ilgili\w* terkait",
    r"baca_juga tin_lien_quan lien_quan latest_(?:news|stories|articles)",
    r"most_(?:read|popular|viewed|shared|commented)",
    r"(?:mest|meist|mais|mas|plus|piu|en_cok)_(?:lest|last|laest|gelesen\w*|lidas?"
    r"|leid[oa]s?|lus?|lett[eio]|okunan\w*)",
    # offers and money
    r"ads? adv advert\w* ad_(?:slot|box|unit|label|wrapper|container|banner)\w* sponsor\w* native_ad",
    r"werbung anzeigen? publicite publicidad\w* publicidade reklam\w* annonse\w* annonce\w* pubblicita",
    r"advertentie\w* iklan quang_cao patrocin\w+ \w*newsletter\w* news_letter\w* nyhetsbrev nyhedsbrev",
    r"nieuwsbrief\w* infolettre boletin\w* bulten uutiskirje subscribe subscription\w*",
    r"app_(?:banner|promo|download)",
    # sharing and the writer
    r"shares? sharing share_(?:bar|button|this|tools?|icon)\w* socials? social_\w+ follow_(?:us|me) teilen",
    r"partage\w* compart\w+ condivi\w+ delen paylas\w* bagikan bylines? byline\w* bio biogra\w+",
    r"author_(?:bio|box|info|card|profile)\w*",
    # pictures and keywords
    r"captions? \w*caption\w* credits? (?:photo|image|picture)_(?:credit|desc|caption)\w* bildunterschrift",
    r"bild_text bildetekst billedtekst kuvateksti bijschrift didascalia pie_(?:de_)?foto\w* epigrafe",
    r"carousel slideshow swiper tags keywords schlagwort\w* stichw\w+ etiquetas mots_cles",
    r"article_(?:tools|tags) reply respond twitter_tweet instagram_media",
)
_MAYBE = _any(
    r"pub advertorial rail foot footnotes? tag topics? temas author\w* auteur\w* autor\w* forfatter",
    r"skribent journalist writer penulis yazar firma dates? datum fecha data time timestamp published",
    r"posted updated meta metadata dateline read(?:ing)?_time overlay dialog dropdown toast banner tools",
    r"print gallery galler\w+ slider player video\w* audio podcast teaser\w* cards? promo\w* popul\w+",
    r"latest ticker poll quiz survey cta call_to_action ratings? legende? form search register",
    r"registration abo abonn\w+ membership likes reactions hidden invisible loading placeholder error",
    r"fallback disclaimer copyright license paywall offers? embed\w* iframe tweet instagram facebook",
    r"twitter whatsapp telegram fact_box info_box fakta\w* corrections? references alert notification",
    r"notice button btn download profile expand kicker eyebrow labels? flag badge icon logo subscri\w*",
    r"associe\w* live_score market_data stock_quote article_(?:footer|meta) a11y assistive offscreen",
    r"image\w* img photos? fotos? picture illustration imagen thumb\w* multimedia word_count tagline",
)
_BODY = _any(
    r"(?:article|story|entry|post|news|page|main|artikel|articulo|articolo|noticia|nota|makale|haber|materia"
    r"|texto|cuerpo|corpo|corps)_(?:body|content|contents|text|texto|copy|main|inhalt|detail|details|cuerpo"
    r"|corps|corpo|innhold|metni|icerik|wrapper) body_(?:text|copy|content) text_(?:body|content)",
    r"artikel_tekst bro+dtekst brodtext content_body e_content",
)
_TAGS = {
    **dict.fromkeys(("nav", "menu"), Apart.ALWAYS),
    **dict.fromkeys(("footer", "aside", "figure", "figcaption", "dialog"), Apart.SURELY),
    **dict.fromkeys(("form", "label", "summary", "address"), Apart.MAYBE),
}


@lru_cache(maxsize=4096)
def worded(names: str) -> str:
    """Names as words in lower case with blanks between: ``relatedLinks-box`` is ``related links box``."""
    return _OTHER.sub(" ", _CAMEL.sub(" ", names).lower())


@lru_cache(maxsize=4096)
def stands_apart(tag: str, names: str) -> Apart:
    """What an element's tag and names say."""
    if tag in _TAGS:
        return _TAGS[tag]
    if not names:
        return Apart.NO
    words = _HAVING.sub("", worded(names))
    if _POST.search(words):
        return Apart.NO
    for listed, verdict in ((_ALWAYS, Apart.ALWAYS), (_SURELY, Apart.SURELY), (_MAYBE, Apart.MAYBE)):
        if listed.search(words):
            return verdict
    return Apart.NO


@lru_cache(maxsize=4096)
def is_body(names: str) -> bool:
    """Whether an element's names say that it holds a story's text."""
    return bool(_BODY.search(worded(names)))
