import json
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.models import Alert
from workers.alerts.payload import webhook_body


def test_a_webhook_receives_the_story_its_match_and_its_copies(make_alert):
    assert json.loads(webhook_body(make_alert(copies=1))) == {
        "type": "story.matched",
        "timestamp": "2026-11-24T21:00:00Z",
        "data": {
            "alert_id": "a1f0",
            "topic": "tariffs",
            "story": {
                "id": "t1",
                "url": "https://news.example.org/tariffs?a=1&b=2",
                "title": "Tariffs on steel: what begins on Monday",
                "source": "Example Politics",
                "authors": ["Ada Reporter"],
                "language": "en",
                "published": "2026-11-24T20:00:00Z",
                "first_seen": "2026-11-24T21:00:00Z",
                "summary": "The duties begin on Monday.",
            },
            "match": {
                "score": 0.83,
                "snippet": "New tariffs on steel begin on Monday",
                "hits": [{"field": "title", "start": 0, "end": 7, "text": "Tariffs"}],
            },
            "copies": [
                {
                    "url": "https://copy0.example.net/x",
                    "source": "Copy 0",
                    "title": "Tariffs on steel",
                    "published": "2026-11-24T21:00:00Z",
                }
            ],
        },
    }


def test_the_body_is_the_same_before_and_after_the_store_kept_the_alert(make_alert):
    for fraction_us in (0, 7, 1_000, 123_456):
        alert = make_alert()
        alert = make_alert(created=alert.created + timedelta(microseconds=fraction_us))
        assert webhook_body(Alert.model_validate_json(alert.model_dump_json())) == webhook_body(alert)


def test_hits_are_cut_before_copies_and_copies_before_text(make_alert):
    whole = json.loads(webhook_body(make_alert()))["data"]

    many_hits = json.loads(webhook_body(make_alert(hits=2000)))["data"]
    assert 100 < len(many_hits["match"]["hits"]) < 2000
    assert many_hits["copies"] == whole["copies"]

    many_copies = json.loads(webhook_body(make_alert(copies=2000)))["data"]
    assert many_copies["match"]["hits"] == []
    assert 100 < len(many_copies["copies"]) < 2000
    assert many_copies["story"] == whole["story"]

    long_summary = json.loads(webhook_body(make_alert(summary="€" * 50_000)))["data"]["story"]
    assert 6000 < len(long_summary["summary"]) < 7000
    assert long_summary["summary"].endswith("…")
    assert long_summary["title"] == whole["story"]["title"]


TEXTS = ("topic", "snippet", "url", "title", "source", "language", "summary", "alert_id")
# Texts whose escapes are many times longer than they are, and lengths that Hypothesis seldom draws.
WORDS = st.builds(lambda word, times: word * times, st.text(), st.sampled_from([1, 1, 300, 30_000]))


@settings(max_examples=60, deadline=None)
@given(
    texts=st.fixed_dictionaries(dict.fromkeys(TEXTS, WORDS)),
    authors=st.lists(WORDS, max_size=3),
    hits=st.sampled_from([0, 1, 500]),
    copies=st.sampled_from([0, 1, 500]),
)
def test_a_body_is_valid_json_under_20_kb_whatever_the_news_says(make_alert, texts, authors, hits, copies):
    body = webhook_body(make_alert(**texts, authors=tuple(authors), hits=hits, copies=copies))
    assert len(body) < 20_000
    data = json.loads(body)["data"]
    assert data["story"]["title"][:200] == texts["title"][:200]


def test_texts_of_nothing_but_control_characters_fit_too(make_alert):
    long = "\x01" * 30_000
    body = webhook_body(make_alert(**dict.fromkeys(TEXTS, long), authors=(long,)))
    assert len(body) < 20_000
    json.loads(body)


def test_half_a_surrogate_pair_does_not_stop_an_alert(make_alert):
    assert json.loads(webhook_body(make_alert(title="A \ud83d B")))["data"]["story"]["title"] == "A ? B"
