"""The Dutch sentence and the next step for every rule that can refuse an op (house.md §3.6).

One entry per code of ``contract.rules`` and per status of central's answer; a test holds the list
complete. A sentence says what is the matter and that nothing was lost.
"""

from collections.abc import Iterable

from console.domain.failures import Problem
from contract.vocabulary import OpStatus

_SENTENCES: dict[str, tuple[str, str]] = {
    "accepted-by-other": (
        "Deze overdracht is al door een ander overgenomen.",
        "Kijk op het blad wie dat is en spreek het samen af.",
    ),
    "advice-incomplete": (
        "Bij een advies horen een tekst, een naam en een datum.",
        "Vul in wat er nog leeg is.",
    ),
    "already-with-other": (
        "Dit staat al bij iemand anders.",
        "U hoeft niets te doen.",
    ),
    "answer-missing": ("Er is nog geen antwoord gekozen.", "Kies een van de antwoorden."),
    "answered-otherwise": (
        "Een ander heeft voor deze groep al iets anders gezegd.",
        "Kijk in WhatsApp wat er echt staat en zeg dat hier.",
    ),
    "append-only": (
        "Wat in de geschiedenis staat, kan niet meer veranderen.",
        "Schrijf een nieuwe regel die de oude verbetert.",
    ),
    "blob-missing": (
        "De foto zelf is nog niet bij de centrale. De foto staat nog op deze post.",
        "Voeg de foto opnieuw toe. Hij wordt dan eerst verstuurd.",
    ),
    "called-112-unanswered": (
        "Deze melding is acuut en niemand heeft gezegd of 112 is gebeld.",
        "Zeg eerst of 112 is gebeld. Sluit de melding daarna.",
    ),
    "changed-meanwhile": (
        "Een ander heeft dit intussen veranderd. Uw tekst is bewaard.",
        "Vergelijk beide en kies wat blijft staan.",
    ),
    "closed": (
        "Deze melding is al gesloten.",
        "Open de melding opnieuw als er nog iets moet gebeuren.",
    ),
    "contribution-missing": (
        "Er is nog niet gezegd of de groepen hebben geholpen.",
        "Kies 1, 2, 3 of 4.",
    ),
    "exists": (
        "Dit bestaat al.",
        "Bewaar het als kopie of laat het vervallen.",
    ),
    "extensions-used": (
        "De terugkoppeling is al drie keer uitgesteld. Verder uitstel kan niet.",
        "Kies een afloop of geef aan waarom er geen terugkoppeling komt.",
    ),
    "feedback-due": (
        "De groepen wachten nog op terugkoppeling.",
        "Plaats eerst de terugkoppeling of geef aan waarom die niet komt.",
    ),
    "fields": (
        "Er is iets niet goed ingevuld. Wat u typte, staat er nog.",
        "Kijk de gemerkte velden na: ze zijn leeg, te lang of niet leesbaar.",
    ),
    "frozen": (
        "Dit kan niet meer veranderen.",
        "Maak een nieuw bericht of gebruik de knop die hierbij hoort.",
    ),
    "gone": (
        "Dit bestaat niet meer. Uw tekst is bewaard.",
        "Zet het terug als nieuw of laat het vervallen.",
    ),
    "held": (
        "Iemand anders heeft dit al opgepakt.",
        "Overleg met diegene, of neem het over met een reden.",
    ),
    "no-call-reason-missing": (
        "Deze melding is acuut en 112 is niet gebeld.",
        "Schrijf op waarom niet. Sluit de melding daarna.",
    ),
    "note-missing": (
        "U hebt de ander niet gesproken en er staat nog niet waarom.",
        "Schrijf op waarom u elkaar niet sprak.",
    ),
    "outcome-missing": ("Er is nog geen afloop gekozen.", "Kies een afloop, 1 tot en met 7."),
    "photo-expiry": (
        "De laatste dag van deze foto klopt niet. De foto staat nog op deze post.",
        "Kies een dag vanaf vandaag, hoogstens drie maanden verder.",
    ),
    "photo-kind": (
        "Bij dit soort bericht hoort geen foto.",
        "Een foto mag bij een vermissing, een verward persoon, uitkijken en een getuigenoproep.",
    ),
    "photo-post": (
        "Het bericht van deze foto is er niet meer.",
        "Laat de foto vervallen.",
    ),
    "photo-unstated": (
        "Van deze foto staat nog niet alles vast. Zo mag hij niet naar buiten.",
        "Vul in: herkomst, wie toestemming gaf, waarvoor, waarom en tot welke dag.",
    ),
    "reason-missing": ("Hier hoort een reden bij.", "Kies of schrijf een reden."),
    "released": (
        "Dit bericht is al uitgegeven. De tekst staat vast.",
        "Maak een herstelbericht als er iets niet klopt.",
    ),
    "settled": ("De terugkoppeling is al afgerond.", "U hoeft niets te doen."),
    "sign-step": (
        "Deze stap kan nu niet. De aanvraag staat ergens anders.",
        "Kijk hoe de aanvraag er nu voor staat en kies daar een stap.",
    ),
    "spots-missing": (
        "Er staat nog geen plek bij deze aanvraag.",
        "Vul minstens een plek in, liever twee.",
    ),
    "text-missing": ("Het bericht heeft nog geen tekst.", "Schrijf eerst de tekst."),
    "unknown-command": (
        "Deze versie van Buurtdesk kent deze handeling niet.",
        "Werk Buurtdesk bij op deze computer.",
    ),
    "unknown-kind": (
        "Deze versie van Buurtdesk kent dit soort gegevens niet.",
        "Werk Buurtdesk bij op deze computer.",
    ),
    "unknown-verb": (
        "Deze versie van Buurtdesk kent deze handeling niet.",
        "Werk Buurtdesk bij op deze computer.",
    ),
    "waiting-on-missing": (
        "Er staat nog niet waar deze melding op wacht.",
        "Schrijf op wie of wat er eerst moet komen.",
    ),
}

_DENIED: dict[str, tuple[str, str]] = {
    "consent-missing": (
        "Bij deze vermissing staat geen toestemming en geen reden. Uw tekst is bewaard.",
        "Leg de toestemming van de familie vast, of schrijf op wie besloot dat het zonder mag.",
    ),
    "area": (
        "Dit hoort bij een gebied dat niet van u is. Uw tekst is bewaard.",
        "Vraag een coördinator op de desk, of laat het vervallen.",
    ),
    "second-unproven": (
        "De centrale ziet niet dat de collega deze tekst zelf heeft gelezen. Uw tekst is bewaard.",
        (
            "Laat de collega zich op deze computer aanmelden (Ctrl+L) en geef het bericht dan opnieuw uit. "
            "Helpt dat niet: wijzig de tekst en laat de collega opnieuw meekijken."
        ),
    ),
    "second-factor": (
        "Hiervoor moet u zich aanmelden met de code van uw app. Uw tekst is bewaard.",
        "Meld u opnieuw aan met de code en doe het nog een keer.",
    ),
}
"""What central alone refuses, by the code that comes with its answer."""

_CONTENT: dict[str, tuple[str, str]] = {
    "blob-type": (
        "De centrale neemt deze foto niet aan. De melding zelf gaat gewoon door.",
        "Laat de foto vervallen en voeg een schermafdruk ervan toe.",
    ),
    "blob-not-bare": (
        "In deze foto zit meer dan het beeld. De centrale neemt hem niet aan.",
        "Laat de foto vervallen en voeg hem opnieuw toe.",
    ),
    "checksum": (
        "Deze foto kwam niet heel aan. De melding zelf gaat gewoon door.",
        "Laat de foto vervallen en voeg hem opnieuw toe.",
    ),
    "too-large": (
        "Deze foto is te groot voor de centrale. De melding zelf gaat gewoon door.",
        "Laat de foto vervallen en voeg een kleinere toe.",
    ),
}
"""What central refuses of the content of a photo, by the code of its problem."""

_BY_STATUS: dict[str, tuple[str, str]] = {
    OpStatus.CONFLICT: _SENTENCES["changed-meanwhile"],
    OpStatus.GONE: _SENTENCES["gone"],
    OpStatus.INVALID: (
        "De centrale neemt dit zo niet aan. Uw tekst is bewaard.",
        "Kijk na wat u invulde en doe het opnieuw, of laat het vervallen.",
    ),
    OpStatus.DENIED: (
        "Dit mag niet meer met uw rol. Uw tekst is bewaard.",
        "Vraag de accounthouder, of laat het vervallen.",
    ),
    OpStatus.EXPIRED: (
        "Dit bleef te lang liggen en is niet meer uitgevoerd.",
        "Kijk of het nog nodig is en bevestig het dan opnieuw.",
    ),
    OpStatus.BLOCKED: (
        "Dit hoorde bij iets dat niet is doorgegaan.",
        "Doe het opnieuw of laat het vervallen.",
    ),
    "poison": (
        "De centrale kan dit niet lezen. Uw tekst is bewaard.",
        "Laat het vervallen en typ het opnieuw. Meld het bij de beheerder.",
    ),
}

_UNKNOWN = ("Dit kan nu niet. Er is niets gewijzigd.", "Probeer het opnieuw.")

FIELDS: dict[str, str] = {
    "acute": "Acuut",
    "advice": "Advies",
    "advice_by": "Advies van",
    "advice_on": "Datum van het advies",
    "answer": "Antwoord",
    "area_id": "Gebied",
    "asked_by": "Wie vroeg hierom",
    "body": "Tekst van het bericht",
    "called_112": "112 gebeld",
    "category": "Soort",
    "close_note": "Toelichting",
    "close_reason": "Reden van sluiten",
    "confirmed_at": "Nagekeken op",
    "consent": "Toestemming",
    "consent_ground": "Reden zonder toestemming",
    "control_room": "Meldkamer op de hoogte",
    "contribution": "Hebben de groepen geholpen",
    "description": "Signalement",
    "detail": "Toelichting",
    "email": "E-mail",
    "fields": "Invulvelden",
    "heard_at": "Gehoord om",
    "happened_at": "Gebeurd om",
    "holder": "Bij wie",
    "incident_ref": "Incidentnummer",
    "invite_link": "Uitnodigingslink",
    "kind": "Soort",
    "layout": "Tekst van het sjabloon",
    "level": "Niveau",
    "members": "Leden",
    "name": "Naam",
    "no_call_reason": "Waarom 112 niet is gebeld",
    "no_talk_note": "Waarom u elkaar niet sprak",
    "note": "Notitie",
    "on": "Wacht op",
    "outcome": "Afloop",
    "owner": "Eigenaar",
    "phone": "Telefoon",
    "place": "Plaats",
    "position": "Volgorde",
    "postcodes": "Postcodes",
    "quiet_from": "Rust vanaf",
    "quiet_until": "Rust tot",
    "reach": "Bereik",
    "reach_via": "Via wie",
    "reason": "Reden",
    "relay": "Doorgegeven door",
    "relay_name": "Naam van de doorgever",
    "role": "Rol",
    "roles": "Rollen",
    "scope": "Bij welk soort gebeurtenis",
    "spots": "Plekken",
    "state": "Stand",
    "status": "Stand",
    "streets": "Straten",
    "text": "Tekst",
    "title": "Titel",
    "value": "Waarde",
    "waiting_on": "Wacht op",
    "why": "Waarom",
    "way_out": "Als het niet lukt",
    "wish": "Wens",
}


def codes() -> frozenset[str]:
    """Return every rule code that has a sentence."""
    return frozenset(_SENTENCES)


def problem(code: str, status: str = "", fields: Iterable[str] = ()) -> Problem:
    """Return what to tell the person: by the rule's code, else by the status of the answer.

    Names the fields in the way where the rule names any.
    """
    known = _SENTENCES.get(code) or _DENIED.get(code) or _CONTENT.get(code)
    sentence, step = known or _BY_STATUS.get(status) or _UNKNOWN
    named = [field_word(name) for name in fields]
    if named and code in ("fields", "frozen", "changed-meanwhile"):
        step = f"{step} Het gaat om: {', '.join(named)}."
    return Problem(code or status or "refused", sentence, step)


def field_word(name: str) -> str:
    """Return the Dutch word for a field; the bare name where it has none on screen."""
    return FIELDS.get(name, name)
