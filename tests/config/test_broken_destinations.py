"""Each way in which a destination can be wrong, and the lines that a person then reads."""

import pytest

TOPIC = "topics: { a: { query: b } }\n"
GOOD_SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"
WRITE_SECRET = "write whsec_ and what `openssl rand -base64 32` prints, or the base64 of 24 to 64 other bytes"
WRITE_SMTP = "smtps://user:${SMTP_PASSWORD}@mail.example.org, with / ? # in a password as %2F %3F %23"
WRITE_HOOK = "write an address such as https://hooks.example.org/wire"

CASES = {
    "names that lead nowhere": (
        (
            "topics:\n  a:\n    query: b\n    send: [hook, hoook, nowhere]\noperator: [mail]\n"
            f"destinations:\n  hook: {{ kind: webhook, url: https://h.example, secret: {GOOD_SECRET} }}\n"
            "  desk: { kind: slack, url: https://s.example }\n"
        ),
        [
            "4: topics.a.send[1]: no destination has this name; did you mean hook? Known: hook, desk",
            "4: topics.a.send[2]: no destination has this name; known: hook, desk",
            "5: operator[0]: no destination has this name; known: hook, desk",
        ],
    ),
    "names where there are no destinations": (
        TOPIC + "operator: [mail]\n",
        ["2: operator[0]: no destination has this name, there are none; add it under destinations"],
    ),
    "kinds": (
        TOPIC + "destinations:\n  a: { kind: webhok, url: x }\n  b: { url: x }\n  c: webhook\n  d:\n",
        [
            "3: destinations.a.kind: unknown kind; write webhook, slack or email",
            "4: destinations.b: has no kind; add `kind: webhook`, or another of webhook, slack or email",
            "5: destinations.c: a text where fields must be; write `field: value` lines below it",
            "6: destinations.d: nothing where fields must be; write `field: value` lines below it",
        ],
    ),
    "a webhook": (
        TOPIC + "destinations:\n  a:\n    kind: webhook\n    url: ops.example.org\n    secret: hunter2\n"
        "    digest: weekly\n    secrets: [x]\n",
        [
            f"5: destinations.a.url: does not start with https:// or http://; {WRITE_HOOK}",
            f"6: destinations.a.secret: not a webhook secret; {WRITE_SECRET}",
            "7: destinations.a.digest: not a digest; write hourly, daily, or a duration such as 30m",
            "8: destinations.a.secrets: unknown field; did you mean secret?",
        ],
    ),
    "a destination called as its kind": (
        TOPIC + "destinations:\n  webhook:\n    kind: webhook\n    url: x\n",
        [f"5: destinations.webhook.url: does not start with https:// or http://; {WRITE_HOOK}"],
    ),
    "webhook secrets": (
        TOPIC + "destinations:\n  a: { kind: webhook, url: https://h.example, secret: whsec_a!b }\n"
        "  b: { kind: webhook, url: https://h.example, secret: whsec_aGVsbG8= }\n",
        [
            f"3: destinations.a.secret: a webhook secret with broken base64; {WRITE_SECRET}",
            f"4: destinations.b.secret: a webhook secret of 5 bytes; {WRITE_SECRET}",
        ],
    ),
    "slack": (
        TOPIC + "destinations:\n  a: { kind: slack, url: slack://T/B }\n",
        [f"3: destinations.a.url: does not start with https:// or http://; {WRITE_HOOK}"],
    ),
    "mail": (
        TOPIC + "destinations:\n  a: { kind: email, smtp: mail.example.org, form: x, to: [] }\n"
        "  b: { kind: email, smtp: 'smtp://u:a/b@h', from: wire, to: desk@example.org }\n"
        "  c: { kind: email, smtp: 'smtp://h/x', from: w@example.org, to: [desk] }\n",
        [
            "3: destinations.a.smtp: does not start with smtps:// or smtp://; write an address such as "
            + WRITE_SMTP,
            "3: destinations.a.from: missing; add `from: …`",
            "3: destinations.a.to: empty; write something here, or remove the line",
            "3: destinations.a.form: unknown field; did you mean from?",
            f"4: destinations.b.smtp: not an address that can be read; write one such as {WRITE_SMTP}",
            "4: destinations.b.from: not a mail address; write one such as desk@example.org",
            "4: destinations.b.to: a text where a list must be; write it as [one, two]",
            f"5: destinations.c.smtp: has text after the host; write {WRITE_SMTP}",
            "5: destinations.c.to[0]: not a mail address; write one such as desk@example.org",
        ],
    ),
    "the environment": (
        TOPIC + "destinations:\n  a:\n    kind: slack\n    url: ${NO_SUCH_THING}\n"
        "  b: { kind: slack, url: 'https://h.example/${no-name}' }\n"
        "  c: { kind: slack, url: 'https://h.example/${OPEN' }\n",
        [
            (
                "5: destinations.a.url: the environment variable NO_SUCH_THING is not set; set it, or write "
                "the value here"
            ),
            "6: destinations.b.url: a ${ that names no variable; write ${NAME}, or $${ for a plain ${",
            "7: destinations.c.url: a ${ that names no variable; write ${NAME}, or $${ for a plain ${",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_told_line_by_line(case, told):
    text, expected = CASES[case]
    assert told(text) == expected
