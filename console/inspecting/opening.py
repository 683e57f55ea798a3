"""An input's bytes: of its file, else from the web."""

from pathlib import Path

from console.inspecting.fetching import Body, Fetcher
from console.inspecting.inputs import Input, InputError
from crawler.documents import unzipped
from wirewatch.text.urls import is_web

_LARGEST_FILE = 60 * 1024 * 1024


def opened(one: Input, fetcher: Fetcher) -> Body:
    """An input's bytes, gunzipped: of its file, else fetched.

    Raises:
        InputError: there are none: why.
        NotAFeedError: its gzip file is damaged or too large.
    """
    if one.path is None:
        if one.url is None:
            raise InputError("neither path nor url")
        if not is_web(one.url):
            raise InputError("url is no http or https address")
        body = fetcher.fetch(one.url)
        return Body(unzipped(body.data), body.url, body.content_type, body.charset, body.status)
    try:
        with Path(one.path).open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(getattr(error, "strerror", None) or "not a file's name") from error
    if len(data) > _LARGEST_FILE:
        raise InputError(f"larger than {_LARGEST_FILE // 1_048_576} MB")
    return Body(unzipped(data), one.url or "")
