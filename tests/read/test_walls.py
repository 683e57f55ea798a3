"""Pages that stand in front of the story, and stories that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirewatch.walls import Wall
from workers.read.document import document
from workers.read.wall_words import asks_in
from workers.read.walls import wall

ASKED = "https://outlet.example/politics/harbour-toll"
HEADLINE = "Harbour council puts off the timber toll"


def kind(html, *, text=None, headline=HEADLINE, asked=ASKED, got=ASKED):
    page = document(html, got)
    body = "\n".join(block.text for block in page.blocks) if text is None else text
    return wall(page, body, headline, asked)


def page(title, body, head=""):
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


SCRIPT = "<script>!function(){}()</script>"

CHALLENGES = {
    "cloudflare": page(
        "Just a moment...",
        "<noscript><h2>Enable JavaScript and cookies to continue</h2></noscript>"
        f"<script>window._cf_chl_opt={{}}</script>{SCRIPT}",
    ),
    "cloudflare in Turkish": page(
        "Bir dakika lütfen...",
        "<p>Bağlantınızın güvenliği gözden geçiriliyor</p><script>window._cf_chl_opt={}</script>",
    ),
    "cloudflare refuses": page(
        "Attention Required! | Cloudflare",
        '<h1>Sorry, you have been blocked</h1><div id="cf-error-details">'
        "<p>You are unable to access outlet.example</p></div>",
    ),
    "akamai waits": page(
        "", '<div id="sec-if-cpt-container"></div><script src="/_sec/cp_challenge/x.js"></script>'
    ),
    "akamai refuses": page(
        "Access Denied",
        "<h1>Access Denied</h1>You don't have permission to access this on this server.<p>Reference #18.7</p>"
        "<p>https://errors.edgesuite.net/18.7</p>",
    ),
    "human": page(
        "Access to this page has been denied",
        '<div id="px-captcha"></div><script>window._pxAppId="PX1"</script>',
    ),
    "datadome": page(
        "outlet.example",
        "<p id=cmsg>Please enable JS and disable any ad blocker</p>"
        "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>",
    ),
    "imperva": page(
        "", '<iframe src="/_Incapsula_Resource?CWUDNSAI=9&incident_id=1">Request unsuccessful.</iframe>'
    ),
    "aws": page(
        "",
        '<script>window.gokuProps={"key":"x"}</script><script src="https://x.awswaf.com/challenge.js"></script>',
    ),
    "a captcha in Thai": page("เว็บไซต์", '<p>โปรดยืนยัน</p><form><div class="g-recaptcha"></div></form>'),
    "a host's name and a script": page("outlet.example", f"<p>…</p>{SCRIPT}"),
    "in German": page("Einen Moment", "<p>Bitte bestätigen Sie, dass Sie ein Mensch sind.</p>"),
    "in Russian": page("Проверка", "<p>Подтвердите, что вы не робот.</p>"),
    "in Japanese": page("確認", "<p>ロボットではないことを確認してください。</p>"),
    "in Arabic": page("تحقق", "<p>يرجى تأكيد أنك لست روبوت</p>"),
    "in Spanish": page("Acceso denegado", "<h1>Acceso denegado</h1><p>Lo sentimos.</p>"),
}
ERRORS = {
    "English": page("Page not found | Eastmere Post", "<h1>404</h1><p>Try the search.</p>"),
    "French": page("Page introuvable - La Dépêche d'Estmer", "<h1>Page introuvable</h1>"),
    "German": page("Fehler", "<h1>Seite nicht gefunden</h1><p>Zur Startseite</p>"),
    "Norwegian": page("Avisen", "<h1>Ikke funnet</h1>"),
    "Turkish": page("Sayfa bulunamadı", "<p>Ana sayfaya dönün</p>"),
    "Japanese": page("お探しのページが見つかりませんでした", "<p>トップへ</p>"),
    "Bengali": page("পাতাটি পাওয়া যায়নি", "<p>মূল পাতা</p>"),
    "Hebrew": page("הדף לא נמצא", "<p>לדף הבית</p>"),
    "with all that an outlet shows": page(
        "404 - Eastmere Post",
        "<h1>Oops</h1>"
        + "".join(f"<p><a href='/{n}'>A ferry runs aground again, part {n}</a></p>" for n in range(12)),
    ),
    "in no known language": page("Zzub", "<p>Zzub zzab.</p>", '<meta name="robots" content="noindex">'),
}


@pytest.mark.parametrize("html", CHALLENGES.values(), ids=CHALLENGES)
def test_a_bot_challenge_is_known(html):
    assert kind(html) == Wall.CHALLENGE


@pytest.mark.parametrize("html", ERRORS.values(), ids=ERRORS)
def test_an_error_that_says_ok_is_known(html):
    assert kind(html) == Wall.ERROR


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            page("Eastmere Post", '<div id="root"></div><noscript>You need to enable JavaScript.</noscript>'),
            Wall.SCRIPT,
        ),
        (page("Эстмир", "<noscript>Включите JavaScript в браузере.</noscript>"), Wall.SCRIPT),
        (
            page("x", "", '<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>'),
            Wall.SCRIPT,
        ),
        (page("Before you continue", "<p>We and our partners use cookies.</p>"), Wall.CONSENT),
        (page("Eastmere Post", "<p>Çerez kullanıyoruz.</p><p>Çerezleri kabul et</p>"), Wall.CONSENT),
        (page("Post", "<p>クッキーの使用に同意してください。</p>"), Wall.CONSENT),
        (
            page("Post", "<div class=x>Zgoda</div><script src=//cdn.didomi.example/x.js></script>"),
            Wall.CONSENT,
        ),
        (page("Log", "<form><input name=u><input type=password name=p></form><p>zzub</p>"), Wall.LOGIN),
        (page("Post", "<p>Subscribe to read on.</p><p>Already a member? Log in.</p>"), Wall.LOGIN),
        (page("Post", "<p>Abonnieren Sie jetzt.</p><p>Schon Abonnent? Anmelden</p>"), Wall.LOGIN),
        (page("Post", "<p>续读请登录。</p><p>还没有帐号？订阅</p>"), Wall.LOGIN),
        (page("You are now in line", "<p>Your turn comes soon.</p>"), Wall.QUEUE),
        (page("Post", "<p>x</p><script src='https://static.queue-it.net/q.js'></script>"), Wall.QUEUE),
        (page("Post", "<p>Sorry, this is not available in your country.</p>"), Wall.REGION),
        (page("Post", "<p>Dieser Inhalt ist in Ihrem Land nicht verfügbar.</p>"), Wall.REGION),
        (page("Post", "<p>В вашем регионе материал недоступен.</p>"), Wall.REGION),
        (page("Post", '<p>zzub</p><a href="https://play.google.com/store/apps/x">A</a>'), Wall.APP),
        (page("x", "", '<meta http-equiv="refresh" content="1; URL=\'/other\'">'), Wall.ELSEWHERE),
        (page("x", "<script>window.location.replace('https://other.example/')</script>"), Wall.ELSEWHERE),
    ],
)
def test_other_walls_are_known_by_kind(html, expected):
    assert kind(html) == expected


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ("https://consent.outlet.example/collect?id=1", Wall.CONSENT),
        ("https://outlet.example/privacy-gate/?to=x", Wall.CONSENT),
        ("https://outlet.queue-it.net/?c=outlet", Wall.QUEUE),
        ("https://geo.captcha-delivery.com/captcha/", Wall.CHALLENGE),
        ("https://outlet.example/login?next=/politics", Wall.LOGIN),
        ("https://konto.outlet.example/", Wall.LOGIN),
        ("https://outlet.example/404.html", Wall.ERROR),
        ("https://outlet.example/", Wall.ERROR),
        ("https://outlet.example/unavailable-location/", Wall.REGION),
        (ASKED, None),
    ],
)
def test_where_a_reader_is_sent_tells_the_wall(got, expected):
    assert kind(page("Post", "<p>zzub</p>"), got=got, headline="") == expected


STORIES = {
    "one sentence": (page("Toll put off", f"<h1>{HEADLINE}</h1><p>The council met on Friday.</p>"), HEADLINE),
    "with an article's date and nothing else": (
        page("x", "<p>Soon.</p>", '<meta property="article:published_time" content="2026-11-24">'),
        "",
    ),
    "in Japanese": (
        page("港湾委員会が木材関税を延期", "<h1>港湾委員会が木材関税を延期</h1><p>採決は春に。</p>"),
        "港湾委員会が木材関税を延期",
    ),
    "about captchas": (
        page(
            "Are you a robot? Why the little pictures are going",
            "<h1>Are you a robot? Why the little pictures are going</h1>"
            "<p>Verify you are human: few words annoy readers more. Outlets of the coast will take the "
            "captcha off their pages in spring, their council said.</p>"
            "<p>Machines are better at it by now than people, and people leave.</p>",
        ),
        "",
    ),
    "about cookies": (
        page(
            "Regulator fines Eastmere Post over cookies",
            "<h1>Regulator fines Eastmere Post over cookies</h1>"
            "<p>The outlet has to pay 4,000 crowns. It had asked readers to accept all cookies before "
            "they could read on. The editor said that she would appeal.</p>",
        ),
        "",
    ),
    "called after an error": (
        page(
            "404: a play about the sea | Eastmere Post",
            "<h1>404: a play about the sea</h1><p>It opens on Friday.</p>",
        ),
        "404: a play about the sea opens in Eastmere",
    ),
    "a live blog that begins": (
        page(
            "Live: the vote on the timber toll",
            "<h1>Live: the vote on the timber toll</h1><p>Our blog begins at nine. It updates by itself.</p>",
            '<meta http-equiv="refresh" content="60">',
        ),
        "Live: the vote on the timber toll",
    ),
    "with a sign-up under it": (
        page(
            "Toll",
            f"<h1>{HEADLINE}</h1><p>It was put off.</p><form><input type=password></form><p>Subscribe!</p>",
        ),
        f"{HEADLINE} - Eastmere Post",
    ),
    "behind the outlet's challenge script": (
        page(
            "Toll",
            f"<h1>{HEADLINE}</h1><p>Put off.</p>"
            "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>",
        ),
        HEADLINE,
    ),
    "a short one in Bengali": (
        page("কাঠের শুল্ক স্থগিত", "<h1>কাঠের শুল্ক স্থগিত</h1><p>পরিষদ শুক্রবার বসেছিল।</p>"),
        "কাঠের শুল্ক স্থগিত",
    ),
}


@pytest.mark.parametrize(("html", "headline"), STORIES.values(), ids=STORIES)
def test_a_short_true_story_is_no_wall(html, headline):
    assert kind(html, headline=headline) is None


def test_a_long_text_is_no_wall_whatever_it_is_called():
    assert (
        kind(
            page("Access denied", "<p>The door to the archive stayed shut for a year.</p>" * 40), headline=""
        )
        is None
    )
    assert (
        kind(page("アクセスが拒否されました", "<p>港湾委員会は木材関税を可決した。</p>" * 40), headline="")
        is None
    )


def test_a_shortened_link_that_leads_to_a_front_page_with_a_story_is_none():
    text = "The harbour council met on Friday. " * 60
    assert (
        kind(page("Story", f"<p>{text}</p>"), asked="https://short.example/x", got="https://story.example/")
        is None
    )


_BITS = """<p> | </p> | <noscript> | captcha | 404 | cookies | log in | <h1> | </h1> | 港 | <script> | \x00
</script> | <meta http-equiv=refresh> | <meta http-equiv="refresh" content="0;url=http://[">
<input type=password>"""
_bits = st.sampled_from(_BITS.replace("\n", " | ").split(" | "))


@given(bits=st.lists(_bits, max_size=30), headline=st.text(max_size=20), got=st.text(max_size=20))
def test_no_page_upsets_it(bits, headline, got):
    assert kind("".join(bits), headline=headline, got=got) in {None, *Wall}


@given(st.text(max_size=300))
def test_no_text_upsets_it(text):
    assert asks_in(text) in {None, *Wall}


def test_a_mark_deep_in_a_large_page_is_no_wall():
    html = page(HEADLINE, "<p>The council met.</p>" + "<!-- " + "x" * 400_000 + " _cf_chl_opt -->")
    assert kind(html, headline="") is None


def test_each_kind_has_a_counter_of_its_own():
    assert len({one.counter for one in Wall}) == len(Wall)
    assert Wall.CHALLENGE.counter == "wall_challenge"
