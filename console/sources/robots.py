"""Whether a host's robots.txt lets us have one page of it, and which news sitemaps it names."""

from urllib.parse import urlsplit

from protego import Protego

from console.sources.asking import Asker, NoAnswerError
from crawler.http.answers import failure_words, kind_of, status_words
from crawler.http.failures import ForbiddenByRobotsError, RefusedAddressError, RobotsUnknownError
from crawler.http.robots import TOKEN
from crawler.http.robots_text import rules_for
from crawler.sections.sitemaps import news_sitemaps
from crawler.unread import Failed

_CLIENT_ERROR, _SERVER_ERROR, _TOO_MANY = 400, 500, 429


async def forbidden(asker: Asker, url: str) -> Failed | None:
    """Why a page may not be asked for; None: it may."""
    return (await robots_of(asker, url))[0]


async def robots_of(asker: Asker, url: str) -> tuple[Failed | None, list[str]]:
    """Why a page may not be asked for (None: it may), and the news sitemaps of its host."""
    parts = urlsplit(url)
    try:
        heard = await asker.ask(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt")
    except NoAnswerError as error:
        if isinstance(error.error, RefusedAddressError):
            return Failed(str(error), kind_of(error.error)), []  # so would the page be
        return _named(RobotsUnknownError(f"robots.txt cannot be had: {error}")), []
    status = heard.answer.status
    if status >= _SERVER_ERROR or status == _TOO_MANY:
        return _named(RobotsUnknownError(f"robots.txt cannot be had: {status_words(status)}")), []
    if status >= _CLIENT_ERROR:
        return None, []
    body = heard.answer.body
    rules = rules_for(TOKEN, body)
    allowed = not rules or Protego.parse(rules).can_fetch(url, TOKEN)
    return None if allowed else _named(ForbiddenByRobotsError()), news_sitemaps(body, heard.answer.url)


def _named(error: Exception) -> Failed:
    return Failed(failure_words(error), kind_of(error))
