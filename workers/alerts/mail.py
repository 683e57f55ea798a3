"""Alerts by email."""

import asyncio
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial

from pydantic import SecretStr

from wirewatch.config.settings import NetworkAccess
from wirewatch.models import Alert, Notice
from wirewatch.network.connecting import trouble
from wirewatch.network.guard import AddressRefusedError
from workers.alerts.mail_digest import mail_digest
from workers.alerts.mail_notice import mail_notice
from workers.alerts.message import mail_message
from workers.alerts.outcome import ANSWER_BYTES, Kind, Outcome
from workers.alerts.plain import lines, shorten
from workers.alerts.smtp import UnusableServerError, hand_in, smtp_server

TIMEOUT_S = 20.0

_PERMANENT = 500  # and above; 4xx replies are transient (RFC 5321, section 4.2.1)


@dataclass(frozen=True, slots=True)
class MailSender:
    """Mails alerts to a few recipients."""

    name: str
    smtp: SecretStr
    sender: str
    to: tuple[str, ...]
    network: NetworkAccess
    timeout_s: float = TIMEOUT_S
    trust: ssl.SSLContext | None = None  # None: the system's authorities

    async def send(self, alert: Alert, delivery_id: str) -> Outcome:
        """One attempt, in a thread; delivered if one recipient's copy is taken: the answer has the rest."""
        make = partial(mail_message, alert, delivery_id, self.sender, self.to)
        return await asyncio.to_thread(self._send, make)

    async def send_digest(self, alerts: Sequence[Alert], delivery_id: str) -> Outcome:
        """One attempt to deliver a digest, in the same way."""
        make = partial(mail_digest, alerts, delivery_id, self.sender, self.to)
        return await asyncio.to_thread(self._send, make)

    async def send_notice(self, notice: Notice, delivery_id: str) -> Outcome:
        """One attempt to tell of a notice, in the same way."""
        make = partial(mail_notice, notice, delivery_id, self.sender, self.to)
        return await asyncio.to_thread(self._send, make)

    def _send(self, make: Callable[[], EmailMessage]) -> Outcome:
        try:
            server = smtp_server(self.smtp.get_secret_value())
            message = make()
        except UnusableServerError as error:
            return Outcome("refused", "not an address", str(error))
        except ValueError:
            return Outcome("refused", "not an address", "the destination's from or to is not a mail address")
        try:
            trust = self.trust or ssl.create_default_context()
            refused = hand_in(message, server, self.network.allow, self.timeout_s, trust)
        except (smtplib.SMTPException, UnusableServerError, OSError, UnicodeError) as error:
            return _failure(error)
        return Outcome("delivered", "250", f"refused for {_told(refused)}" if refused else "")


def _failure(error: BaseException) -> Outcome:
    match error:
        case UnusableServerError():
            return Outcome("refused", "server not usable", str(error))
        case AddressRefusedError():
            return Outcome("refused", "address not allowed", str(error))
        case smtplib.SMTPException():
            return _reply(error)
        case _:
            return Outcome("retry", trouble(error))


def _reply(error: smtplib.SMTPException) -> Outcome:
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            # One of them may be taken later: 4xx, such as greylisting.
            return _by_code(min(code for code, _ in recipients.values()), _told(recipients))
        case smtplib.SMTPAuthenticationError(smtp_code=code):
            # The server's own words are not kept: some repeat what they were given.
            return _by_code(int(code), "the server did not accept the user and password in smtp")
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words):
            return _by_code(int(code), _words(words))
        case smtplib.SMTPServerDisconnected():  # smtplib tells a time-out this way, too
            return Outcome("retry", trouble(error.__context__ or ConnectionError()))
        case _:  # no common way to log in, or no SMTPUTF8 for an address that needs it
            return Outcome(
                "refused", "server not usable", "the server lacks the log-in or address form needed"
            )


def _by_code(code: int, answer: str) -> Outcome:
    # A code below 400 here is a server out of step, -1 one that closed: neither is a word against the mail.
    kind: Kind = "refused" if code >= _PERMANENT else "retry"
    return Outcome(kind, str(code) if code > 0 else "connection closed", answer)


def _told(refused: Mapping[str, tuple[int, bytes]]) -> str:
    told = "; ".join(f"{address}: {code} {_words(words)}" for address, (code, words) in refused.items())
    return shorten(told, ANSWER_BYTES)


def _words(words: bytes | str) -> str:
    text = words if isinstance(words, str) else words.decode("utf-8", "replace")
    return shorten(lines(text), ANSWER_BYTES)
