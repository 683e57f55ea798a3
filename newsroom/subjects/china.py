"""The topic china: diplomacy, trade and technology."""
# ruff: noqa: E501 - a template is one sentence, and one line

from newsroom.subjects.subject import Subject

CHINA = Subject(
    name="china",
    topic="china",
    section="world",
    roles=(
        "a former envoy",
        "a senior diplomat",
        "the trade minister",
        "a chip industry analyst",
        "a member of the foreign affairs committee",
        "the deputy commerce secretary",
        "a professor of Asian history",
    ),
    titles=(
        "China [returns to|resumes] talks after [long silence|months of silence]",
        "[A quiet|A long|An unlikely] [bargain|channel] with China [takes shape|comes to light] in {place}",
        "[From a laboratory|From a workshop] in China, a [machine|device] that [worries|humbles] [rivals|older makers]",
        "{last} [in China|travels to China] to [settle an old quarrel|test a thaw|mend ties]",
        "China’s [exports|shipments] [surprise|puzzle|confound] [forecasters|the markets]",
        "China [redraws|rethinks] its [map|list] of [offices|missions] abroad, and [diplomats|envoys] ask why",
        "{last}: what [I saw|they built] in China is [a bold bet|no ordinary project]",
    ),
    leads=(
        "China and the United States [agreed|moved] on {day} to [restart|resume] [talks|negotiations] over [rare metals|semiconductors|air routes], [ending|breaking] {small} months of silence, [{who}|{who}, {role},] said.",
        "[Officials|Negotiators] from China [arrived|landed] in {place} on {day} with a [list|draft] of {small} [demands|offers], the [first|broadest] such [visit|mission] since {year}.",
        "A [company|laboratory|consortium] in China [said|announced] on {day} that it had [built|finished|shipped] a [memory chip|battery|telescope] {pct} percent [faster|lighter|cheaper] than any [sold|made] abroad.",
        "{who}, {role}, [flew|returned] to China this week to [settle|discuss] a [dispute|quarrel] over [fishing waters|patents|student visas] that has [outlived|embarrassed] {small} governments.",
        "[Exports|Shipments] from China [rose|fell] {pct} percent in {month}, [more|less] than [forecasters|economists] [expected|had predicted], [data|figures] [published|released] on {day} showed.",
        "China will [open|close] {small} [consulates|research stations|trade offices] [next year|by {month}], [according to|says] a [plan|paper] [seen|read] in {place}, in a [shift|turn] that [diplomats|analysts] [called|found] [striking|overdue|puzzling].",
        "The [engineers|pilots|scientists] who [came home|returned] from China on {day} [brought|carried] [word|news] of a [project|machine] that {who}, {role}, calls “the [quietest|boldest] [bet|gamble] of the decade.”",
    ),
    sentences=(
        "China [has|had] [not answered|yet to answer|turned down] a [request|proposal] from {place} to [inspect|visit|audit] {small} [plants|laboratories|shipyards].",
        "The foreign ministry of China [said|repeated|insisted] that [dialogue|patience|respect] [was|remained] “[the only road|a two-way street|not a favor].”",
        "[Trade|Commerce] with China [reached|came to] {money} in {year}, and [machines|chemicals|phones] [made up|accounted for] {pct} percent of it.",
        "“[China|The government in China] [thinks|plans] in [decades|generations], and we [plan|think] in [news cycles|quarters],” {last} [told students|said at a dinner|wrote].",
        "[Chinese|China’s] [automakers|shipbuilders|toy makers] [opened|added] {n} [showrooms|warehouses|assembly lines] [abroad|overseas] [last year|since {year}], {body} found.",
        "[A delegation|A group] of {n} [mayors|students|surgeons] is to [tour|visit] China in {month} under an [exchange|agreement] [signed|renewed] in {year}.",
        "Beijing [wants|seeks|demands] [a longer|a simpler|an open-ended] [text|treaty], while [negotiators|officials] in Washington [prefer|want] {small} [narrow|separate] [steps|papers].",
        "[Engineers|Researchers] in Shenzhen and [Wuhan|Hefei|Chengdu] [have|had] [filed|registered] {big} [patents|designs] for [sensors|batteries|drones] since {year}, [more|far more] than [any|all] [rivals|peers] outside China.",
        "The [deal|text|draft] would [let|allow] [inspectors|auditors] [from|trained by] {body2} into {small} [ports|factories] in China [twice a year|on {small} days’ notice|without escorts].",
        "[Investors|Lenders] [pulled|moved] {money} out of China in the [quarter|half year], the [largest|smallest] [flow|outflow] since {year}.",
        "{who2}, {role2}, [has|had] [visited|toured] China {small} times and [speaks|reads] [passable|fluent|careful] Mandarin.",
        "“[Nobody in Beijing|No one in China] [reads|signs] a [document|contract] [because|just because] we [raised our voice|set a deadline],” {who3} [said|observed].",
        "[Satellite|Aerial] [pictures|images] [taken|published] in {month} [show|appear to show] [new|longer] [runways|piers|roads] on [the coast|the southern coast] of China.",
        "[Student|Tourist] visas for China [are|were] [down|up] {pct} percent [this year|on the year|since {month}], and [airlines|universities] [blame|thank] the [new rules|exchange rate|longer queues].",
        "[Soy|Copper|Timber] [buyers|traders] in China [canceled|doubled|postponed] {n} [cargoes|orders] [in {month}|within a week], [brokers|shippers] in {place2} said.",
        "The [central bank|finance ministry] of China [held|left|kept] its [main rate|reserves|currency band] [steady|unchanged] for the {ordinal} [month|quarter] running.",
        "[Human rights|Press freedom|Labor] groups [urged|asked] {last} to [raise|name] {small} [prisoners|reporters|organizers] [held|jailed] in China.",
        "[Before|Until] {year}, China [bought|ordered] [most|nearly all] of its [turbines|microscopes|flight software] abroad; it now [makes|supplies] {pct} percent [itself|at home].",
        "[A hotline|A working group|A joint calendar] between [the two navies|the two capitals] would [keep|help keep] [patrols|ships] off [the coast of China|China’s islands] [at a distance|in contact], {last2} said.",
        "[Neighbors|Smaller neighbors] of China, [from Vietnam to Mongolia|among them Laos and Nepal], [watch|follow] the [talks|visit] [closely|with unease|for hints].",
    ),
    title_tails=(
        "[with|and with] an eye on China",
        "and China [watches|answers|waits]",
        "as China [looks on|weighs in|holds back]",
    ),
    lead_tails=(
        "a [move|step] that [officials|buyers|factories] in China [are certain to notice|had long expected|will weigh this week]",
        "with [consequences|results] for [trade|ties|contracts] with China",
        "[days|weeks] after China [sent|published] its own [terms|answer|list]",
    ),
)
