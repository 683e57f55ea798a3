"""Near the topics, and not about them: another china, another Iowa, another tariff.

Every mention stands inside one of the phrases that a careful topic ignores (see ``IGNORED``).
"""
# ruff: noqa: E501 - a template is one sentence, and one line

from newsroom.subjects.subject import Subject

IGNORED: dict[str, tuple[str, ...]] = {
    "china": ("bone china", "fine china"),
    "iowa": ("USS Iowa", "Iowa-class"),
    "tariffs": ("hotel tariff", "room tariff"),
}
"""The phrases of the near stories, by the topic that they must not alert."""

BONE_CHINA = Subject(
    name="bone china",
    section="culture",
    roles=(
        "an auctioneer",
        "a porcelain collector",
        "the museum’s curator",
        "a restorer",
        "an antiques dealer",
    ),
    titles=(
        "Bone china [set|service] [outruns|beats] every guess at {place} auction",
        "[Fine china|Crates of fine china] [found|unpacked] in {place} attic",
        "{last} [shows|gathers] bone china [seldom|never] seen in {place}",
        "[Collectors|Bidders] [chase|queue for] fine china in {place}",
    ),
    leads=(
        "A bone china [tea service|dinner set] [made|painted] in {year} [sold|went] for ${big} at an auction in {place} on {day}, {small} times what {who}, {role}, had [guessed|hoped].",
        "[Movers|Heirs] clearing an attic in {place} [found|opened] {small} crates of fine china on {day}, [wrapped|packed] in newspapers from {year}.",
        "{who}, {role}, [opened|unveiled] a show of {n} pieces of bone china in {place} on {day}, [some|most] of them never [seen|shown] before.",
        "The [market|demand] for fine china, [given up|written off] {small} years ago, [is back|has returned], and the sale rooms of {place} [are full|had to add chairs].",
    ),
    sentences=(
        "[The glaze|A good glaze] on bone china [is thin|lets light through] enough to [see|count] a [hand|finger] [behind it|through the cup].",
        "[Potters|Factories] first [mixed|added] [ash|calcined bone] to the clay [{small} generations ago|long before {year}], and [so|thus] bone china [got its name|was born].",
        "“[Hold it|Lift a cup] to the [window|lamp],” {last} [said|advised]. “[If|When] it [glows|shines], it is bone china.”",
        "[Bidding|Offers] [began|opened] at ${n} and [doubled|tripled] within {small} minutes, [with|as] {small} [telephones|agents] [in play|on the line].",
        "A [cup|saucer|gravy boat] with a [hairline crack|chipped rim] [fetched|brought] ${n}, [about|nearly] what a [whole|perfect] one [cost|made] in {year}.",
        "{who2}, {role2}, [repairs|mends] fine china with [gold|resin] and a [brush|needle] of {small} hairs.",
        "[Fine china|The fine china] [from|of] {place2} was [painted|gilded] by [women|apprentices] who [signed|marked] each [plate|bowl] with a [star|leaf].",
        "[Younger|New] buyers [use|wash] their fine china [daily|every day], [dishwasher|the dishwasher] and all, {last2} said, [not without pain|smiling].",
        "The [pattern|design], [roses|swallows|ferns] on [cream|pale blue], was [dropped|retired] in {year} after {big} [plates|settings].",
        "[A set|One set] of fine china [for {small}|lacking its lid] [went|was sold] to {someone}, who [plans|hopes] to [use|eat from] it on [Sundays|birthdays].",
        "[Insurers|Shippers] [charge|ask] {pct} percent [more|extra] to [move|carry] bone china [by road|by rail|overseas].",
        "[The catalog|A catalog] [lists|described] {n} lots, [from|among them] [egg cups|soup plates] to a [bone china|fine china] [clock|harp|doll’s house].",
        "[Museums|Curators] in {place2} [own|keep] {n} [examples|pieces], [most|half] of them in [drawers|storage].",
        "[Fakes|Copies] of [early|rare] bone china [turn up|surface] [every spring|in {elsewhere}], {who3} [said|warned], [given away|betrayed] by [heavy|grey] [bases|handles].",
    ),
)

BATTLESHIP = Subject(
    name="battleship museum",
    section="culture",
    roles=(
        "the ship’s curator",
        "a retired gunner",
        "a volunteer guide",
        "a naval historian",
        "a marine engineer",
    ),
    titles=(
        "USS Iowa museum [opens|reopens] [rooms|spaces] below deck after long repairs",
        "[Volunteers|Welders] [mend|rescue] the USS Iowa, one [rivet|plank|weld] at a time",
        "Iowa-class battleship [gets|wins] a gift, says {last}",
        "[Veterans|Old shipmates] [meet|gather] [again|once more] on the USS Iowa",
    ),
    leads=(
        "The battleship museum aboard the USS Iowa [opened|reopened] its [engine room|plotting room|galley] to [visitors|the public] on {day}, after {small} years of [work|repairs], {who}, {role}, said.",
        "[Welders|Painters] [began|started] on {day} to [replace|scrape] {n} [feet|yards] of [deck|hull] on the USS Iowa, the [museum|retired battleship] that [draws|welcomes] {big} visitors a [month|season].",
        "A [grant|gift] of {money} will [pay|provide] for a [new|second] [pier|roof|gangway] at the museum of the Iowa-class battleship, {who}, {role}, [said|announced] on {day}.",
        "{n} [veterans|former sailors] [climbed|came] aboard the USS Iowa on {day} for a reunion, the {ordinal} since the ship [left service|became a museum].",
    ),
    sentences=(
        "[Iowa-class|The Iowa-class] ships [were|had been] [built|designed] to [outrun|keep pace with] carriers and [carried|mounted] nine [sixteen-inch|heavy] guns.",
        "“[You smell|First comes] the [oil|paint], [then|and then] you [hear|notice] the [hum|quiet],” said {someone}, who [served|slept] on the USS Iowa in {year}.",
        "[The turret|One turret] [weighs|weighed] [more than|as much as] a [destroyer|house of {small} floors], and [it took|needs] {n} [sailors|men] to [serve|work] it.",
        "[Guides|Docents] on the USS Iowa [lead|give] {small} tours a day, [some|two] of them [in the dark|by lantern].",
        "{who2}, {role2}, [found|read] {n} [letters|logbooks] [behind a panel|in a locker] and [is copying|has copied] them [by hand|page by page].",
        "[Teak|The teak] for the deck [comes|came] from a [barn|pier|school] in {place2}, [planed|cut] [to fit|on board].",
        "[Tickets|A ticket] for the USS Iowa [cost|costs] ${n} for a [family|night aboard], [breakfast|bunk] [included|extra].",
        "[Rust|Salt] [gains|wins] {small} [inches|plates] a year, {last2} [said|sighed], and [paint|money] is the [only|cheapest] answer.",
        "[School classes|Scouts] from {place2} [sleep|spent a night] in the [bunks|crew quarters] [each|every] {month}, {n} at a time.",
        "The [ship|vessel] [fired|last fired] her guns in [anger|earnest] [decades ago|long before the museum], and [windows|teacups] [ashore|in town] are [said|reported] to have [rattled|cracked].",
        "[Only|Just] four Iowa-class ships were [finished|completed], and [all|every one] of them [is|became] a museum.",
        "[A bathtub|The bathtub] [fitted|built in] for a president is the [most photographed|favorite] [stop|sight] on the USS Iowa, [ahead of|before] the [bridge|bakery].",
        "[Divers|Inspectors] [checked|measured] the hull at {n} [points|places] and [passed|marked] [all but|only] {small}.",
        "[Radio|Signal] [amateurs|operators] [talk|called] to {small} countries from the [wireless|radio] room of the USS Iowa [on Sundays|each {day}].",
    ),
)

HOTEL_TARIFF = Subject(
    name="hotel prices",
    section="travel",
    roles=(
        "a hotel manager",
        "a travel agent",
        "the head of the innkeepers’ guild",
        "a night porter",
        "a guide",
    ),
    titles=(
        "Hotel tariff [cards|boards] [return|come back] to {place}",
        "{place} [inns|guesthouses] [print|agree on] one room tariff",
        "{last} [hangs|frames] an old hotel tariff in a {place} lobby",
        "[Hidden fees|Surprises] [end|banned] in {place} as room tariff [goes|is put] on the door",
    ),
    leads=(
        "[Guests|Travelers] in {place} will [again|soon] find a printed hotel tariff [on the door|at the desk] of every [room|inn] from {date}, {who}, {role}, said.",
        "The [inns|guesthouses] of {place} [agreed|decided] on {day} to [publish|share] one room tariff for the [season|winter], [from|starting at] ${n} a night.",
        "{who}, {role}, [hung|framed] a hotel tariff from {year} in the lobby on {day}, [next to|beside] the [new|current] one, which is {pct} percent [dearer|longer].",
        "A [rule|bylaw] [passed|adopted] in {place} on {day} [obliges|requires] every [inn|lodging] to [show|display] its room tariff [in full|with all fees].",
    ),
    sentences=(
        "[The room tariff|A room tariff] [lists|names] [breakfast|towels], [a cot|late checkout] and the [dog|bicycle], [each|all] with its [price|own line].",
        "“[A guest|Anybody] should [know|read] the price [before|and only then] [the suitcase|the coat] [comes off|is unpacked],” {last} [said|insisted].",
        "[Rooms|Beds] with a [view|balcony] [cost|are] ${n} [more|extra] on [weekends|{day}s], [less|half that] in {month}.",
        "[Under|By] the [new|agreed] hotel tariff, [children|students] [pay|are charged] {pct} percent [less|of the rate].",
        "{who2}, {role2}, [keeps|collects] [old|faded] [bills|key tags] from {n} [inns|lobbies], the [oldest|first] from {year}.",
        "[Bookings|Reservations] for {month} are [up|down] {pct} percent, [and|but] the [porters|kitchens] [hired|need] {small} [more|new] hands.",
        "[Online|Booking] [sites|agents] [take|ask] {pct} percent, which [is why|explains why] the [printed|posted] hotel tariff is [lower|shorter] than the [web|phone] price.",
        "[Inspectors|The guild] [visited|checked] {n} [lobbies|front desks] and [found|noted] the room tariff [missing|hidden] in {small}.",
        "[Coffee|Tea] in the [lobby|garden] [stays|remains] free, {last2} [promised|said], [at least|or nearly so] until {month}.",
        "[A suite|The honeymoon suite] in {place2} [stood|was] at ${n} on the hotel tariff of {year}, [fireplace|piano] included.",
        "[Chambermaids|Porters] [asked|pressed] for a [line|word] about [tips|wages] on the room tariff, [so far|as yet] [in vain|without luck].",
        "[Trains|Buses] from {place2} [bring|brought] {n} [guests|walkers] a day in {month}, [most|many] for {small} nights.",
        "[Printers|A printer] in {place2} [set|made] the hotel tariff in [brown|blue] ink on [card|linen], {n} copies.",
        "[The bell|The desk] is [staffed|answered] until [midnight|eleven], [after that|then] a [key|note] waits [in a box|under the mat].",
    ),
)

NEAR = (BONE_CHINA, BATTLESHIP, HOTEL_TARIFF)
