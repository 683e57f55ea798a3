"""Which hub and topic an answer's Link headers name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.websub.discovery import links_in

BASE = "https://outlet.example/feeds/all?x=1"
HUB, SELF = "https://hub.example/", "https://outlet.example/feed"

CASES = {
    "one header each": ([f'<{HUB}>; rel="hub"', f'<{SELF}>; rel="self"'], (HUB,), SELF),
    "both in one": ([f'<{HUB}>; rel="hub", <{SELF}>; rel="self"'], (HUB,), SELF),
    "unquoted": ([f"<{HUB}>;rel=hub,<{SELF}>;rel=self"], (HUB,), SELF),
    "several relations": ([f'<{HUB}>; rel="alternate HUB"'], (HUB,), None),
    "a link that is both": ([f'<{HUB}>; rel="hub self"'], (HUB,), HUB),
    "names in capitals": ([f'<{HUB}>; REL="Hub"'], (HUB,), None),
    "relative": (['</hub>; rel="hub", <../feed>; rel=self'], ("https://outlet.example/hub",), SELF),
    "other parameters before": ([f'<{HUB}>; title="a; rel=x, <b>"; rel="hub"'], (HUB,), None),
    "a quote inside a quoted text": ([rf'<{HUB}>; title="say \"hub\", <c>"; rel=hub'], (HUB,), None),
    "a comma and a semicolon in the address": (
        [f'<{HUB}a,b;c?d=e,f>; rel="hub"'],
        (f"{HUB}a,b;c?d=e,f",),
        None,
    ),
    "several hubs, one twice": (
        [f"<{HUB}>; rel=hub", f"<{HUB}2>; rel=hub, <{HUB}>; rel=hub"],
        (HUB, f"{HUB}2"),
        None,
    ),
    "the first self counts": ([f"<{SELF}>; rel=self, <{SELF}2>; rel=self"], (), SELF),
    "the first rel counts": ([f"<{HUB}>; rel=next; rel=hub"], (), None),
    "spaces around the equals sign": ([f'<{HUB}> ; rel = "hub"'], (HUB,), None),
    "a parameter without a value": ([f"<{HUB}>; crossorigin; rel=hub"], (HUB,), None),
    "an empty header": (["", " , ,", f"<{HUB}>; rel=hub"], (HUB,), None),
    "a broken link before": ([f'nonsense; rel="a, b", <{HUB}>; rel=hub'], (HUB,), None),
    "a quote that never ends": ([f'<{HUB}>; rel="hub', f"<{HUB}>; rel=hub"], (HUB,), None),
    "a link of something else": ([f'<{HUB}>; rel=hub; anchor="/another"'], (), None),
    "a link of this, said outright": ([f'<{HUB}>; rel=hub; anchor="{BASE}"'], (HUB,), None),
    "not a web address": (["<javascript:alert(1)>; rel=hub, <mailto:a@b.example>; rel=self"], (), None),
    "a word that begins like one": ([f'<{HUB}>; rel="hubs"; <{SELF}>; rel=selfish'], (), None),
    "rev": ([f"<{HUB}>; rev=hub"], (), None),
    "the topic is not spelt otherwise": (
        ["<https://Outlet.example/a%2Fb?q=[x]|y>; rel=self"],
        (),
        "https://Outlet.example/a%2Fb?q=[x]|y",
    ),
    "a fragment names no other document": ([f"<{SELF}#top>; rel=self"], (), SELF),
    "latin-1": (["<https://hub.example/é>; rel=hub"], ("https://hub.example/%C3%A9",), None),
    "a bad address": (["<http://[bad>; rel=hub, <http://[bad>; rel=self"], (), None),
}


@pytest.mark.parametrize("case", CASES)
def test_links_are_read_as_rfc_8288_writes_them(case):
    values, hubs, topic = CASES[case]
    assert links_in([value.encode("latin-1") for value in values], BASE) == (hubs, topic)


def test_no_more_than_five_hubs_are_taken():
    values = [f"<https://hub{number}.example/>; rel=hub".encode() for number in range(9)]
    assert len(links_in(values, BASE)[0]) == 5


@given(st.lists(st.binary(max_size=200), max_size=4))
def test_whatever_a_header_holds_nothing_is_raised(values):
    hubs, topic = links_in(values, BASE)
    assert all(one.startswith(("http://", "https://")) for one in (*hubs, *filter(None, [topic])))


@given(
    st.lists(
        st.text(alphabet='<>;,="\\ \trelhubsf/:x*', max_size=40),
        max_size=6,
    )
)
def test_a_link_is_found_after_any_complete_one(texts):
    """What a header holds in quotes never hides or makes another link."""
    quoted = "".join(texts).replace("\\", "").replace('"', '\\"')
    value = f'<https://a.example/>; title="{quoted}", <{HUB}>; rel=hub'
    assert links_in([value.encode()], BASE)[0] == (HUB,)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "piece", ['"', "<", ";", ",", "<,", ", ", ";a=", ';a="', '\\"', '<a>;a="\\', "<a>,", "\\"]
)
def test_a_hostile_header_is_read_in_an_instant(piece):
    assert links_in([b"<a>;a" + piece.encode() * 10**6 + b"x"] * 4, BASE) == ((), None)
