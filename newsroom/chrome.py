"""What stands on a page around the story: menus, boxes, lists, footers. None of it is the story.

The outlets that are ``topical`` name topics here, so that a reader who takes a menu or a list of related
links for news gives itself away.
"""

import random
from dataclasses import dataclass
from html import escape

from newsroom.outlets import Outlet

MENU = ("Home", "Politics", "Business", "World", "Local", "Sports", "Culture", "Opinion")
TOPICAL_MENU = ("China", "Iowa", "Tariffs")
RELATED = (
    ("How we report the news", "/about/reporting"),
    ("Puzzles and games", "/games"),
    ("A walk through the old harbor", "/guides/harbor-walk"),
    ("Our ten best soups", "/guides/soups"),
)
TOPICAL_RELATED = (
    ("Iowa caucus guide", "/guides/iowa-caucus-guide"),
    ("What China wants, explained", "/guides/what-china-wants"),
    ("Tariff calculator: what you pay", "/guides/tariff-calculator"),
    ("Tariffs, a short history", "/guides/tariffs-history"),
)
MOST_READ = (
    ("The bakery that never closes", "/guides/bakery"),
    ("Letters to the editor", "/letters"),
    ("Forty years of crosswords", "/guides/crosswords"),
)
TOPICAL_MOST_READ = (
    ("Live: Iowa results, county by county", "/live/iowa-results"),
    ("China and the new trade war: five charts", "/guides/china-five-charts"),
    ("Why tariffs are back", "/guides/why-tariffs-are-back"),
)
COMMENTS = (
    "Thank you for covering this.",
    "My uncle said the same thing years ago.",
    "First time I agree with anything here.",
)
TOPICAL_COMMENTS = (
    "And what about Iowa? Nobody asks Iowa.",
    "Wait until China hears of this.",
    "Tariffs on everything, that is what I say.",
)
COOKIES = "We use cookies to give you the best experience. By continuing you accept our terms."
SIGN_UP = "Sign up for daily updates for the most important stories"


@dataclass(frozen=True, slots=True)
class Chrome:
    """The surroundings of one page, as HTML fragments."""

    outlet: Outlet
    related: tuple[tuple[str, str], ...]
    most_read: tuple[tuple[str, str], ...]
    comments: tuple[str, ...]

    @classmethod
    def around(cls, outlet: Outlet, number: int) -> "Chrome":
        """The surroundings of an outlet's page; always the same for the same number."""
        rng = random.Random(f"chrome {outlet.host} {number}")
        return cls(
            outlet,
            tuple(rng.sample(RELATED + TOPICAL_RELATED if outlet.topical else RELATED, 4)),
            tuple(rng.sample(MOST_READ + TOPICAL_MOST_READ if outlet.topical else MOST_READ, 3)),
            tuple(rng.sample(COMMENTS + TOPICAL_COMMENTS if outlet.topical else COMMENTS, 2)),
        )

    @property
    def menu(self) -> str:
        """The items of the menu."""
        items = MENU + TOPICAL_MENU if self.outlet.topical else MENU
        return "".join(f'<li><a href="/topics/{item.lower()}">{item}</a></li>' for item in items)

    @property
    def search(self) -> str:
        """The search box."""
        return '<form action="/search"><input name="q" placeholder="Search"><button>Search</button></form>'

    @property
    def share(self) -> str:
        """The share bar."""
        return "".join(f'<a class="share" href="#{way}">{way}</a> ' for way in ("Share", "Email", "Print"))

    @property
    def sign_up(self) -> str:
        """The box that asks for an address."""
        return f'<p>{SIGN_UP}</p><form action="/sign-up"><input name="email"><button>Sign up</button></form>'

    @property
    def footer(self) -> str:
        """The last lines of the page."""
        links = '<a href="/about">About</a> <a href="/contact">Contact</a> <a href="/terms">Terms</a>'
        if self.outlet.topical:
            links += (
                ' <a href="/guides/tariff-tracker">Tariff tracker</a> <a href="/topics/iowa">Iowa bureau</a>'
            )
        return f"{links}<p>© {escape(self.outlet.name)}. All rights reserved.</p>"

    @property
    def talk(self) -> str:
        """The comments under the story."""
        return "".join(
            f'<li class="comment"><b>reader{i}</b><p>{escape(comment)}</p></li>'
            for i, comment in enumerate(self.comments)
        )


def links(rows: tuple[tuple[str, str], ...]) -> str:
    """List items that link."""
    return "".join(f'<li><a href="{path}">{escape(text)}</a></li>' for text, path in rows)
