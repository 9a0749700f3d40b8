"""security.md §2: the central inside the desk is damaged; the person reads what is lost and goes on."""

from __future__ import annotations

from pathlib import Path

from console.domain.report import NewReport
from console.views.gates.damaged import DamagedPage
from console.views.gates.sign_in import SignInPage
from tests.helpers.pages import PAGE
from tests.helpers.program import PASSPHRASE, Running, Start


def _add(run: Running, words: str) -> None:
    now = run.kit.services.desk.now()
    run.settled(run.services.reports.add(NewReport("person", words, "Dorpsstraat", now)))


def _texts(run: Running) -> set[str]:
    query = "SELECT text FROM rec_report"
    look = run.services.desk.look(lambda conn: conn.exec_driver_sql(query).scalars().all())
    return set(run.settled(look))


def _enter(run: Running) -> None:
    page = run.gate(SignInPage)
    page.passphrase.set_text(PASSPHRASE)
    page.primary.click()


def _hurt(path: Path) -> bytes:
    """Damage a page that every opening reads."""
    content = bytearray(path.read_bytes())
    content[PAGE // 2] ^= 0xFF
    path.write_bytes(content)
    return bytes(content)


def test_the_page_says_what_is_lost_and_the_desk_works_on(start_program: Start) -> None:
    run = start_program()
    run.begin()
    _add(run, "Van voor de schade")
    run.exchanged()
    path = run.program.profile.central_database
    run.close()
    damaged = _hurt(path)

    again = start_program()
    _enter(again)
    page = again.gate(DamagedPage)
    assert page.accessibleName() == "Het bestand van de centrale op deze computer is beschadigd"
    assert "Het logboek is niet meer te tellen" in page.lost.text()
    assert path.read_bytes() == damaged, "nothing is touched before somebody says so"
    page.primary.click()
    again.until_open()
    said = next(words for _, words, _ in again.said if "opnieuw gemaakt" in words)
    assert "Het logboek begint opnieuw." in said
    _add(again, "Van na de schade")
    again.exchanged()
    assert _texts(again) == {"Van voor de schade", "Van na de schade"}
    assert again.program.opened is not None
    assert again.program.opened.engine.status.now.queue == 0
    (aside,) = path.parent.glob("central-damaged-*.db")
    assert aside.read_bytes() == damaged
    again.close()

    # Both files: nothing can be made anew from the other, and nothing is touched.
    both = (_hurt(path), _hurt(path.with_name("desk.db")))
    last = start_program()
    _enter(last)
    page = last.gate(DamagedPage)
    assert page.accessibleName() == "Beide bestanden op deze computer zijn beschadigd"
    assert page.primary is None
    assert "kopie van de map" in page.lost.text()
    assert (path.read_bytes(), path.with_name("desk.db").read_bytes()) == both
    last.close()
