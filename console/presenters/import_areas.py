"""Reads a file of areas in a worker thread and keeps what the account holder accepts (F36, C9)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.area_diff import AreaLine, Difference, FileAreas
from console.domain.failures import Problem, Refused
from console.intake.area_model import AreaFile
from console.presenters.kit import Kit, Presenter
from console.services.areas import Areas
from console.views.dialogs.area_rows import AreaRow, line_words
from console.views.dialogs.import_areas import ImportAreasDialog
from console.views.text import plural
from contract.vocabulary import AreaLevel, Role

NOT_HOLDER = Problem(
    "not-allowed", "Gebieden leest de accounthouder in.", "Vraag het de accounthouder van uw team."
)
MOST_GONE = 4
"""With more missing the file is of another part of the country."""
FIRST_YEAR, LAST_YEAR = 1990, 2100


class ImportAreasPresenter(Presenter):
    """One file at a time; nothing is kept before the last button."""

    def __init__(self, kit: Kit, dialog: ImportAreasDialog) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._areas: Areas = kit.services.areas
        self._path = ""
        self._about: AreaFile | None = None
        self._lines: list[AreaLine] = []
        dialog.file_requested.connect(self.open_file)
        dialog.read_requested.connect(self._on_read)
        dialog.accept_requested.connect(self._on_accept)

    def open_file(self, path: str) -> None:
        """Say which municipalities a file holds."""
        self.run(self._open(path))

    def refused(self, problem: Problem) -> None:
        """Say it in the popup; what was chosen stays."""
        if not self._dialog.is_open():
            super().refused(problem)
            return
        self._dialog.show_problem(problem.sentence, problem.next_step)

    async def _open(self, path: str) -> None:
        self._dialog.set_busy("Het bestand wordt gelezen")
        about = await asyncio.to_thread(self._areas.about, path)
        if not self._dialog.is_open():
            return
        self._path, self._about = path, about
        own = await self._own_codes()
        alone = len(about.municipalities) == 1
        rows = [
            AreaRow(one.code, one.name, one.code, "", alone or one.code in own)
            for one in about.municipalities
        ]
        here = {one.code for one in about.municipalities}
        gone = sorted(name for code, name in own.items() if code not in here)
        self._dialog.show_towns(rows, about.year, _about_words(about, gone))

    async def _own_codes(self) -> dict[str, str]:
        """Return code and name of the municipalities that are kept and still exist."""
        shape = await settled(self.kit.services.directory.shape())
        return {
            one.code: one.name
            for one in shape.areas.values()
            if one.level == AreaLevel.MUNICIPALITY and one.code and not one.ended_year
        }

    def _on_read(self, codes: Sequence[str], typed: str) -> None:
        if self._about is not None:
            self.run(self._read(self._about, tuple(codes), typed))

    async def _read(self, about: AreaFile, codes: Sequence[str], typed: str) -> None:
        year = about.year or _year(typed)
        self._dialog.set_busy("De gebieden worden gelezen")
        reading = await asyncio.to_thread(self._areas.read, self._path, codes)
        self._lines = await settled(self._areas.differences(reading, codes, year))
        if self._dialog.is_open():
            self._dialog.show_lines(self._lines, _reading_words(reading, self._lines))

    def _on_accept(self, keys: Sequence[str]) -> None:
        wanted = set(keys)
        self.run(self._accept([one for one in self._lines if one.key in wanted]))

    async def _accept(self, lines: Sequence[AreaLine]) -> None:
        turns = self._areas.accept(lines)
        kept = 0
        self._dialog.show_progress(0, len(lines))
        for turn in turns[:-1]:
            kept += await settled(turn)
            self._dialog.show_progress(kept, len(lines))
        beside = await settled(turns[-1])
        self._dialog.show_done(_done_words(kept, lines, beside))


def _year(typed: str) -> int:
    if not typed:
        return 0
    year = int(typed) if typed.isascii() and typed.isdigit() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(Problem("bad-year", "Dit is geen jaar.", "Schrijf het als 2025."))
    return year


def _about_words(about: AreaFile, gone: Sequence[str]) -> str:
    towns = plural(len(about.municipalities), "gemeente", "gemeenten")
    year = f", indeling {about.year}" if about.year else ""
    page = " Dit is een deel: er zijn meer bladzijden." if about.more else ""
    said = f"{towns} in dit bestand{year}.{page} Kies uw eigen gemeenten en die eraan grenzen."
    if gone and not about.more and len(gone) <= MOST_GONE:
        # A merger is only seen when the municipality it went up in is read too (C9).
        stand = "staat" if len(gone) == 1 else "staan"
        names = " en ".join(gone)
        said += (
            f" {names} {stand} er niet in. Opgegaan in een andere gemeente? Vink die dan ook aan."
        )
    return said


def _reading_words(reading: FileAreas, lines: Sequence[AreaLine]) -> str:
    said = f"{plural(len(reading.areas), 'gebied', 'gebieden')} gelezen."
    if reading.left_out:
        many = plural(reading.left_out, "gebied heeft", "gebieden hebben")
        said += f" {many} geen leesbare grens en {'doet' if reading.left_out == 1 else 'doen'} niet mee."
    if not lines:
        return f"{said} Alles staat er al zo. Er is niets te veranderen."
    if any(one.difference in (Difference.MERGED, Difference.GONE) for one in lines):
        said += " Wat ontbreekt, staat onderaan en is niet aangevinkt."
    return said


def _done_words(kept: int, lines: Sequence[AreaLine], beside: int) -> str:
    asked = len(lines)
    words = line_words(any(one.difference is Difference.MOVED for one in lines))
    said = f"{plural(kept, *words)} bewaard"
    if kept < asked:
        said += (
            f", {asked - kept} {'had' if asked - kept == 1 else 'hadden'} een collega al veranderd"
        )
    return f"{said}. {plural(beside, 'buurgebied', 'buurgebieden')} erbij genoteerd."


def open_import_areas(kit: Kit, window: QWidget, path: str = "") -> ImportAreasDialog | None:
    """Open the popup; None and a notice where the person is no account holder."""
    person = kit.services.desk.person
    if person is None or not person.may(Role.ACCOUNT_HOLDER):
        kit.messages.problem(NOT_HOLDER)
        return None
    dialog = ImportAreasDialog(window)
    presenter = ImportAreasPresenter(kit, dialog)
    dialog.open()
    if path:
        presenter.open_file(path)
    return dialog
