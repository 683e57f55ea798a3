"""What is remembered of an index's sitemaps."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crawler.feeds.document import Part
from crawler.sitemap_index import KnownSitemap, from_text, remembered, to_text
from crawler.trust import is_full_request
from wirewatch.ids import EntryId
from wirewatch.store.carried import MOST, Carried, packed

NEWS, SPORT = "https://outlet.example/news.xml", "https://outlet.example/sport.xml"


def version(number):
    return number.to_bytes(8)


def carrying(*versions):
    entry = EntryId("e" + "00" * 10)
    return packed(Carried(one, entry, (b"\x01" * 5, b"\x02" * 5, b"\x03" * 5)) for one in versions)


validators = st.none() | st.binary(min_size=1, max_size=50)
sitemaps = st.builds(
    KnownSitemap,
    st.text(st.characters(codec="ascii"), max_size=30),
    validators,
    validators,
    st.none() | st.text("0123456789abcdef", max_size=32),
    st.lists(st.binary(min_size=8, max_size=8), max_size=20).map(tuple),
)


@given(st.lists(sitemaps, max_size=5))
def test_whatever_bytes_a_validator_has_it_is_kept_as_it_came(known):
    assert from_text(to_text(known)) == tuple(known)


def test_nothing_is_remembered_of_what_was_never_read():
    assert from_text("") == ()


def test_no_more_versions_are_remembered_than_a_source_keeps_entries():
    many = tuple(version(number) for number in range(MOST - 1))
    known = [KnownSitemap(NEWS, versions=many), KnownSitemap(SPORT, versions=many)]
    first, second = from_text(to_text(known))
    assert first.versions == many
    assert second.versions == many[:1]


def test_a_validator_that_nobody_needs_so_long_is_not_kept(make_answer):
    kept = KnownSitemap(NEWS).read_from(make_answer(b"x", etag=b"e" * 60_000, last_modified=b"now"), ())
    assert (kept.etag, kept.last_modified) == (None, b"now")


def test_what_its_index_lists_no_more_is_forgotten_and_what_it_lists_anew_is_unknown(make_state):
    known = KnownSitemap(NEWS, b'"1"', None, "hash", (version(1),))
    state = make_state(documents=to_text([known]), carried=carrying(version(1)))
    assert remembered(state, None) == (known,)
    assert remembered(state, (SPORT, NEWS)) == (KnownSitemap(SPORT), known)
    assert remembered(state, (SPORT,)) == (KnownSitemap(SPORT),)


def test_a_sitemap_whose_entries_are_not_all_carried_any_more_is_read_anew(make_state):
    known = KnownSitemap(NEWS, b'"1"', None, "hash", (version(1), version(2)))
    state = make_state(documents=to_text([known]), carried=carrying(version(1)))
    assert remembered(state, None) == (KnownSitemap(NEWS),)


def test_a_sitemap_is_unchanged_by_304_or_by_the_same_bytes(make_answer):
    known = KnownSitemap(NEWS).read_from(make_answer(b"<urlset/>", etag=b'"1"'), [Part(version(1), None)])
    assert known.is_unchanged_in(make_answer(status=304))
    assert known.is_unchanged_in(make_answer(b"<urlset/>"))
    assert not known.is_unchanged_in(make_answer(b"<urlset />"))
    assert not known.is_unchanged_in(make_answer(b"<urlset/>", status=500))
    assert not KnownSitemap(NEWS).is_unchanged_in(make_answer(status=304))


def test_validators_are_those_of_the_last_answer_though_a_304_may_leave_them_out(make_answer):
    known = KnownSitemap(NEWS, b'"1"', b"then", "hash", (version(1),))
    assert known.confirmed_by(make_answer(status=304)) == known
    assert known.confirmed_by(make_answer(status=304, etag=b'"\xe9"')) == replace(known, etag=b'"\xe9"')
    assert known.confirmed_by(make_answer(status=200, etag=b'"2"')) == replace(
        known, etag=b'"2"', last_modified=None
    )


def test_an_index_without_validators_whose_sitemaps_have_some_is_not_asked_in_full(make_state, at):
    documents = to_text([KnownSitemap(NEWS, b'"1"', None, "hash")])
    assert is_full_request(make_state(), at.now)
    assert not is_full_request(make_state(documents=documents), at.now)
    assert is_full_request(make_state(documents=documents, lied=at.now), at.now)
