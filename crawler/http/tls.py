"""TLS sessions taken up again: a host asked every few minutes need not send its certificates each time."""

import ssl
from collections import OrderedDict
from typing import Any

_MOST_SESSIONS = 2_000  # some kilobytes each, with the host's certificates


class ResumingContext(ssl.SSLContext):
    """A client's context that offers a host the session of its last connection.

    asyncio and uvloop make their connections with :meth:`wrap_bio`, and have no argument for a session. A
    session stands under the name it was verified for, so taking it up proves the same as verifying again.
    """

    _sessions: OrderedDict[str, ssl.SSLSession]

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """As in the base class, with the host's last session where none is given."""
        known = self._sessions.get(str(server_hostname))
        return super().wrap_bio(incoming, outgoing, server_side, server_hostname, session or known)

    def keep(self, connection: ssl.SSLObject) -> None:
        """Keep a connection's session for the next one to its host."""
        host, session = connection.server_hostname, connection.session
        if host and session is not None and session.has_ticket:
            self._sessions[host] = session
            self._sessions.move_to_end(host)
            if len(self._sessions) > _MOST_SESSIONS:
                self._sessions.popitem(last=False)


def client_context() -> ResumingContext:
    """A context that verifies hosts against the system's certificates (``SSL_CERT_FILE`` names others)."""
    context: Any = ResumingContext(ssl.PROTOCOL_TLS_CLIENT)
    context._sessions = OrderedDict()  # noqa: SLF001 - SSLContext is made by __new__ and takes no arguments
    context.load_default_certs()
    checked: ResumingContext = context
    return checked
