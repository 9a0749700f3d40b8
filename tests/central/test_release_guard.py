"""Central holds the whole list of cases at a release: nothing it holds goes by, nothing else is refused."""

from typing import Any

from central.sync.release import Witnesses, check_release
from contract.guard.cases import load_cases
from contract.op import Decision, Record
from contract.region import NETHERLANDS
from contract.vocabulary import OpStatus

NOW = "2026-11-21T12:00:00Z"


def released(text: str, kind: str, *, in_a_group: bool) -> Decision:
    """Release a post of which the text stands in the post itself or in one group's text alone."""
    clean = f"Wij kijken vanavond extra rond.\n{NETHERLANDS.closing_general}"
    body: dict[str, Any] = {
        "type": "broadcast",
        "kind": kind,
        "body": clean if in_a_group and kind != "quick_answer" else text,
        "consent": "family",
    }
    placed = Record("placement", "p1", 1, {"post_id": "a", "text": text})
    return check_release(
        Decision(OpStatus.APPLIED, body),
        [placed],
        alert=None,
        region=NETHERLANDS,
        now=NOW,
        left=False,
        witnesses=Witnesses("t", "p", people=set, keys=lambda person: ()),
    )


def test_the_whole_list_of_cases_is_held_at_central() -> None:
    wrong = []
    for number, case in enumerate(load_cases()):
        text = f"{case.text}\n{NETHERLANDS.closing_general}"
        answer = released(text, case.kind, in_a_group=bool(number % 2))
        held = bool(case.expected)
        if (answer.code == "guard") != held or (answer.status == OpStatus.APPLIED) == held:
            wrong.append((case.text, answer.code))
    assert not wrong
