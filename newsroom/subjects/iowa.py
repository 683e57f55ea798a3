"""The topic iowa: politics, farms, the caucus, the capital."""
# ruff: noqa: E501 - a template is one sentence, and one line

from newsroom.subjects.subject import Subject

IOWA = Subject(
    name="iowa",
    topic="iowa",
    section="politics",
    roles=(
        "a state senator",
        "a county chair",
        "a hog farmer",
        "the secretary of agriculture",
        "a caucus organizer",
        "a pollster",
        "a professor of political science in Ames",
    ),
    titles=(
        "Iowa [gets ready|prepares] for a caucus that {last} calls [wide open|unlike any other]",
        "Iowa [lawmakers|legislators] vote, and {last} [takes stock|counts heads]",
        "Iowa [farmers|growers] [add up|weigh] the [season|harvest] [bin by bin|field by field]",
        "{last} in Des Moines: Iowa and its [place|turn] in line",
        "[Storm|Hard weather] [shuts|cuts off] [roads and towns|whole counties] across Iowa",
        "Iowa governor [opens|loosens] the purse: [who gains|where it goes]",
        "[Candidates|Challengers] cross Iowa in [one day|a day], [handshake|barn] by [handshake|barn]",
    ),
    leads=(
        "[Voters|Party members] in Iowa [will gather|are to meet] in [gyms|libraries|churches] on {date} for a [caucus|contest] that {who}, {role}, [calls|considers] “[the strangest|the most open] in {small} cycles.”",
        "The Iowa [Senate|House] [voted|decided] on {day} to [rewrite|extend|repeal] the state’s [water|land|school aid] law, [a victory|a setback] for {who}, {role}.",
        "[Corn and soybean|Hog|Turkey] [farmers|producers] across Iowa [said|reported] on {day} that [yields|prices|herds] [were|had come in] {pct} percent [below|above] [last year|the {small}-year average].",
        "{who}, {role}, [told|promised] a [crowd|room] of {n} people in Des Moines on {day} that Iowa [would|could] [keep|lose] its [place|turn] at the [head|front] of the [calendar|line].",
        "A [storm|late frost|flood] [cut|closed|damaged] [roads|elevators|power lines] in {n} Iowa [counties|towns] on {day}, and [crews|neighbors] [worked|searched] [through the night|until dawn].",
        "Iowa’s governor [said|announced] on {day} that the state would [spend|set aside|return] {money} [for|on] [rural clinics|river levees|rail crossings], [the largest|the first] such [sum|step] since {year}.",
        "[Two|Three|Four] [candidates|challengers] [crossed|toured] Iowa on {day}, [shaking hands|answering questions] in [diners|barns|machine sheds] from the [river|interstate] to the [state line|capital].",
    ),
    sentences=(
        "[Iowa|The state of Iowa] [grows|produces] [more|far more] [corn|eggs|pork] than [any other|every other] state, and [its|the] [elevators|barns|plants] [employ|support] {big} people.",
        "[Under|According to] Iowa law, [a county|each county] must [post|publish] its [count|results|budget] within {small} days.",
        "“[People in Iowa|Iowa people|Iowans] [listen|wait|ask] [before|and then] they [clap|decide|vote],” {last} [said|told reporters|joked].",
        "[Turnout|Attendance] at the Iowa caucuses [fell|rose] {pct} percent [between {year} and the last contest|in the last cycle], [party|state] [records|figures] show.",
        "In Cedar Rapids, [volunteers|organizers] [knocked on|called at] {big} doors, and [in Davenport|in Sioux City|in Dubuque] [a second|another] [team|office] [opened|closed] on {day}.",
        "The Iowa State Fair, which [draws|drew] [about|some] {n},000 [visitors|people], [gave|offered] {last2} [a stage|a microphone|{small} minutes] and [a corn dog|a pie|a pork chop].",
        "[Land|Farmland] in [northern|western|central] Iowa [sold|changed hands] for [as much as|up to] ${big} an acre in {month}, {body} [reported|found].",
        "[Wind|Turbines|Wind farms] [supplied|provided] {pct} percent of Iowa’s [electricity|power] in {year}, [second|close] to [no other state|Texas alone].",
        "{who2}, {role2}, [said|argued] that Iowa “[should not|cannot|need not] [apologize|wait in line|pretend] for being [small|rural|first].”",
        "The [university|college] in Iowa City [will|is to] [study|track|test] [water|soil|nitrate] at {n} [wells|farms|sites].",
        "[Ethanol|Biodiesel] [plants|makers] in Iowa [bought|ground|took] {big} [truckloads|bushels|tons] of [corn|grain] [in {month}|last week], [fewer|more] than [a year ago|expected].",
        "[Republicans|Democrats] [hold|keep] {n} seats in the [Legislature|statehouse] in Des Moines, [enough|not enough] to [override|block|force] a [veto|vote] on [their own|Iowa questions].",
        "[School|Hospital] [leaders|boards] in rural Iowa [told|warned] [lawmakers|the panel] that {small} [more|further] [closings|mergers] [were|are] [likely|planned] by {month}.",
        "“[I can see|You can see] [the whole|all of] Iowa from [this|that] [porch|silo|seat],” said {someone}, {n} [acres|head of cattle] and {small} [children|grandchildren] [to the good|later].",
        "The [last|previous] [poll|survey] by {body2} had {last} at {pct} percent in Iowa, [ahead of|behind|level with] {who3}.",
        "[Rivers|The rivers] in [eastern|southern] Iowa [crested|rose|fell] [below|above] flood stage [on {day}|overnight], and {n} [homes|families] [in {place}|there] [were|had been] [moved|warned].",
        "[Campaigns|The campaigns] have [spent|booked] {money} on [television|radio|mailers] in Iowa since {month}, [a record|half the sum of {year}|mostly in the Des Moines market].",
        "[Party|State] officials in Iowa [tested|rehearsed] a [new|paper|phone-based] [count|tally] {small} times [to avoid|after] the [confusion|delays] of [an earlier|a past] [night|caucus].",
        "[Meat|Packing] plants in [Waterloo|Marshalltown|Ottumwa] [employ|have hired] {n} [newcomers|immigrants], and [Iowa|the state] [churches|schools] [teach|offer] [English|classes] [at night|on Saturdays], [an Iowa tradition|as Iowa towns long have].",
        "[A barn|A diner|A feed store] near {place}, Iowa, [filled|was full] by [seven|eight] in the [morning|evening], [coffee|boots] and [all|caps included].",
    ),
    title_tails=(
        "and what it means for Iowa",
        "and Iowa [listens|waits|shrugs]",
        "as Iowa [votes|harvests|watches]",
    ),
    lead_tails=(
        "[news|a turn] that [reached|stirred] [farm towns|feed stores|statehouse halls] across Iowa [within hours|by nightfall]",
        "with Iowa [farmers|voters|packers] [among the first|likely] to [feel it|judge it|gain]",
        "[days|weeks] before [Iowa’s caucuses|the Iowa caucuses|the Iowa harvest ends]",
    ),
)
