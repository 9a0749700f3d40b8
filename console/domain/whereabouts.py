"""What became of an act: where it is on its way, what central said and when (sync.md §10)."""

from __future__ import annotations

from dataclasses import dataclass

WAITING, SENT, BLOCKED = "waiting", "sent", "blocked"
ACCEPTED, MERGED, SAME, REFUSED, LOST = "accepted", "merged", "same", "refused", "lost"
LET_GO, SETTLED, ELSEWHERE = "let_go", "settled", "elsewhere"

STATES: dict[str, tuple[str, str, str]] = {
    WAITING: ("ring-pause", "amberfill", "Wacht op verzending"),
    SENT: ("send", "amberfill", "Verstuurd, nog geen antwoord"),
    BLOCKED: ("ring-pause", "amberfill", "Wacht op iets dat eerst beslist moet worden"),
    ACCEPTED: ("ring-check", "greenfill", "Verwerkt"),
    MERGED: ("ring-check", "greenfill", "Samengevoegd met wat een ander deed"),
    SAME: ("ring-check", "greenfill", "Was al zo"),
    REFUSED: ("ring-question", "amberfill", "Niet aangenomen, ligt bij u om te beslissen"),
    LOST: ("ring-cross", "text2", "Een ander was eerst"),
    LET_GO: ("ring-cross", "text2", "Laten vallen"),
    SETTLED: ("undo", "text2", "Niet aangenomen, daarna opnieuw gedaan"),
    ELSEWHERE: ("ring-check", "greenfill", "Verwerkt"),
}
"""Icon, its tone and words of each state."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act on a record. Times are stamps; ``central_at`` is central's own, empty if unknown.

    ``op_id`` is empty for what was done at another desk: of that only the history is known here.
    ``tries`` counts how often it was sent without an answer; ``ver`` is central's version.
    """

    id: str
    op_id: str
    what: str
    by_name: str
    station: str
    made_at: str
    state: str
    central_at: str = ""
    ver: int = 0
    tries: int = 0
    next_at: str = ""
    why: str = ""

    @property
    def short_id(self) -> str:
        """Return the part of the op's id by which people can name it."""
        return self.op_id.replace("-", "")[-8:]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The acts on one record, newest first; ``more`` says that older ones are left out."""

    title: str
    acts: tuple[Act, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class CentralAnswer:
    """What central still knows of an op when it is asked.

    ``known`` is false where the op never came, or where central was not ``reached``.
    """

    known: bool
    reached: bool = True
    status: str = ""
    ver: int = 0
    code: str = ""
    at: str = ""
