"""What is no part of a story, and what must stay (workers.read.body.chrome)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.read.body.chrome import is_chrome, story_paragraphs

TITLE = "Harbour Council Approves Tariff on Imported Timber"
FIRST = (
    "The harbour council voted nine to four on Monday to charge timber that arrives by sea, its clerk said."
)
LAST = "Builders expect prices to rise in spring, and two of them have asked the court to look at the vote."


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        f"{TITLE}. Source: Ada Poole, Public domain, via Wikimedia Commons",
        f"{TITLE} (AP Photo/Jo Quay)",
        "Advertisement",
        "Story continues below this advertisement",
        "Share this article",
        "Share on Facebook",
        "Read more: Five things to know about timber",
        "READ ALSO | What the vote means",
        "MORE: The council's year in pictures",
        "Related: Who pays for the quay?",
        "Lire aussi : Le port vote une taxe",
        "Lesen Sie auch: Hafen beschließt Zoll",
        "Читайте также: Порт ввёл пошлину",
        "Sign up for daily updates for the most important stories unfolding in the harbour.",
        "Subscribe to our newsletter and never miss a story.",
        "Get the day's news in your inbox",
        "Follow us on Twitter and Facebook",
        "Photo: Jo Quay/Getty Images",
        "© 2026 The Example. All rights reserved.",
        "We use cookies to make this site better.",
        "Do you have a story? Email desk@example.org",
        "If you buy through our links we may earn a commission.",
        "The post Harbour Council Approves Tariff appeared first on The Example.",
        "4 min read",
        "Log in or create an account to continue",
        "* * *",
    ],
)
def test_a_line_of_chrome_is_dropped_wherever_it_stands(line):
    assert is_chrome(line, TITLE)
    assert story_paragraphs([FIRST, line, LAST], TITLE) == [FIRST, LAST]


@pytest.mark.parametrize(
    "line",
    [
        f"{TITLE}, and the builders of the county, who had hoped for a delay, said they would go to court.",
        "“Read my lips,” the clerk said. “More timber will come by rail.”",
        "More than forty ships were turned away.",
        "Related industries, such as paper, will feel it too.",
        "Subscribers to the co-operative will pay half.",
        "Sign-ups for the rail service opened on Monday.",
        "The minister said cookies and sweets were exempt.",
        "Share prices of two shipyards fell by a tenth.",
        "Follow-up talks are set for May.",
        "Who pays",
        "- Oak: 4 per cent",
        "Yes.",
        "“No.”",
    ],
)
def test_a_line_of_the_story_stays(line):
    assert story_paragraphs([FIRST, line, LAST], TITLE) == [FIRST, line, LAST]


def test_labels_and_bylines_are_trimmed_at_the_edges_only():
    above = ["Menu", "| Politics", "By Ada Poole", "Updated 3 hours ago"]
    below = ["• Market Data", "Close", "Welcome to The Example"]
    assert story_paragraphs([*above, FIRST, "Who pays", LAST, *below], TITLE) == [FIRST, "Who pays", LAST]


def test_a_standfirst_and_a_closing_list_stay():
    page = [
        "The vote came days after a ship was turned away at the quay",
        FIRST,
        LAST,
        "- Oak",
        "- Elm",
        "- Ash",
    ]
    assert story_paragraphs(page, TITLE) == page


def test_a_sentence_broken_by_a_line_break_is_whole_again():
    assert story_paragraphs(["The council voted on the", "tariff on Monday.", LAST]) == [
        "The council voted on the tariff on Monday.", LAST,
    ]  # fmt: skip


def test_a_paragraph_laid_out_twice_is_told_once():
    assert story_paragraphs([FIRST, LAST, FIRST]) == [FIRST, LAST]


@given(st.lists(st.text(max_size=300), max_size=12), st.text(max_size=80))
def test_filtering_never_raises_and_adds_nothing(paragraphs, title):
    kept = story_paragraphs(paragraphs, title)
    assert len(kept) <= len(paragraphs)
