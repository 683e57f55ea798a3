"""The words of bylines, in the languages of the outlets that we know of: what stands around people's names.

Patterns match in any language at once; a word of one language that is a name in another is only taken where
the page is in that language (:data:`AND_IN`).
"""

import re

# "Written by", "Von", "Text:" … before the names. Those with a colon first: they are read whole.
_BEFORE_COLON = r"""(?:written|story|text|words|reported|analysis|opinion|report)\sby|by|posted|published\sby
    |text|tekst|texto|texte|testo|autore?|autor(?:in|es|as?)?|auteurs?e?|author|forfatter|författare
    |skribent|yazar
    |yazan|haber|penulis|oleh|pewarta|tác\sgiả|kirjoittaja|szerző|автори?|текст|автор\sстатьи|συντάκτης
    |journalist[ea]?|redakt[oöø]r|reporter|reportage|foto\sen\stekst|napisał[ao]?|scris\sde|escrito\spor
    |écrit\spar
    |rédigé\spar|scritto\sda|geschrieben\svon|作者|記者|记者|撰文|文|執筆|取材|責任編輯|글|기자|כתב|מאת|بقلم|كتبت?|إعداد
    |نویسنده|लेखक|রিপোর্টার|লেখক|โดย"""
_BEFORE_BLANK = r"""(?:(?:written|story|text|words|reported|posted|published|compiled|edited|analysis
  |opinion|report)\s)?by
    |(?:ein\w*\s\w+\s|geschrieben\s|veröffentlicht\s)?von|(?:écrit\s|rédigé\s|publié\s)?par
    |(?:escrito\s)?por|af|av|door
    |przez|autor|(?:reportage|tekst)\s(?:af|av)|από\sτ(?:ον|ην)|από|του|της|oleh|bởi|od|a\scura\sdi
    |(?:scritto\s)?d[ia]|de
    |記者|记者|作者|撰文|取材・文|文|بقلم|كتبت?|מאת|द्वारा|(?:รายงาน)?โดย"""
BY = re.compile(
    rf"^(?:(?:{_BEFORE_COLON})\s*[:：／]|(?:{_BEFORE_BLANK})(?=\s|[^\x00-\u024f\s]))\s*",
    re.IGNORECASE | re.VERBOSE,
)

# Between names.
ALWAYS_AND = "and|und|et|och|og|és|și|ve|dan|và|и|та|και|और|এবং|மற்றும்|և|და|እና|&|\\+|with|mit|avec|met|com|con"
AND_IN = {
    "nl": "en", "af": "en", "es": "y|e", "gl": "e", "ca": "i", "pt": "e", "it": "e|ed",
    "pl": "i|oraz", "cs": "a", "sk": "a", "sl": "in|ter", "hr": "i", "bs": "i", "sr": "i|и",
    "mk": "и", "bg": "и", "uk": "й|і|та", "be": "і|ды", "ro": "si|și", "fi": "ja", "et": "ja",
    "lv": "un", "lt": "ir", "sq": "dhe", "tr": "ile", "hu": "valamint", "sw": "na", "so": "iyo",
    "tl": "at", "fa": "و", "ur": "اور", "ar": "و", "bn": "ও|এবং", "hi": "व|एवं", "mr": "आणि|व",
    "ne": "र", "th": "และ", "cy": "a", "ga": "agus", "eu": "eta", "mt": "u", "de": "sowie",
    "da": "samt", "az": "və", "uz": "va", "kk": "және",
}  # fmt: skip
# Written as one with the name that it precedes; names that begin with that letter stay whole.
JOINED_AND = {
    "ar": r"و(?!ليد|ائل|سام|سيم|فاء|جدي|جيه|حيد|داد|هبة|الي|صفي|كال)(?=\S{3,}\s+\S)",
    "he": r"ו(?=\S{2,}\s+\S)",
}
COMMAS = r"\s*[;|¦•·／、，،؛;]\s*|\s*,\s+(?!(?:Jr|Sr|II|III)\b)|\s+[/–—-]\s+|\s*/\s*"

# What a part is that names no person, or the words behind a name.
_RANKS = """
    chief senior junior deputy managing political foreign sports sport business economics diplomatic staff
    associate assistant contributing special digital executive national international home health science
    education crime environment technology royal data local online social culture entertainment features
    lifestyle travel
"""
RANKS = frozenset(_RANKS.split())
ROLE = re.compile(
    rf"""\b(?:(?:{"|".join(sorted(RANKS))}|news|world|city|web)\s){{0,3}}
    (?:editors?|reporters?|correspondents?|writers?|journalists?|columnists?|producers?|contributors?|analysts?
      |photographers?|commentators?|broadcasters?|presenters?|critics?|fellows?|professors?|lecturers?|director)\b
    |\b(?:redakt(?:eur|eurin|ør|ör|or|orka|örin)|reporter(?:in|ka)?|korrespondent(?:in)?|korespondent(?:ka)?
      |journalist(?:in|e|a|ka)?|corresponsal|enviad[oa]\sespecial|redactora?|periodista|jornalista|repórter|giornalista
      |inviat[oa]|correspondente?s?|correspondant(?:e|s)?|journaliste|envoyée?\sspéciale?|rédact(?:eur|rice)
      |chefredakt\w*|ressortleit\w*|leiter(?:in)?\s\w+|novinář(?:ka)?|dziennikarka|dziennikarz|muhabir[i]?|gazeteci
      |editör[ü]?|wartawan|jurnalis|újságíró|szerkesztő|toimittaja|журналист(?:ка)?|корреспондент|редактор
      |обозреватель|кореспондент|журналіст(?:ка)?|δημοσιογράφος|novinar(?:ka)?|urednik|updated?|published
      |aktualisiert|min(?:ute)?s?\sread)\b
    |[報报][導导道]$|記者$|记者$|特派員$|通讯员|編集委員|论说委员|기자$|특파원|편집|مراسل|صحفي|محرر|संवाददाता|प्रतिनिधि
    |প্রতিবেদক|প্রতিনিধি|ผู้สื่อข่าว""",
    re.IGNORECASE | re.VERBOSE,
)
PICTURES = re.compile(
    r"(?:photos?|fotos?|fotograf\w*|bild(?:er)?|video|vidéos?|grafi[ck]\w*|illustration\w*|фото|写真|撮影|图|圖|사진"
    r"|تصوير|صور)\b",
    re.IGNORECASE,
)

AGENCY = re.compile(
    r"""^(?:the\s)?(?:afp|dpa|reuters|ap|associated\spress|ansa|efe|apa|sda|ats|ritzau|ntb|tt|pap|mti|tass
      |тасс|interfax
      |интерфакс|xinhua|ians|pti|ani|bernama|antara|kyodo|jiji|yonhap|anadolu|aa|iha|dha|lusa|belga|anp|upi
      |epa|bloomberg|cp
      |sid|kna|epd|stt|bns|leta|čtk|ctk|tasr|hina|tanjug|agerpres|mediafax|bta|ukrinform|унн|unian|agi
      |adnkronos
      |europa\spress|canadian\spress|press\sassociation|agence\sfrance[\s-]presse|共同|時事|新华社|新華社|中央社|연합뉴스
      |وكالات)
      (?:\s(?:news|agency|wire|staff|international)\b.*)?$
    |\b(?:agenc(?:y|ies|ias?)|agenturen?|agence|agenzia|agência|ajans\w*|агентство|press)$""",
    re.IGNORECASE | re.VERBOSE,
)
# Desks: nobody's name has such a word.
DESK = re.compile(
    r"""redaktion|redaksjon|redaktsioon|redakcj|redakc[ei]|redakció|redacci[oó]n|r[ée]daction|redazione
      |reda[cç][aã]o
    |redacția|redactie|redaksi|редакци|редакці|toimitus|toimetus|newsroom|\b(?:desk|staff|teams?|editorial
    |editors?|bureau
      |service|media|news|online|web|correspondents|reporters)\b|\btim\s(?:redaksi|\w+\.)|\bwire
      |haber\smerkezi|press\srelease|ban\sbiên\stập
    |phóng\sviên|編集部|编辑部|編輯|新聞|新闻|通信|通讯|本报|本報|記者團|편집|뉴스|온라인|تحرير|وكال|خبرگزاری|ডেস্ক|डेस्क
    |กองบรรณาธิการ|συντακτική|σύνταξη|מערכת|сервис""",
    re.IGNORECASE | re.VERBOSE,
)
