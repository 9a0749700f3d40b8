"""The tables with personal data that are no kind of record: law, purpose and how they empty.

Of desk and of central; a test holds this equal to the tables there are. The bodies of records stand
in ``sync_record`` and in the ``rec_`` tables, and go as ``contract/retention.py`` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from contract.retention import Regime


@dataclass(frozen=True, slots=True)
class Kept:
    """How a table is kept. ``purpose`` and ``until``: in Dutch, why and until when."""

    regime: Regime
    purpose: str
    until: str


WPG, GDPR, NONE = Regime.WPG, Regime.GDPR, Regime.NONE
_AS_RECORD = "Zoals de soort van het record."

CENTRAL: Mapping[str, Kept] = {
    "sync_record": Kept(WPG, "Alle records van het team.", _AS_RECORD),
    "sync_op": Kept(WPG, "Een herhaald verzoek hetzelfde antwoorden.", "120 dagen."),
    "sync_commit": Kept(GDPR, "De volgorde van wijzigingen.", "100 dagen."),
    "archive": Kept(WPG, "Oude records op een gerichte vraag.", _AS_RECORD),
    "archive_look": Kept(GDPR, "Weten wie een oude melding opzocht en waarom.", "Tien jaar."),
    "tombstone": Kept(NONE, "Weten dat iets is vernietigd: nummer en datum.", "Blijft."),
    "purge_run": Kept(NONE, "Verantwoorden wat er wegging: aantallen.", "Blijft."),
    "team_key": Kept(NONE, "De sleutel van pseudoniemen van wie vertrok.", "Blijft."),
    "retention_state": Kept(NONE, "Weten wanneer de laatste ronde was.", "Blijft."),
    "blob": Kept(WPG, "De inhoud van foto's.", "Zoals de foto waar de inhoud bij hoort."),
    "blob_piece": Kept(WPG, "De inhoud van foto's.", "Zoals de foto waar de inhoud bij hoort."),
    "audit": Kept(GDPR, "Weten wie wat wanneer deed; alleen nummers.", "Blijft."),
    "audit_checkpoint": Kept(NONE, "De logregels kunnen nalopen; alleen hashes.", "Blijft."),
    "audit_key": Kept(NONE, "De sleutels waarmee de logregels zijn ondertekend.", "Blijft."),
    "audit_part": Kept(GDPR, "Logregels per persoon terugvinden; alleen nummers.", "Blijft."),
    "account": Kept(GDPR, "Aanmelden.", "Zolang iemand in het team werkt."),
    "one_time_code": Kept(GDPR, "Een eerste keer aanmelden.", "7 dagen of 72 uur."),
    "sign_in_try": Kept(GDPR, "Raden van wachtwoorden tegengaan; alleen hashes.", "24 uur."),
    "device": Kept(GDPR, "Weten welke desks er zijn.", "Zolang de desk bij het team hoort."),
    "looking_key": Kept(GDPR, "Nagaan wie een tekst meelas; alleen nummers.", "Blijft."),
    "session": Kept(GDPR, "Weten wie is aangemeld.", "24 uur na de laatste verversing."),
    "intake_key": Kept(GDPR, "Meldformulieren toelaten; alleen hashes.", "Blijft."),
    "feed_poll": Kept(NONE, "Weten wanneer een bron is gelezen.", "Blijft."),
    "feed_item": Kept(NONE, "Weten welke actie al binnen is.", "30 dagen na de laatste keer."),
    "team": Kept(NONE, "De naam van het team.", "Blijft."),
    "team_head": Kept(NONE, "De teller van het team.", "Blijft."),
    "day_number": Kept(NONE, "Nummers van meldingen.", "Blijft."),
}
"""Central's tables by name."""

DESK: Mapping[str, Kept] = {
    "outbox": Kept(WPG, "Wat nog naar de centrale moet.", "Tot de centrale antwoordt."),
    "tray": Kept(WPG, "Wat de centrale weigerde.", "Tot het is opgelost, daarna zoals het record."),
    "journal": Kept(WPG, "Opnieuw sturen na een teruggezette centrale.", "14 dagen."),
    "typing": Kept(WPG, "Getypte tekst bewaren bij een storing.", "Tot er is opgeslagen."),
    "withheld": Kept(WPG, "Een record dat wacht op verwijderen.", _AS_RECORD),
    "unread_record": Kept(WPG, "Records die dit programma nog niet kent.", _AS_RECORD),
    "shadow": Kept(WPG, "Alles opnieuw ophalen.", "Tot het ophalen klaar is."),
    "directory_entry": Kept(GDPR, "Zoeken in het register.", _AS_RECORD),
    "blob": Kept(WPG, "De inhoud van foto's.", "Zoals de foto waar de inhoud bij hoort."),
    "blob_piece": Kept(WPG, "De inhoud van foto's.", "Zoals de foto waar de inhoud bij hoort."),
    "blob_task": Kept(NONE, "Foto's die nog moeten reizen.", "Tot de foto er is."),
    "pasted": Kept(NONE, "Weten wat al eens is geplakt; alleen hashes.", "Zoals de melding."),
    "seen": Kept(GDPR, "Weten wat iemand al zag; alleen nummers.", "Zoals het record."),
    "memory": Kept(WPG, "Keuzes van deze desk, en wat buurteams delen.", "Dat laatste 72 uur."),
    "cursor": Kept(NONE, "Hoever deze desk is met ophalen.", "Blijft."),
    "grave": Kept(NONE, "Weten wat weg is; alleen nummers.", "Blijft."),
}
"""The desk's tables by name, but for those of records."""
