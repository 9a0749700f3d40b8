"""Broadcasts as they stand at the start of a shift: placed, late, running, ended, answered."""

from __future__ import annotations

from console.services.alerts import Alerts
from console.services.desk import Desk
from console.services.ledger import Handoff
from console.services.posts import Posts
from tests.helpers import town

RUNNING = (
    "Burgernet Getuigenoproep\n\n"
    "Op de Voorbeeldweg in Lagebrug is vanmiddag een fietser aangereden. De auto reed door. Het "
    "gaat om een blauwe stationwagen, kenteken E-000-OA. Heeft u iets gezien? Bel 0900-8844."
)
CLOSING = (
    "Afloopbericht Burgernet\n\nDe actie naar de vermiste heer Voorbeeld (78) in Lagebrug is "
    "beëindigd. Dank voor het uitkijken."
)


def place(desk: Desk, draft_id: str) -> str:
    """Release a draft and say of every group that the text stands there."""
    Posts(desk).release(draft_id).result()
    handoff = Handoff(desk)
    ledger = handoff.ledger(draft_id).result()
    assert ledger is not None
    for row in ledger.rows:
        handoff.copy(row.id).result()
        handoff.placed(row.id).result()
    return draft_id


def broadcast(
    desk: Desk,
    subject: str,
    words: str = "Vanmiddag zijn bij het station fietsen gestolen. Zet uw fiets op slot.",
    groups: int = 2,
    area_id: str = "area-lagebrug",
) -> str:
    """Write a general message and place it; returns its id. The clock stands at 24 hours."""
    draft = Posts(desk).new_draft(
        "general",
        area_id=area_id,
        values={"onderwerp": subject, "bericht": words},
        group_ids=town.GROUPS[:groups],
    )
    return place(desk, draft.result())


def missing(desk: Desk, groups: int = 2) -> tuple[str, str]:
    """Place the missing-person text; returns the post and the alert. The clock: 60 minutes."""
    posts = Posts(desk)
    draft_id = posts.from_alert(
        town.read(desk), group_ids=town.GROUPS[:groups], area_id="area-lagebrug"
    ).result()
    draft = posts.draft(draft_id).result()
    assert draft is not None
    for finding_rule in _open_rules(desk, draft_id):
        posts.decide(draft_id, finding_rule, "dit mag met toestemming").result()
    return place(desk, draft_id), draft.alert_id


def _open_rules(desk: Desk, draft_id: str) -> list:  # type: ignore[type-arg]
    posts = Posts(desk)
    shown = posts.preview(draft_id, town.GROUPS[0]).result()
    assert shown is not None
    return [one for one in shown.findings if not one.answered]


def end(desk: Desk, alert_id: str, text: str = CLOSING) -> None:
    """A person pasted the closing message and said which action it ends."""
    Alerts(desk).close_with(alert_id, town.read(desk, text)).result()
