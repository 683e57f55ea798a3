"""Whether a push was signed with the secret that its hub was told (WebSub, section 7.1)."""

import hashlib
import hmac

_METHODS = {
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}


def is_signed(header: str | None, secret: str, body: bytes) -> bool:
    """Whether ``X-Hub-Signature`` is ``method=hex`` of the body's HMAC; compared in constant time.

    Args:
        header: as it came; None: it is missing.
        secret: what the hub was told.
        body: as it came.
    """
    method, _, given = (header or "").strip().partition("=")
    digest = _METHODS.get(method.strip().lower())
    if digest is None:
        return False
    right = hmac.new(secret.encode(), body, digest).hexdigest()
    return hmac.compare_digest(right.encode(), given.strip().lower().encode())
