"""What central or the line to it answered, in words for the person who signs in (security.md §3)."""

from __future__ import annotations

from console.domain.failures import Problem

SECOND_FACTOR = "second-factor-required"
"""Code of the problem that asks for the six digits; the screen then shows a field for them."""

UNREACHABLE = Problem(
    "central-unreachable",
    "De centrale antwoordt niet.",
    "Kijk of het adres klopt en of deze computer netwerk heeft. Er is niets veranderd.",
)

_BY_CODE = {
    "unauthenticated": Problem(
        "sign-in-refused",
        "Dit account en dit wachtwoord horen niet bij elkaar.",
        "Let op hoofdletters. Weet u het niet meer? Vraag de accounthouder om een nieuwe code.",
    ),
    SECOND_FACTOR: Problem(
        SECOND_FACTOR,
        "De centrale vraagt ook de zes cijfers van uw telefoon.",
        "Open de app met codes en typ de zes cijfers die er nu staan.",
    ),
    "provider-refused": Problem(
        "organisation-refused",
        "De aanmelding via uw organisatie klopte niet. U bent niet aangemeld.",
        "Probeer het opnieuw. Blijft het zo? Zeg het de beheerder van de centrale.",
    ),
    "provider-away": Problem(
        "organisation-silent",
        "De aanmeldpagina van uw organisatie antwoordt niet. Er is niets veranderd.",
        "Probeer het over een minuut opnieuw, of meld u aan met uw wachtwoord.",
    ),
    "no-account": Problem(
        "no-account",
        "Uw organisatie kent u, maar u heeft geen account bij dit team.",
        "Vraag de accounthouder van het team om een account onder uw naam bij de organisatie.",
    ),
    "second-factor": Problem(
        "second-factor",
        "Hiervoor zijn de zes cijfers van uw telefoon nodig.",
        "Zet eerst de app met codes aan, of meld u opnieuw aan met de zes cijfers.",
    ),
    "password-refused": Problem(
        "password-refused",
        "Dit wachtwoord kan niet.",
        "Neem minstens twaalf tekens, geen bekend woord en niet uw naam.",
    ),
    "code-refused": Problem(
        "code-refused",
        "Deze code klopt niet, of is al gebruikt of verlopen.",
        "Kijk hem na. Vraag anders een nieuwe.",
    ),
    "forbidden": Problem(
        "sign-in-forbidden",
        "Deze computer of dit account mag hier niet bij.",
        "Vraag de accounthouder van het team om u of deze computer toe te laten.",
    ),
    "device-revoked": Problem(
        "device-revoked",
        "Deze computer is ingetrokken: hij mag niet meer bij de centrale.",
        "Vraag de accounthouder van het team om hem weer toe te laten. Uw werk blijft hier staan.",
    ),
    "storage-full": Problem(
        "central-full",
        "De centrale heeft geen ruimte meer. Er is niets verstuurd.",
        "Zeg het de beheerder. Uw werk blijft hier staan.",
    ),
    "client-too-old": Problem(
        "desk-too-old",
        "Deze desk is te oud voor deze centrale.",
        "Zet eerst de nieuwe versie van Buurtdesk op deze computer.",
    ),
    "not-found": Problem(
        "not-a-central",
        "Op dit adres staat geen centrale van Buurtdesk.",
        "Kijk het adres na. Het begint met https://.",
    ),
    "already-set-up": Problem(
        "already-set-up",
        "Deze centrale heeft al een eerste account.",
        "Meld u aan met uw eigen account, of vraag de accounthouder om een code.",
    ),
    "foreign-answer": Problem(
        "foreign-answer",
        "Iets anders dan de centrale antwoordt, zoals een aanmeldpagina van het netwerk.",
        "Kijk het adres en het netwerk na. Er is niets veranderd.",
    ),
    "certificate": Problem(
        "certificate",
        "Het certificaat op dit adres klopt niet. Er is niets verstuurd.",
        "Kijk het adres na. Klopt het? Vraag de beheerder van de centrale.",
    ),
    "certificate-expired": Problem(
        "certificate-expired",
        "Het certificaat op dit adres is verlopen, of de klok van deze computer staat verkeerd.",
        "Kijk de klok na. Klopt die? Vraag de beheerder van de centrale.",
    ),
    "batch-invalid": Problem(
        "not-accepted",
        "De centrale neemt dit niet aan.",
        "Kijk de velden na. Een wachtwoord heeft minstens twaalf tekens en is geen bekend woord.",
    ),
}


def words_of(trouble: BaseException) -> Problem:
    """Return the problem to show for a refused or unanswered request."""
    code = getattr(getattr(trouble, "code", None), "value", "") or str(trouble)
    wait = getattr(trouble, "retry_after_s", None)
    if code == "rate-limited":
        return Problem("too-many-tries", "Er is te vaak geprobeerd.", _after(wait))
    if code in _BY_CODE:
        return _BY_CODE[code]
    if getattr(trouble, "status", None) is not None:
        words = "De centrale kan nu niet antwoorden."
        return Problem("central-busy", words, "Probeer het over een minuut opnieuw.")
    return UNREACHABLE


def _after(seconds: float | None) -> str:
    if not seconds:
        return "Wacht een minuut en probeer het opnieuw."
    minutes = max(1, round(seconds / 60))
    return f"Wacht {minutes} {'minuut' if minutes == 1 else 'minuten'} en probeer het opnieuw."
