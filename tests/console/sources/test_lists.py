"""Lists of sources, read and written: every format, and what people's files are really like."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sources.importing import gather
from console.sources.lists.reading import read_file
from console.sources.lists.rows import Fault, tags_cell, tags_of
from console.sources.lists.writing import written
from wirewatch.config.settings import Polling, Settings
from wirewatch.config.watched import id_of
from wirewatch.errors import ConfigError
from wirewatch.models import Origin, Source, SourceKind, StoryChoice

SETTINGS = Settings.model_validate({})


def read(path, *tags):
    return gather(read_file(path), SETTINGS, tags, lambda _: None)


@pytest.fixture
def file(tmp_path):
    def write(text, name="list"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def told(wanted):
    return {one.source.url: (one.source.name, set(one.source.tags)) for one in wanted.named}


# --- what is exported is imported as the same

# What XML cannot hold is not in a name: control characters, half pairs, two non-characters.
LETTERS = st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff")
TEXTS = (
    st.text(LETTERS | st.sampled_from("\n\t\"'<&>,;|/ "), min_size=1, max_size=12).map(str.strip).filter(bool)
)
PATHS = st.text(st.sampled_from("abcXYZ0159-_."), max_size=8)
INTERVALS = st.sampled_from([timedelta(seconds=90), timedelta(minutes=5), timedelta(minutes=2)])

CHOICES = st.sampled_from(
    [
        None,
        StoryChoice(select="main > h3 a[href*='/a,b']"),
        StoryChoice(urls=("/politics/*", "https://*.example/a;b|c,d/*"), not_urls=('/"quoted"/*',)),
    ]
)


@st.composite
def made(draw):
    url = (
        f"https://{draw(st.sampled_from(['a', 'b.www']))}.example/{draw(PATHS)}?id={draw(st.integers(0, 99))}"
    )
    kind = draw(st.sampled_from([None, SourceKind.FEED, SourceKind.SECTION, SourceKind.SITEMAP]))
    return Source(
        id=id_of(url),
        url=url,
        name=draw(TEXTS),
        kind=kind,
        tags=tuple(draw(st.lists(TEXTS, unique=True, max_size=3))),
        read=draw(st.sampled_from(["auto", "page", "feed"])),
        min_interval=draw(INTERVALS),
        max_interval=draw(st.sampled_from([timedelta(hours=6), timedelta(days=1)])),
        stories=draw(CHOICES) if kind is SourceKind.SECTION else None,
        origin=Origin.ADDED,
    )


def unordered(sources):
    return {source.id: source.model_copy(update={"tags": tuple(sorted(source.tags))}) for source in sources}


@pytest.mark.parametrize("form", ["opml", "csv", "json"])
@given(sources=st.lists(made(), max_size=5, unique_by=lambda source: source.id))
def test_what_is_exported_is_imported_as_the_same(tmp_path_factory, form, sources):
    path = tmp_path_factory.getbasetemp() / f"exported.{form}"
    path.write_text("".join(written(sources, form, Polling())), "utf-8", newline="")
    wanted = read(path)
    assert wanted.faults == []
    assert unordered(one.source for one in wanted.named) == unordered(sources)


def test_a_plain_list_is_imported_as_its_addresses(file):
    source = Source.model_validate(
        {"id": "s1", "url": "https://example.org/a", "name": "A", "min_interval": 120, "max_interval": 21600}
    )
    assert "".join(written([source], "list", Polling())) == "https://example.org/a\n"
    wanted = read(file("\ufeff# mine\n\n https://example.org/a \nhttps://example.org/b"))
    assert told(wanted) == {
        "https://example.org/a": ("example.org", set()),
        "https://example.org/b": ("example.org", set()),
    }


@given(st.lists(TEXTS, max_size=4))
def test_a_cell_of_tags_is_read_as_it_was_written(tags):
    assert tags_of(tags_cell(tuple(tags))) == tags


@given(st.text(st.sampled_from('ab",;| \n'), max_size=12))
def test_any_cell_of_tags_can_be_read(cell):
    assert all(tag == tag.strip() != "" for tag in tags_of(cell))


@pytest.mark.parametrize("empty", ["opml", "csv", "json", "list"])
def test_no_source_is_written_as_an_empty_list(file, empty):
    assert read(file("".join(written([], empty, Polling())))).named == []


# --- OPML as others write it

OPML = """<?xml version="1.0"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline title="US &amp; A" text="x" type="rss" xmlUrl="https://example.org/us?a=1&b=2"/>
<outline text="Iowa"><outline text="Caf&eacute; &nbsp;news" xmlurl="feed:https://example.org/iowa"/></outline>
</outline>
<outline text="Again"><outline text="Other name" xmlUrl="http://example.org/us/?a=1&amp;b=2"/></outline>
<outline type="rss" text="No address"/>
<outline text="Bad" xmlUrl="file:///etc/passwd"/>
<outline text="With categories" xmlUrl="https://example.org/c" category="/Boston/Weather, Trade"/>
<outline text="Empty folder"></outline>
</body></opml>"""


def test_folders_are_tags_and_what_is_wrong_is_set_aside_with_its_line(file):
    wanted = read(file(OPML, "mine.opml"))
    assert told(wanted) == {
        "https://example.org/us?a=1&b=2": ("US & A", {"News", "Again"}),
        "https://example.org/iowa": ("Café \u00a0news", {"News/Iowa"}),
        "https://example.org/c": ("With categories", {"Boston/Weather", "Trade"}),
    }
    assert wanted.repeated == 1
    assert [
        (fault.place.rpartition(":")[2], fault.field, fault.text.partition(";")[0]) for fault in wanted.faults
    ] == [
        ("7", "xmlUrl", "missing, so it is no feed"),
        ("8", "url", "does not start with https:// or http://"),
    ]


def test_the_rest_of_a_broken_document_is_read(file):
    text = """<opml><body>
<outline text="a" xmlUrl="https://example.org/1"/>
<outline text="b"c" xmlUrl="https://example.org/2"/>
<outline text="d" xmlUrl="https://example.org/3"/>
<outline text="e"""
    wanted = read(file(text))
    assert set(told(wanted)) == {"https://example.org/1", "https://example.org/3"}
    assert [fault.place.rpartition(":")[2] for fault in wanted.faults] == ["3", "5"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_document_is_read_in_the_encoding_that_it_declares(file, encoding):
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><opml><body>'
    text += '<outline text="Café" xmlUrl="https://example.org/"/></body></opml>'
    assert told(read(file(text.encode(encoding)))) == {"https://example.org/": ("Café", set())}


def test_entities_are_never_expanded_and_nothing_is_opened(file, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = f"""<!DOCTYPE opml [<!ENTITY l0 "ha">{laughs}<!ENTITY s SYSTEM "{secret.as_uri()}">]>
<opml><body><outline text="&l11;&s;" xmlUrl="https://example.org/"/>&l11;&s;</body></opml>"""
    assert told(read(file(text))) == {"https://example.org/": ("&l11;&s;", set())}


def test_nesting_is_bounded(file):
    text = "<opml><body>" + "<outline text='a'>\n" * 100_000
    assert any("Excessive depth" in fault.text for fault in read(file(text)).faults)
    text = "<opml><body>" + "<outline text='a'>\n" * 40 + "<outline text='x' xmlUrl='https://example.org/'/>"
    wanted = read(file(text + "</outline>" * 40 + "</body></opml>"))
    assert told(wanted) == {"https://example.org/": ("x", {"/".join("a" * 32)})}
    assert ["32 folders" in fault.text for fault in wanted.faults] == [True]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<rss><channel/></rss>", "a feed, not a list of feeds"),
        ("<html><body>hello</body></html>", "a web page"),
        ("<plist/>", "no OPML"),
        ("<", "not well-formed"),
        ('{"url": 1}', "not a list"),
        ("[{]", "not JSON"),
        ("[" * 100_000, "nested without end"),
        ('[3, {"name": "x"}]', "neither an address nor an object"),
    ],
)
def test_what_is_no_list_says_what_it_is(file, text, says):
    wanted = read(file(text))
    assert wanted.named == []
    assert any(says in fault.text for fault in wanted.faults)


# --- sheets


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_sheet_is_read_by_its_header_in_any_order(file, sign):
    rows = [
        ["Name", "min_interval", "url", "tags", "kind", "read"],
        ['"A ""b"" c"', "5m", "https://example.org/a", '"x, y|z"', "section", "page"],
        ["", "", "https://example.org/b", "", "", ""],
    ]
    wanted = read(file("\r\n".join(sign.join(row) for row in rows)))
    first, second = (one.source for one in wanted.named)
    assert (first.name, first.tags, first.kind, first.read) == ('A "b" c', ("x", "y", "z"), "section", "page")
    assert first.min_interval == timedelta(minutes=5)
    assert (second.name, second.kind, second.min_interval) == ("example.org", None, timedelta(minutes=2))
    assert wanted.faults == []


SHEET = """url,name,kind,min_interval,colour
https://example.org/1,One,feed,,red
ftp://example.org/2,Two,feed,,
https://example.org/3,Three,blog,,
https://example.org/4,Four,,soon,
https://example.org/5,Five,,7h,
https://example.org/6,Six,,,a,b
https://example.org/7,"Se"ven,,,
https://example.org/8,"Not closed,,,
https://example.org/9,"Two
lines",,,
"""


def test_each_bad_row_is_set_aside_with_line_field_and_remedy(file):
    path = file(SHEET, "mine.csv")
    wanted = read(path)
    assert set(told(wanted)) == {"https://example.org/1", "https://example.org/9"}
    assert wanted.named[1].source.name == "Two\nlines"
    faults = [str(fault).removeprefix(f"{path}:") for fault in wanted.faults]
    assert [fault.partition(";")[0] for fault in faults] == [
        "1: colour: unknown column, left out",
        "3: url: does not start with https:// or http://",
        "4: kind: unknown value",
        "5: min_interval: not a duration",
        "6: min_interval: min_interval is longer than max_interval, which is 6h here",
        "7: 6 cells under 5 columns",
        "8: ',' expected after '\"'",
        "9: ',' expected after '\"'",
    ]


def test_what_is_too_long_is_set_aside(file):
    text = "url,name,tags\nhttps://example.org/a," + "n" * 301 + ",\nhttps://example.org/b,," + "t" * 201
    text += f"\nhttps://example.org/{'c' * 9000},,\nhttps://example.org/d,," + ",".join("t" * 3)
    assert [fault.field for fault in read(file(text)).faults] == ["name", "tags", "url", ""]


def test_tags_for_all_are_added_to_their_own(file):
    wanted = read(file("url,tags\nhttps://example.org/a,x\nhttps://example.org/b,\n"), "new", "x")
    assert [one.source.tags for one in wanted.named] == [("x", "new"), ("new", "x")]


def test_spellings_of_one_address_are_one_source_with_the_tags_of_all(file):
    text = "url,tags\nhttps://www.example.org/a,x\nhttp://www.example.org/a/,y\nhttps://example.org/a,z\n"
    wanted = read(file(text))
    assert told(wanted) == {"https://www.example.org/a": ("example.org", {"x", "y", "z"})}
    assert wanted.repeated == 2


# --- files that cannot be read at all


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"https://example.org/\n\xff\xfe", ":2: not UTF-8"),
        (b'<?xml version="1.0" encoding="klingon"?><opml/>', "klingon is not known"),
        (b"\xff\xfea", "not UTF-16"),
    ],
)
def test_a_file_in_no_known_encoding_is_refused(file, body, says):
    with pytest.raises(ConfigError, match=says):
        read(file(body))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="No such file"):
        read(tmp_path / "none")
    with pytest.raises(ConfigError, match="cannot be read"):
        read(tmp_path / "a\0b")


@given(st.text(max_size=200) | st.text(st.sampled_from("<>opml outline/xmlUrl=\"&;,\n'url[]{}"), max_size=80))
def test_whatever_is_in_a_file_ends_as_sources_and_faults(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(text.encode("utf-8", "replace"))
    wanted = read(path)
    assert all(isinstance(fault, Fault) and fault.text for fault in wanted.faults)
