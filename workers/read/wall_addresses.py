"""Where readers are sent instead of to a story, by the address that was reached."""

import re

from wirewatch.walls import Wall

_LONGEST = 2000
# No story lives there.
_SURE = (
    (
        Wall.CONSENT,
        r"//(consent|guce|cmp|myprivacy|privacy)\.|/(gdpr-)?consent(/|\?|$)|/cookie-?wall|/privacy-(gate|wall)",
    ),
    (Wall.QUEUE, r"//([\w-]+\.)*queue-it\.net/|//(queue|waitingroom|waiting-room)\."),
    (
        Wall.CHALLENGE,
        r"//[\w.-]*(captcha-delivery\.com|perfdrive\.com)/|/showcaptcha|/distil_r_|/cdn-cgi/|/sorry/index",
    ),
)
# A story might: its page has to be looked at as well.
_PERHAPS = (
    (
        Wall.LOGIN,
        (
            r"//(login|signin|sign-in|accounts?|auth|sso|identity|myaccount|anmelden|konto)\."
            r"|/(log-?in|sign-?in|anmelde\w*|connexion|identification|iniciar-?sesion|acced[ei]r?|accesso|entrar"
            r"|inloggen|logga-?in|kirjaudu|giris|uye-?girisi|logowanie|zaloguj|prihlas\w*|bejelentkezes|paywall"
            r"|subscribe|subscription-required)(\.\w+)?(/|\?|$)"
        ),
    ),
    (Wall.ERROR, r"/(error|404|not-?found|page-?not-?found|page_not_found|oops)(/|\.\w+|\?|$)"),
    (
        Wall.REGION,
        r"/(geo-?block(ed)?|unavailable-(location|region|country)|not-available-in[\w-]*|451)(/|\.|\?|$)",
    ),
    (Wall.CHALLENGE, r"/captcha|/human-verif|/bot-?check|/challenge(/|\?|$)"),
    (Wall.QUEUE, r"/(waiting-?room|queue)(/|\?|$)"),
)
_SURELY, _MAYBE = (
    [(kind, re.compile(words, re.IGNORECASE)) for kind, words in table] for table in (_SURE, _PERHAPS)
)


def surely_sent_to(asked: str, got: str) -> Wall | None:
    """The wall whose address was reached, where another one was asked for."""
    return _first(_SURELY, asked[:_LONGEST], got[:_LONGEST])


def maybe_sent_to(asked: str, got: str) -> Wall | None:
    """The same by addresses that stories may have too."""
    return _first(_MAYBE, asked[:_LONGEST], got[:_LONGEST])


def _first(table: list[tuple[Wall, re.Pattern[str]]], asked: str, got: str) -> Wall | None:
    return next((kind for kind, word in table if word.search(got) and not word.search(asked)), None)
