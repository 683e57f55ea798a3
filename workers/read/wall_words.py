"""What walls say: the least that tells them, in the languages of the outlets that we know.

A wall asks, and says little else. So the words count only where they make up most of what a page says; a
story about robots or cookies says more. Walls in other languages are known by their marks and their form.
"""

import re
from collections.abc import Iterable

from wirewatch.walls import Wall

# Phrases are parted by " | " and line breaks; a blank in one is any blank.
_QUEUE = r"""
    you are (now )?in (the )?(line|queue) | waiting room | your (turn|place in (line|the queue))
    warteschlange | wartezimmer | file d.attente | fila (de espera|virtual) | sala de espera
    lista d.attesa | wachtrij | wachtruimte | venterom | venteværelse | väntrum | kolejk[aię] | sıradasınız
    очеред[ьи] | 待ち行列 | 順番待ち | 排队 | 排隊
"""
_CHALLENGE = r"""
    just a moment | attention required | access (to this (page|site|website) (has been|is|was) )?denied
    are you (a )?(robot|human) | not a (ro)?bot
    (verify|confirm|check|prove|ensure|make sure)(ing)? (that )?you(.re| are) (a )?(not|human|real)
    ddos protection | pardon our interruption | checking (your browser|if the site)
    request (was |has been )?blocked | you have been blocked
    (human|security|browser|bot|robot) (verification|check|challenge) | unusual (traffic|activity)
    automated (access|requests) | complete the (security|captcha) | captcha | press (&|and) hold
    one more step | un momento,? por favor | ray id | (einen|nur einen) moment | sicherheits(über)?prüfung
    zugriff verweigert | dass sie (ein mensch|kein roboter) | kein (ro)?bot | un (petit )?instant
    accès (refusé|interdit) | vérifi\w* (que vous|de sécurité) | pas un robot | acceso denegado
    verific\w* que (eres|usted|você|não) | no (es|soy|eres) un robot | não (é|sou) um robô | acesso negado
    accesso negato | non (sei|sono) un robot | toegang geweigerd | geen (ro)?bot
    (ikke|inte|ekki|ei|et) (\w+ ){0,2}robot | et øyeblikk | ett ögonblick | odmowa dostępu
    nie jesteś robotem
    přístup (byl )?odepřen | nejste robot | hozzáférés megtagadva | acces refuzat
    nu e[șs]ti (un )?robot
    erişim engellendi | robot olmadığınızı | bir dakika lütfen | tunggu sebentar | bukan robot
    xác (minh|nhận) bạn | доступ (к\S* \S+ )?(запрещ|огранич|ограничен|заборон)\w* | (вы|ви) не робот
    проверк\w+ (браузера|безопасности) | перевірк\w+ безпеки | ロボットではない | アクセスが拒否
    セキュリティ(検証|チェック) | 少々お待ち | 请稍候 | 请稍等 | 安全(验证|驗證|检查) | 人机验证
    访问被拒绝 | 拒绝访问 | 로봇이 ?아닙 | 보안 ?확인 | 잠시만 ?기다려 | لست روبوت | التحقق من (أنك|الأمان)
    تم رفض الوصول | ربات نیستید | אינך רובוט | मानव हैं | রোবট নন | ไม่ใช่หุ่นยนต์
"""
_SCRIPT = r"""
    java ?script | ג.?אווה ?סקריפט | جافا ?سكريبت | जावास्क्रिप्ट | জাভাস্ক্রিপ্ট | 자바스크립트
    ジャバスクリプト
"""
_CONSENT = r"""
    cookies?\b | before you continue | (your |value |about )privacy | privacy (choices|settings) | consent
    we (and|use).{0,80}partners | datenschutz | einwilligung | bevor sie (fortfahren|weiter)
    confidentialité | consentement | consentimiento | privacidad | consentimento | privacidade | consenso
    toestemming | samtykke | samtycke | informasjonskapsler | suostumu | eväste | zgod[aęy] na
    soubor\w* cookie | süti | çerez | vafrakök | küpsis | slapuk | sīkdat | kolačić | piškot
    (файл\w* )?cookie | куки | бисквитки | колачић | クッキー | 同意 | 쿠키 | คุกกี้ | ملفات تعريف | الكوكيز
    کوکی | עוגיות | कुकी | কুকি | குக்கீ | συγκατάθεση
"""
_REGION = r"""
    (not|un) ?available (\w+ ){0,3}?(in|from|to) (your|this|the|most|certain) (country|region|location|area)
    (not|un) ?available (\w+ ){0,3}?(in|from|to) (\w+ )?europe
    (in|aus) (ihrem|deinem|ihrer|deiner) (land|region) | (dans|depuis) votre (pays|région)
    en (tu|su) (país|región) | no seu país | nel tuo paese | in (jouw|uw) land | i ditt land | i dit land
    w twoim kraju | bölgenizde | ülkenizde | в (вашей стране|вашем регионе) | у вашій країні
    お住まいの(国|地域) | 您所在的?(国家|地区) | 您所在的?(國家|地區) | 在您的(国家|地区) | في بلدك
    في منطقتك | general data protection regulation | legal reasons
"""
_APP = r"""
    (open|read|continue|view) (\w+ ){0,3}?in (the|our) app | (download|get|install) (the|our) (\w+ )?app
    in der app | (télécharge|ouvrir).{0,30}appli | descarga\w* (la|nuestra) (app|aplicación) | baixe o app
    scarica l.app | アプリで(開く|読む) | 下载.{0,8}(app|客户端) | 打开.{0,4}app | 앱에서 | uygulamayı indir
    в приложении
"""
_LOGIN = r"""
    (log|sign) ?(- ?)?in\b | subscri(be|bers|ption) | register (to|for|now)
    create (an?|your) (free )?account | already (a member|have an account) | password | anmeld | einloggen
    registrier | abonn | passwor | connexion | connecte[rz] | mot de passe | inici(ar|a) sesión | suscri
    contraseña | entrar | assin(e|ante|atura) | senha | acced[ie] | abbona | inlogg | aanmelden | wachtwoord
    logg (inn|ind|in|på) | prenumer | kirjaudu | tilaa | salasana | zaloguj | hasło | přihl[aá] | předplat
    heslo | prihlás | bejelentkez | előfizet | autentific | giriş yap | abone | şifre | войти | войдите
    вход | подпис | пароль | увійти | підпис | влез | абонир | είσοδος | συνδρομ | ログイン | 会員登録
    購読 | 登录 | 登入 | 订阅 | 訂閱 | 로그인 | 구독 | تسجيل الدخول | اشترك | ورود | התחבר | מנוי | लॉग ?इन
    সাবস্ক্রাইব | লগ ?ইন | เข้าสู่ระบบ | đăng nhập | masuk | berlangganan
"""
_ERROR = r"""
    (page|article|story|content|file|document|url|resource) (was |is )?not found
    (page|article|story|content) (can(no|.)t|could ?n.t|could not) be found
    (page|article|story|content) (is )?(un|not |no longer )available
    (page|article|story|content) (does ?n.t|does not|no longer) exists?
    (page|article|story|content) has (been )?(moved|removed|expired)
    page (you requested|you.re looking for) | not found | something (went|has gone) wrong
    service unavailable | internal server error | bad gateway | (can.t|could ?n.t) find (that|the) page
    under maintenance | error (has )?occurred | seite (wurde )?(leider )?nicht (gefunden|verfügbar)
    nicht gefunden | page (est )?(introuvable|non trouvée) | n.existe (pas|plus)
    página no (encontrada|existe|disponible) | no (se ha )?encontra\w+ | página não (encontrada|existe)
    não encontrad | pagina non (è stata )?trovata | non trovat | pagina (is )?niet gevonden | niet gevonden
    (siden|sidan) (ble |blev |finnes |finns |kunde |kunne )?(ikke|inte) | ikke funnet
    hittades inte | ikke fundet | sivua ei löy | fannst ekki | nie (znaleziono|istnieje|została znaleziona)
    nenalezen | nenájden | nebyla nalezena | nem található | nu a fost găsit | nije (pronađen|pronađena)
    ni (bilo )?najden | nerast | nav atrast | ei leitud | nuk u gjet | bulunamad[ıi] | tapılmadı
    не (найден|найдена|знайден|намерен|пронађен|существует|існує)\w* | δεν (βρέθηκε|υπάρχει)
    tidak ditemukan | không (tìm thấy|tồn tại) | hindi natagpuan | 見つかりません(でした)?
    存在しません | 找不到 | 不存在 | 未找到 | 無法找到 | 已(被)?删除 | 찾을 ?수 ?없 | 존재하지 ?않
    غير موجود | لم يتم العثور | یافت نشد | پیدا نشد | לא (נמצא|קיים) | नहीं मिला | পাওয়া যায়নি
    খুঁজে পাওয়া | கிடைக்கவில்லை | ไม่พบ
    ^\W*(error |fehler |erreur |hata |ошибка )?(404|403|410|500|502|503)\b
"""

_BREAK = re.compile(r"\s\|\s|\n\s*")
_KINDS = (
    (Wall.QUEUE, _QUEUE),
    (Wall.CHALLENGE, _CHALLENGE),
    (Wall.SCRIPT, _SCRIPT),
    (Wall.CONSENT, _CONSENT),
    (Wall.REGION, _REGION),
    (Wall.APP, _APP),
    (Wall.LOGIN, _LOGIN),
    (Wall.ERROR, _ERROR),
)
_COMPILED = {
    kind: re.compile("|".join(_BREAK.split(phrases.strip())).replace(" ", r"\s"), re.IGNORECASE)
    for kind, phrases in _KINDS
}
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？।؟…])\s*|\n|\s[|–—»·-]\s")
_PARTS = re.compile(r"\s[|–—»·:-]\s")
_MOST_SENTENCES = 40
_MOST_OF_IT = 0.4
_TITLE_CHARS = 60
# What a title names; "subscribe" or "cookies" may be the headline of a story.
_IN_TITLES = (Wall.QUEUE, Wall.CHALLENGE, Wall.REGION, Wall.ERROR)


def asks_in(text: str) -> Wall | None:
    """The kind of wall that a page's whole text is, where most of its sentences are of one kind."""
    sentences = _sentences(text)
    size = sum(map(len, sentences))
    for kind, words in _COMPILED.items():
        asking = sum(len(one) for one in sentences if words.search(one))
        if size and asking >= _MOST_OF_IT * size:
            return kind
    return None


def told_in(text: str) -> str:
    """The sentences of a text that no wall says."""
    return " ".join(
        one for one in _sentences(text) if not any(words.search(one) for words in _COMPILED.values())
    )


def titled(title: str) -> Wall | None:
    """The kind of wall that a title names: one of its parts says that and little else."""
    kinds = (_named(part, _IN_TITLES) for part in (title, *_PARTS.split(title)))
    return next((kind for kind in kinds if kind), None)


def is_headline(heading: str) -> bool:
    """Whether a heading says something that no wall says."""
    return _named(heading, _COMPILED) is None


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.split(text)[:_MOST_SENTENCES] if one.strip()]


def _named(part: str, kinds: Iterable[Wall]) -> Wall | None:
    size = len(part.strip())
    for kind in kinds if 0 < size <= _TITLE_CHARS else ():
        said = _COMPILED[kind].search(part)
        if said is not None and len(said[0].strip()) >= _MOST_OF_IT * size:
            return kind
    return None
