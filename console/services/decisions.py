"""What lets a finding of the guard stay: a reason and, where the rule asks it, a second person (F26)."""

from typing import Any

from console.domain.failures import Problem, Refused
from console.domain.findings import text_sha
from console.domain.post import Finding
from console.domain.second import Eye
from console.services.desk import Unit
from console.services.drafts import WORK_ROLES
from console.storage.looking import team_of
from console.storage.persons import find_person
from contract.looking import PROOF, look_of, looked_at
from contract.region import RegionProfile


def decision(
    unit: Unit, post_id: str, finding: Finding, reason: str, eye: Eye | None, region: RegionProfile
) -> dict[str, Any]:
    """Return the decision as it stands on the post; the found words are in it as a mark only.

    Raises:
        Refused: no reason, a stop that no reason takes away, or nobody who may look along.
    """
    if not reason.strip():
        raise Refused(Problem("reason-missing", "Schrijf op waarom dit mag."))
    if finding.outcome == "stop" and not finding.needs_second:
        raise Refused(
            Problem("no-way-past", "Deze stop gaat niet weg met een reden.", finding.title)
        )
    made: dict[str, Any] = {
        "rule": finding.rule,
        "text_sha": text_sha(finding.rule, finding.text),
        "reason": reason.strip()[:400],
        "person": unit.person.id,
        "second": "",
        "at": unit.now,
    }
    if not finding.needs_second:
        return made
    eye = _checked(unit, eye)
    made["second"] = eye.person
    made[PROOF] = {"text": looked_at(eye.text, region)}
    made[PROOF] = eye.proof(look_of(made, team=team_of(unit.conn), post=post_id))
    return made


def _checked(unit: Unit, eye: Eye | None) -> Eye:
    """Refuse unless the second look is a colleague's own (security.md §5)."""
    colleague = find_person(unit.conn, eye.person) if eye else None
    if eye is None or colleague is None or not colleague.active or not colleague.may(*WORK_ROLES):
        raise Refused(
            Problem(
                "second-missing",
                "Een collega moet hiernaar kijken.",
                "Laat een collega zich aanmelden.",
            )
        )
    if colleague.id == unit.person.id:
        raise Refused(
            Problem("second-same", "U kunt niet zelf de tweede zijn.", "Vraag een collega.")
        )
    return eye
