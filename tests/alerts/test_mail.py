import asyncio
import email
import socket
from email import policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from wirewatch.config.settings import NetworkAccess
from workers.alerts.mail import MailSender
from workers.alerts.message import mail_message
from workers.alerts.smtp import UnusableServerError, password_may_travel, smtp_server

# aiosmtpd's advice to those who run it in earnest.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

TO = ("Desk <desk@example.org>", "night@example.org")
LOGIN = ("wire@example.org", "p@ss/w:rd#1 ü")
WRITTEN = "wire%40example.org:p%40ss%2Fw%3Ard%231%20%C3%BC"


def send(url, alert, network, *, to=TO, sender="Wirewatch <wire@example.org>", trust=None, timeout_s=5.0):
    mailer = MailSender("mail", SecretStr(url), sender, to, network, timeout_s, trust)
    return asyncio.run(mailer.send(alert, "d42"))


def parsed(envelope):
    return email.message_from_bytes(envelope.content, policy=policy.default)


def test_recipients_get_a_mail_in_text_and_html(mail_server, make_alert, loopback):
    alert = make_alert(title="Tariffs & <b>steel</b>: “what begins”")
    with mail_server() as (port, mailbox):
        outcome = send(f"smtp://127.0.0.1:{port}", alert, loopback)
    assert (outcome.kind, outcome.status, outcome.answer) == ("delivered", "250", "")
    [(_, _, envelope)] = mailbox.taken
    assert envelope.mail_from == "wire@example.org"
    assert envelope.rcpt_tos == ["desk@example.org", "night@example.org"]
    message = parsed(envelope)
    assert message["Subject"] == "[tariffs] Tariffs & <b>steel</b>: “what begins”"
    assert message["Message-ID"] == "<d42@example.org>"
    assert message["Date"].datetime == alert.created
    text = message.get_body(["plain"]).get_content()
    assert "New tariffs on steel begin on Monday" in text
    assert "https://news.example.org/tariffs?a=1&b=2" in text
    assert "- Copy 1: https://copy1.example.net/x" in text
    html = message.get_body(["html"]).get_content()
    assert (
        '<a href="https://news.example.org/tariffs?a=1&amp;b=2">Tariffs &amp; &lt;b&gt;steel&lt;/b&gt;'
        in html
    )


def test_a_repeat_has_the_same_message_id(mail_server, make_alert, loopback):
    with mail_server() as (port, mailbox):
        for _ in range(2):
            send(f"smtp://127.0.0.1:{port}", make_alert(), loopback)
    assert [parsed(envelope)["Message-ID"] for *_, envelope in mailbox.taken] == ["<d42@example.org>"] * 2


def test_starttls_is_used_where_it_is_offered(mail_server, certificate, make_alert, loopback):
    ours, theirs = certificate
    with mail_server(login=LOGIN, starttls=ours) as (port, mailbox):
        outcome = send(f"smtp://{WRITTEN}@localhost:{port}", make_alert(), loopback, trust=theirs)
    assert outcome.kind == "delivered", outcome
    assert [taken[:2] for taken in mailbox.taken] == [(True, True)]


def test_smtps_is_tls_from_the_first_byte(mail_server, certificate, make_alert, loopback):
    ours, theirs = certificate
    with mail_server(login=LOGIN, smtps=ours) as (port, mailbox):
        outcome = send(f"smtps://{WRITTEN}@localhost:{port}", make_alert(), loopback, trust=theirs)
    assert outcome.kind == "delivered", outcome
    assert mailbox.taken[0][0] is True


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_signed_gets_no_password(
    scheme, mail_server, certificate, make_alert, loopback
):
    ours, _ = certificate
    how = {"smtps": ours} if scheme == "smtps" else {"starttls": ours}
    with mail_server(login=LOGIN, **how) as (port, mailbox):
        # The server speaks TLS before it can be asked whether it is up: it has no plain greeting to wait for.
        outcome = send(f"{scheme}://{WRITTEN}@localhost:{port}", make_alert(), loopback)
    assert (outcome.kind, outcome.status, mailbox.taken) == ("retry", "no secure connection", [])


def test_a_wrong_password_is_refused_and_never_told(mail_server, make_alert, loopback):
    with mail_server(login=LOGIN) as (port, _):
        outcome = send(f"smtp://wire%40example.org:hunter2@127.0.0.1:{port}", make_alert(), loopback)
    assert (outcome.kind, outcome.status) == ("refused", "535")
    assert "hunter2" not in repr(outcome)
    assert "hunter2" not in repr(smtp_server("smtp://wire:hunter2@127.0.0.1"))
    assert "hunter2" not in repr(MailSender("m", SecretStr("smtp://a:hunter2@b"), "a@b", TO, loopback))


@pytest.mark.parametrize(
    ("address", "encrypted", "may"),
    [
        ("127.0.0.1", False, True),
        ("10.1.2.3", False, True),
        ("93.184.216.34", False, False),
        ("93.184.216.34", True, True),
    ],
)
def test_a_password_is_never_readable_on_the_internet(address, encrypted, may):
    assert password_may_travel(address, encrypted=encrypted) is may


def test_one_recipient_refused_is_told_and_not_sent_again_to_the_others(mail_server, make_alert, loopback):
    with mail_server(replies={"night@example.org": "550 no such user"}) as (port, mailbox):
        outcome = send(f"smtp://127.0.0.1:{port}", make_alert(), loopback)
    assert (outcome.kind, outcome.answer) == ("delivered", "refused for night@example.org: 550 no such user")
    assert mailbox.taken[0][2].rcpt_tos == ["desk@example.org"]


@pytest.mark.parametrize(
    ("replies", "kind", "status"),
    [
        (("550 no such user", "550 no such user"), "refused", "550"),
        (("450 greylisted", "450 greylisted"), "retry", "450"),
        (("550 no such user", "450 greylisted"), "retry", "450"),
    ],
)
def test_all_recipients_refused_is_tried_again_if_one_may_be_taken_later(
    replies, kind, status, mail_server, make_alert, loopback
):
    with mail_server(replies=dict(zip(["desk@example.org", "night@example.org"], replies, strict=True))) as (
        port,
        _,
    ):
        outcome = send(f"smtp://127.0.0.1:{port}", make_alert(), loopback)
    assert (outcome.kind, outcome.status) == (kind, status)
    assert "night@example.org: " in outcome.answer


@pytest.mark.parametrize(
    ("reply", "kind", "status"),
    [("452 disk full", "retry", "452"), ("554 looks like spam", "refused", "554")],
)
def test_the_servers_word_on_the_mail_decides(reply, kind, status, mail_server, make_alert, loopback):
    with mail_server(at_data=reply) as (port, _):
        outcome = send(f"smtp://127.0.0.1:{port}", make_alert(), loopback)
    assert (outcome.kind, outcome.status) == (kind, status)
    assert outcome.answer == reply[4:]


def test_a_bad_goodbye_does_not_send_the_mail_again(mail_server, make_alert, loopback):
    with mail_server(at_quit="451 not now") as (port, mailbox):
        outcome = send(f"smtp://127.0.0.1:{port}", make_alert(), loopback)
    assert (outcome.kind, len(mailbox.taken)) == ("delivered", 1)


def test_nobody_listening_and_nobody_answering_are_tried_again(make_alert, loopback):
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{port.getsockname()[1]}"
        assert send(url, make_alert(), loopback).status == "connection refused"
        port.listen()  # the system takes the connection, and nobody ever greets
        outcome = send(url, make_alert(), loopback, timeout_s=0.2)
        assert (outcome.kind, outcome.status) == ("retry", "timed out")


def test_an_unknown_host_is_tried_again(make_alert, loopback):
    assert send("smtp://nowhere.invalid", make_alert(), loopback).status == "host not found"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1"])
def test_a_private_address_is_refused_with_its_remedy_unless_it_is_allowed(host, make_alert):
    outcome = send(f"smtp://{host}:9", make_alert(), NetworkAccess())
    assert (outcome.kind, outcome.status) == ("refused", "address not allowed")
    assert "network.allow" in outcome.answer


@pytest.mark.parametrize(
    "url",
    [
        "http://mail.example.org",
        "mail.example.org",
        "smtp://",
        "smtp://u:s3cret@h:port",
        "smtp://u:s3/cret@h",
    ],
)
def test_an_unreadable_server_is_refused_without_being_told(url, make_alert, loopback):
    outcome = send(url, make_alert(), loopback)
    assert (outcome.kind, outcome.status) == ("refused", "not an address")
    assert "s3" not in outcome.answer


@pytest.mark.parametrize(
    ("url", "port"), [("smtp://h", 25), ("smtp://u:p@h", 587), ("smtps://h", 465), ("smtp://h:2525", 2525)]
)
def test_a_server_without_a_port_is_asked_at_the_usual_one(url, port):
    assert smtp_server(url).port == port


def test_user_and_password_are_percent_decoded():
    server = smtp_server(f"smtps://{WRITTEN}@h")
    assert (server.user, server.password) == LOGIN
    with pytest.raises(UnusableServerError):
        smtp_server("smtps://user:pass@[::1")


@pytest.mark.parametrize("sender", ["a@b.org\r\nBcc: all@example.org", "wire\nX: y"])
def test_an_address_that_would_break_the_header_is_refused(sender, make_alert, loopback):
    assert send("smtp://127.0.0.1:9", make_alert(), loopback, sender=sender).kind == "refused"


@settings(deadline=None)
@given(
    words=st.fixed_dictionaries(
        dict.fromkeys(
            ("title", "topic", "source", "snippet"),
            st.text()
            | st.text(st.sampled_from("\r\n\x85\u2028\x00: aé=?<"))
            | st.just("x\r\n\r\nBcc: all@example.org"),
        )
    )
)
def test_news_text_adds_no_header_and_ends_none(make_alert, words):
    raw = mail_message(make_alert(**words), "d42", "wire@example.org", TO).as_bytes(policy=policy.SMTP)
    message = email.message_from_bytes(raw, policy=policy.default)
    assert message.keys() == [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ]
    assert not any(sign in value for value in map(str, message.values()) for sign in "\r\n\x00\x85\u2028")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
