"""One made-up story in the languages and scripts of many countries, with what its outlets put around it."""

from typing import NamedTuple


class Told(NamedTuple):
    """A story, and the texts around it."""

    title: str
    deck: str
    paragraphs: list[str]
    heading: str  # above the third paragraph
    menu: str
    also: str  # leads to another story
    caption: str
    signup: str
    comment: str


STORIES = {
    "en": Told(
        "Harbour council approves tariff on timber",
        "Builders say they will go to court before the charge begins in April",
        [
            (
                "The harbour council voted nine to four on Monday to charge timber that arrives by sea, "
                "its clerk said."
            ),
            (
                "“The quay must pay for itself,” said Ruth Amsel, who has kept the council’s books since "
                "the flood."
            ),
            (
                "Builders expect the price of a house frame to rise by a tenth, and the yards in the "
                "east fear for orders."
            ),
            (
                "The council will look at the charge again late next year, when the new sea wall is to "
                "be finished."
            ),
        ],
        "Who pays",
        "Politics",
        "Read also: A ship was turned away",
        "The quay on Monday. Photo: Jo Quay",
        "Get our best stories every day",
        "What a lot of nonsense this council talks, I have never seen the like of it in my life.",
    ),
    "no": Told(
        "Havnestyret vedtar avgift på trelast",
        "Byggmestrene sier at de går til retten før avgiften begynner i april",
        [
            (
                "Havnestyret vedtok mandag med ni mot fire stemmer å ta avgift på trelast som kommer "
                "sjøveien, sier sekretæren."
            ),
            (
                "– Kaia må betale for seg selv, sier Ruth Amsel, som har ført regnskapet siden den store "
                "flommen for ti år siden."
            ),
            (
                "Byggmestrene venter at prisen på et hus stiger med en tidel, og sagbrukene i øst "
                "frykter for ordrene sine."
            ),
            (
                "Styret ser på avgiften igjen sent neste år, når den nye muren mot sjøen etter planen "
                "skal stå ferdig."
            ),
        ],
        "Hvem betaler",
        "Politikk",
        "Les også: Et skip ble vist bort",
        "Kaia mandag. Foto: Jo Quay",
        "Få de beste sakene hver dag",
        (
            "For noe tull dette styret sier, jeg har aldri sett på maken til tøv i hele mitt lange liv "
            "her i byen."
        ),
    ),
    "tr": Told(
        "Liman meclisi keresteye vergi koydu",
        "İnşaatçılar vergi nisanda başlamadan mahkemeye gideceklerini söylüyor",
        [
            (
                "Liman meclisi pazartesi günü deniz yoluyla gelen keresteden vergi alınmasını dörde "
                "karşı dokuz oyla kabul etti."
            ),
            (
                "“Rıhtım kendi parasını kazanmalı” diyen Ruth Amsel, büyük selden beri meclisin "
                "defterlerini tutuyor."
            ),
            (
                "İnşaatçılar bir evin iskeletinin fiyatının onda bir artmasını bekliyor, doğudaki "
                "atölyeler siparişlerden korkuyor."
            ),
            (
                "Meclis vergiye gelecek yılın sonunda, yeni deniz duvarı bitirildiği zaman bir kez daha "
                "bakacak, dedi kâtip."
            ),
        ],
        "Kim ödüyor",
        "Siyaset",
        "İlgili haber: Bir gemi geri çevrildi",
        "Pazartesi günü rıhtım. Fotoğraf: Jo Quay",
        "Her gün en iyi haberlerimizi alın",
        ("Bu meclis ne kadar saçma konuşuyor, hayatım boyunca böyle bir şey görmedim, gerçekten çok yazık."),
    ),
    "ja": Told(
        "港湾議会、木材への課税を可決",
        "建設業者は四月に課税が始まる前に裁判を起こすと述べている",
        [
            ("港湾議会は月曜日、海から届く木材に税を課す案を九対四で可決したと、議会の書記が明らかにした。"),
            (
                "「岸壁は自分で費用を稼がなければならない」と、洪水の年から帳簿を預かるルース・アムゼル氏"
                "は話した。"
            ),
            ("建設業者は家の骨組みの値段が一割上がると見ており、東部の製材所は注文が減ることを恐れている。"),
            ("議会は来年の終わり、新しい防波堤が完成する頃に、この税についてもう一度話し合う予定だという。"),
        ],
        "誰が払うのか",
        "政治",
        "関連記事：船が追い返される",
        "月曜日の岸壁＝ジョー・キー撮影",
        "毎日の注目記事をメールで届けます",
        "この議会の言うことは本当にひどい。生まれてからこんな話は聞いたことがないし、聞きたくもない。",
    ),
    "ar": Told(
        "مجلس الميناء يقر رسما على الأخشاب",
        "يقول البناؤون إنهم سيذهبون إلى المحكمة قبل أن يبدأ الرسم في أبريل",
        [
            (
                "صوت مجلس الميناء يوم الاثنين بتسعة أصوات مقابل أربعة على فرض رسم على الأخشاب التي تصل "
                "بحرا، كما قال أمين السر."
            ),
            (
                "وقالت روث أمسل التي تمسك دفاتر المجلس منذ الفيضان: «يجب أن يدفع الرصيف ثمن نفسه، ولا "
                "أحد غيره»."
            ),
            (
                "ويتوقع البناؤون أن يرتفع سعر هيكل المنزل بمقدار العشر، وتخشى الورش في الشرق على طلباتها "
                "هذا الموسم."
            ),
            (
                "وسينظر المجلس في الرسم مرة أخرى في أواخر العام المقبل حين ينتهي العمل في الجدار البحري "
                "الجديد."
            ),
        ],
        "من يدفع",
        "سياسة",
        "اقرأ أيضا: سفينة أعيدت من حيث أتت",
        "الرصيف يوم الاثنين. تصوير: جو كي",
        "احصل على أفضل قصصنا كل يوم",
        "ما هذا الكلام الفارغ الذي يقوله هذا المجلس، لم أسمع مثله في حياتي كلها ولا أريد أن أسمعه.",
    ),
    "bn": Told(
        "কাঠের ওপর শুল্ক বসাল বন্দর পরিষদ",
        "এপ্রিলে শুল্ক চালু হওয়ার আগেই নির্মাতারা আদালতে যাওয়ার কথা বলছেন",
        [
            ("সমুদ্রপথে আসা কাঠের ওপর শুল্ক বসানোর প্রস্তাব সোমবার নয়-চার ভোটে পাস করেছে বন্দর পরিষদ, জানিয়েছেন সচিব।"),
            ("“ঘাটকে নিজের খরচ নিজেই তুলতে হবে,” বলেন রুথ আমসেল, যিনি বন্যার পর থেকে পরিষদের হিসাব রাখছেন।"),
            ("নির্মাতারা মনে করছেন বাড়ির কাঠামোর দাম দশ ভাগের এক ভাগ বাড়বে, আর পূর্বের কারখানাগুলো ফরমাশ হারানোর ভয়ে আছে।"),
            ("আগামী বছরের শেষে নতুন সমুদ্রপ্রাচীর তৈরি হলে পরিষদ আবার এই শুল্ক নিয়ে বসবে বলে সচিব জানান।"),
        ],
        "কে টাকা দেবে",
        "রাজনীতি",
        "আরও পড়ুন: একটি জাহাজ ফিরিয়ে দেওয়া হলো",
        "সোমবারের ঘাট। ছবি: জো কি",
        "প্রতিদিন আমাদের সেরা খবর পান",
        "এই পরিষদ কী যে বাজে কথা বলে, জীবনে এমন কথা শুনিনি, আর শুনতেও চাই না কোনো দিন।",
    ),
    "th": Told(
        "สภาท่าเรือเก็บภาษีไม้",
        "ผู้รับเหมาบอกว่าจะไปศาลก่อนที่ภาษีจะเริ่มในเดือนเมษายน",
        [
            (
                "สภาท่าเรือลงมติเมื่อวันจันทร์ด้วยคะแนนเก้าต่อสี่ให้เก็บภาษีไม้ที่มาทางทะเล "
                "เลขานุการของสภากล่าว ภาษีนี้ใช้กับไม้ทุกชนิดที่ขึ้นฝั่งที่ท่าเรือเก่าและท่าเรือใหม่ "
                "ไม่ว่าจะมาจากเกาะใดก็ตาม"
            ),
            (
                "รูธ อัมเซล ผู้ดูแลบัญชีของสภามาตั้งแต่ปีที่น้ำท่วมกล่าวว่าท่าเรือต้องหาเงินเลี้ยงตัวเอง "
                "และเงินที่เก็บได้จะใช้สร้างกำแพงกันคลื่นใหม่ซึ่งเมืองรอคอยมานานกว่าสิบปีแล้ว"
            ),
            (
                "ผู้รับเหมาคาดว่าราคาโครงบ้านจะขึ้นหนึ่งในสิบ "
                "และโรงเลื่อยทางตะวันออกกลัวว่าคำสั่งซื้อจะลดลงในฤดูนี้ "
                "เพราะลูกค้าหลายรายจะหันไปซื้อไม้ที่มาทางรถไฟซึ่งไม่ต้องเสียภาษีแทน"
            ),
            (
                "สภาจะพิจารณาภาษีนี้อีกครั้งในปลายปีหน้าเมื่อกำแพงกันคลื่นใหม่สร้างเสร็จ "
                "และจะถามความเห็นของชาวเมืองก่อนที่จะตัดสินใจว่าจะเก็บต่อไปหรือจะเลิกเก็บ "
                "เลขานุการกล่าวในที่สุด"
            ),
        ],
        "ใครจ่าย",
        "การเมือง",
        "อ่านเพิ่มเติม: เรือถูกส่งกลับ",
        "ท่าเรือวันจันทร์ ภาพ: โจ คีย์",
        "รับข่าวที่ดีที่สุดทุกวัน",
        "สภานี้พูดอะไรไร้สาระ",
    ),
}
