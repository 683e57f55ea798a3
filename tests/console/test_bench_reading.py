"""``wirewatch bench reading``: pages and their truth in, a table out."""

import gzip
import json
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
PARAGRAPHS = (
    "The ferry to the outer islands runs again from Monday, the harbour office said after a week of work.",
    "A cracked shaft had kept the boat in dock, and schoolchildren on three islands were taught by radio.",
    "Captain Ysolde Marrin said that the spare part came by sled, because the road was closed by snow.",
)
TITLE = "Ferry to the outer islands runs again"


def html(title=TITLE, paragraphs=PARAGRAPHS):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<html lang="en"><head><title>{title}</title><meta name="author" content="Ysolde Pennant">
      <meta property="article:published_time" content="2026-11-20T08:00:00Z"></head>
      <body><a href="/">Home</a><article><h1>{title}</h1>{text}</article></body></html>"""


def truth(file="ferry.html.gz", **fields):
    known = {
        "file": file,
        "url": "https://isles.example/2026/ferry",
        "title": TITLE,
        "body": "\n".join(PARAGRAPHS),
    }
    return known | {"authors": ["Ysolde Pennant"], "published": "2026-11-20 08:00:00+00:00"} | fields


@pytest.fixture
def saved(tmp_path):
    """``saved(entries, pages)`` writes a folder of pages with a truth.json."""

    def write(entries, pages=None):
        folder = tmp_path / "pages"
        folder.mkdir(exist_ok=True)
        for name, text in (pages or {"ferry.html.gz": html()}).items():
            data = text.encode()
            (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        given = entries if isinstance(entries, str) else json.dumps(entries)
        (folder / "truth.json").write_text(given, "utf-8")
        return folder

    return write


@pytest.fixture
def contest(monkeypatch):
    """The benchmark's own modules."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def test_both_readers_are_measured_on_the_pages_of_a_folder(wirewatch, saved, capfd):
    second = truth("plain.html", url="https://isles.example/2026/snow", title="Snow", body=None, authors=None)
    pages = {
        "ferry.html.gz": html(),
        "plain.html": html("Snow", ("It snows on all of the islands today.",) * 3),
    }
    folder = saved([truth(), second], pages)
    assert wirewatch("bench", "reading", "--quick", "--json", "--pages", folder).code == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["pages"], told["worth_reading"], told["told"], told["failures"]) == (2, 1, 1, [])
    assert set(told["readers"]) == {"trafilatura", "wirewatch"}
    for reader in told["readers"].values():
        assert reader["body"]["recall"] == 1.0
        assert (reader["title"], reader["day"], reader["authors"]) == (1.0, 1.0, 1.0)
        assert reader["pages_per_s"] > 0


def test_the_table_the_worst_pages_and_the_page_of_the_docs(wirewatch, saved, capfd, tmp_path):
    page = tmp_path / "reading.md"
    page.write_text("before\n<!-- reading: begin -->\nold\n<!-- reading: end -->\nafter\n", "utf-8")
    wrong = truth(title="Another title", body=f"{PARAGRAPHS[0]}\nA line that is nowhere on the page at all.")
    folder = saved([wrong])
    words = ("bench", "reading", "--quick", "--pages", folder, "--worst", "1", "--docs", page)
    assert wirewatch(*words).code == 0
    out = capfd.readouterr().out
    assert "title exact (1 pages)" in out
    assert "- A line that is nowhere on the page at all." in out
    assert f"+ {PARAGRAPHS[1]}" in out
    assert "title: 1 wrong" in out
    text = page.read_text("utf-8")
    assert text.startswith("before\n<!-- reading: begin -->\nMeasured on ")
    assert text.endswith("|\n<!-- reading: end -->\nafter\n")
    assert "| pages read a second |" in text


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (None, ["truth.json: there is no such file", 'a list of {"file"']),
        ("[{", ["truth.json", "needed is JSON"]),
        ("{}", ["no list, or an empty one"]),
        ([truth(), 7], ["entry 2", "needed is"]),
        ([truth(title=5)], ["entry 1 (ferry.html.gz): title: Input should be a valid string"]),
        (
            [truth(authors="Ysolde Pennant")],
            ["entry 1 (ferry.html.gz): authors: Input should be a valid tuple"],
        ),
        ([truth(published="20 November")], ["published: ", "no day such as 2026-11-24"]),
        ([{"url": "https://isles.example/"}], ["entry 1: file: Field required"]),
        ([truth("../ferry.html.gz")], ["file: String should match"]),
        ([truth("gone.html")], ["gone.html", "has no such page", "save the page there"]),
    ],
)
def test_a_folder_that_cannot_be_measured_on_is_refused_with_what_is_wrong(
    entries, said, wirewatch, saved, capfd
):
    folder = saved(entries if entries is not None else "")
    if entries is None:
        (folder / "truth.json").unlink()
    assert wirewatch("bench", "reading", "--pages", folder).code == 2
    told = capfd.readouterr().err
    assert "Traceback" not in told
    for words in said:
        assert words in told


def test_a_damaged_page_is_named(saved, contest):
    from reading_contest.truth import TruthError, load

    folder = load(saved([truth()]))
    (folder.path / "ferry.html.gz").write_bytes(gzip.compress(html().encode())[:-20])
    with pytest.raises(TruthError, match=r"ferry\.html\.gz"):
        folder.html(folder.pages[0])


@pytest.mark.parametrize(
    ("true", "found", "precision", "recall"),
    [
        ("a b c d e", "a b c d e", 1.0, 1.0),
        ("a b c d e", "a b c d", 1.0, 0.5),
        ("a b c d", "x a b c d", 0.5, 1.0),
        ("a b c d a b c d", "a b c d", 1.0, 0.2),  # five rows, the first and the last alike
        ("a b", "a b", 1.0, 1.0),
        ("a b c d", "", 0.0, 0.0),
        ("মাধুরী এই পথে এলেন", "মাধুরী এই পথে এলেন", 1.0, 1.0),
    ],
)
def test_a_body_is_measured_in_rows_of_four_words(true, found, precision, recall, contest):
    from reading_contest.shingles import overlap

    measured = overlap(true, found)
    assert (measured.precision, measured.recall) == pytest.approx((precision, recall))


def test_fields_are_compared_by_letters_and_digits_and_authors_as_a_set(contest):
    from reading_contest.readers import Found
    from reading_contest.scores import verdict
    from reading_contest.truth import TruePage

    page = TruePage(**truth(title="“Ferry” runs – again", authors=["Ysolde Pennant", "Jo Quay"]))
    right = verdict(page, Found("'FERRY' runs again", ("Jo Quay", "ysolde pennant"), "2026-11-20", ""))
    assert (right.title, right.day, right.authors) == (True, True, True)
    wrong = verdict(page, Found("Ferry runs", ("Jo Quay",), "2026-11-21", ""))
    assert (wrong.title, wrong.day, wrong.authors) == (False, False, False)
    unknown = verdict(TruePage(**truth(title=None, authors=None, published=None, body=None)), Found())
    assert (unknown.body, unknown.title, unknown.day, unknown.authors) == (None, None, None, None)


def stubborn(word):
    """A reader that fails, dies or answers as it is told; for a process of its own."""
    import os

    def call(page):
        if page == b"die":
            os._exit(9)
        if page == b"fail":
            raise ValueError(page)
        return word + page.decode()

    return call


def test_a_page_that_kills_its_reader_costs_that_page_alone(contest, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))  # where the other process finds the stubborn one
    import test_bench_reading as by_name
    from reading_contest.process import ReaderFailedError, ReaderProcess

    process = ReaderProcess("stubborn", by_name.stubborn, "read ")
    try:
        assert process.call(b"one")[0] == "read one"
        for page in (b"fail", b"die"):
            with pytest.raises(ReaderFailedError):
                process.call(page)
        assert process.call(b"two")[0] == "read two"
    finally:
        process.end()


def test_the_shipped_pages_are_what_their_maker_makes(contest):
    from page_maker.make import pages
    from reading_contest.truth import load

    shipped = load(BENCHMARKS / "pages")
    told = json.loads((shipped.path / "truth.json").read_text("utf-8"))
    made = list(pages())
    assert [entry for _, _, entry in made] == told
    assert all(shipped.html(page) == data for page, (_, data, _) in zip(shipped.pages, made, strict=True))
    assert {path.name for path in shipped.path.iterdir()} == {page.file for page in shipped.pages} | {
        "truth.json"
    }
    assert len({page.file for page in shipped.pages}) == len(shipped.pages) >= 40
    assert sum(path.stat().st_size for path in shipped.path.iterdir()) < 1_000_000


def test_about_three_in_a_hundred_of_the_shipped_pages_are_worth_reading(contest):
    from reading_contest.rare import rare_queries
    from reading_contest.truth import load

    shipped = load(BENCHMARKS / "pages")
    queries = rare_queries(shipped)
    assert len(queries) == len(set(queries)) == round(0.03 * len(shipped.pages))
    assert queries == rare_queries(shipped)
