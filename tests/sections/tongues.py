# ruff: noqa: E501 - a table of words
"""Words for made-up section pages in many languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """What an outlet of one language prints: parts of headlines, and the words around its stories."""

    code: str
    paper: str
    section: str
    who: tuple[str, ...]
    does: tuple[str, ...]
    menu: tuple[str, ...]
    hubs: tuple[str, ...]  # of several words
    legal: tuple[str, ...]
    names: tuple[str, ...]
    popular: str
    more: str
    author_path: str
    tag_path: str
    blank: str = " "

    def title(self, number: int) -> str:
        """A headline: another one for each of the numbers from 0 to 25."""
        who, does = self.who[number % len(self.who)], self.does[number // len(self.who) % len(self.does)]
        return f"{who}{self.blank}{does}"

    def teaser(self, number: int) -> str:
        """Two sentences."""
        return f"{self.title(number + 1)}{self.blank}. {self.title(number + 3)}."


TONGUES = (
    Tongue(
        "en", "The Harbour Post", "Politics",
        ("Harbour council", "Timber union", "Old mayor of Northport", "Ferry owners", "School board"),
        ("votes for a toll on wood", "wants the bridge closed", "says “no” to new budget", "loses in court again", "to strike from Monday", "wins by 12 votes"),
        ("Home", "Politics", "World", "Business", "Sport", "Arts", "Opinion", "Weather"),
        ("Climate and the environment", "US election 2026", "Food and drink guide"),
        ("Terms and conditions of use", "How we use your data", "Who we are and what we do", "Contact the editors"),
        ("Ada Poole", "Ben Carrow"), "Most popular", "Read more", "author", "tag",
    ),
    Tongue(
        "no", "Havneposten", "Politikk",
        ("Havnerådet", "Fagforeningen", "Byrådslederen i Nordhavn", "Fergerederiene", "Skolestyret"),
        ("stemmer for toll på tømmer", "vil stenge broen i vinter", "sier nei til nytt budsjett", "tapte i retten igjen", "streiker fra mandag", "vant med tolv stemmer"),
        ("Hjem", "Politikk", "Utenriks", "Økonomi", "Sport", "Kultur", "Mening", "Vær"),
        ("Klima og miljø i nord", "Valget i USA 2026", "Mat og drikke"),
        ("Vilkår for bruk av nettstedet", "Slik bruker vi dine data", "Om oss og redaksjonen", "Kontakt redaksjonen her"),
        ("Kari Holm", "Ola Vik"), "Mest lest", "Les mer", "forfatter", "emne",
    ),
    Tongue(
        "de", "Hafenblatt", "Politik",
        ("Hafenrat", "Gewerkschaft", "Altbürgermeister von Nordhafen", "Reeder", "Schulausschuss"),
        ("stimmt für Holzzoll", "will die Brücke schließen", "lehnt den Haushalt ab", "verliert erneut vor Gericht", "streikt ab Montag", "gewinnt mit zwölf Stimmen"),
        ("Start", "Politik", "Ausland", "Wirtschaft", "Sport", "Kultur", "Meinung", "Wetter"),
        ("Klima und Umwelt heute", "US-Wahl im November", "Essen und Trinken"),
        ("Allgemeine Geschäftsbedingungen", "Hinweise zum Datenschutz hier", "Wer wir sind", "Kontakt zur Redaktion"),
        ("Greta Lohse", "Jan Timm"), "Meistgelesen", "Weiterlesen", "autor", "thema",
    ),
    Tongue(
        "es", "El Muelle", "Política",
        ("El consejo portuario", "El sindicato", "La exalcaldesa de Puerto Norte", "Los armadores", "La junta escolar"),
        ("aprueba una tasa a la madera", "pide cerrar el puente", "rechaza el nuevo presupuesto", "pierde otra vez el juicio", "convoca una huelga el lunes", "gana por doce votos"),
        ("Inicio", "Política", "Mundo", "Economía", "Deportes", "Cultura", "Opinión", "El clima"),
        ("Clima y medio ambiente", "Elecciones en Estados Unidos", "Comida y bebida"),
        ("Condiciones de uso del sitio", "Cómo usamos sus datos", "Quiénes somos y qué hacemos", "Contacto con la redacción"),
        ("Ana Prado", "Luis Vega"), "Lo más leído", "Leer más", "autores", "etiqueta",
    ),
    Tongue(
        "tr", "Liman Postası", "Siyaset",
        ("Liman meclisi", "Sendika", "Kuzey Liman'ın eski başkanı", "Feribotçular", "Okul kurulu"),
        ("kereste vergisini onayladı", "köprünün kapatılmasını istiyor", "yeni bütçeye hayır dedi", "davayı yine kaybetti", "pazartesi greve gidiyor", "on iki oyla kazandı"),
        ("Ana sayfa", "Siyaset", "Dünya", "Ekonomi", "Spor", "Kültür", "Yazarlar", "Hava"),
        ("İklim ve çevre haberleri", "ABD seçimi 2026", "Yeme ve içme rehberi"),
        ("Kullanım koşulları ve kurallar", "Verilerinizi nasıl kullanıyoruz", "Biz kimiz", "Bize ulaşın"),
        ("Ayşe Kara", "Can Deniz"), "En çok okunanlar", "Devamını oku", "yazar", "etiket",
    ),
    Tongue(
        "fi", "Satamalehti", "Politiikka",
        ("Satamaneuvosto", "Ammattiliitto", "Pohjoissataman entinen johtaja", "Lauttayhtiöt", "Koululautakunta"),
        ("äänesti puutavaratullista", "haluaa sulkea sillan talveksi", "torjui uuden talousarvion", "hävisi taas oikeudessa", "aloittaa lakon maanantaina", "voitti kahdellatoista äänellä"),
        ("Etusivu", "Politiikka", "Ulkomaat", "Talous", "Urheilu", "Kulttuuri", "Mielipide", "Sää"),
        ("Ilmasto ja ympäristö", "Yhdysvaltain vaalit 2026", "Ruoka ja juoma"),
        ("Käyttöehdot ja säännöt", "Näin käytämme tietojasi", "Keitä me olemme", "Ota yhteyttä toimitukseen"),
        ("Aino Salo", "Eero Niemi"), "Luetuimmat", "Lue lisää", "kirjoittaja", "aihe",
    ),
    Tongue(
        "ru", "Портовая газета", "Политика",
        ("Портовый совет", "Профсоюз", "Бывший мэр Северной гавани", "Паромщики", "Школьный комитет"),
        ("ввёл пошлину на лес", "хочет закрыть мост на зиму", "отверг новый бюджет", "снова проиграл в суде", "начинает забастовку в понедельник", "победил двенадцатью голосами"),
        ("Главная", "Политика", "Мир", "Экономика", "Спорт", "Культура", "Мнения", "Погода"),
        ("Климат и окружающая среда", "Выборы в США 2026", "Еда и напитки"),
        ("Условия использования сайта", "Как мы используем данные", "Кто мы такие", "Связаться с редакцией"),
        ("Анна Портова", "Иван Лесов"), "Самое читаемое", "Читать далее", "avtor", "tema",
    ),
    Tongue(
        "ar", "صحيفة الميناء", "سياسة",
        ("مجلس الميناء", "نقابة العمال", "رئيس بلدية الميناء السابق", "أصحاب العبارات", "مجلس المدارس"),
        ("يقر رسوما على الأخشاب", "يطالب بإغلاق الجسر شتاء", "يرفض الميزانية الجديدة", "يخسر الدعوى مرة أخرى", "يبدأ إضرابا يوم الاثنين", "يفوز بفارق اثني عشر صوتا"),
        ("الرئيسية", "سياسة", "العالم", "اقتصاد", "رياضة", "ثقافة", "رأي", "الطقس"),
        ("المناخ والبيئة اليوم", "الانتخابات الأمريكية القادمة", "طعام وشراب"),
        ("شروط استخدام الموقع", "كيف نستخدم بياناتك", "من نحن وماذا نفعل", "اتصل بهيئة التحرير"),
        ("سلمى الحاج", "كريم ناصر"), "الأكثر قراءة", "اقرأ المزيد", "author", "tags",
    ),
    Tongue(
        "bn", "বন্দর বার্তা", "রাজনীতি",
        ("বন্দর পরিষদ", "শ্রমিক সংঘ", "উত্তর বন্দরের সাবেক মেয়র", "ফেরি মালিকেরা", "স্কুল কমিটি"),
        ("কাঠের ওপর শুল্ক বসাল", "শীতে সেতু বন্ধ চায়", "নতুন বাজেট নাকচ করল", "আবার মামলায় হারল", "সোমবার থেকে ধর্মঘটে", "বারো ভোটে জিতল"),
        ("প্রচ্ছদ", "রাজনীতি", "বিশ্ব", "অর্থনীতি", "খেলা", "সংস্কৃতি", "মতামত", "আবহাওয়া"),
        ("জলবায়ু ও পরিবেশ", "যুক্তরাষ্ট্রের নির্বাচন ২০২৬", "খাবার ও পানীয়"),
        ("ওয়েবসাইট ব্যবহারের শর্ত", "তথ্য যেভাবে ব্যবহার করি", "আমরা কারা", "সম্পাদকের সঙ্গে যোগাযোগ"),
        ("রিনা দাস", "করিম আলী"), "সর্বাধিক পঠিত", "আরও পড়ুন", "author", "topic",
    ),
    Tongue(
        "ja", "港新聞", "政治",
        ("港湾委員会", "木材労組", "北港の前市長", "フェリー各社", "教育委員会"),
        ("、木材への課税を可決", "、冬の間の橋の閉鎖を要求", "、新予算案を否決", "、裁判で再び敗訴", "、月曜日からスト入りへ", "、12票差で勝利"),
        ("ホーム", "政治", "国際", "経済", "スポーツ", "文化", "社説", "天気"),
        ("気候と環境", "米大統領選", "食と飲み物"),
        ("サイトの利用規約", "個人情報の取り扱い", "会社案内", "お問い合わせ"),
        ("港 花子", "森 太郎"), "アクセスランキング", "続きを読む", "author", "tag", "",
    ),
    Tongue(
        "zh", "港口日报", "时政",
        ("港口委员会", "木材工会", "北港前市长", "轮渡公司", "教育局"),
        ("表决通过木材关税", "要求冬季关闭大桥", "否决新的财政预算", "再次败诉", "周一起罢工", "以十二票胜出"),
        ("首页", "时政", "国际", "财经", "体育", "文化", "评论", "天气"),
        ("气候与环境", "美国大选", "美食"),
        ("网站使用条款", "隐私政策", "关于我们", "联系编辑部"),
        ("林小港", "张木"), "热门排行", "阅读全文", "author", "tag", "",
    ),
    Tongue(
        "ko", "항구일보", "정치",
        ("항만위원회", "목재노조", "북항 전 시장", "여객선 업계", "교육위원회"),
        ("목재 관세 가결", "겨울철 다리 폐쇄 요구", "새 예산안 부결", "재판서 또 패소", "월요일부터 파업 돌입", "열두 표 차 승리"),
        ("홈", "정치", "국제", "경제", "스포츠", "문화", "사설", "날씨"),
        ("기후와 환경", "미국 대선", "음식과 음료"),
        ("이용약관 안내", "개인정보 처리방침", "회사 소개", "편집국 연락처"),
        ("김항구", "이목재"), "많이 본 뉴스", "더보기", "author", "tag",
    ),
    Tongue(
        "th", "ข่าวท่าเรือ", "การเมือง",
        ("สภาท่าเรือ", "สหภาพไม้", "อดีตนายกเทศมนตรีท่าเรือเหนือ", "เจ้าของเรือข้ามฟาก", "คณะกรรมการโรงเรียน"),
        ("ลงมติเก็บภาษีไม้", "ขอปิดสะพานช่วงหน้าหนาว", "ไม่รับงบประมาณใหม่", "แพ้คดีอีกครั้ง", "นัดหยุดงานวันจันทร์", "ชนะสิบสองเสียง"),
        ("หน้าแรก", "การเมือง", "ต่างประเทศ", "เศรษฐกิจ", "กีฬา", "วัฒนธรรม", "ความเห็น", "อากาศ"),
        ("ภูมิอากาศ", "เลือกตั้งสหรัฐ", "อาหาร"),
        ("ข้อกำหนดการใช้งาน", "นโยบายข้อมูล", "เกี่ยวกับเรา", "ติดต่อเรา"),
        ("สมศรี ท่าเรือ", "สมชาย ไม้"), "อ่านมากที่สุด", "อ่านต่อ", "author", "tag", "",
    ),
    Tongue(
        "hi", "बंदरगाह समाचार", "राजनीति",
        ("बंदरगाह परिषद", "लकड़ी मजदूर संघ", "उत्तर बंदरगाह के पूर्व मेयर", "नौका मालिक", "स्कूल समिति"),
        ("ने लकड़ी पर शुल्क लगाया", "सर्दी में पुल बंद चाहता है", "ने नया बजट ठुकराया", "फिर मुकदमा हारा", "सोमवार से हड़ताल पर", "बारह वोट से जीता"),
        ("होम", "राजनीति", "दुनिया", "कारोबार", "खेल", "संस्कृति", "विचार", "मौसम"),
        ("जलवायु और पर्यावरण", "अमेरिकी चुनाव 2026", "खान पान"),
        ("साइट के उपयोग की शर्तें", "हम डेटा कैसे बरतते हैं", "हम कौन हैं", "संपादक से संपर्क"),
        ("मीरा वन", "राज काष्ठ"), "सबसे ज्यादा पढ़ा गया", "और पढ़ें", "author", "tag",
    ),
    Tongue(
        "el", "Λιμενικά Νέα", "Πολιτική",
        ("Το λιμενικό συμβούλιο", "Το σωματείο", "Ο πρώην δήμαρχος του λιμανιού", "Οι πλοιοκτήτες", "Η σχολική επιτροπή"),
        ("ψηφίζει δασμό στην ξυλεία", "ζητεί να κλείσει η γέφυρα", "απορρίπτει τον προϋπολογισμό", "χάνει ξανά στο δικαστήριο", "απεργεί από Δευτέρα", "κερδίζει με δώδεκα ψήφους"),
        ("Αρχική", "Πολιτική", "Κόσμος", "Οικονομία", "Σπορ", "Πολιτισμός", "Γνώμες", "Καιρός"),
        ("Κλίμα και περιβάλλον", "Εκλογές στις ΗΠΑ", "Φαγητό και ποτό"),
        ("Όροι χρήσης του ιστοτόπου", "Πώς χρησιμοποιούμε τα δεδομένα", "Ποιοι είμαστε", "Επικοινωνία με τη σύνταξη"),
        ("Άννα Λίμα", "Νίκος Ξύλας"), "Δημοφιλή", "Περισσότερα", "author", "tag",
    ),
)  # fmt: skip
