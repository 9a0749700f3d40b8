"""Groepenlijst inlezen: reads off the screen's thread, keeps what the account holder ticks (F16).

Esc breaks off at any moment. Reading keeps nothing but how the columns were understood; keeping
goes in turns that are each all or nothing, and what was kept can be taken back in the same popup.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.failures import Problem, StorageTrouble
from console.domain.register import Comparison, Difference, Known, RegisterLine, Source
from console.intake.register_columns import Field, More
from console.intake.register_model import RegisterReading
from console.presenters.kit import Kit, Presenter
from console.services.register import Taken
from console.services.register_reading import Cancelled, OpenedList, ReadyList
from console.views.dialogs.directory import Ask, ask_reason
from console.views.dialogs.import_register import ImportRegisterDialog
from console.views.dialogs.register_columns import GUESS, SAVED, ColumnRow
from console.views.text import plural
from contract.vocabulary import Role

NOT_HOLDER = Problem(
    "not-allowed",
    "Een groepenlijst leest de accounthouder in.",
    "Vraag het de accounthouder van uw team.",
)
OPTIONS: tuple[tuple[str, str], ...] = (
    ("", "Niet overnemen"),
    (Field.NAME, "Naam van de groep"),
    (Field.KIND, "Soort groep"),
    (Field.MUNICIPALITY, "Gemeente"),
    (More.AREA_NAME, "Wijk, buurt of dorp"),
    (Field.AREA_CODE, "Code van wijk of buurt"),
    (Field.STREET, "Straten"),
    (Field.POSTCODE, "Postcodes"),
    (Field.MEMBERS, "Aantal leden"),
    (Field.ADMINISTRATOR_NAME, "Naam beheerder"),
    (Field.ADMINISTRATOR_PHONE, "Telefoon beheerder"),
    (Field.ADMINISTRATOR_EMAIL, "E-mail beheerder"),
    (Field.INVITE_LINK, "Uitnodigingslink"),
    (More.CONFIRMED, "Laatst bevestigd"),
    (More.NOTE, "Opmerking"),
    (More.OWN_ID, "Eigen nummer van de groep"),
)
"""What a column can be, in words."""

ASK_AGAIN = "Lees de lijst opnieuw in voor de rest: wat er al staat, komt niet terug."


class ImportRegisterPresenter(Presenter):
    """One list at a time."""

    def __init__(self, kit: Kit, dialog: ImportRegisterDialog, window: QWidget) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._window = window
        self._asking: Ask | None = None
        self._register = kit.services.register
        self._stop = threading.Event()
        self._sources: list[Source] = []
        self._opened: OpenedList | None = None
        self._source: Source | None = None
        self._reading: RegisterReading | None = None
        self._compared: Comparison | None = None
        self._answers: Mapping[str, str] = {}
        self._taken: Taken | None = None
        dialog.file_requested.connect(self.open_file)
        dialog.name_changed.connect(self._on_name)
        dialog.read_requested.connect(self._on_read)
        dialog.differences_requested.connect(self._on_differences)
        dialog.accept_requested.connect(self._on_accept)
        dialog.stop_requested.connect(self._on_stop)
        dialog.undo_requested.connect(self._on_undo)
        dialog.numbers_requested.connect(self._on_numbers)
        dialog.finished.connect(self._on_stop)

    def open_file(self, path: str) -> None:
        """Show the columns of a file."""
        self.run(self._open(path))

    def refused(self, problem: Problem) -> None:
        """Say it in the popup; what was chosen stays."""
        if self._asking is not None and self._asking.is_open():
            self._asking.show_problem(problem)
            return
        if not self._dialog.is_open():
            super().refused(problem)
            return
        self._dialog.show_problem(problem.sentence, problem.next_step)

    async def _open(self, path: str) -> None:
        self._dialog.set_busy("De lijst wordt geopend")
        opened = await asyncio.to_thread(self._register.open, path)
        self._sources = await settled(self._register.sources())
        if not self._dialog.is_open():
            return
        self._opened = opened
        source = self._register.recognised(opened, self._sources)
        name = source.name if source is not None else opened.name[:60]
        self._dialog.show_columns(
            self._columns(source), OPTIONS, name, self._hint(source), _columns_words(opened)
        )

    def _columns(self, source: Source | None) -> list[ColumnRow]:
        opened = self._opened
        if opened is None:
            return []
        if source is not None:
            opened = self._register.as_before(opened, source)
        return [
            ColumnRow(
                one.name, " · ".join(one.examples), one.meaning, SAVED if one.saved else GUESS
            )
            for one in opened.columns
        ]

    def _hint(self, source: Source | None) -> str:
        if source is not None:
            day = source.read_at[:10].split("-")[::-1]
            return f"eerder ingelezen op {'-'.join(day)}" if source.read_at else "bekende lijst"
        known = ", ".join(one.name for one in self._sources[:3])
        return f"nieuwe lijst; bekend: {known}" if known else "zo herkent u hem de volgende keer"

    def _on_name(self, typed: str) -> None:
        source = self._register.named(self._sources, typed)
        self._dialog.set_hint(self._hint(source))
        self._dialog.columns.update_columns(self._columns(source))

    def _on_read(self, name: str, meanings: Mapping[str, str]) -> None:
        if self._opened is not None:
            self.run(self._read(self._opened, name, meanings))

    async def _read(self, opened: OpenedList, name: str, meanings: Mapping[str, str]) -> None:
        self._dialog.show_progress(0, opened.rows, "De lijst wordt gelezen. Esc stopt.")
        known_as = self._register.named(self._sources, name)
        try:
            reading = await asyncio.to_thread(
                self._register.read, opened, meanings, self._going("gelezen")
            )
        except Cancelled:
            return
        source = await settled(self._register.save_source(opened, name, meanings, known_as))
        self._sources = [one for one in self._sources if one.id != source.id] + [source]
        self._source, self._reading = source, reading
        ready, _ = await self._ready(reading, source, source.choices)
        if self._dialog.is_open():
            self._dialog.show_check(ready.questions, ready.remarks, _check_words(ready))

    async def _ready(
        self, reading: RegisterReading, source: Source, answers: Mapping[str, str]
    ) -> tuple[ReadyList, Known]:
        known = await settled(self._register.known(source))
        ready = await asyncio.to_thread(self._register.prepare, reading, known, answers)
        return ready, known

    def _on_differences(self, answers: Mapping[str, str]) -> None:
        if self._reading is not None and self._source is not None:
            self.run(self._differences(self._reading, self._source, answers))

    async def _differences(
        self, reading: RegisterReading, source: Source, answers: Mapping[str, str]
    ) -> None:
        self._dialog.set_busy("De verschillen worden gezocht. Esc stopt.")
        self._answers = answers
        ready, known = await self._ready(reading, source, {**source.choices, **answers})
        tell = self._going("vergeleken")
        many = len(ready.lines)
        try:
            compared = await asyncio.to_thread(
                self._register.compare, ready, known, source, lambda done: tell(done, many)
            )
        except Cancelled:
            return
        self._compared = compared
        if self._dialog.is_open():
            self._dialog.show_lines(compared.lines, _lines_words(compared))

    def _on_accept(self, keys: Sequence[str]) -> None:
        if self._compared is not None and self._source is not None:
            # At once: Esc right after Ctrl+Enter stops, it does not close.
            self._stop.clear()
            self._dialog.set_keeping(True)
            self.run(self._accept(self._compared, self._source, frozenset(keys)))

    async def _accept(self, compared: Comparison, source: Source, keys: frozenset[str]) -> None:
        lines = [one for one in compared.lines if one.key in keys]
        taken = self._taken = Taken(source.id, source.name)
        self._dialog.show_progress(0, len(lines), "De groepen worden bewaard. Esc stopt.")
        await settled(self._register.save_choices(source, self._answers))
        why = ""
        for turn in self._register.turns(lines, compared.notes):
            if self._stop.is_set():
                break
            try:
                await settled(self._register.accept(taken, turn))
            except StorageTrouble as trouble:
                if not taken.lines:
                    raise
                # What was kept stands, and can be taken back; a full disk ends the rest.
                why = trouble.problem.sentence.partition(". ")[0] + "."
                break
            done = taken.lines + taken.stale
            if self._dialog.is_open():
                words = f"{done} van {len(lines)} bewaard. Esc stopt."
                self._dialog.show_progress(done, len(lines), words)
        title, words = _done_words(taken, len(lines), why)
        if self._dialog.is_open():
            self._dialog.show_done(title, words, undo=bool(taken.lines), whole=not why)
        else:
            self.kit.messages.info(f"{title} {words}".strip())

    def _on_undo(self) -> None:
        if self._taken is not None and self._taken.done:
            self.run(self._undo(self._taken))

    async def _undo(self, taken: Taken) -> None:
        of = len(taken.done)
        self._dialog.show_progress(0, of, "Het inlezen wordt ongedaan gemaakt.")
        stayed = 0
        for turn in self._register.undo(taken):
            stayed += await settled(turn)
            if self._dialog.is_open():
                done = of - len(taken.done)
                self._dialog.show_progress(done, of, f"{done} van {of} teruggezet")
        words = "Alles staat weer zoals voor het inlezen."
        if stayed:
            words = (
                f"{plural(stayed, 'regel is', 'regels zijn')} daarna nog veranderd en zo gebleven."
            )
        if self._dialog.is_open():
            self._dialog.show_done("Het inlezen is ongedaan gemaakt.", words, undo=False)

    def _on_numbers(self, key: str) -> None:
        line = self._dialog.list.chosen()
        if line is None or line.key != key:
            return
        if not any(one.hides[0] for one in line.changes):
            self.kit.messages.info("In deze regel is niets verborgen.")
            return
        ask = self._asking = ask_reason(self._window, line.name)
        ask.answered.connect(self._on_reason)
        ask.open()
        self.kit.navigator.add_layer(ask)

    def _on_reason(self, why: str) -> None:
        line = self._dialog.list.chosen()
        if line is not None and self._source is not None:
            self.run(self._show_numbers(self._source, line, why))

    async def _show_numbers(self, source: Source, line: RegisterLine, why: str) -> None:
        changes = await settled(self._register.show_numbers(source, line, why))
        if self._asking is not None:
            self._asking.close_with(True)
        if self._dialog.is_open():
            self._dialog.list.set_changes(line.key, changes)

    def _on_stop(self, _result: object = None) -> None:
        self._stop.set()

    def _going(self, did: str) -> _Going:
        self._stop.clear()
        return _Going(self, self._stop, did, asyncio.get_running_loop())

    def on_progress(self, done: int, of: int, did: str) -> None:
        """Show how far a work in another thread is."""
        if self._dialog.is_open() and not self._stop.is_set():
            self._dialog.show_progress(done, of, f"{done} van {of} {did}. Esc stopt.")


class _Going:
    """Tells the screen how far a worker thread is; breaks it off when the person did."""

    def __init__(
        self,
        presenter: ImportRegisterPresenter,
        stop: threading.Event,
        did: str,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._presenter, self._stop, self._did, self._loop = presenter, stop, did, loop

    def __call__(self, done: int, of: int) -> None:
        """Say how much is done; raises ``Cancelled`` where the person broke off."""
        if self._stop.is_set():
            raise Cancelled
        self._loop.call_soon_threadsafe(self._presenter.on_progress, done, of, self._did)


def _columns_words(opened: OpenedList) -> str:
    return (
        f"{plural(opened.rows, 'regel', 'regels')} gevonden. Kijk per kolom wat die betekent en "
        "verander het met de pijltoetsen. Nummers en adressen zijn hier verborgen."
    )


def _check_words(ready: ReadyList) -> str:
    said = f"{plural(len(ready.lines), 'groep', 'groepen')} in {plural(ready.rows, 'regel', 'regels')}."
    if ready.rejected:
        many = plural(ready.rejected, "regel is", "regels zijn")
        said += f" {many} niet gelezen; de reden staat erbij."
    if ready.questions:
        return f"{said} Kies met spatie of de pijltoetsen wat een woord betekent."
    if ready.remarks:
        return f"{said} Hieronder staat wat met een aanname is gelezen."
    return f"{said} Alles is gelezen zoals het er staat."


def _lines_words(found: Comparison) -> str:
    counts = {kind: sum(one.difference is kind for one in found.lines) for kind in Difference}
    if not found.lines:
        said = "Alles staat er al zo. Er is niets te veranderen."
    else:
        said = (
            f"{counts[Difference.NEW]} nieuw, {counts[Difference.CHANGED]} veranderd, "
            f"{counts[Difference.MISSING]} niet in deze lijst, {found.same} hetzelfde."
        )
    if found.kept:
        many = plural(found.kept, "groep is", "groepen zijn")
        said += f" {many} hier na de vorige keer zelf veranderd; dat blijft staan."
    return said


def _done_words(taken: Taken, asked: int, why: str = "") -> tuple[str, str]:
    title = f"{plural(taken.lines, 'groep', 'groepen')} overgenomen uit {taken.source_name}."
    said = []
    if taken.stale:
        had = "had" if taken.stale == 1 else "hadden"
        said.append(f"{taken.stale} {had} een collega intussen veranderd en bleven zo.")
    left = asked - taken.lines - taken.stale
    if left:
        rest = f"{plural(left, 'regel is', 'regels zijn')} niet bewaard. {ASK_AGAIN}"
        said.append(f"{why} {rest[0].upper()}{rest[1:]}" if why else f"U stopte; {rest}")
    if taken.lines:
        said.append("Ctrl+Z maakt dit ongedaan zolang dit venster open is.")
    return title, " ".join(said)


def open_import_register(kit: Kit, window: QWidget, path: str = "") -> ImportRegisterDialog | None:
    """Open the popup; None and a notice where the person is no account holder."""
    person = kit.services.desk.person
    if person is None or not person.may(Role.ACCOUNT_HOLDER):
        kit.messages.problem(NOT_HOLDER)
        return None
    dialog = ImportRegisterDialog(window)
    presenter = ImportRegisterPresenter(kit, dialog, window)
    dialog.open()
    if path:
        presenter.open_file(path)
    return dialog
