"""Two desks on one draft and on one report: nothing typed is lost, nothing moves under the hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.report import NewReport
from console.domain.settled import LostClaim
from console.domain.status import Colleague
from console.presenters.compose_remedies import take_over_words
from console.presenters.reports import ReportsPresenter
from console.services.desk import Desk, new_id
from console.services.posts import Posts
from console.storage import replica, typing
from console.storage.projection import shown
from contract.op import Op, Record
from contract.rules.common import later
from contract.vocabulary import MessageKind
from tests.console.presenters.test_compose import VALUES, begin, field
from tests.helpers.post_window import PostWindow
from tests.helpers.program import Running

KEY = Qt.Key
COLLEAGUE = "person-of-another-desk"


def _from_central(desk: Desk, record_id: str, kind: str = "post", **fields: Any) -> None:
    """A record as another desk changed it comes in."""
    found = desk.look(lambda conn: shown(conn, kind, record_id)).result()
    assert found is not None
    record = Record(kind, record_id, found.ver + 50, {**found.body, **fields}, seq=5_000)
    changes = desk.store.write(
        lambda conn: replica.apply_page(
            conn, "noord", [record], asked_with="", cursor="", now=desk.now()
        )
    ).result()
    assert changes is not None
    desk.store.publish(changes)


def _drafts(desk: Desk) -> list[str]:
    rows = Posts(desk).rows().result()
    return [row.title for row in rows]


def test_a_draft_that_is_taken_over_keeps_what_was_typed_as_a_copy(
    posts_at: PostWindow, village: Desk
) -> None:
    post_id = begin(posts_at, village)
    posts_at.key(KEY.Key_Tab)
    posts_at.type(" Dank u.")
    until = later(village.now(), minutes=10)
    _from_central(village, post_id, author=COLLEAGUE, author_until=until)
    posts_at.until(lambda: posts_at.said, "the message")
    said = [words for _, words, _ in posts_at.said]
    assert any("heeft dit bericht overgenomen" in words for words in said)
    assert any("staat als kopie bij Berichten" in words for words in said)
    copies = [title for title in _drafts(village) if title.endswith("(kopie)")]
    assert len(copies) == 1
    posts_at.until(lambda: posts_at.compose.strip.act_ids() == ("take_over",), "the strip")
    assert field(posts_at, "bericht") == VALUES["bericht"]
    assert village.person is not None
    me = village.person.id
    kept = village.look(lambda conn: typing.restore(conn, post_id, me)).result()
    assert kept == {}


def test_a_draft_that_is_issued_elsewhere_keeps_what_was_typed_as_a_copy(
    posts_at: PostWindow, village: Desk
) -> None:
    post_id = begin(posts_at, village)
    posts_at.type(", bij de vijver")
    at = village.now()
    _from_central(
        village, post_id, status="released", released_at=at, released_by=COLLEAGUE, body="Tekst"
    )
    posts_at.wait_for("issue")
    said = [words for _, words, _ in posts_at.said]
    assert any(words.startswith("Een collega heeft dit bericht uitgegeven") for words in said)
    copies = [title for title in _drafts(village) if title.endswith("(kopie)")]
    assert len(copies) == 1


def test_taking_over_what_nobody_typed_in_makes_no_copy(
    posts_at: PostWindow, village: Desk
) -> None:
    post_id = begin(posts_at, village)
    until = later(village.now(), minutes=10)
    _from_central(village, post_id, author=COLLEAGUE, author_until=until)
    posts_at.until(lambda: posts_at.said, "the message")
    assert not any(title.endswith("(kopie)") for title in _drafts(village))
    assert not any("kopie" in words for _, words, _ in posts_at.said)


def test_a_draft_of_a_colleague_is_read_without_a_copy_or_a_message(
    posts_at: PostWindow, village: Desk
) -> None:
    post_id = Posts(village).new_draft(MessageKind.GENERAL, values=VALUES).result()
    until = later(village.now(), minutes=10)
    _from_central(village, post_id, author=COLLEAGUE, author_until=until)
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.until(lambda: posts_at.compose.strip.act_ids() == ("take_over",), "the strip")
    assert posts_at.said == []
    assert not any(title.endswith("(kopie)") for title in _drafts(village))


def test_taking_over_says_what_it_does_to_both() -> None:
    words = take_over_words("Ruben Voorbeeld")
    assert words.startswith("Ruben Voorbeeld schrijft hieraan en ziet meteen")
    assert "Wat Ruben nog niet bewaard had, blijft daar als kopie." in words
    assert take_over_words("").startswith("Een collega schrijft hieraan")


def _report(run: Running, text: str) -> str:
    new = NewReport("surroundings", text, "Dorpsstraat", run.services.desk.now())
    return str(run.settled(run.services.reports.add(new)))


def _choose(run: Running, report_id: str) -> Any:
    run.program.shell.open("reports", report_id=report_id)
    screen = run.program.shell.screen()
    assert screen is not None
    run.until(lambda: screen.event_subject()[1] == report_id, "the report in hand")
    return screen


def test_a_claim_made_without_contact_is_provisional_and_lost_with_a_name(
    desk_program: Running,
) -> None:
    run = desk_program
    report_id = _report(run, "Rode fiets zonder slot.")
    ruben = new_id()
    person = {"name": "Ruben Voorbeeld", "roles": ["operator"], "active": True}
    run.exchanged()
    run.elsewhere(run.person.id, Op(new_id(), "create", "person", ruben, person))
    run.exchanged()
    screen = _choose(run, report_id)
    run.cut()
    run.program.beat.ask()
    run.until(lambda: run.program.beat.status.central.state == "off", "no contact")
    run.settled(run.services.reports.claim(report_id))
    run.until(
        lambda: screen.detail.card() and screen.detail.card().row.claim == "provisional",
        "a provisional claim",
    )
    run.elsewhere(ruben, Op(new_id(), "command", "report", report_id, command="claim"))
    run.cut(down=False)
    run.until(
        lambda: any("Ruben Voorbeeld was eerst" in words for _, words, _ in run.said),
        "who was first",
    )
    items = run.settled(run.services.tray.items())
    assert items == []


def test_a_lost_claim_does_not_move_what_somebody_is_writing_at(
    desk_program: Running,
) -> None:
    run = desk_program
    report_id = _report(run, "Rode fiets zonder slot.")
    _report(run, "Witte bus rijdt rondjes.")
    screen = _choose(run, report_id)
    run.key(KEY.Key_T)
    run.type("Buurman gebeld")
    writing = QApplication.focusWidget()
    run.program.feed.claims_lost.emit((LostClaim(new_id(), report_id, run.person.id, "x"),))
    run.until(lambda: any("was eerst" in words for _, words, _ in run.said), "the message")
    assert any("Uw notitie staat er nog." in words for _, words, _ in run.said)
    assert QApplication.focusWidget() is writing
    assert screen.event_subject()[1] == report_id
    assert screen.detail.note.text() == "Buurman gebeld"


def test_the_end_of_my_time_with_a_report_is_told(
    desk_program: Running,
) -> None:
    run = desk_program
    report_id = _report(run, "Rode fiets zonder slot.")
    screen = _choose(run, report_id)
    run.settled(run.services.reports.claim(report_id))
    presenter = run.program.shell.presenter("reports")
    assert isinstance(presenter, ReportsPresenter)
    card = run.settled(run.services.reports.card(report_id))
    over = card.row._replace(claim="none")
    assert card.row.status == "claimed"
    presenter._on_lease_over(replace(card, row=over))
    assert run.said[-1][1].endswith("is voorbij. De melding is weer van niemand.")
    assert screen.event_subject()[1] == report_id


def test_where_a_colleague_is_stands_beside_what_they_hold(
    posts_at: PostWindow, village: Desk
) -> None:
    post_id = Posts(village).new_draft(MessageKind.GENERAL, values=VALUES).result()
    until = later(village.now(), minutes=10)
    _from_central(village, post_id, author=COLLEAGUE, author_until=until)
    there = Colleague(COLLEAGUE, "Ruben Voorbeeld", "balie 2", village.now())
    posts_at.status = replace(posts_at.status, colleagues=(there,))
    posts_at.shell.open("compose", post_id=post_id)
    posts_at.until(lambda: posts_at.compose.strip.act_ids() == ("take_over",), "the strip")
    assert posts_at.compose.strip.accessibleName().endswith("U kunt meelezen. Nu aan balie 2.")
