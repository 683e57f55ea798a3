"""One spelling for each web address, so that a story met twice is known again.

What :func:`canonical` leaves alone, on purpose: the scheme and a trailing slash (``/a`` and ``/a/`` may
be two pages, and a person clicks on what we store; where an outlet serves both, its ``rel=canonical``
names one), the order of the query (some old systems read it by position), and every parameter that is
not known to say only where a reader came from.
"""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from courlan import extract_domain
from w3lib.url import canonicalize_url, safe_url_string

MAX_URL_CHARS = 8192
"""Longer ones are left as they are: servers refuse them (RFC 9110 section 4.1 asks for 8000 octets)."""

# Lists agree with those of AdGuard's general_url filter and Firefox's query stripping, without the names
# that carry identity on some news system (cid, sid, uid, source, keyword, page, year).
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "vero_", "oly_", "itm_", "ns_", "at_", "mc_")
_TRACKING = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid yclid ysclid igshid igsh ttclid li_fat_id
    _hsenc _hsmi mkt_tok cmpid cmp campaignid campaign_id icid ico intcmp int_cmp ncid ocid cvid
    smid smtyp sref xtor ref ref_ ref_src ref_url referrer referer reflink refsrc rss_id ftag ftcamp
    traffic_source tsrc soc_src soc_trk __twitter_impression _ga _gl ga_campaign mbid partnerid
    share shareid share_id sharetype sh_kit wt_mc wt.mc_id wt_zmc s_cid spm srnd embedded-checkout
    s_campaign scmp guccounter guce_referrer guce_referrer_sig outputtype feedname
"""
_TRACKING_NAMES = frozenset(_TRACKING.split())
# Names that identify a page here and tell a reader's way there: dropped only with such a value.
_MAYBE_TRACKING = frozenset({"source", "src", "from", "via", "origin", "medium", "campaign"})
_READERS_WAYS = "rss rss2 feed feeds atom rss-feed rssfeed twitter facebook fb email newsletter share social"
_WAYS = frozenset(_READERS_WAYS.split())
# An outlet's page as a search engine's AMP viewer or cache serves it: its address is in the wrapper's path.
_AMP_WRAPPED = re.compile(
    r"""https?://(?:(?:www\.)?(?:google\.(?:com?\.)?[a-z]{2,3}|bing\.com)/amp(?:/(?P<viewed>s))?
    |(?:[\w-]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/(?:c|v|wp|wp/c)(?:/(?P<cached>s))?)
    /(?P<page>[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:[/?\#].*)?)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_AMP_VIEWERS = (
    "amp_js_v",
    "amp_gsa",
    "amp_r",
    "amp_tf",
    "amp_kit",
    "usqp",
    "aoh",
    "ampshare",
    "csi",
    "storage",
)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_DEFAULT_PORT = {"http": ":80", "https": ":443"}
_ADDRESS = re.compile(r"[\d.]+|.*:.*")
# A host that is spelled as it should be: nearly every one, and a hundred thousand sources are many.
_TIDY_HOST = re.compile(r"https?://((?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)(?![^/?#])")


@lru_cache(maxsize=4_096)  # a story's is asked for at every step of its way, several times at some
def canonical(url: str) -> str:
    """The one spelling of a web address.

    Lower-case host in IDNA form, no default port, fragment, dot segments or tracking parameters, percent
    encoding as the URL standard has it. Addresses of other schemes, and what is no address, come back
    without the blanks around them. Never raises, and is idempotent.
    """
    url = url.strip()
    if not is_web(url) or len(url) > MAX_URL_CHARS:
        return url
    for _ in range(3):  # stripping one oddity can uncover another, such as an encoded blank at the end
        try:
            tidied = _canonical_once(url)
        except (ValueError, UnicodeError):
            return url
        if tidied == url:
            break
        url = tidied
    return url


def _canonical_once(url: str) -> str:
    url = _unwrapped(url.strip())
    scheme, netloc, path, query, _ = urlsplit(safe_url_string(url))
    scheme, netloc, path, _, _ = urlsplit(canonicalize_url(urlunsplit((scheme, netloc, path, "", ""))))
    netloc = netloc.removesuffix(_DEFAULT_PORT.get(scheme, ""))
    # Most feeds that write an ampersand twice escaped ("&amp;amp;") leave one escape in the address.
    query = query.replace("&amp;", "&")
    kept = "&".join(part for part in query.split("&") if part and not _is_tracking(part))
    return urlunsplit((scheme, netloc, path or "/", kept, ""))


def _unwrapped(url: str) -> str:
    """The outlet's address, where a viewer or cache of AMP pages has put its own before it."""
    while found := _AMP_WRAPPED.match(url):
        scheme = "https" if found["viewed"] or found["cached"] else "http"
        page, _, query = found["page"].partition("#")[0].partition("?")
        kept = "&".join(one for one in query.split("&") if one.partition("=")[0].lower() not in _AMP_VIEWERS)
        url = f"{scheme}://{page}" + (f"?{kept}" if kept else "")
    return url


def _is_tracking(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    name = name.lower()
    if name in _TRACKING_NAMES or name.startswith(_TRACKING_PREFIXES):
        return True
    return name in _MAYBE_TRACKING and value.lower() in _WAYS


def is_web(url: str) -> bool:
    """Whether an address is http or https and names a host."""
    if not _WEB.match(url):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # "http://[bad", ports that are no number
        return False


def is_front_page(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return is_web(url) and parts.path in {"", "/"} and not parts.query


def host(url: str) -> str:
    """The lower-case host of a web address in IDNA form, without port; empty where there is none."""
    if tidy := _TIDY_HOST.match(url):
        return tidy[1]
    if not is_web(url):
        return ""
    try:
        # Of the origin alone: the viewer of an AMP page is asked itself.
        origin = urlunsplit((*urlsplit(url)[:2], "/", "", ""))
        return (urlsplit(canonical(origin)).hostname or "").rstrip(".")
    except ValueError:
        return ""


def site(url: str) -> str:
    """The registered domain of a web address (``example.co.uk``), or its host where it has none."""
    name = host(url)
    if not name or "." not in name or _ADDRESS.fullmatch(name):
        return name
    return extract_domain(f"https://{name}/") or name


def resolve(base: str, link: str) -> str | None:
    """The absolute web address of a link on a page; None for ``javascript:``, ``mailto:`` and garbage.

    The fragment is dropped, and nothing else: this is the address to fetch. See :func:`canonical` for the
    one to know it by.
    """
    link = link.strip()
    if not link or len(link) > MAX_URL_CHARS:
        return None
    try:
        # Line breaks inside href are dropped by browsers (URL Standard, "ASCII tab or newline").
        absolute = urljoin(base.strip(), re.sub(r"[\t\r\n]", "", link)).partition("#")[0]
        absolute = safe_url_string(absolute)
    except (ValueError, UnicodeError):
        return None
    return absolute if is_web(absolute) else None
