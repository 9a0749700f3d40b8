"""What a person does and sees at one of two windows; every act is run in the process of that window."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtWidgets import QApplication

from console.domain.report import NewReport, ReportFilter
from console.domain.tray import DROP
from console.views.keys.router import in_text_field
from contract.op import Record
from tests.helpers.journey import KEY, Person, shown_in


def add_report(at: Person, text: str) -> str:
    """Put a report in the file; returns its id."""
    new = NewReport("surroundings", text, "Havenkade", at.services.desk.now())
    return str(at.settled(at.services.reports.add(new)))


def body(at: Person, kind: str, record_id: str) -> dict[str, Any] | None:
    """Return a record as this desk shows it now."""
    from console.storage.projection import shown

    look = at.services.desk.look

    def found() -> Record | None:
        record: Record | None = at.ask(lambda: look(lambda conn: shown(conn, kind, record_id)))
        return record

    record = found()
    return None if record is None else dict(record.body)


def until_has(at: Person, /, kind: str, record_id: str, **fields: Any) -> None:
    """Wait until this desk shows a record with these values."""

    def there() -> bool:
        now = body(at, kind, record_id)
        return now is not None and all(now.get(name) == value for name, value in fields.items())

    at.until(there, f"{kind} {record_id} with {fields}")


def exchange(at: Person) -> None:
    """Send what waits and fetch what is new, once."""
    at.run.exchanged()


def open_report(at: Person, report_id: str) -> None:
    """Open Meldingen at one report."""
    at.run.program.shell.open("reports", report_id=report_id)
    at.until(lambda: in_hand(at) == report_id, "the report in hand")


def in_hand(at: Person) -> str:
    """Return the id of what the screen in front is about; only once its card stands."""
    card = at.screen.detail.card() if at.here == "reports" else None
    return str(card.row.id) if card is not None else ""


def said(at: Person) -> list[str]:
    """Return every sentence the window said so far."""
    return [words for _, words, _ in at.run.said]


def until_said(at: Person, part: str) -> str:
    """Wait for a sentence with these words in it; returns the whole."""
    at.until(lambda: any(part in one for one in said(at)), f"the words {part!r}")
    return next(one for one in reversed(said(at)) if part in one)


def press(at: Person, name: str, modifiers: Any = None) -> None:
    """Press a key by its name in ``Qt.Key``, without ``Key_``."""
    key = getattr(KEY, f"Key_{name}")
    at.press(key, modifiers) if modifiers is not None else at.press(key)


def place(at: Person) -> tuple[str, int, int, str, int, str]:
    """Return where the eye and the hand are: report, number, scroll, writing, its cursor, its text."""
    view = at.screen.list.view
    widget = QApplication.focusWidget()
    name = widget.accessibleName() if widget is not None else ""
    cursor, text = -1, ""
    if in_text_field(widget):
        cursor, text = _cursor(widget)
    number = at.screen.list.current_number()
    return in_hand(at), number, view.verticalScrollBar().value(), name, cursor, text


def _cursor(widget: Any) -> tuple[int, str]:
    if hasattr(widget, "cursorPosition"):
        return widget.cursorPosition(), widget.text()
    return widget.textCursor().position(), widget.toPlainText()


def begin_note(at: Person, text: str) -> None:
    """Stand in the note of the report in hand and type."""
    press(at, "T")
    at.until(lambda: in_text_field(QApplication.focusWidget()), "the note")
    at.type(text)


def claim(at: Person, report_id: str) -> None:
    """Take a report."""
    at.settled(at.services.reports.claim(report_id))


def write_report(at: Person, text: str) -> str:
    """Write a report through the popup of N, by keys; returns its id."""
    from console.views.dialogs.new_report import NewReportDialog

    before = set(ids(at))
    at.press(KEY.Key_N)
    dialog = at.until_dialog(NewReportDialog)
    dialog.text.set_text(text)
    dialog.place.set_text("Havenkade")
    dialog.category.select("surroundings")
    at.confirm()
    at.until(lambda: at.run.popup() is None, "the popup is gone")
    at.until(lambda: set(ids(at)) - before, "the report")
    return str((set(ids(at)) - before).pop())


def ids(at: Person) -> list[str]:
    """Return the ids of every open report at this desk."""
    return [row.id for row in rows(at)]


def rows(at: Person) -> list[Any]:
    """Return the rows of every open report at this desk."""
    listing = at.ask(lambda: at.services.reports.listing(ReportFilter()))
    numbers = [n for section in listing.sections for n in section.numbers]
    return list(at.ask(lambda: at.services.reports.page(numbers)))


def row_of(at: Person, report_id: str) -> tuple[str, str]:
    """Return the claim of an open report as the list has it, and the name of who holds it."""
    row = next(one for one in rows(at) if one.id == report_id)
    return row.claim, row.holder_name


def until_lamp(at: Person, off: bool) -> None:
    """Wait until the lamp of central is out, or on again."""
    at.until(lambda: (status(at).central.state == "off") is off, "the lamp of central")


def status(at: Person) -> Any:
    """Return what the status bar says."""
    return at.run.program.beat.status


def until_sent(at: Person) -> None:
    """Wait until nothing of this person waits any more."""
    from console.storage.outbox import counts

    me, look = at.run.person.id, at.services.desk.look
    at.until(lambda: not at.ask(lambda: look(lambda c: counts(c, me))).queue, "everything sent")


def sent_numbers(at: Person) -> tuple[int, int]:
    """Return how many acts central answered, and how many of them stand there more than once."""
    look = at.services.desk.look
    sql = "SELECT count(*), count(*) - count(DISTINCT op_id) FROM journal"
    return tuple(at.ask(lambda: look(lambda conn: conn.exec_driver_sql(sql).one())))


def number_of(at: Person, report_id: str) -> str:
    """Return the number central gave a report, as this desk has it."""
    return str((body(at, "report", report_id) or {}).get("number") or "")


def colleagues(at: Person) -> list[tuple[str, str]]:
    """Return who is at another desk, and at which."""
    return [(one.name, one.station) for one in status(at).colleagues]


def colleagues_said(at: Person) -> str:
    """Return the sentence behind the colleagues in the bar."""
    return str(at.run.window.status_bar._colleagues.toolTip())


def until_colleagues(at: Person, *wanted: tuple[str, str]) -> None:
    """Wait until exactly these are shown as present, in the bar too."""
    at.until(lambda: colleagues(at) == list(wanted), f"colleagues {wanted}")
    part = at.run.window.status_bar._colleagues
    at.until(lambda: part.isVisible() is bool(wanted), "the bar")


def amend(at: Person, report_id: str, text: str) -> None:
    """Change the text of a report."""
    at.settled(at.services.reports.amend(report_id, text=text))


def open_tray(at: Person) -> list[str]:
    """Open the tray with Q; returns the names of everything that stands in it."""
    from console.views.dialogs.tray import TrayDialog

    at.press(KEY.Key_Q)
    dialog = at.until_dialog(TrayDialog)
    at.until(dialog._count.text, "the tray")
    return shown_in(dialog._page)


def merge_and_add(at: Person, words: str) -> str:
    """Make one text of both with 3, write some words before it, confirm; returns the text."""
    dialog = at.run.popup()
    at.press(KEY.Key_3)
    at.until(lambda: "text" in dialog._fields, "the field of the merged text")
    at.type(words)
    text = str(dialog._fields["text"].text())
    at.confirm()
    at.until(
        lambda: any("niets om te beslissen" in one for one in shown_in(dialog._page)),
        "an empty tray",
    )
    at.press(KEY.Key_Escape)
    return text


def tray(at: Person) -> list[Any]:
    """Return what waits for this person's decision."""
    return [(one.heading, one.title) for one in at.settled(at.services.tray.items())]


def let_go(at: Person) -> None:
    """Let everything go that waits for this person's decision."""
    for item in at.settled(at.services.tray.items()):
        at.settled(at.services.tray.settle(item, DROP, values={}, reason="Staat als kopie."))


def leave_screens(at: Person) -> None:
    """Go back to the list, with nothing over it."""
    while at.run.popup() is not None:
        at.press(KEY.Key_Escape)
    at.run.program.shell.open("reports")
    at.run.until_open()


def fill_list(at: Person, many: int) -> None:
    """Put so many reports in the file in one act."""
    now = at.services.desk.now()
    news = [NewReport("persons", f"Oude melding {n}", "Havenkade", now) for n in range(many)]
    at.settled(at.services.reports.add_many(news))


def settle_down(at: Person, report_id: str, words: str) -> None:
    """Scroll somewhere, take a report in hand, write a note and stand in the middle of it."""
    at.until(at.screen.list.waiting.isVisible, "the line that tells of new reports")
    at.screen.list.waiting.click()
    open_report(at, report_id)
    begin_note(at, words)
    for _ in range(4):
        at.press(KEY.Key_Left)
    bar = at.screen.list.view.verticalScrollBar()
    at.until(bar.maximum, "a list longer than the window")
    bar.setValue(bar.maximum() // 2)
    at.run.loop.turn()


def new_waiting(at: Person) -> int:
    """Return how many new reports the line over the list tells of."""
    line = at.screen.list.waiting
    return 0 if line.isHidden() else int(line.label().split()[0])


def until_new(at: Person, count: int) -> float:
    """Wait until the line over the list tells of so many; returns when, by the one clock."""
    at.run.loop.until(lambda: new_waiting(at) >= count, f"{count} new reports", 60.0)
    return time.monotonic()


def add_timed(at: Person, text: str) -> tuple[str, float]:
    """Add a report; returns its id and when it was safe on this desk, before central has it."""
    report_id = add_report(at, text)
    return report_id, time.monotonic()
