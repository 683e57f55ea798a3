"""What an outlet repeats goes, what a story and its follow-ups have in common stays."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.refrains import HOUSES, printed
from wirewatch.ids import EntryId, SourceId, story_id
from wirewatch.models import Entry, Page, Story
from workers.read.furniture import Others, cleared, fingerprints, noted, terms, without_furniture
from workers.read.reader import read_story

SEEN = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)

# Of each language: what the outlet prints everywhere, and four of its stories.
OUTLETS = {
    "Norwegian": (
        "Avisen eies av leserne sine og trykkes i et lite hus ved elva, der alle er velkomne hver lørdag.",
        ("Bompengene øker igjen", "Fra mandag koster det mer å kjøre inn til sentrum, vedtok bystyret."),
        ("Ulv observert nær barneskole", "Rektor holdt elevene inne mens viltnemnda lette etter dyret."),
        ("Skuespiller vant pris for debutrolle", "Juryen kalte tolkningen modig og overraskende varm."),
        ("Fiskerne fikk rekordfangst", "Kaia var full av kasser før sola sto opp, sier skipperen."),
    ),
    "Turkish": (
        "Gazetemiz kırk yıldır aynı sokakta basılıyor ve okurlarının küçük bağışlarıyla ayakta duruyor.",
        ("Belediye otobüs ücretlerini artırdı", "Yeni tarife pazartesi günü yürürlüğe girecek, dedi başkan."),
        ("Kuraklık buğday üreticisini vurdu", "Çiftçiler hasadın yarı yarıya düştüğünü anlatıyor."),
        ("Genç yüzücü rekor kırdı", "Antrenörü kızın her sabah beşte havuza geldiğini söyledi."),
        ("Müzede unutulmuş heykeller bulundu", "Depodaki sandıklar elli yıl boyunca açılmamıştı."),
    ),
    "Japanese": (
        "本紙は川沿いの小さな印刷所で刷られ、読者の会費だけで続いています。見学は毎週土曜日です。",
        ("市営バスの運賃値上げへ", "市議会は月曜日、来春から料金を改める案を可決した。"),
        ("干ばつで稲作農家が苦境", "収穫は例年の半分にとどまると農協は見ている。"),
        ("高校生が水泳で新記録", "毎朝五時から泳いできた努力が実ったと監督は話す。"),
        ("蔵から江戸の古文書見つかる", "木箱は五十年間だれにも開けられていなかった。"),
    ),
    "Arabic": (
        "تصدر هذه الصحيفة من مطبعة صغيرة قرب النهر ويمولها قراؤها باشتراكات شهرية متواضعة منذ سنين.",
        ("المجلس البلدي يرفع أجرة الحافلات", "تبدأ التعرفة الجديدة يوم الاثنين كما قال رئيس البلدية."),
        ("الجفاف يضرب مزارعي القمح", "تراجع المحصول إلى النصف حسب اتحاد الفلاحين."),
        ("سباحة شابة تحطم رقما قياسيا", "تتدرب كل صباح في الخامسة كما يروي مدربها."),
        ("العثور على تماثيل منسية داخل متحف", "ظلت الصناديق مغلقة خمسين عاما في القبو."),
    ),
    "Bengali": (
        "নদীর ধারের ছোট ছাপাখানা থেকে পাঠকের চাঁদায় এই কাগজ চল্লিশ বছর ধরে প্রকাশিত হচ্ছে।",
        ("শহরে বাসভাড়া বাড়ছে", "সোমবার থেকে নতুন হার চালু হবে বলে মেয়র জানিয়েছেন।"),
        ("খরায় ক্ষতিগ্রস্ত ধানচাষি", "ফলন অর্ধেকে নেমে এসেছে বলে কৃষকেরা বলছেন।"),
        ("সাঁতারে কিশোরীর রেকর্ড", "প্রতিদিন ভোর পাঁচটায় অনুশীলন করত মেয়েটি।"),
        ("জাদুঘরে পুরোনো মূর্তি উদ্ধার", "পঞ্চাশ বছর বাক্সগুলো কেউ খোলেনি।"),
    ),
    "Korean": (
        "이 신문은 강가의 작은 인쇄소에서 독자들의 회비만으로 사십 년째 발행되고 있습니다.",
        ("시내버스 요금 인상 확정", "월요일부터 새 요금이 적용된다고 시장이 밝혔다."),
        ("가뭄에 벼농사 직격탄", "수확량이 절반으로 줄었다고 농민들은 말한다."),
        ("고교생 수영 신기록 달성", "매일 새벽 다섯 시에 훈련했다고 감독은 전했다."),
        ("박물관 창고서 고문서 발견", "나무 상자는 오십 년 동안 열리지 않았다."),
    ),
}
BACKGROUND = (
    "The harbour tunnel was to open four years ago, but Hartwell Brothers stopped digging when water broke "
    "into the eastern shaft, and the council has argued with the insurers over the bill ever since."
)
ABOUT = (
    "Those who own a share of this paper meet each autumn beneath the old clock, drink cider, and choose the "
    "seven neighbours who keep its books and mend its roof."
)


def story(number, title, *paragraphs, host="www.example.org"):
    url = f"https://{host}/story/{number}"
    return Story(
        id=story_id(url),
        url=url,
        title=title,
        source="Outlet",
        source_id=SourceId("s1"),
        first_seen=SEEN,
        text="\n".join(paragraphs),
    )


def texts(stories, known=None):
    return [one.text.split("\n") for one in cleared(stories, known or {})]


def strangers(count, *furniture):
    """Stories that have nothing in common but what is given."""
    words = random.Random(1).sample([a + b for a in "bdfgklmnprst" for b in LETTERS], 12 * count)
    return [
        story(n, " ".join(words[12 * n : 12 * n + 4]), " ".join(words[12 * n + 4 : 12 * n + 12]), *furniture)
        for n in range(count)
    ]


LETTERS = [f"{a}{b}{c}er" for a in "aeiou" for b in "bdglmnrst" for c in "aeiou"]


@pytest.mark.parametrize("language", OUTLETS)
def test_what_stories_without_anything_in_common_all_carry_is_the_outlets(language):
    furniture, *told = OUTLETS[language]
    stories = [story(n, title, lead, furniture) for n, (title, lead) in enumerate(told)]
    assert texts(stories) == [[lead] for _, lead in told]


def test_an_outlet_of_which_only_one_other_story_is_known_keeps_all():
    stories = strangers(2, ABOUT)
    assert texts(stories) == [one.text.split("\n") for one in stories]


def test_the_background_that_follow_ups_repeat_is_theirs():
    follow_ups = [
        story(n, title, lead, BACKGROUND)
        for n, (title, lead) in enumerate(
            [
                (
                    "Harbour tunnel opening put off again",
                    "The tunnel will not open this year, Hartwell said.",
                ),
                ("Hartwell wins tunnel lawsuit", "A judge ruled that the insurers owe the council nothing."),
                (
                    "Who pays for the tunnel?",
                    "The harbour shaft filled with water, and so did the courtroom.",
                ),
                ("Divers enter flooded harbour shaft", "Two divers went down to the eastern wall on Friday."),
            ]
        )
    ]
    assert texts([*follow_ups, *strangers(12)])[:4] == [one.text.split("\n") for one in follow_ups]


def test_two_strangers_are_enough_against_a_paragraph_that_is_foreign_to_its_story():
    long_story = story(
        99,
        "Divers enter flooded shaft",
        "Two divers went down the eastern shaft on Friday morning to look for the crack through which the "
        "river had forced its way, and surfaced after forty minutes with photographs of splintered timber.",
        "Engineers from the harbour authority compared those photographs with drawings made before digging "
        "began, and concluded that the lining had been thinner than their contract demanded.",
        ABOUT,
    )
    assert texts([long_story, *strangers(2, ABOUT)])[0] == long_story.text.split("\n")[:2]


def test_as_many_are_not_enough_against_one_that_speaks_of_what_the_story_is_about():
    own = story(
        99,
        "Divers enter flooded shaft",
        "Two divers went down the eastern shaft at the harbour tunnel on Friday morning to look for the "
        "crack through which water broke in, and Hartwell Brothers paid for their time, the council said.",
        "The insurers had argued that nobody could dig there before spring, and that the bill for another "
        "inspection would have to be met by whoever had stopped the pumps.",
        BACKGROUND,
    )
    assert texts([own, *strangers(2, BACKGROUND)])[0] == own.text.split("\n")


def test_a_story_of_which_nothing_would_be_left_keeps_all():
    same = [story(n, one.title, ABOUT) for n, one in enumerate(strangers(6))]
    assert texts(same) == [[ABOUT]] * 6


def test_punctuation_and_case_make_no_other_paragraph():
    variants = [
        "Subscribe: it is free!",
        "SUBSCRIBE – it is free",
        "Subscribe, it is free.",
        "subscribe it is free",
    ]
    stories = [
        story(n, one.title, one.text, v)
        for n, (one, v) in enumerate(zip(strangers(4), variants, strict=True))
    ]
    assert texts(stories) == [[one.text] for one in strangers(4)]


def test_outlets_do_not_teach_each_other_but_the_hosts_of_one_do():
    known = [
        story(n, one.title, one.text, host="amp.example.org") for n, one in enumerate(strangers(8, ABOUT))
    ]
    same, other = strangers(9, ABOUT)[8], story(8, *strangers(9, ABOUT)[8].text.split("\n"), host="b.example")
    notes = [noted(one) for one in known]
    assert {note.site for note in notes} == {"example.org"}
    assert texts([same], {"example.org": notes}) == [same.text.split("\n")[:1]]
    assert texts([other], {"example.org": notes}) == [other.text.split("\n")]


def test_a_story_that_is_read_again_is_not_counted_against_itself():
    one, *others = strangers(2, ABOUT)
    known = {"example.org": [noted(one), *(noted(other) for other in others)]}
    assert texts([one, one], known) == [one.text.split("\n")] * 2


def test_a_story_without_an_address_is_left_alone():
    stories = [one.model_copy(update={"url": ""}) for one in strangers(6, ABOUT)]
    assert cleared(stories, {}) == stories


def test_what_the_outlets_print_among_their_stories_goes_and_follow_ups_keep_theirs(capsys):
    entry = Entry(id=EntryId("e1"), source_id=SourceId("s1"), source="", url="", revision="", first_seen=SEEN)
    for house in HOUSES:
        told = printed(house, 40, seed=7)
        stories = [
            read_story(
                Page(
                    entry=entry.model_copy(update={"url": one.article.url}),
                    url=one.article.url,
                    html=one.page.encode(),
                )
            )
            for one in told
        ]
        truth = [one.article.story.paragraphs for one in told]
        before = sum(map(f1, [one.text.split("\n") for one in stories], truth)) / len(told)
        after = sum(map(f1, texts(stories), truth)) / len(told)
        with capsys.disabled():
            print(f"\n{house.outlet.name}: F1 {before:.3f}, with its other pages known {after:.3f}", end="")
        assert after > 0.985
        assert (1 - after) < 0.4 * (1 - before)


def f1(ours, theirs):
    ours, theirs = shingles(ours), shingles(theirs)
    return 2 * len(ours & theirs) / max(1, len(ours) + len(theirs))


def shingles(paragraphs):
    words = " ".join(paragraphs).split()
    return set(zip(words, words[1:], words[2:], words[3:], strict=False))


letters = st.text(st.sampled_from("abcé漢字ก한글 .\u0301\ud800!٣"), max_size=12)
some_stories = st.lists(
    st.builds(
        lambda n, title, paragraphs: story(n, title, *paragraphs),
        st.integers(0, 6),
        letters,
        st.lists(letters, max_size=5),
    ),
    max_size=8,
)


@given(stories=some_stories, chance=st.randoms(use_true_random=False))
def test_a_text_only_loses_paragraphs_and_the_order_of_reading_makes_no_difference(stories, chance):
    stories = list({one.id: one for one in stories}.values())
    after = cleared(stories, {})
    for one, left in zip(stories, after, strict=True):
        lines = iter(one.text.split("\n"))
        assert all(any(line == given for given in lines) for line in left.text.split("\n"))
    shuffled = chance.sample(stories, len(stories))
    assert {one.id: one for one in cleared(shuffled, {})} == {one.id: one for one in after}


@given(letters, letters)
def test_a_paragraph_is_known_by_its_letters_and_digits(one, other):
    assert (fingerprints([one]) == [0]) == (not any(c.isalnum() for c in one.casefold()))
    assert fingerprints([f" {one}.", other])[0] == fingerprints([one])[0]


def test_terms_are_stems_and_pairs_of_characters():
    assert terms("Ankara'da ve Ankara’nın Kars") == {"ankar"}
    assert terms("東京都と") == {"東京", "京都", "都と"}
    assert terms("a b c 1 2") == set()


def test_a_page_of_ten_thousand_paragraphs_is_judged_at_once():
    huge = story(99, "Endless", *[ABOUT] * 10_000, "An end of its own.")
    others = [noted(one) for one in strangers(64, ABOUT)]
    kept, dropped = without_furniture(huge.text.split("\n"), huge.title, noted(huge), Others.of(others))
    assert (kept, len(dropped)) == (["An end of its own."], 10_000)
