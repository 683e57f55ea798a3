import subprocess
import sys

import pytest
import typer

from console.cli import app

NOUNS = {"config", "sources", "alerts", "status", "inspect"}


def commands(command, words=()):
    yield words, command
    for name, below in sorted(getattr(command, "commands", {}).items()):
        yield from commands(below, (*words, name))


ALL = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("words", [words for words, _ in ALL], ids=" ".join)
def test_every_command_has_a_help_page(wirewatch, words):
    told = wirewatch(*words, "--help")
    assert told.code == 0
    assert "Usage: " in told.out


@pytest.mark.parametrize("words", [words for words, _ in ALL if words and words[0] in NOUNS], ids=" ".join)
def test_the_nouns_teach_by_an_example(wirewatch, words):
    told = " ".join(wirewatch(*words, "--help").out.split())
    assert f"For example: wirewatch {words[0]}" in told


@pytest.mark.parametrize("noun", sorted(NOUNS - {"status"}))
def test_a_noun_alone_shows_what_can_be_done_with_it(wirewatch, noun):
    told = wirewatch(noun)
    assert "For example: " in told.out + told.err


def test_help_loads_no_heavy_part():
    asked = (
        "import sys; from console.cli import app\n"
        "heavy = {'scrapy', 'aiohttp', 'feedparser', 'trafilatura', 'rq', 'lxml', 'selectolax'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
