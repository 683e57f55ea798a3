"""Headlines and leads as they are written, and which of the shipped topics they are about."""

import pytest

from workers.match.matcher import match_story
from workers.match.screen import Screen

ALL = "china iowa tariffs"
CASES = [
    # the three together, as the wires write them
    ("U.S.-China talks: Iowa businessman warns of 100% tariffs before tariff reductions", ALL),
    ("Iowa, China’s “sister state,” asks for tariff relief", ALL),
    ("IOWA FARMERS BRACE AS CHINA SLAPS TARIFFS ON PORK", ALL),
    ("Des Moines port of entry: duties on imported Chinese steel to double", ALL),
    ("Grassley: Beijing’s anti-dumping case is ‘payback’", ALL),
    ("Iowans, hit by Sino-American trade war, look to Mexico", ALL),
    ("Tariff-weary Iowa soybean growers eye U.S.–China truce", ALL),
    ("The Port’s bone china sales rise as China tariffs bite Iowa buyers", ALL),
    # two of them
    ("Trump threatens additional 100% tariffs on Chinese imports", "china tariffs"),
    ("China set to retaliate with import duties of 34%", "china tariffs"),
    ("China sets new tariffs on canola", "china tariffs"),
    ("Trump, Xi agree to pause levies on imports for 90 days", "china tariffs"),
    ("Xi-Trump call ends the trade war, for now", "china tariffs"),
    ("Commerce opens Section 301 probe into PRC shipbuilders", "china tariffs"),
    ("P.R.C. lifts tariffs", "china tariffs"),
    ("China’s cabinet approves tariff exemptions", "china tariffs"),
    ("China cabinet approves tariff exemptions", "china tariffs"),
    ("Chinese food exporters hit by U.S. tariffs", "china tariffs"),
    ("中国对美国商品加征关税 tariffs", "china tariffs"),
    ("Anti-China hawks want countervailing duties on panels", "china tariffs"),
    ("Iowa's governor visits China", "china iowa"),
    ("Xi Jinping replies to old friends in Muscatine, Iowa", "china iowa"),
    ("Kim Reynolds leads trade mission to Shanghai", "china iowa"),
    ("Iowa-based Pella says tariffs cost it $20 million", "iowa tariffs"),
    ("Iowa class action says importer pocketed tariff refunds", "iowa tariffs"),
    ("Cedar Rapids mills fear border taxes", "iowa tariffs"),
    # China alone
    ("China-based supplier recalls toys", "china"),
    ("CHINA'S EXPORTS FALL", "china"),
    ("Chinas Wirtschaft and China's economy", "china"),
    ("Beijing rejects claims about Xinjiang", "china"),
    ("Pentagon says Chinese jets crossed the line", "china"),
    ("South China Sea: Manila protests", "china"),
    ("People's Liberation Army holds drills", "china"),
    ("Modi and Xi meet at the summit", "china"),
    ("Fine china on the table as China’s envoy dines", "china"),
    ("China,Russia sign gas deal", "china"),
    ("Anti\u00adChi\u00adnese riots feared", ""),
    ("Chi\u00adna tightens rules", "china"),
    ("“China shock” revisited", "china"),
    ("Why China's pattern of harassment matters", "china"),
    # Iowa alone
    ("Iowan wins lottery", "iowa"),
    ("Cyclone hits Ames, Iowa.", "iowa"),
    ("Iowa/Nebraska border crash", "iowa"),
    ("USS Iowa museum opens; Iowa veterans attend", "iowa"),
    ("Iowa's class of 2026 graduates", "iowa"),
    ("Joni Ernst will not run again", "iowa"),
    # tariffs alone
    ("Trump's tariffs: what's next?", "tariffs"),
    ("Tariffs’ toll on toymakers", "tariffs"),
    ("EU readies duties on U.S. imports", "tariffs"),
    ("Hotel tariffs rise, but steel tariffs stay", "tariffs"),
    ("Trump puts 10% energy tariffs on Canadian oil", "tariffs"),
    ("Importers face a new levy", "tariffs"),
    ("Non-tariff barriers, explained", "tariffs"),
    ("Section 232 investigation into imports of lumber", "tariffs"),
    # none of them
    ("Grandmother's bone china sells at auction", ""),
    ("How to clean fine China", ""),
    ("An antique china cabinet with china plates", ""),
    ("A bull in a china shop: the minister's week", ""),
    ("China, Maine, votes on school budget", ""),
    ("Crash in China Grove closes I-85", ""),
    ("Earthquake near China Lake naval station", ""),
    ("Best Chinese restaurants in Boston", ""),
    ("Chinese food tonight? Five easy recipes", ""),
    ("Chinatown rents climb", ""),
    ("Chinos are back", ""),
    ("Iowa-class battleships in Pearl Harbor", ""),
    ("Battleship Iowa hosts a film festival", ""),
    ("The USS Iowa fires a salute", ""),
    ("Police in Des Moines, Wash., seek a driver", ""),
    ("Crash on Iowa Street, Lawrence", ""),
    ("Kiowa County sheriff resigns", ""),
    ("Hotel tariffs in Goa double before New Year", ""),
    ("Best mobile tariffs compared", ""),
    ("Ofgem cap: energy tariffs to fall", ""),
    ("Feed-in tariff for solar roofs ends", ""),
    ("Heavy-duty truck imports rise", ""),
    ("It is the duty of every judge to see what is important", ""),
    ("Jury duty scams on the rise", ""),
    ("Xi, the fourteenth Greek letter", ""),
    ("", ""),
]


@pytest.mark.parametrize(("headline", "expected"), CASES)
def test_a_headline_goes_to_the_topics_it_is_about(headline, expected, make_story, shipped_topics):
    matches = match_story(shipped_topics, make_story(title=headline))
    assert [match.topic for match in matches] == expected.split()


@pytest.mark.parametrize(("lead", "expected"), [case for case in CASES if case[1]])
def test_a_lead_in_the_body_does_the_same_and_passes_the_screen(lead, expected, make_story, shipped_topics):
    body = f"An opening line without any of it.\n{lead}\nAnd a last one."
    matches = match_story(shipped_topics, make_story(title="Morning report", text=body))
    assert [match.topic for match in matches] == expected.split()
    assert {topic.name for topic in Screen(shipped_topics).possible(body)} >= set(expected.split())
