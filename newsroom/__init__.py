"""A pretend world of news outlets on loopback: offline, and the same for the same seed.

It knows none of the code that it checks. What it says is true comes from its own plan.

    subjects/       what is written about: a catalogue
    vocabulary.py   people, places, numbers, and the grammar that mixes them
    stories.py      composes a story; retells it as a copy
    outlets.py      who the outlets are
    article.py      a story as one outlet publishes it
    world.py        the plan: which story where and when; the truth
    clock.py        how much of the plan has passed
    chrome.py       what stands around a story on a page
    skeletons.py    the templates of article pages
    pages.py        pages in HTML
    feeds.py        RSS, RDF, Atom, JSON Feed, sitemaps
    refrains.py     outlets that repeat themselves, apart from the world's
    validators.py   ETag, Last-Modified, 304
    desk.py         what an outlet answers
    receiver.py     where alerts arrive
    score.py        the scoreboard
    server.py       all of it on its addresses
    run.py          all of it as a process
"""
