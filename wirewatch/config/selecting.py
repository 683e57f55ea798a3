"""How a configuration says which links of a page are stories: CSS selectors and patterns of addresses."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

_LONGEST = 500


def _selector(value: str) -> str:
    # Loaded only where a selector is given: the settings are read by commands that read no page.
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        LexborHTMLParser("<p></p>").css(value)
    except SelectolaxError:
        raise ValueError("not a CSS selector; write one such as `main h3 a` or `.story-list a`") from None
    return value


def _pattern(value: str) -> str:
    if not value.startswith(("/", "*", "http://", "https://")):
        raise ValueError(
            "not a pattern of addresses; write a path such as /politics/*, or a whole address such as "
            "https://example.org/politics/*, with * for anything"
        )
    if any(sign.isspace() for sign in value):
        raise ValueError("addresses have no blanks; write each pattern as an item of the list")
    return value


_Given = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=_LONGEST)]
CssSelector = Annotated[_Given, AfterValidator(_selector)]
AddressPattern = Annotated[_Given, AfterValidator(_pattern)]
