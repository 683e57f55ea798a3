"""A page as blocks (workers.read.body.blocks)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.text.html import fold, parse
from workers.read.body.blocks import blocks_of


def texts(html):
    return [block.text for block in blocks_of(parse(html))]


def marks(block):
    """The names of the elements around a block, near to far."""
    return [scope.names for scope in block.inner.around() if scope.names]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>Before<p>In</p>After</div>", ["Before", "In", "After"]),
        ("<p><b>C</b>hina, <i>a</i>&nbsp;land</p>", ["China, a land"]),
        ("One<br>two<br><br>three", ["One", "two", "three"]),
        ("<pre>One\n\nTwo</pre>", ["One", "Two"]),
        ("<ul><li>A<ul><li>B</ul><li>C</ul>", ["A", "B", "C"]),
        ("<table><tr><td>A<td>B</table>", ["A", "B"]),
        ("<a href=/x><div>Linked</div></a>", ["Linked"]),
        ("<p>Soft&shy;ly, zero&#8203;width</p>", ["Softly, zerowidth"]),
        (
            "<p>A</p><script>var b</script><style>c{}</style><noscript>D</noscript><template>E</template>",
            ["A"],
        ),
        ("<p>A <button>Share</button><select><option>B</select></p>", ["A"]),
        ("<p> \n </p><div><span> </span></div>", []),
        ("", []),
    ],
)
def test_the_lines_that_a_browser_shows_are_blocks(html, blocks):
    assert texts(html) == blocks


def test_a_block_knows_the_element_it_is_in_and_the_names_around_it():
    html = (
        "<main id=m><article class='story big'><p class=lead>Text <a href=/x>linked</a></p></article></main>"
    )
    (block,) = blocks_of(parse(html))
    assert (block.tag, marks(block), block.link_chars) == ("p", ["lead", "story big", "m"], len("linked"))
    assert not block.hidden


def test_the_element_that_holds_all_of_a_text_names_it_even_if_it_is_laid_out_in_a_line():
    whole, part = blocks_of(
        parse("<p><span class=credit>Jo Quay</span></p><p>By <span class=name>Jo</span></p>")
    )
    assert marks(whole) == ["credit"]
    assert marks(part) == []


@pytest.mark.parametrize(
    "attribute",
    ["hidden", "style='color:red; display : none'", "style=visibility:hidden", "aria-hidden=true"],
)
def test_what_the_markup_hides_is_told(attribute):
    shown, hidden = blocks_of(parse(f"<p>Shown</p><div {attribute}><p>Hidden</p></div>"))
    assert (shown.hidden, hidden.hidden) == (False, True)


def test_only_a_line_break_between_two_blocks_is_told():
    assert [block.broken for block in blocks_of(parse("<p>A<br>B<br><br>C</p><p>D</p>"))] == [
        False,
        True,
        False,
        False,
    ]


def test_a_heading_is_not_named_by_an_id_made_of_its_words():
    (block,) = blocks_of(parse("<h2 id=related-comments class=sub>Related comments</h2>"))
    assert marks(block) == ["sub"]


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["<p>", "a", " ", "</div>", "<br>", "<li>", "<b>", "&#0;"])).map("".join)
)
def test_no_word_is_added_or_moved(html):
    tree = parse(html)
    blocks = blocks_of(tree)
    assert [block.index for block in blocks] == list(range(len(blocks)))
    assert all(block.text == fold(block.text) != "" for block in blocks)
    shown = "".join(block.text for block in blocks).replace(" ", "")
    body = tree.body.text() if tree.body is not None else ""
    letters = iter(fold(body).replace(" ", ""))
    assert all(letter in letters for letter in shown)  # a subsequence


@pytest.mark.timeout(20)
def test_deep_and_wide_pages_take_time_in_proportion():
    blocks_of(parse("<div>" * 900 + "<p>text</p>" * 30_000))
