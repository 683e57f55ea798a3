"""The topic tariffs: import taxes and the quarrels over them."""
# ruff: noqa: E501 - a template is one sentence, and one line

from newsroom.subjects.subject import Subject

TARIFFS = Subject(
    name="tariffs",
    topic="tariffs",
    section="business",
    roles=(
        "a customs broker",
        "a trade lawyer",
        "the head of an importers’ group",
        "a steel executive",
        "an economist",
        "a former trade judge",
        "the treasury’s chief negotiator",
    ),
    titles=(
        "[New|Higher] tariffs [are coming|draw near], and [importers|retailers] [count the days|do the sums]",
        "Court in {place} [rules|speaks] on tariffs [as importers wait|after a long wait]",
        "[Cargo|Container] rush at {place} [as|before] tariffs [change|take hold]",
        "{last} [offers|floats] a [truce|pause] on tariffs",
        "[Who|What] pays for the tariffs? The [shelves|price tags] [hold a clue|tell]",
        "What the tariffs [bring in|have earned], [line by line|by the ledger]",
        "Tariff talks in {place} [break off|end in silence|go nowhere]",
    ),
    leads=(
        "The government will [impose|raise|double] tariffs on [imported|foreign] [steel|furniture|tires] [from|starting] {date}, [{who}|{who}, {role},] said on {day}, [a step|a move] that [importers|retailers] [called|found] [ruinous|predictable|rushed].",
        "A [trade|federal] court in {place} [ruled|found] on {day} that [tariffs|the tariffs] [placed|set] on {money} of [lumber|electronics|tools] [were|had been] [lawful|unlawful|wrongly calculated].",
        "[Container|Cargo] [traffic|volume] [fell|jumped] {pct} percent at {place} as [companies|shippers] [hurried|declined] to [move|land] goods before [new|higher] tariffs [begin|start] on {date}.",
        "{who}, {role}, [offered|proposed] on {day} to [suspend|halve|phase out] the tariff on [machine parts|wine|farm tools] for {n} days, [hoping|a bid] to [end|cool] a trade war [now|already] in its {ordinal} month.",
        "[Prices|Shelf prices] of [washing machines|bicycles|garden tools] [rose|climbed] {pct} percent in {month}, and [most|half] of the [rise|increase] [came from|was due to] tariffs, {body} [said|reported] on {day}.",
        "[Customs|Treasury] [officers|clerks] have [collected|booked] {money} in tariffs since {month}, [more|less] than [planned|promised], [papers|accounts] [published|filed] on {day} show.",
        "[Negotiators|Ministers] [left|walked out of] [talks|a meeting] in {place} on {day} [without|short of] a deal on tariffs, and [both|all] sides [blamed|accused] [each other|the calendar|a single clause].",
    ),
    sentences=(
        "[The tariffs|Such tariffs] [apply|are to apply] to {n} [lines|categories] of goods, [from|among them] [door hinges|lamp shades|pump valves] to [frozen fish|roof tiles|violin strings].",
        "[A tariff|Each tariff] of {pct} percent [adds|would add] [about|roughly] ${n} to the [price|cost] of a [bicycle|refrigerator|water heater], {last2} [said|calculated].",
        "“[A tariff|The tariff] is a [bill|letter] [addressed|sent] to [a stranger|somebody else] and [opened|paid] [at home|by your neighbor],” {last} [said|likes to say|wrote].",
        "[Import duties|Duties] on [aluminum|copper pipe|ceramic tiles] [stood|were] at {pct} percent in {year} and [have|had] [tripled|doubled] [since|twice since].",
        "[Retaliation|A reply] [came|followed] within {small} days: [tariffs|counter-tariffs and tariffs] on [oranges|whiskey|motorcycles] [worth|valued at] {money}.",
        "[Economists|Forecasters] at {body2} [estimate|reckon] that the trade war [costs|has cost] [a family|an average household] ${n} a year, [tariffs|with tariffs on food] [alone|not] [included|counted].",
        "[Brokers|Agents] in {place2} [filed|sent in] {big} [requests|applications] for tariff [relief|waivers|refunds], and [fewer than|only] {n} [were|have been] [granted|read].",
        "[Steel|Mill] [workers|unions] [welcomed|cheered|defended] the tariffs, [saying|arguing] that {small} [furnaces|mills] [idled|shut] in {year} [could|would] [run|reopen].",
        "{who2}, {role2}, [imports|buys] [bearings|zippers|hinges] from {small} countries and [paid|owed] ${big} in tariffs [last month|in {month}].",
        "[Lawyers|Attorneys] for the [importers|retailers] [argued|told the court] that [only Congress|no official] [may|can] [set|impose] tariffs [without|beyond] [a vote|an emergency].",
        "The tariff [schedule|list], {n} pages [long|in small type], [was|had been] [amended|corrected] {small} times [since|before] {day}.",
        "“[We|My partners and I] [ordered|bought] {small} [months|seasons] of stock [before|ahead of] the tariffs, and [now|today] we [rent|fill] a [barn|hangar] [for it|to keep it],” said {someone}.",
        "[Ships|Vessels] [carrying|loaded with] {big} [containers|tons] [slowed|waited] [off|outside] {place2} to [land|arrive] [after|before] the tariffs [changed|lapsed|began].",
        "[Exempt|Free] from the tariffs [are|will be] [medicines|school books|spare parts for aircraft] and [goods|parcels] [worth|valued at] less than ${n}.",
        "[Carmakers|Engine makers] [said|warned] that a part [crosses|may cross] the border {small} times and [would|could] [meet|pay] the tariff [each time|every time].",
        "[Revenue|Income] from tariffs [made up|came to] {pct} percent of the [budget|treasury’s receipts] in {year}, [a share|a level] [not seen since|unknown since|higher than in] {year}.",
        "[A study|Research] of {n} [stores|price tags|invoices] by {body} [found|showed] that [shoppers|buyers] [bore|paid] {pct} percent of the [cost of the|] tariffs.",
        "The [proposal|compromise] would [cap|hold] tariffs at {pct} percent and [return|refund] what [was|had been] [paid|collected] [since|after] {date}.",
        "[Some|A few] [makers|firms] have [moved|shifted] [assembly|packing] to {elsewhere} [to escape|and so avoided] the tariffs; [others|{small} others] [raised|changed] [prices|labels].",
        "{last3} [predicted|expects] that tariffs “[come|arrive] like [weather|guests] and [leave|go] like [furniture|ivy].”",
    ),
    title_tails=(
        "as tariffs [bite|loom|rise]",
        "[amid|despite] [new|old] tariffs",
        "and [the price of|a quarrel over] tariffs",
    ),
    lead_tails=(
        "[even as|while] tariffs [on both sides|of {pct} percent] [stay|remain] in place",
        "[the first|the clearest] [sign|test] of the [new|higher] tariffs",
        "[an answer|a reply] to tariffs [announced|set] [in {month}|{small} weeks ago]",
    ),
)
