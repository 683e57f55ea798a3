def test_whole_sentences_around_the_hits_are_shown(match_one):
    body = (
        "It rained in the capital. " * 20
        + 'Gov. Kim Reynolds spoke. "Tariffs hurt," the U.S. Sen. Grassley said. Then tariffs were cut. '
        + "It rained again in the capital. " * 20
    )
    found = match_one("tariff*", text=body)
    assert found.snippet.startswith(
        '"Tariffs hurt," the U.S. Sen. Grassley said. Then tariffs were cut. It rained'
    )
    assert found.snippet.endswith("capital.")
    assert len(found.snippet) <= 300


def test_a_long_sentence_is_cut_at_word_ends(match_one):
    found = match_one("tariff", text="before " * 100 + "tariff " + "after " * 100)
    assert "before tariff after" in found.snippet
    assert found.snippet.startswith("…before ")
    assert found.snippet.endswith(" after…")
    assert len(found.snippet) <= 300


def test_without_a_hit_in_the_body_the_summary_then_the_title_is_shown(match_one):
    assert match_one("iowa", title="Iowa", summary="In Iowa.", text="Rain.").snippet == "In Iowa."
    assert match_one("iowa", title="Iowa", summary="Nothing.", text="Rain.").snippet == "Iowa"


def test_a_hit_outside_the_prose_shows_how_the_story_begins(match_one):
    assert match_one("lang:en", title="T", text="First line.\nSecond.", language="en").snippet == (
        "First line. Second."
    )
    assert match_one("lang:en", title="", language="en").snippet == ""
