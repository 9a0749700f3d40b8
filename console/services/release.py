"""The step from draft to text: every group's text through the gate, then frozen (F25, F28)."""

from console.domain import decided
from console.domain.failures import Problem, Refused
from console.domain.writing import OUTCOME, Writing
from console.services import drafts, gate
from console.services.desk import Desk, Unit
from console.storage import decided as stored
from console.storage import neighbours
from console.storage.drafts import open_twin
from console.storage.projection import shown
from contract.rules.post import EXTENSIONS
from contract.vocabulary import Outcome, PostType

EXTENSIONS_USED = Problem(
    "extensions-used",
    "U hebt dit drie keer uitgesteld. Nog een keer kan niet.",
    "Kies een afloop, of geen terugkoppeling met een reden (W).",
)


SOURCE_ENDED = Problem(
    "source-ended",
    "Het bericht dat u doorzet, is afgelopen. Doorzetten kan niet meer.",
    "Zet de afloop door als uw groepen het bericht al hadden. Leg dit concept anders weg.",
)


def release(unit: Unit, post_id: str, desk: Desk) -> None:
    """Freeze a draft: one text per ticked group, made and checked now.

    Raises:
        Refused: somebody else writes it, it went out already, or the guard has something open.
    """
    drafts.take_pen(unit, post_id, drafts.body_of(unit, post_id))
    drafts.keep_what_is_typed(unit, post_id)
    writing = drafts.writing_of(unit, post_id, desk)
    now = drafts.now_of(unit)
    _check_outcome(unit, writing)
    check_source(unit, writing.post_id)
    _check_twin(unit, post_id)
    # An empty list of groups is one of the guard's own stops.
    targets = writing.targets or (writing.target(""),)
    texts = {
        one.group_id: gate.passes(writing, one.group_id, region=desk.region, now=now)
        for one in targets
    }
    for one in writing.targets:
        unit.update("placement", one.placement_id, text=texts[one.group_id].text)
    first = next(iter(texts.values()))
    unit.update("post", post_id, body=first.text, urgent=bool(gate.is_urgent_text(writing, now)))
    unit.command("post", post_id, "release", at=unit.now)
    unit.log("post", post_id, "released", f"{len(writing.targets)}")
    basis = decided.words(stored.decided_of(unit.conn, drafts.body_of(unit, post_id)))
    if basis:
        unit.log("post", post_id, "decision", basis[:400])


def check_source(unit: Unit, post_id: str) -> None:
    """Refuse a copy of a message that is over, before its release and at each copy (F21)."""
    if neighbours.source_of(unit.conn, drafts.body_of(unit, post_id))[2]:
        raise Refused(SOURCE_ENDED)


def _check_twin(unit: Unit, post_id: str) -> None:
    """Refuse a second message about one action that nobody meant (F35)."""
    twin = open_twin(unit.conn, post_id, drafts.body_of(unit, post_id), unit.person.id)
    if twin is not None:
        raise Refused(
            Problem(
                "twin",
                twin.words,
                "Open dat bericht, of zeg waarom er twee moeten zijn.",
            )
        )


def _check_outcome(unit: Unit, writing: Writing) -> None:
    if writing.type != PostType.FEEDBACK:
        return
    outcome = writing.values.get(OUTCOME, "")
    if outcome not in set(Outcome):
        raise Refused(
            Problem("outcome-missing", "Zeg eerst hoe het is afgelopen.", "Kies 1 tot en met 7.")
        )
    if outcome == Outcome.STILL_RUNNING:
        body = drafts.body_of(unit, writing.post_id)
        answered = shown(unit.conn, "post", str(body.get("answers") or ""))
        if answered is not None and int(answered.body.get("extensions") or 0) >= EXTENSIONS:
            raise Refused(EXTENSIONS_USED)
