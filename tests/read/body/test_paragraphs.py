"""The paragraphs of a story's page (workers.read.body.paragraphs)."""

import json
from html import escape
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.text.html import fold
from workers.read.body.paragraphs import body
from workers.read.document import document

# Title, deck, four paragraphs, a sub-heading, and what this country's outlets put around them:
# menu, "read also", a caption, a sign-up, a comment.
STORIES = {
    "en": (
        "Harbour council approves tariff on timber",
        "Builders say they will go to court before the charge begins in April",
        [
            "The harbour council voted nine to four on Monday to charge timber that arrives by sea, its clerk said.",
            "“The quay must pay for itself,” said Ruth Amsel, who has kept the council’s books since the flood.",
            "Builders expect the price of a house frame to rise by a tenth, and the yards in the east fear for orders.",
            "The council will look at the charge again late next year, when the new sea wall is to be finished.",
        ],
        "Who pays",
        ("Politics", "Read also: A ship was turned away", "The quay on Monday. Photo: Jo Quay", "Get our best stories every day", "What a lot of nonsense this council talks, I have never seen the like of it in my life."),
    ),
    "no": (
        "Havnestyret vedtar avgift på trelast",
        "Byggmestrene sier at de går til retten før avgiften begynner i april",
        [
            "Havnestyret vedtok mandag med ni mot fire stemmer å ta avgift på trelast som kommer sjøveien, sier sekretæren.",
            "– Kaia må betale for seg selv, sier Ruth Amsel, som har ført regnskapet siden den store flommen for ti år siden.",
            "Byggmestrene venter at prisen på et hus stiger med en tidel, og sagbrukene i øst frykter for ordrene sine.",
            "Styret ser på avgiften igjen sent neste år, når den nye muren mot sjøen etter planen skal stå ferdig.",
        ],
        "Hvem betaler",
        ("Politikk", "Les også: Et skip ble vist bort", "Kaia mandag. Foto: Jo Quay", "Få de beste sakene hver dag", "For noe tull dette styret sier, jeg har aldri sett på maken til tøv i hele mitt lange liv her i byen."),
    ),
    "tr": (
        "Liman meclisi keresteye vergi koydu",
        "İnşaatçılar vergi nisanda başlamadan mahkemeye gideceklerini söylüyor",
        [
            "Liman meclisi pazartesi günü deniz yoluyla gelen keresteden vergi alınmasını dörde karşı dokuz oyla kabul etti.",
            "“Rıhtım kendi parasını kazanmalı” diyen Ruth Amsel, büyük selden beri meclisin defterlerini tutuyor.",
            "İnşaatçılar bir evin iskeletinin fiyatının onda bir artmasını bekliyor, doğudaki atölyeler siparişlerden korkuyor.",
            "Meclis vergiye gelecek yılın sonunda, yeni deniz duvarı bitirildiği zaman bir kez daha bakacak, dedi kâtip.",
        ],
        "Kim ödüyor",
        ("Siyaset", "İlgili haber: Bir gemi geri çevrildi", "Pazartesi günü rıhtım. Fotoğraf: Jo Quay", "Her gün en iyi haberlerimizi alın", "Bu meclis ne kadar saçma konuşuyor, hayatım boyunca böyle bir şey görmedim, gerçekten çok yazık."),
    ),
    "ja": (
        "港湾議会、木材への課税を可決",
        "建設業者は四月に課税が始まる前に裁判を起こすと述べている",
        [
            "港湾議会は月曜日、海から届く木材に税を課す案を九対四で可決したと、議会の書記が明らかにした。",
            "「岸壁は自分で費用を稼がなければならない」と、洪水の年から帳簿を預かるルース・アムゼル氏は話した。",
            "建設業者は家の骨組みの値段が一割上がると見ており、東部の製材所は注文が減ることを恐れている。",
            "議会は来年の終わり、新しい防波堤が完成する頃に、この税についてもう一度話し合う予定だという。",
        ],
        "誰が払うのか",
        ("政治", "関連記事：船が追い返される", "月曜日の岸壁＝ジョー・キー撮影", "毎日の注目記事をメールで届けます", "この議会の言うことは本当にひどい。生まれてからこんな話は聞いたことがないし、聞きたくもない。"),
    ),
    "ar": (
        "مجلس الميناء يقر رسما على الأخشاب",
        "يقول البناؤون إنهم سيذهبون إلى المحكمة قبل أن يبدأ الرسم في أبريل",
        [
            "صوت مجلس الميناء يوم الاثنين بتسعة أصوات مقابل أربعة على فرض رسم على الأخشاب التي تصل بحرا، كما قال أمين السر.",
            "وقالت روث أمسل التي تمسك دفاتر المجلس منذ الفيضان: «يجب أن يدفع الرصيف ثمن نفسه، ولا أحد غيره».",
            "ويتوقع البناؤون أن يرتفع سعر هيكل المنزل بمقدار العشر، وتخشى الورش في الشرق على طلباتها هذا الموسم.",
            "وسينظر المجلس في الرسم مرة أخرى في أواخر العام المقبل حين ينتهي العمل في الجدار البحري الجديد.",
        ],
        "من يدفع",
        ("سياسة", "اقرأ أيضا: سفينة أعيدت من حيث أتت", "الرصيف يوم الاثنين. تصوير: جو كي", "احصل على أفضل قصصنا كل يوم", "ما هذا الكلام الفارغ الذي يقوله هذا المجلس، لم أسمع مثله في حياتي كلها ولا أريد أن أسمعه."),
    ),
    "bn": (
        "কাঠের ওপর শুল্ক বসাল বন্দর পরিষদ",
        "এপ্রিলে শুল্ক চালু হওয়ার আগেই নির্মাতারা আদালতে যাওয়ার কথা বলছেন",
        [
            "সমুদ্রপথে আসা কাঠের ওপর শুল্ক বসানোর প্রস্তাব সোমবার নয়-চার ভোটে পাস করেছে বন্দর পরিষদ, জানিয়েছেন সচিব।",
            "“ঘাটকে নিজের খরচ নিজেই তুলতে হবে,” বলেন রুথ আমসেল, যিনি বন্যার পর থেকে পরিষদের হিসাব রাখছেন।",
            "নির্মাতারা মনে করছেন বাড়ির কাঠামোর দাম দশ ভাগের এক ভাগ বাড়বে, আর পূর্বের কারখানাগুলো ফরমাশ হারানোর ভয়ে আছে।",
            "আগামী বছরের শেষে নতুন সমুদ্রপ্রাচীর তৈরি হলে পরিষদ আবার এই শুল্ক নিয়ে বসবে বলে সচিব জানান।",
        ],
        "কে টাকা দেবে",
        ("রাজনীতি", "আরও পড়ুন: একটি জাহাজ ফিরিয়ে দেওয়া হলো", "সোমবারের ঘাট। ছবি: জো কি", "প্রতিদিন আমাদের সেরা খবর পান", "এই পরিষদ কী যে বাজে কথা বলে, জীবনে এমন কথা শুনিনি, আর শুনতেও চাই না কোনো দিন।"),
    ),
    "th": (
        "สภาท่าเรือเก็บภาษีไม้",
        "ผู้รับเหมาบอกว่าจะไปศาลก่อนที่ภาษีจะเริ่มในเดือนเมษายน",
        [
            "สภาท่าเรือลงมติเมื่อวันจันทร์ด้วยคะแนนเก้าต่อสี่ให้เก็บภาษีไม้ที่มาทางทะเล เลขานุการของสภากล่าว ภาษีนี้ใช้กับไม้ทุกชนิดที่ขึ้นฝั่งที่ท่าเรือเก่าและท่าเรือใหม่ ไม่ว่าจะมาจากเกาะใดก็ตาม",
            "รูธ อัมเซล ผู้ดูแลบัญชีของสภามาตั้งแต่ปีที่น้ำท่วมกล่าวว่าท่าเรือต้องหาเงินเลี้ยงตัวเอง และเงินที่เก็บได้จะใช้สร้างกำแพงกันคลื่นใหม่ซึ่งเมืองรอคอยมานานกว่าสิบปีแล้ว",
            "ผู้รับเหมาคาดว่าราคาโครงบ้านจะขึ้นหนึ่งในสิบ และโรงเลื่อยทางตะวันออกกลัวว่าคำสั่งซื้อจะลดลงในฤดูนี้ เพราะลูกค้าหลายรายจะหันไปซื้อไม้ที่มาทางรถไฟซึ่งไม่ต้องเสียภาษีแทน",
            "สภาจะพิจารณาภาษีนี้อีกครั้งในปลายปีหน้าเมื่อกำแพงกันคลื่นใหม่สร้างเสร็จ และจะถามความเห็นของชาวเมืองก่อนที่จะตัดสินใจว่าจะเก็บต่อไปหรือจะเลิกเก็บ เลขานุการกล่าวในที่สุด",
        ],
        "ใครจ่าย",
        ("การเมือง", "อ่านเพิ่มเติม: เรือถูกส่งกลับ", "ท่าเรือวันจันทร์ ภาพ: โจ คีย์", "รับข่าวที่ดีที่สุดทุกวัน", "สภานี้พูดอะไรไร้สาระ"),
    ),
}  # fmt: skip
# Frames: {h1}, {deck}, {text}, {also}, {caption}, {signup}, {comment}, {menu}.
FRAMES = {
    "an article with named parts": """<nav><a href=/p>{menu}</a></nav><main><article><header><h1>{h1}</h1>
      <p class=standfirst>{deck}</p><div class=byline>Ada Poole</div></header>
      <figure><img src=x><figcaption>{caption}</figcaption></figure><div class=article-body>{text}</div>
      <aside class=newsletter><p>{signup}</p><form><input><button>OK</button></form></aside></article>
      <section id=comments><h2>3</h2><p>{comment}</p><p>{comment} {comment}</p></section></main><footer><p>© {menu}</p></footer>""",
    "a soup of blocks": """<div class=top><div><a href=/p>{menu}</a></div></div><div class=c1><div class=c2><h1>{h1}</h1>
      <div class=c3>{deck}</div><div class=img-box><img src=x><div>{caption}</div></div><div class=c4>{text}</div></div>
      <div class=promo-newsletter><div>{signup}</div></div><div class=comment-list><div>{comment}</div></div></div>""",
    "a body with widgets among its paragraphs": """<div id=page class=has-comments><h1>{h1}</h1><h2>{deck}</h2><time>2026</time>
      <div class=story>{text}</div><div class=social-share><a href=/f>F</a></div></div>""",
}
BETWEEN = {
    "nothing": "",
    "a list of other stories": "<div class=related-box><h3>{also}</h3><ul><li><a href=/x>{comment}</a></ul></div>",
    "links alone": "<h3>{also}</h3><ul><li><a href=/x>{comment}</a><li><a href=/y>{also}</a></ul>",
    "a picture": "<figure><img src=x><figcaption>{caption}</figcaption></figure>",
    "a hidden box": "<div style='display:none'><p>{signup} {comment}</p></div>",
    "a line of its kind": "<p><a href=/x>{also}</a></p>",
}


def page(frame, between, story):
    title, deck, paragraphs, sub, (menu, also, caption, signup, comment) = story
    parts = dict(menu=menu, also=also, caption=caption, signup=signup, comment=comment)
    first, *rest = [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs]
    text = first + BETWEEN[between].format(**parts) + rest[0] + f"<h2>{sub}</h2>" + "".join(rest[1:])
    inner = FRAMES[frame].format(h1=title, deck=deck, text=text, **parts)
    return title, inner, [deck, *paragraphs[:2], sub, *paragraphs[2:]]


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("language", STORIES)
def test_deck_paragraphs_and_headings_are_read_and_nothing_else(language, frame, between, read):
    title, inner, expected = page(frame, between, STORIES[language])
    assert read(inner, title).paragraphs == expected


TITLE, DECK, PARAGRAPHS, SUB, (MENU, ALSO, CAPTION, SIGNUP, COMMENT) = STORIES["en"]
TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def test_comments_longer_than_the_story_stay_out(read):
    comments = f"<div class=comment-body><p>{COMMENT}</p></div>" * 30
    inner = f"<article><h1>{TITLE}</h1>{TEXT}</article><div id=comments>{comments}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_other_stories_of_an_endless_page_stay_out(read):
    other = f"<article><h1>{ALSO}</h1>" + f"<p>{COMMENT} {SIGNUP}.</p>" * 9 + "</article>"
    inner = f"<main><article><h1>{TITLE}</h1>{TEXT}</article>{other}{other}</main>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_short_story_is_found_beside_long_teasers(read):
    teasers = "".join(f"<div class=t><b>{n}</b><p>{COMMENT} {COMMENT} {n}</p></div>" for n in range(9))
    inner = f"<div class=a><h1>{TITLE}</h1><div>{TEXT}</div></div><div class=b>{teasers}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_body_split_over_sections_is_read_whole(read):
    sections = "".join(
        f"<section class=part><p>{text}</p></section><div class=ad>Ad</div>" for text in PARAGRAPHS
    )
    assert read(f"<h1>{TITLE}</h1><div>{sections}</div>", TITLE).paragraphs == PARAGRAPHS


def test_names_of_the_element_around_it_all_are_not_believed(read):
    inner = f"<div class=comments-enabled><div class=newsletter-page><h1>{TITLE}</h1><div class=share-text>{TEXT}</div></div></div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_names_of_the_paragraphs_themselves_are_not_believed(read):
    text = "".join(f"<p class=promo>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(f"<h1>{TITLE}</h1><div>{text}</div>", TITLE).paragraphs == PARAGRAPHS


def test_posts_of_a_live_blog_stay_in_order(read):
    posts = "".join(
        f"<div class=post><time>1{n}:00</time><h3>{text[:20]}</h3><p>{text}</p></div>"
        for n, text in enumerate(PARAGRAPHS)
    )
    expected = [line for text in PARAGRAPHS for line in (text[:20].strip(), text)]
    inner = f"<h1>{TITLE}</h1><p class=lead>{DECK}.</p><div class=posts>{posts}</div>"
    assert read(inner, TITLE).paragraphs == [f"{DECK}.", *expected]


def test_lists_quotes_and_code_of_the_story_stay(read):
    inner = (
        f"<h1>{TITLE}</h1><div><p>{PARAGRAPHS[0]}</p><ul><li>Oak<li>Elm</ul><blockquote>Never again</blockquote>"
        f"<p>{PARAGRAPHS[1]}</p><pre>fee = 4</pre><p>{PARAGRAPHS[2]}</p></div>"
    )
    lines = read(inner, TITLE).paragraphs
    assert lines == [PARAGRAPHS[0], "- Oak", "- Elm", "Never again", PARAGRAPHS[1], "fee = 4", PARAGRAPHS[2]]


def test_a_heading_at_the_end_heads_nothing(read):
    assert read(f"<h1>{TITLE}</h1><div>{TEXT}<h2>{SUB}</h2></div>", TITLE).paragraphs == PARAGRAPHS


def test_a_label_that_the_page_repeats_is_no_paragraph(read):
    text = "<p>In short</p>".join(
        f"<p>{paragraph}</p>" for paragraph in [*PARAGRAPHS, *(p + " So it was." for p in PARAGRAPHS)]
    )
    assert "In short" not in read(f"<h1>{TITLE}</h1><div>{text}</div>", TITLE).paragraphs


def test_poems_and_lines_without_sentences_are_read(read):
    poem = "The quay is long<br>and the night is cold<br>the ships lie still<br>and the stars are old<br>" * 2
    lines = read(f"<h1>{TITLE}</h1><nav><a href=/>{MENU}</a></nav><div>{poem}</div>", TITLE).paragraphs
    assert "The quay is long" in lines[0]
    assert MENU not in lines


def json_ld(**fields):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": TITLE, **fields})}</script>'


def test_what_only_subscribers_are_shown_is_read_where_the_page_has_it(read):
    paid = "".join(f"<p class='locked' style='display:none'>{text}</p>" for text in PARAGRAPHS[2:])
    inner = f"<h1>{TITLE}</h1><div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>{paid}</div>"
    head = json_ld(hasPart={"cssSelector": ".locked", "isAccessibleForFree": False})
    assert read(inner, TITLE, head).paragraphs == PARAGRAPHS


def test_a_body_that_a_script_shows_is_read(read):
    inner = f"<div class=cookie-note><p>{SIGNUP}, we use cookies for it.</p></div><div style='display:none'><h1>{TITLE}</h1>{TEXT}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_text_that_only_the_json_has_is_read(read):
    found = read(
        f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0][:60]}…</p>", TITLE, json_ld(articleBody="\n\n".join(PARAGRAPHS))
    )
    assert (found.paragraphs, found.how) == (PARAGRAPHS, "json-ld")


def test_the_json_tells_which_blocks_are_the_story_where_others_are_more(read):
    others = "".join(f"<p>{COMMENT} {n} {COMMENT}</p>" for n in range(20))
    told = "".join(f"<div><span>{text}</span></div>" for text in PARAGRAPHS)
    found = read(
        f"<div class=x>{told}</div><div class=y>{others}</div>",
        TITLE,
        json_ld(articleBody=" ".join(PARAGRAPHS)),
    )
    assert (found.paragraphs, found.how) == (PARAGRAPHS, "json-ld = blocks")


def test_a_cut_articlebody_is_not_the_text(read):
    cut = json_ld(articleBody=" ".join([*PARAGRAPHS, *PARAGRAPHS])[:500] + "…")
    assert read(f"<h1>{TITLE}</h1><div>{TEXT}</div>", TITLE, cut).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "deck", ["<div>{}</div>", "<p>{}</p>", "<h2>{}</h2>", "<div class=entradilla><p>{}</p></div>"]
)
def test_a_deck_is_told_once_even_if_the_body_begins_with_it(deck, read):
    inner = f"<h1>{TITLE}</h1>{deck.format(PARAGRAPHS[0])}<div>{TEXT}</div>"
    assert read(inner, TITLE).paragraphs == PARAGRAPHS


def test_a_deck_is_known_by_the_pages_description_without_a_title_in_sight(read):
    head = f'<meta property="og:description" content="{DECK}">'
    inner = f"<div><i>x</i></div><div class=k><span>{DECK}</span></div><div>{TEXT}</div>"
    assert read(inner, TITLE, head).paragraphs == [DECK, *PARAGRAPHS]


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Poole, Harbour Correspondent",
        "Ada Poole, Political Correspondent at the quay",
        "Monday 24 November 2026, 14:05",
        "२४ नवम्बर 2026, 14:05 बजे प्रकाशित",
        "発信地：港 2026年11月24日 10:01 更新しました",
    ],
)  # fmt: skip
def test_bylines_and_dates_between_title_and_body_are_no_deck(line, read):
    head = json_ld(author=[{"@type": "Person", "name": "Ada Poole"}])
    inner = f"<h1>{TITLE}</h1><p>{line}</p><div>{TEXT}</div>"
    assert read(inner, TITLE, head).paragraphs == PARAGRAPHS


def test_the_body_knows_where_it_stands_on_the_page(read):
    found = read(
        f"<nav><a href=/>{MENU}</a></nav><h1>{TITLE}</h1><div>{TEXT}</div><footer>{MENU}</footer>", TITLE
    )
    assert (found.first, found.last, found.how, found.doubtful) == (2, 5, "blocks", False)


@pytest.mark.parametrize("html", ["", "<p>", "<h1>Title</h1>", "<p>\x00</p>", "text", "<table><tr>" * 50])
def test_a_page_without_text_has_no_body(html):
    found = body(document(html), "Title")
    assert (found.paragraphs or [html]) == [html]
    assert found.doubtful


PIECES = st.sampled_from(
    [f"<p>{text}</p>" for text in PARAGRAPHS]
    + [f"<div class=related>{ALSO}</div>", "</div>", "<div>", "<article>", "<br>", "<td>", "<table>", f"<h1>{TITLE}</h1>",
       f"<h2>{SUB}</h2>", "<ul><li>", f"<a href=/x>{COMMENT}</a>", COMMENT, "<aside>", "<b>", "<div hidden>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_nothing_is_read_that_the_page_does_not_show_and_the_order_is_kept(pieces):
    shown = document("".join(pieces))
    at = 0
    for line in body(shown, TITLE).paragraphs:
        words = line.removeprefix("- ")
        assert words == fold(words)
    blocks = [block.text for block in shown.blocks]
    joined = " ".join(blocks)
    for line in body(shown, TITLE).paragraphs:
        for part in line.removeprefix("- ").split(" | "):
            assert part in joined
    found = body(shown, TITLE)
    if found.first is not None and found.last is not None:
        assert 0 <= found.first <= found.last < len(blocks)
        at = found.first
    assert at >= 0


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 900 + f"<p>{COMMENT}</p>" * 15_000,
        f"<div class=related><p>{COMMENT}</p></div>" * 15_000,
        f"<h1>{TITLE}</h1>" * 20_000 + TEXT,
        "<table><tr><td>" * 300 + f"<p>{COMMENT}</p>" * 10_000,
        f"<p>{COMMENT}<br>" * 30_000,
        "<p>" + "a. " * 1_000_000,
        "<p>" + "@" * 200 + "</p>" + f"<p>{'newsletter ' * 20}</p>" * 20_000,
        f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "x", "articleBody": COMMENT * 9000})}</script>'
        + f"<p>{COMMENT[:40]}</p>" * 20_000,
        f"<ul>{''.join(f'<li>{a}{b}' for a, b in pairwise(map(str, range(20_000))))}</ul>",
    ],
    ids=["deep", "boxes", "titles", "tables", "breaks", "sentences", "wordings", "json", "list"],
)
def test_hostile_pages_are_read_in_bounded_time(html):
    body(document(html), TITLE)
