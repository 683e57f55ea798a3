"""One spelling for each watched address, by which a source is known again.

It is not :func:`wirewatch.text.urls.canonical`, which serves stories. That drops every parameter that tells
a reader's way to a page; on a feed's address the same names choose the feed. Investopedia serves all of its
feeds as ``getfeed?feedName=…``; two of them must not be one source. And it keeps scheme and trailing slash,
because stories are linked by it, while nobody serves two feeds that differ in these alone.
"""

import re
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from wirewatch.text.urls import MAX_URL_CHARS, canonical, is_web

# Set by campaigns and by those who pass links on; no feed is chosen by them.
_CAMPAIGN = re.compile(
    r"(?:utm_\w*|mtm_\w*|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid)(?:=|$)", re.IGNORECASE
)
# Spelled as it should be already: nearly every address of a hundred thousand.
_TIDY = re.compile(
    r"https?://((?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)((?:/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)*/?)(?:\?([\w=&.~-]*))?",
    re.ASCII,
)
_HTTPS, _WWW = "https://", "www."


def source_key(url: str) -> str:
    """The one spelling of a source's address: as https, without fragment, campaign and trailing slash.

    What is no web address comes back without the blanks around it. Never raises, and is idempotent.
    """
    url = url.strip()
    if len(url) > MAX_URL_CHARS:
        return url
    if tidy := _TIDY.fullmatch(url):
        netloc, path, query = tidy[1], tidy[2], tidy[3] or ""
    elif is_web(url):
        try:
            _, netloc, path, _, _ = urlsplit(canonical(re.split("[?#]", url, maxsplit=1)[0]))
            query = urlsplit(safe_url_string(url)).query.replace("&amp;", "&")
        except (ValueError, UnicodeError):
            return url
    else:
        return url
    kept = "&".join(part for part in query.split("&") if part and not _CAMPAIGN.match(part))
    return f"{_HTTPS}{netloc}{path.rstrip('/') or '/'}{'?' if kept else ''}{kept}"


def other_host_key(key: str) -> str | None:
    """A key with ``www.`` before its host, or without it; None for what is no web address.

    Outlets serve both, mostly one by a redirect to the other. As hosts they are two, and may lie in two
    partitions, so they have two ids; whoever adds one of them while the other is watched is told so.
    """
    if not key.startswith(_HTTPS):
        return None
    netloc, slash, rest = key.removeprefix(_HTTPS).partition("/")
    user, at, name = netloc.rpartition("@")
    other = name.removeprefix(_WWW) if name.startswith(_WWW) else _WWW + name
    return f"{_HTTPS}{user}{at}{other}{slash}{rest}"
