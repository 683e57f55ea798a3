import asyncio
import json
import resource
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.alerts.local import MATCHES, LocalSender, append, matches_line, printed_line


def tell(folder, alert):
    return asyncio.run(LocalSender(MATCHES, folder).send(alert, "d42"))


def kept(folder):
    return [json.loads(line) for line in (folder / MATCHES).read_bytes().splitlines()]


def test_an_alert_is_printed_and_kept(tmp_path, capsys, make_alert):
    outcome = tell(tmp_path / "data", make_alert())
    assert (outcome.kind, outcome.status) == ("delivered", "written")
    assert capsys.readouterr().out == (
        "tariffs: Tariffs on steel: what begins on Monday (Example Politics)"
        " https://news.example.org/tariffs?a=1&b=2\n"
    )
    assert kept(tmp_path / "data") == [
        {
            "alert_id": "a1f0",
            "topic": "tariffs",
            "url": "https://news.example.org/tariffs?a=1&b=2",
            "title": "Tariffs on steel: what begins on Monday",
            "source": "Example Politics",
            "published": "2026-11-24T20:00:00Z",
            "first_seen": "2026-11-24T21:00:00Z",
            "score": 0.83,
            "snippet": "New tariffs on steel begin on Monday",
        }
    ]


def test_a_repeat_is_neither_printed_nor_kept(tmp_path, capsys, make_alert):
    for alert_id in ("a1", "a2", "a1", "a12", "a2"):
        assert tell(tmp_path, make_alert(alert_id=alert_id)).kind == "delivered"
    assert [line["alert_id"] for line in kept(tmp_path)] == ["a1", "a2", "a12"]
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_a_headline_that_quotes_another_alert_does_not_silence_it(tmp_path, make_alert):
    tell(tmp_path, make_alert(alert_id="a1", title='\n{"alert_id":"a2",'))
    tell(tmp_path, make_alert(alert_id="a2"))
    assert [line["alert_id"] for line in kept(tmp_path)] == ["a1", "a2"]


def test_many_workers_write_whole_lines_and_each_alert_once(tmp_path, make_alert):
    lines = [matches_line(make_alert(alert_id=f"a{n % 40}", snippet="x" * 5000)) for n in range(120)]
    with ThreadPoolExecutor(8) as workers:
        appended = list(workers.map(lambda line: append(tmp_path / MATCHES, line), lines))
    assert sum(appended) == 40
    assert sorted(line["alert_id"] for line in kept(tmp_path)) == sorted(f"a{n}" for n in range(40))


def test_a_line_that_a_power_cut_tore_is_replaced_by_its_repeat(tmp_path, make_alert):
    whole, torn = matches_line(make_alert(alert_id="a1")), matches_line(make_alert(alert_id="a2"))
    (tmp_path / MATCHES).write_bytes(whole + torn[:100])
    tell(tmp_path, make_alert(alert_id="a3"))
    tell(tmp_path, make_alert(alert_id="a2"))
    assert [line["alert_id"] for line in kept(tmp_path)] == ["a1", "a3", "a2"]


def test_a_torn_line_does_not_pass_for_its_alert(tmp_path, make_alert):
    torn = matches_line(make_alert(alert_id="a2"))
    (tmp_path / MATCHES).write_bytes(torn[:100])
    assert tell(tmp_path, make_alert(alert_id="a2")).status == "written"
    assert [line["alert_id"] for line in kept(tmp_path)] == ["a2"]


def test_a_last_line_without_its_newline_is_kept(tmp_path, make_alert):
    (tmp_path / MATCHES).write_bytes(matches_line(make_alert(alert_id="a1")).rstrip())
    tell(tmp_path, make_alert(alert_id="a2"))
    assert [line["alert_id"] for line in kept(tmp_path)] == ["a1", "a2"]


def test_a_folder_that_cannot_be_written_to_is_tried_again(tmp_path, make_alert):
    (tmp_path / "data").write_text("a file, not a folder")
    outcome = tell(tmp_path / "data", make_alert())
    assert (outcome.kind, outcome.status) == ("retry", "not written")
    assert str(tmp_path) in outcome.answer


def test_a_disk_with_room_for_half_a_line_keeps_none_and_is_tried_again(tmp_path, make_alert):
    first = matches_line(make_alert(alert_id="a1"))
    append(tmp_path / MATCHES, first)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(first) + 100, hard))
    try:
        outcome = tell(tmp_path, make_alert(alert_id="a2"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (outcome.kind, outcome.status) == ("retry", "not written")
    assert (tmp_path / MATCHES).read_bytes() == first
    assert tell(tmp_path, make_alert(alert_id="a2")).status == "written"


@pytest.mark.parametrize("unsafe", ["\x1b]0;owned\x07", "a\rb", "a\nb", "\x9b2J", "\u202egnp.exe"])
def test_a_headline_cannot_steer_the_terminal(unsafe, make_alert):
    assert unsafe not in printed_line(make_alert(title=unsafe, source=unsafe, url=unsafe, topic=unsafe))


@settings(deadline=None)
@given(title=st.text(), source=st.text(), url=st.text())
def test_a_printed_line_is_one_line_of_printable_text(make_alert, title, source, url):
    line = printed_line(make_alert(title=title, source=source, url=url))
    assert line.splitlines() == [line]
    assert not any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in line)
