"""Each way in which a field can be wrong, and the lines that a person then reads."""

import pytest

from wirewatch.config.load import load_document

TOPIC = "topics: { a: { query: b } }\n"
WRITE_URL = "write an address such as https://example.org/politics/feed"
WRITE_DURATION = "write a number and s, m, h or d, such as 90s or 2m"
WRITE_NETWORK = "write an address range such as 10.0.0.0/8 or fd00::/8"
WRITE_SELECTOR = "write one such as `main h3 a` or `.story-list a`"
WRITE_ITEMS = "write each pattern as an item of the list"
WRITE_PATTERN = (
    "write a path such as /politics/*, or a whole address such as https://example.org/politics/*, "
    "with * for anything"
)
WRITE_QUERY = 'write at least one, such as `topics: { china: { query: China OR "Xi Jinping" } }`'

# The text of the file, and the lines told of it without the file's name.
SHAPES = {
    "nothing in it": ("", ["1: empty; `wirewatch config init` makes one to start from"]),
    "comments only": ("# later\n", ["1: empty; `wirewatch config init` makes one to start from"]),
    "a text": ("hello", ["1: a text where fields must be; write such as `topics:` first"]),
    "a list": ("\n- hello\n", ["2: a list where fields must be; write such as `topics:` first"]),
    "two documents": (TOPIC + "---\n" + TOPIC, ["2: a second document starts here; keep one in the file"]),
}

FIELDS = {
    "no topics": ("data_dir: x\n", [f"1: topics: no topic; {WRITE_QUERY}"]),
    "topics left empty": ("data_dir: x\ntopics:\n", [f"2: topics: no topic; {WRITE_QUERY}"]),
    "topics as a list": (
        "topics: [a]\n",
        ["1: topics: a list where names must be; write `name:` lines below it, each with its fields"],
    ),
    "a misspelt section": (
        "topic: { a: { query: b } }\n",
        ["1: topic: unknown field; did you mean topics?", f"1: topics: no topic; {WRITE_QUERY}"],
    ),
    "a misspelt field": (
        TOPIC + "polling:\n  min_intervall: 2m\n",
        ["3: polling.min_intervall: unknown field; did you mean min_interval?"],
    ),
    "a field from nowhere": (
        TOPIC + "sources:\n  - url: https://a.example\n    colour: red\n",
        ["4: sources[0].colour: unknown field; known here: url, kind, name, tags, read, polling, stories"],
    ),
    "stories that cannot be chosen so": (
        TOPIC
        + "sources:\n  - url: https://a.example\n    stories:\n      select: 'h3 >'\n"
        + "      urls: [politics/*]\n      not_urls: ['/a b']\n",
        [
            f"5: sources[0].stories.select: not a CSS selector; {WRITE_SELECTOR}",
            f"6: sources[0].stories.urls[0]: not a pattern of addresses; {WRITE_PATTERN}",
            f"7: sources[0].stories.not_urls[0]: addresses have no blanks; {WRITE_ITEMS}",
        ],
    ),
    "stories chosen by nothing": (
        TOPIC + "sources:\n  - url: https://a.example\n    stories: { select: }\n",
        ["4: sources[0].stories: empty; write select, urls or not_urls, or remove it"],
    ),
    "stories of a feed": (
        TOPIC + "sources:\n  - url: https://a.example\n    kind: feed\n    stories: { select: h3 a }\n",
        ["5: sources[0].stories: of section pages alone, and this is a feed; remove one of them"],
    ),
    "a topic without fields": (
        "topics:\n  a:\n  b: China\n",
        [
            "2: topics.a: nothing where fields must be; write `field: value` lines below it",
            "3: topics.b: a text where fields must be; write `field: value` lines below it",
        ],
    ),
    "queries that are none": (
        "topics:\n  a: { send: [] }\n  b:\n    query:\n  c: { query: ' ' }\n  d: { query: [x] }\n",
        [
            "2: topics.a.query: missing; add `query: …`",
            "4: topics.b.query: missing; add `query: …`",
            "5: topics.c.query: empty; write something here, or remove the line",
            "6: topics.d.query: a list where a text must be; write one text, in quotes if it has signs",
        ],
    ),
    "a text where a list must be": (
        "topics:\n  a:\n    query: b\n    ignore: bone china\n",
        ["4: topics.a.ignore: a text where a list must be; write it as [one, two]"],
    ),
    "a topic's name": (
        "topics: { -x: { query: b } }\n",
        [
            (
                "1: topics.-x: not a name; write 1 to 80 letters, digits, blanks, _ . or -, "
                "with a letter or digit first"
            )
        ],
    ),
    "durations": (
        TOPIC + "polling:\n  min_interval: 5\n  max_interval: 5 minutes\n  backfill: 99999999999d\n",
        [
            f"3: polling.min_interval: not a duration; {WRITE_DURATION}",
            f"4: polling.max_interval: not a duration; {WRITE_DURATION}",
            "5: polling.backfill: too long a duration; write at most some years, such as 3650d",
        ],
    ),
    "an interval of nothing": (
        TOPIC + "polling: { min_interval: 0s }\n",
        ["2: polling.min_interval: must be longer than nothing; write such as 90s or 2m"],
    ),
    "bounds the wrong way round": (
        TOPIC + "polling:\n  min_interval: 2h\n  max_interval: 30m\n",
        [
            (
                "3: polling.min_interval: longer than max_interval, which is 30m here; lower it, or set a "
                "longer max_interval"
            )
        ],
    ),
    "a bound beyond the default of the other": (
        TOPIC + "polling:\n  max_interval: 1m\n",
        [
            (
                "3: polling.max_interval: shorter than min_interval, which is 2m here; raise it, or set a "
                "shorter min_interval"
            )
        ],
    ),
    "a source's bound beyond the common one": (
        TOPIC + "sources:\n  - url: https://a.example\n    polling: { min_interval: 12h }\n",
        [
            (
                "4: sources[0].polling.min_interval: longer than max_interval, which is 6h here; lower it, "
                "or set a longer max_interval"
            )
        ],
    ),
    "a field given twice": (
        TOPIC + "polling:\n  min_interval: 2m\n  max_interval: 3h\n  min_interval: 5m\n",
        ["5: polling.min_interval: given twice, first in line 3; keep one of the two"],
    ),
    "a topic given twice": (
        "topics:\n  a: { query: b }\n  a: { query: c }\n",
        ["3: topics.a: given twice, first in line 2; keep one of the two"],
    ),
    "a source given twice": (
        TOPIC + "sources:\n  - https://a.example/feed\n  - url: https://b.example/\n"
        "  - https://A.example:443/feed\n  - url: https://b.example\n",
        [
            "5: sources[2]: the same address as in line 3; keep one of the two",
            "6: sources[3].url: the same address as in line 4; keep one of the two",
        ],
    ),
    "source addresses": (
        TOPIC + "sources:\n  - name: x\n  - a.example/feed\n  - ftp://a.example\n  -\n  - https://\n"
        "  - https://a.example/a b\n  - https://a.example:99999\n  - [https://a.example]\n",
        [
            "3: sources[0].url: missing; add `url: …`",
            f"4: sources[1].url: does not start with https:// or http://; {WRITE_URL}",
            f"5: sources[2].url: does not start with https:// or http://; {WRITE_URL}",
            "6: sources[3]: nothing where fields must be; write `field: value` lines below it",
            f"7: sources[4].url: has no host; {WRITE_URL}",
            (
                "8: sources[5].url: has a blank inside; write it as %20, or an address such as "
                "https://example.org/politics/feed"
            ),
            (
                "9: sources[6].url: not an address that can be read; write one such as "
                "https://example.org/politics/feed"
            ),
            "10: sources[7]: a list where fields must be; write `field: value` lines below it",
        ],
    ),
    "a source's choices": (
        TOPIC + "sources:\n  - url: https://a.example\n    kind: rss\n    read: never\n",
        [
            "4: sources[0].kind: unknown value; write feed, section or sitemap",
            "5: sources[0].read: unknown value; write auto, page or feed",
        ],
    ),
    "networks": (
        TOPIC + "network:\n  allow:\n    - 10.0.0.1/8\n    - here\n    - [x]\n",
        [
            f"4: network.allow[0]: an address inside a /8 network, not the network; {WRITE_NETWORK}",
            f"5: network.allow[1]: not a network; {WRITE_NETWORK}",
            f"6: network.allow[2]: not a network; {WRITE_NETWORK}",
        ],
    ),
    "the store's address": (
        TOPIC + "redis_url: http://x\n",
        [
            (
                "2: redis_url: does not start with redis:// or rediss:// or unix://; write an address such "
                "as redis://127.0.0.1:6379/0"
            )
        ],
    ),
    "the data directory": (
        TOPIC + "data_dir: [a]\n",
        ["2: data_dir: a list where a path must be; write one text"],
    ),
}

CASES = {**SHAPES, **FIELDS}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_told_line_by_line(case, told):
    text, expected = CASES[case]
    assert told(text) == expected


def test_everything_is_told_at_once_in_the_order_of_the_lines(told):
    text = (
        "sources:\n  - ftp://a.example\npolling: { max_interval: x }\nnetwork: { alow: [] }\n"
        "topics:\n  a: { query: '${GONE}', send: [gone] }\n  a: { query: b }\n"
    )
    assert [line.split(": ")[:2] for line in told(text)] == [
        ["2", "sources[0].url"],
        ["3", "polling.max_interval"],
        ["4", "network.alow"],
        ["6", "topics.a.query"],
        ["6", "topics.a.send[0]"],
        ["7", "topics.a"],
    ]


def test_the_stores_address_in_the_environment_is_told_as_such(told):
    environ = {"WIREWATCH_REDIS_URL": "http://:pass@a.example"}
    assert told(TOPIC + "redis_url: redis://a.example\n", environ=environ) == [
        (
            "WIREWATCH_REDIS_URL: does not start with redis:// or rediss:// or unix://; "
            "write an address such as redis://127.0.0.1:6379/0"
        )
    ]


def test_a_caller_can_tell_of_a_field_in_the_same_way(tmp_path):
    path = tmp_path / "wirewatch.yaml"
    path.write_text("topics:\n\n  china:\n    ignore: [x]\n    query:\n      China OR\n      Beijing\n")
    document = load_document(path, environ={})
    assert document.line(("topics", "china", "query")) == 5
    assert document.line(("topics", "china", "ignore", 0)) == 4
    assert document.line(("topics", "china", "send")) == 3  # not given: what is around it
    assert document.line(()) == 1
    assert document.problem(("topics", "china", "query"), "no such field") == (
        f"{path}:5: topics.china.query: no such field"
    )
