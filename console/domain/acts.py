"""What an op does, in Dutch words, for the tray and for "wat is hiermee gebeurd"."""

from __future__ import annotations

from collections.abc import Mapping

from contract.op import Op

THINGS: Mapping[str, str] = {
    "report": "melding",
    "report_link": "verband",
    "photo": "foto",
    "area": "gebied",
    "area_neighbour": "buurgebied",
    "area_shape": "grens van een gebied",
    "area_role": "rol in een gebied",
    "group": "groep",
    "group_parent": "plaats van een groep",
    "administrator": "beheerder",
    "group_administrator": "beheerder van een groep",
    "register_source": "ingelezen lijst",
    "register_link": "regel van een lijst",
    "sign_request": "aanvraag voor borden",
    "task": "taak",
    "signup_count": "telling van aanmeldingen",
    "template": "sjabloon",
    "post": "bericht",
    "placement": "plaatsing",
    "alert": "actie",
    "handover": "overdracht",
    "handover_line": "regel van de overdracht",
    "workbook": "werkproces",
    "step": "stap van het werkproces",
    "step_tick": "vinkje in het werkproces",
    "log_entry": "regel in de geschiedenis",
    "check": "controle van WhatsApp Web",
    "setting": "instelling",
    "person": "persoon",
}

NEUTER = frozenset(
    {"report_link", "area", "area_neighbour", "template", "post", "workbook", "step_tick"}
)
"""Kinds whose word takes "het"."""

_COMMANDS: Mapping[tuple[str, str], str] = {
    ("report", "claim"): "Melding opgepakt",
    ("report", "release"): "Melding vrijgegeven",
    ("report", "break_lease"): "Melding overgenomen met reden",
    ("report", "wait"): "Melding doorgezet",
    ("report", "resume"): "Melding weer opgepakt",
    ("report", "close"): "Melding gesloten",
    ("report", "reopen"): "Melding weer geopend",
    ("report", "answer_112"): "Antwoord op 112 gebeld",
    ("report", "take_over"): "Melding overgenomen bij de overdracht",
    ("post", "make_ready"): "Bericht klaargezet",
    ("post", "release"): "Bericht uitgegeven",
    ("post", "start_clock"): "Tijd voor terugkoppeling gestart",
    ("post", "settle"): "Terugkoppeling afgerond",
    ("post", "waive"): "Geen terugkoppeling, met reden",
    ("post", "extend"): "Terugkoppeling uitgesteld",
    ("post", "close"): "Bericht gesloten",
    ("post", "hold"): "Schrijven aan het bericht",
    ("post", "take_over"): "Bericht overgenomen bij de overdracht",
    ("post", "drop"): "Concept weggelegd",
    ("placement", "copied"): "Tekst gekopieerd",
    ("placement", "placed"): "Gezegd: geplaatst",
    ("placement", "not_placed"): "Gezegd: niet geplaatst",
    ("placement", "unknown"): "Gezegd: weet ik niet",
    ("alert", "say_state"): "Gezegd of de actie loopt",
    ("handover", "accept"): "Overdracht aanvaard",
    ("sign_request", "advise"): "Advies over borden gegeven",
    ("sign_request", "move"): "Aanvraag voor borden verder gezet",
    ("signup_count", "add"): "Aanmelding geteld",
}

_VERBS = {"create": "gemaakt", "update": "veranderd", "delete": "weggehaald"}


def thing(kind: str) -> str:
    """Return the Dutch word for a kind of record."""
    return THINGS.get(kind, "gegeven")


def the(kind: str, *, this: bool = False) -> str:
    """Return the word with its article: "de melding", "het bericht"; or "deze", "dit"."""
    if this:
        return f"{'dit' if kind in NEUTER else 'deze'} {thing(kind)}"
    return f"{'het' if kind in NEUTER or kind not in THINGS else 'de'} {thing(kind)}"


def act_words(op: Op) -> str:
    """Return what an op did, or wanted: "Melding opgepakt", "Sjabloon veranderd"."""
    if op.verb == "command":
        words = _COMMANDS.get((op.kind, op.command))
        if words:
            return words
    done = _VERBS.get(op.verb, "veranderd")
    return f"{thing(op.kind).capitalize()} {done}"


def command_words(kind: str, command: str) -> str:
    """Return the words of a command on a record of this kind; empty where it is none."""
    return _COMMANDS.get((kind, command), "")


def known() -> frozenset[tuple[str, str]]:
    """Return every command that has words."""
    return frozenset(_COMMANDS)


HISTORY: Mapping[str, str] = {
    "accepted": "Overgenomen",
    "advised": "Advies gegeven",
    "area_moved": "Ging mee naar een ander gebied",
    "agreement": "Afspraak gemaakt",
    "amended": "Gegevens aangevuld",
    "answer_copied": "Antwoord voor de beheerder gekopieerd",
    "answered_112": "Antwoord op 112 gebeld",
    "approved": "Vastgesteld",
    "back": "Weer terug",
    "cannot_see": "Gezegd: kan het nu niet zien",
    "card_shown": "Kaart getoond",
    "changed": "Veranderd",
    "claimed": "Opgepakt",
    "clipboard_emptied": "Klembord geleegd",
    "closed": "Gesloten",
    "confirmed": "Vandaag bevestigd",
    "consent_recorded": "Toestemming vastgelegd",
    "control_room_told": "Meldkamer op de hoogte",
    "copied": "Tekst gekopieerd",
    "corrected": "Hersteld",
    "created": "Gemaakt",
    "decided": "Reden bij een bevinding",
    "decision": "Wie besloot dit",
    "dropped": "Weggelegd",
    "ended": "Bestaat niet meer",
    "exported": "Bewaard als bestand",
    "extended": "Uitgesteld",
    "forwarded": "Doorgezet",
    "group_chosen": "Groep met de hand gekozen",
    "handed_over": "Overgedragen",
    "hold_lifted": "Stop op vernietigen opgeheven",
    "hold_set": "Stop op vernietigen gezet",
    "imported": "Ingelezen uit een bestand",
    "list_changed": "Veranderd naar een lijst",
    "list_missing": "Niet meer in een lijst",
    "list_undone": "Inlezen ongedaan gemaakt",
    "invite_shown": "Uitnodigingslink getoond",
    "lease_broken": "Overgenomen met reden",
    "left": "Weg bij deze groep",
    "returned": "Weer beheerder",
    "let_go": "Laten vervallen",
    "let_go_undone": "Toch niet laten vervallen",
    "linked": "Verband gelegd",
    "made": "Gemaakt",
    "marked_acute": "Als acuut gemerkt",
    "merged": "Opgegaan in een ander gebied",
    "moved": "Verder gezet",
    "not_acute": "Niet meer acuut",
    "not_placed": "Gezegd: niet geplaatst",
    "note": "Notitie",
    "numbers_shown": "Nummers getoond",
    "passphrase_changed": "Wachtzin veranderd",
    "person_added": "Persoon toegevoegd",
    "person_left": "Persoon weg uit het team",
    "photo_removed": "Foto weggehaald",
    "photo_added": "Foto toegevoegd",
    "photo_copied": "Foto gekopieerd",
    "photo_previewed": "Foto naast de tekst gezien",
    "photo_taken_down": "Foto weggehaald in WhatsApp",
    "photo_not_taken_down": "Foto toch niet weggehaald in WhatsApp",
    "placed": "Gezegd: geplaatst",
    "provided": "Verstrekt",
    "ready": "Klaar voor uitgeven",
    "received": "Binnengekomen",
    "feeds_changed": "Bronnen veranderd",
    "lookups_changed": "Opzoeken veranderd",
    "recorded": "Achteraf vastgelegd",
    "relief": "Even weg",
    "region_changed": "Regio veranderd",
    "released": "Vrijgegeven",
    "removed": "Weggehaald",
    "reopened": "Weer geopend",
    "retention_changed": "Termijnen veranderd",
    "retention_put_back": "Termijnen teruggedraaid",
    "retired": "Niet meer in gebruik",
    "roles_changed": "Rollen veranderd",
    "seen_state": "Gezegd of de actie loopt",
    "settled": "Terugkoppeling afgerond",
    "signup_passed_on": "Aanmelding van een bewoner doorgegeven",
    "step_unticked": "Vinkje weggehaald",
    "share_taken_back": "Toch niet door de beheerder gedeeld",
    "sharing_changed": "Delen met buurteams veranderd",
    "shared_by_administrator": "Al gedeeld door de beheerder",
    "taken_over": "Pen overgenomen",
    "term_allowed": "Woord toegestaan",
    "term_proposed": "Woord voorgesteld",
    "term_refused": "Woord niet toegestaan",
    "term_taken_back": "Woord van de lijst gehaald",
    "unknown": "Gezegd: weet ik niet",
    "unlinked": "Verband weggehaald",
    "waiting": "Doorgezet",
    "waived": "Geen terugkoppeling, met reden",
}
"""What a line of the history says, where the act itself is not known at this desk."""


def history_words(what: str, kind: str = "") -> str:
    """Return the words of a line of the history of this kind of record."""
    if kind == "post" and what == "released":
        return "Uitgegeven"
    return HISTORY.get(what, what.replace("_", " ").capitalize())
