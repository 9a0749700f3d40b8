"""How long what is kept: the regime, the purpose and the term of every kind of record (F52).

One table for central, which makes it happen, and for the desk, which shows it. The terms are
settings of the team, in days (``SETTING``); here stand what they are called, what they are where a
team chose nothing, and on what ground. Tables that are no records stand in
``contract/retention_tables.py``. Source: security.md §4; Wpg art. 8 and 14, GDPR art. 5. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

SETTING = "retention"
"""The setting that holds the terms: ``{"terms": {name: days}, "grounds": {name: words}}``."""

HOLD_PREFIX = "hold-"
"""How the id of the setting of a hold begins; after it comes the id of the record."""


class Regime(StrEnum):
    """Which law a record falls under."""

    WPG = "wpg"
    GDPR = "gdpr"
    NONE = "none"


class Stage(StrEnum):
    """What may be done with a record now (security.md §4)."""

    FREE = "free"
    ASKED = "asked"
    ACCOUNTABILITY = "accountability"
    DESTROY = "destroy"


class Ending(StrEnum):
    """How a kind ends. ``contact``: the fields of ``CONTACT`` are emptied, the rest stays."""

    STAGES = "stages"
    AT_ONCE = "at_once"
    CONTACT = "contact"
    FOLLOWS = "follows"
    KEPT = "kept"


class Use(StrEnum):
    """What an old report is asked for; the last two open the third stage too."""

    WORK = "work"
    COMPLAINT = "complaint"
    ACCOUNTABILITY = "accountability"


OPENS_THIRD = frozenset({Use.COMPLAINT, Use.ACCOUNTABILITY})


@dataclass(frozen=True, slots=True)
class Term:
    """One term: days where the team chose nothing, the fewest a team may choose, the ground."""

    days: int
    least: int
    ground: str


TERMS: Mapping[str, Term] = {
    "free_days": Term(365, 30, "Wpg artikel 8 lid 1: een jaar vrij te gebruiken voor het werk."),
    "asked_days": Term(
        1826, 30, "Wpg artikel 8 lid 2 en 6: tot vijf jaar alleen op een gerichte vraag."
    ),
    "destroy_days": Term(
        3652,
        30,
        "Wpg artikel 14: nog vijf jaar voor klachten en verantwoording, daarna vernietigd.",
    ),
    "leaver_days": Term(
        30, 0, "AVG artikel 5: wie geen beheerder meer is, wordt niet meer gebeld."
    ),
    "check_days": Term(365, 30, "AVG artikel 5: na een jaar vraagt niemand meer of de lijn stond."),
    "task_days": Term(365, 30, "AVG artikel 5: een taak die klaar is, is na een jaar niet nodig."),
    "sign_days": Term(
        730, 30, "AVG artikel 5: twee jaar nadat de borden weg zijn of de aanvraag is afgewezen."
    ),
    "signup_days": Term(730, 30, "AVG artikel 5: twee jaar tellingen laten de groei zien."),
    "damaged_days": Term(
        90, 7, "AVG artikel 5: na drie maanden mist niemand iets uit een beschadigd bestand."
    ),
    "copy_days": Term(
        30, 1, "AVG artikel 5: na een maand blijkt dat het bijwerken goed ging; dan gaat de kopie."
    ),
}
"""Every term, in the order of the page."""

MOST_DAYS = 36_525
"""The longest term a team may choose: a hundred years."""

LEAP_DAYS = 7
"""How far the clock may jump between two looks before a person has to say that it is right."""

WAIT_DAYS = 30
"""The fewest days in the archive before destruction, whatever date a record says it is of."""

Terms = Mapping[str, int]


def terms_of(value: object) -> dict[str, int]:
    """Return every term in days as a setting says it; what is absent or odd is as shipped."""
    chosen = value.get("terms") if isinstance(value, Mapping) else None
    chosen = chosen if isinstance(chosen, Mapping) else {}
    terms = {name: _days(term, chosen.get(name)) for name, term in TERMS.items()}
    terms["asked_days"] = max(terms["asked_days"], terms["free_days"])
    terms["destroy_days"] = max(terms["destroy_days"], terms["asked_days"])
    return terms


def _days(term: Term, chosen: object) -> int:
    if isinstance(chosen, bool) or not isinstance(chosen, int):
        return term.days
    return chosen if term.least <= chosen <= MOST_DAYS else term.days


def grounds_of(value: object) -> dict[str, str]:
    """Return the ground of every term in words: the team's own, else the shipped one."""
    own = value.get("grounds") if isinstance(value, Mapping) else None
    own = own if isinstance(own, Mapping) else {}
    return {
        name: str(own[name]).strip() if str(own.get(name) or "").strip() else term.ground
        for name, term in TERMS.items()
    }


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind is kept.

    ``purpose``: why, in Dutch. ``term``: the names of its terms. ``since``: the fields its term
    counts from, the first that is filled. ``ended``: counts only once this field has one of these
    values. ``follows``: it goes with the record that these fields name, as (kind, field of its id);
    a kind in brackets is a field that holds the kind.
    """

    regime: Regime
    purpose: str
    ending: Ending
    term: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    ended: tuple[str, frozenset[object]] | None = None
    follows: tuple[tuple[str, str], ...] = ()


_STAGES = ("free_days", "asked_days", "destroy_days")


def _police(purpose: str, *since: str, follows: tuple[tuple[str, str], ...] = ()) -> Rule:
    return Rule(Regime.WPG, purpose, Ending.STAGES, _STAGES, since, follows=follows)


def _with(regime: Regime, purpose: str, *follows: tuple[str, str]) -> Rule:
    return Rule(regime, purpose, Ending.FOLLOWS, follows=follows)


def _kept(regime: Regime, purpose: str) -> Rule:
    return Rule(regime, purpose, Ending.KEPT)


RULES: Mapping[str, Rule] = {
    "report": _police("Meldingen uit de buurt opvolgen.", "created_at", "heard_at"),
    "report_link": _with(
        Regime.WPG,
        "Zien welke meldingen bij elkaar horen.",
        ("report", "report_id"),
        ("report", "other_id"),
    ),
    "photo": _with(
        Regime.WPG, "Een foto bij een melding of bericht.", ("(parent_kind)", "parent_id")
    ),
    "post": _police("Berichten aan groepen maken en terugkoppelen.", "created_at"),
    "placement": _with(
        Regime.WPG, "Weten wie welk bericht in welke groep zette.", ("post", "post_id")
    ),
    "alert": _police("Acties van Burgernet en NL-Alert volgen.", "received_at", "started_at"),
    "handover": _police("Een dienst overdragen.", "made_at"),
    "handover_line": _with(
        Regime.WPG,
        "Wat op een overdracht stond.",
        ("handover", "handover_id"),
        ("(subject_kind)", "subject_id"),
    ),
    "log_entry": _police(
        "Weten wie wat deed, en wie iets kreeg en waarom.",
        "at",
        "made_at",
        follows=(("(subject_kind)", "subject_id"),),
    ),
    "step_tick": _with(
        Regime.WPG, "Zien welke stap van het werkproces klaar is.", ("(subject_kind)", "subject_id")
    ),
    "administrator": Rule(
        Regime.GDPR,
        "Beheerders van groepen bereiken.",
        Ending.CONTACT,
        ("leaver_days",),
        ("left_at",),
        ("active", frozenset({False})),
    ),
    "group_administrator": _kept(Regime.GDPR, "Weten wie welke groep beheert; alleen nummers."),
    "group": _kept(Regime.GDPR, "Groepen vinden; blijft zolang de groep in het register staat."),
    "area_role": _kept(
        Regime.GDPR, "Wie is wie in een gebied; blijft zolang iemand die rol heeft."
    ),
    "person": _kept(
        Regime.GDPR, "Weten wie in het team werkt; blijft zolang er regels op die naam staan."
    ),
    "check": Rule(
        Regime.GDPR,
        "Weten of de telefoon was verbonden.",
        Ending.AT_ONCE,
        ("check_days",),
        ("at",),
    ),
    "task": Rule(
        Regime.GDPR,
        "Weten wie nog iets moet doen.",
        Ending.AT_ONCE,
        ("task_days",),
        ("done_at",),
        ("state", frozenset({"done", "dropped"})),
    ),
    "sign_request": Rule(
        Regime.GDPR,
        "Borden aanvragen en volgen.",
        Ending.AT_ONCE,
        ("sign_days",),
        ("state_at",),
        ("state", frozenset({"removed", "refused"})),
    ),
    "signup_count": Rule(
        Regime.NONE,
        "Tellen hoeveel bewoners zich aanmelden.",
        Ending.AT_ONCE,
        ("signup_days",),
        ("month",),
    ),
    "register_source": _kept(Regime.NONE, "Weten welke lijst van groepen is gelezen."),
    "register_link": _kept(Regime.NONE, "Weten welke groep welke regel van een lijst is."),
    "area": _kept(Regime.NONE, "Gebieden van het team."),
    "area_shape": _kept(Regime.NONE, "Grenzen van gebieden."),
    "area_neighbour": _kept(Regime.NONE, "Welke gebieden naast elkaar liggen."),
    "group_parent": _kept(Regime.NONE, "Waar een groep bij hoort."),
    "template": _kept(Regime.NONE, "Vaste teksten van het team."),
    "workbook": _kept(Regime.NONE, "Het werkproces van het team."),
    "step": _kept(Regime.NONE, "De stappen van het werkproces."),
    "setting": _kept(Regime.NONE, "Keuzes van het team."),
}
"""How every kind of record is kept; a test fails on a kind without a rule."""

CONTACT: Mapping[str, tuple[str, ...]] = {"administrator": ("name", "phone", "email", "note")}
"""What is emptied where the ending is ``contact``."""


def stage_of(
    kind: str, body: Mapping[str, Any], at: str, now: datetime, terms: Terms, hold: str = ""
) -> Stage:
    """Return the stage of a record at this moment.

    ``at``: the stamp of its last change, for a record without a date of its own. ``hold``: until
    when its destruction is suspended, as a stamp; empty for not. Kinds that follow another record
    or stay are free by themselves. A kind without stages is free until it is destroyed.
    """
    rule = RULES[kind]
    start = began(kind, body, at)
    if start is None or rule.ending not in (Ending.STAGES, Ending.AT_ONCE, Ending.CONTACT):
        return Stage.FREE
    age = now - start
    held = bool(hold) and (moment_of(hold) or now) > now
    if rule.ending is not Ending.STAGES:
        over = age >= timedelta(days=terms[rule.term[0]])
        return Stage.DESTROY if over and not held else Stage.FREE
    free, asked, destroy = (timedelta(days=terms[name]) for name in rule.term)
    if age < free:
        return Stage.FREE
    if age < asked:
        return Stage.ASKED
    return Stage.ACCOUNTABILITY if held or age < destroy else Stage.DESTROY


def began(kind: str, body: Mapping[str, Any], at: str) -> datetime | None:
    """Return when the term of a record began; None where it has not begun.

    A date that lies after the last change is not believed.
    """
    rule = RULES[kind]
    if rule.ended is not None and body.get(rule.ended[0]) not in rule.ended[1]:
        return None
    changed = moment_of(at)
    for name in rule.since:
        found = moment_of(str(body.get(name) or ""))
        if found is not None:
            return min(found, changed) if changed is not None else found
    return changed


def parents_of(kind: str, body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return kind and id of the records that this one goes with, whichever goes first."""
    found = []
    for of, field in RULES[kind].follows if kind in RULES else ():
        parent = str(body.get(of[1:-1]) or "") if of.startswith("(") else of
        record_id = str(body.get(field) or "")
        if parent in RULES and record_id:
            found.append((parent, record_id))
    return found


def hold_of(value: object, now: datetime) -> str:
    """Return until when a hold suspends destruction, as a stamp; empty where it is over or odd."""
    if not isinstance(value, Mapping):
        return ""
    until = str(value.get("until") or "")
    end = moment_of(until)
    return until if end is not None and end > now and value.get("reason") else ""


def moment_of(text: str) -> datetime | None:
    """Read a stamp, a date or a month as a moment in UTC; None for anything else."""
    if len(text) == len("2026-01"):
        text = f"{text}-01"
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


PURGED = "purged"
"""What the body of a grave says when its record went by its term: ``ARCHIVED``, ``DESTROYED``.

A desk then erases all it has of the record, its own journal and tray included.
"""

ARCHIVED, DESTROYED = "archived", "destroyed"


@dataclass(frozen=True, slots=True)
class Marks:
    """By what exactly an old record may be asked for; empty where it has no such thing."""

    number: str = ""
    place: str = ""
    day_at: str = ""


def marks_of(kind: str, body: Mapping[str, Any]) -> Marks:
    """Return by what exactly an old record may be asked for."""
    number, place, day = _MARKS.get(kind, ("", "", ""))
    return Marks(
        str(body.get(number) or ""), exact_place(str(body.get(place) or "")), _utc(body.get(day))
    )


def exact_place(typed: str) -> str:
    """Return a place as it is compared: exactly, but for capitals and the width of gaps."""
    return " ".join(typed.split()).casefold()


def _utc(value: object) -> str:
    found = moment_of(str(value or ""))
    return found.strftime("%Y-%m-%dT%H:%M:%S.000Z") if found else ""


_MARKS: Mapping[str, tuple[str, str, str]] = {
    "report": ("number", "place", "heard_at"),
    "post": ("incident_ref", "", "created_at"),
    "alert": ("external_id", "municipality", "received_at"),
    "handover": ("", "", "made_at"),
}
