"""What the makers of walls leave in their markup: told apart by that, a wall's language does not matter.

The names are those in the pages and documentation of the services themselves.
"""

from collections.abc import Iterator

from wirewatch.walls import Wall

_LONGEST_HTML = 300_000  # challenges have some 5 to 60 kB, styles and pictures included
# Found on walls only.
_SURE = (
    (
        Wall.CHALLENGE,
        (
            *("_cf_chl_opt", "cf-browser-verification", "cf-challenge-running", "challenge-error-text"),
            *("cf-error-details", "/cdn-cgi/challenge-platform/h/", "cf_captcha_kind"),
            *("sec-if-cpt-container", "/_sec/cp_challenge", "sec-cpt-if", "errors.edgesuite.net"),
            *("px-captcha", "captcha.px-cdn.net", "px-block", "human-challenge"),
            *(
                "captcha-delivery.com",
                "Incapsula incident ID",
                "incident_id=",
                "_Incapsula_Resource?CWUDNSAI",
            ),
            *(
                "gokuProps",
                "awsWafCookieDomainList",
                "captcha-sdk.awswaf.com",
                "AwsWafIntegration.checkForceRefresh",
            ),
            *("sucuri_cloudproxy", "ddos-guard.net", "/.well-known/ddos-guard", "anubis_challenge"),
            *("/.within.website/x/cmd/anubis", "_vercel/challenge", "Vercel Security Checkpoint", "/_fs-ch-"),
            *(
                "sp-challenge",
                "smartcaptcha.yandexcloud",
                "showcaptcha",
                "acw_sc__v2",
                "aliyun_waf",
                "/_guard/",
            ),
            *("validate.perfdrive.com", "/ips.js?", "bm-verify", "triggerInterstitialChallenge", "__qrator"),
            *("/distil_r_captcha", "rbzns.challdomain", "TSPD_101", "bobcmn"),
        ),
    ),
    (Wall.QUEUE, ("queue-it.net", "queueit_", "cf-waiting-room", "waiting_room_position", "waitingroom")),
    (
        Wall.CONSENT,
        (
            *(
                "guce.advertising",
                "consent.yahoo",
                "consent.google",
                "cmp-consent-wall",
                "cookie-wall",
                "cookiewall",
            ),
            *("consent-wall", "consentwall", "myprivacy", "gdpr-wall"),
        ),
    ),
)
# Found on many pages; a page that shows hardly anything else is a wall.
_PERHAPS = (
    (
        Wall.CHALLENGE,
        (
            *(
                "g-recaptcha",
                "h-captcha",
                "hcaptcha.com",
                "cf-turnstile",
                "challenges.cloudflare.com",
                "friendlycaptcha",
            ),
            *("recaptcha/api", "geetest", "TCaptcha", "arkoselabs", "funcaptcha", "mtcaptcha", "/cdn-cgi/"),
            *(
                "_Incapsula_Resource",
                "_pxAppId",
                "datadome",
                "awswaf.com",
                "captcha",
                "/akam/",
                "kasada",
                "ak_bmsc",
            ),
        ),
    ),
    (
        Wall.CONSENT,
        (
            *(
                "sp_message",
                "sourcepoint",
                "onetrust",
                "didomi",
                "quantcast",
                "cookiebot",
                "usercentrics",
                "trustarc",
            ),
            *(
                "consensu.org",
                "consentmanager",
                "cookiefirst",
                "iubenda",
                "__tcfapi",
                "klaro",
                "borlabs",
                "axeptio",
            ),
        ),
    ),
)


def sure_mark(html: str) -> Wall | None:
    """The kind of wall whose maker's marks a page carries, if pages of stories do not carry them."""
    return next(_found(html, _SURE), None)


def possible_mark(html: str) -> Wall | None:
    """The kind of wall that a page may be, by marks that pages of stories carry too."""
    return next(_found(html, _PERHAPS), None)


def _found(html: str, marks: tuple[tuple[Wall, tuple[str, ...]], ...]) -> Iterator[Wall]:
    if len(html) <= _LONGEST_HTML:
        for kind, words in marks:
            if any(word in html for word in words):
                yield kind
