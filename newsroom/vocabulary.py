"""The words of the pretend world: people, places, numbers, days, and the grammar that mixes them.

A template is a sentence with slots and choices: ``{who} [said|argued] on {day} that …``. A choice may
hold slots. Slots that name somebody or somewhere stay the same through one story (its cast); numbers and
days are drawn anew each time.
"""
# ruff: noqa: SIM905 - names read better as words than as strings

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

FIRST_NAMES = (
    "Ada Amina Andre Anneke Arturo Beatriz Bram Calvin Carmen Cecilia Chidi Clara Colin Dalia Darius "
    "Deborah Dmitri Edith Elena Emmett Esther Farah Felix Fiona Gareth Gloria Greta Hector Helen Hugo "
    "Ingrid Isaac Ivy Jamal Janet Joaquin Judith Kamala Keith Lars Leila Leonard Lucia Malik Marcus "
    "Margot Miriam Nadia Nathan Noor Olga Omar Patrick Paula Priya Quentin Rafael Renata Rosa Samir "
    "Saskia Simon Stella Tariq Theo Ursula Vera Victor Wanda Yusuf Zoe"
).split()

LAST_NAMES = (
    "Abbott Adeyemi Alvarez Arnaud Bachmann Baptiste Barlow Beckett Bianchi Brandt Calloway Castellano "
    "Chaudhry Corrigan Dahl Delacroix Dempsey Eastwick Ellery Falk Farrow Fenwick Gallagher Garza "
    "Grantham Haddad Halvorsen Hargrove Ibarra Ingersoll Jarvis Kaczmarek Kessler Kovacs Lindqvist "
    "Lockhart Madden Marchetti McAllister Mbeki Merriweather Moreau Nakamura Norwood Oduya Okafor "
    "Ostrowski Pemberton Petrov Quigley Radcliffe Ramirez Rosenthal Rutledge Salazar Schaefer Sokolov "
    "Sorensen Stanhope Tanaka Thackeray Underhill Vandermeer Vasquez Wainwright Weatherby Whitlock Yates "
    "Zielinski"
).split()

PLACES = (
    "Alder Creek|Ashgrove|Bellhaven|Birch Landing|Blackwater|Bramford|Cedar Point|Clearbrook|"
    "Copper Hill|Corwin|Dunmore|East Harbor|Eldridge|Fairmont Bay|Foxley|Glen Arbor|Granite Falls|"
    "Greyfield|Halston|Harrow Lake|Hawthorne|Hollis|Juniper Flats|Kettering|Kingsbridge|Larkspur|"
    "Lindenwood|Marlow Falls|Maple Ridge|Millbrook|New Avalon|Northgate|Oakhurst|Pine Hollow|"
    "Port Ansel|Quarry Bend|Redfern|Rivermouth|Rockwell|Saltmarsh|Sandhurst|Silver Spring|"
    "South Landing|Stonebridge|Sutter Mills|Thornbury|Upper Dale|Valewood|Westerly|Whitcombe|"
    "Willow Park|Windham|Wolcott|Yarrow"
).split("|")

BODIES = (
    "the Halden Institute|the Public Policy Forum|the Ashworth Center|the Bureau of Public Records|"
    "the Civic Research Council|the Kestrel Group|the Lantern Foundation|the National Ledger Project|"
    "the Open Accounts Office|the Riverside Association|the Stanmore School of Economics|the Tamarack Fund|"
    "the Union of Local Employers|the Westbrook Panel|the Institute for Practical Government"
).split("|")

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SMALL = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
)
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

_TOKEN = re.compile(r"\{(\w+)\}|\[([^\[\]]+)\]")

FRESH: dict[str, Callable[[random.Random], str]] = {
    "small": lambda rng: rng.choice(SMALL),
    "ordinal": lambda rng: rng.choice(ORDINALS),
    "n": lambda rng: str(rng.randint(21, 989)),
    "big": lambda rng: f"{rng.randint(2, 88)},{rng.randint(1, 9)}{rng.randint(0, 9)}0",
    "pct": lambda rng: f"{rng.randint(2, 68)}{rng.choice(('', '.5', '.2', '.8'))}",
    "money": lambda rng: (
        f"${rng.randint(2, 940)}{rng.choice(('', '.3', '.6'))} {rng.choice(('million', 'billion'))}"
    ),
    "day": lambda rng: rng.choice(DAYS),
    "month": lambda rng: rng.choice(MONTHS),
    "date": lambda rng: f"{rng.choice(MONTHS)} {rng.randint(1, 28)}",
    "year": lambda rng: str(rng.randint(1996, 2024)),
    "someone": lambda rng: f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}",
    "elsewhere": lambda rng: rng.choice(PLACES),
}
"""Slots that are drawn anew wherever they stand."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and where one story is about; the same through all of its sentences."""

    slots: dict[str, str]

    @classmethod
    def draw(cls, rng: random.Random, roles: tuple[str, ...]) -> "Cast":
        """Choose the people, places and bodies of one story."""
        first, second, third = rng.sample(LAST_NAMES, 3)
        here, there = rng.sample(PLACES, 2)
        role, role2 = rng.sample(roles, 2)
        body, body2 = rng.sample(BODIES, 2)
        return cls(
            {
                "who": f"{rng.choice(FIRST_NAMES)} {first}",
                "last": first,
                "who2": f"{rng.choice(FIRST_NAMES)} {second}",
                "last2": second,
                "who3": f"{rng.choice(FIRST_NAMES)} {third}",
                "last3": third,
                "place": here,
                "place2": there,
                "role": role,
                "role2": role2,
                "body": body,
                "body2": body2,
            }
        )


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[str | tuple[str, ...], ...]:
    """Split a template into literals, slots ``{name}`` (as a 1-tuple) and choices (as longer tuples)."""
    parts: list[str | tuple[str, ...]] = []
    end = 0
    for token in _TOKEN.finditer(template):
        parts.append(template[end : token.start()])
        slot, choices = token.groups()
        parts.append((slot,) if slot else ("", *choices.split("|")))
        end = token.end()
    parts.append(template[end:])
    return tuple(parts)


def fill(template: str, cast: Cast, rng: random.Random) -> str:
    """Make a sentence of a template.

    Raises:
        KeyError: a slot of the template has no words.
    """
    written = []
    for part in _parts(template):
        if isinstance(part, str):
            written.append(part)
        elif len(part) == 1:
            known = cast.slots.get(part[0])
            written.append(known if known is not None else FRESH[part[0]](rng))
        else:
            written.append(fill(rng.choice(part[1:]), cast, rng))
    return "".join(written)
