"""Inzage: everything about one person, judged and kept as one bundle (F52, security.md §4)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from console.bridge import settled
from console.domain.clock import LOCAL, local, stamp
from console.domain.failures import Problem, Refused
from console.domain.subject import (
    PROVISION_YEARS,
    SubjectAccess,
    SubjectRecord,
    bundle,
    not_twice,
    ordered,
    place,
)
from console.presenters.kit import Kit, Presenter
from console.presenters.saving import BUNDLE, ask_where
from console.services import exports
from console.services.photos import contents
from console.services.subject import SubjectAtDesk
from console.views.dialogs.given_out import GivenOutDialog, GivenRow
from console.views.tables.rows import Section
from console.views.text import plural

WORDS = (
    "De centrale zoekt alles van uw team over deze persoon, ook wat oud is, en deze desk wat nog "
    "hier staat. Dat u zoekt en waarom, komt eerst in het logboek; het nummer en de naam niet. Zet "
    "bij Te beoordelen een vinkje bij wat over deze persoon gaat. Namen en nummers van anderen "
    "gaan niet mee. Wat op een andere desk nog niet is verzonden, zoekt u daar."
)
NO_CENTRAL = Problem("subject-none", "Hier kan nu niets worden opgezocht.", "")
NOTHING = "Het team heeft niets over deze persoon. Dat is ook een antwoord op het verzoek."


class SubjectPresenter(Presenter):
    """One search at a time; closing stops it. What is not sure goes along only with a tick."""

    def __init__(
        self, kit: Kit, dialog: GivenOutDialog, window: QWidget, access: SubjectAccess | None
    ) -> None:
        super().__init__(kit, dialog)
        self._dialog = dialog
        self._window = window
        self._access = access
        self._task: asyncio.Task[Any] | None = None
        self._here = SubjectAtDesk(kit.services.desk)
        self._look = ""
        self._terms = ("", "")
        self._records: list[SubjectRecord] = []
        self._taken: set[str] = set()
        dialog.show_requested.connect(self._on_search)
        dialog.save_requested.connect(self._on_save)
        dialog.ticked.connect(self._on_ticked)
        dialog.finished.connect(self._on_finished)

    def refused(self, problem: Problem) -> None:
        """Say in the dialog why nothing came of it."""
        if self._dialog.is_open():
            self._dialog.set_busy(None)
            self._dialog.say(f"{problem.sentence} {problem.next_step}".strip(), "warn")

    def _on_search(self) -> None:
        if self._task is None or self._task.done():
            self.run(self._search())

    async def _search(self) -> None:
        if self._access is None:
            raise Refused(NO_CENTRAL)
        self._task = asyncio.current_task()
        text = self._dialog.text
        self._dialog.set_rows([])
        self._dialog.set_busy(0.0)
        self._dialog.say("De centrale zoekt. Met Esc stopt u; er is dan niets bewaard.")
        look, found = await self._access.collect(
            text("phone"), text("name"), text("reason"), self._on_progress
        )
        here = await settled(self._here.held(text("phone"), text("name")))
        self._terms = (text("phone"), text("name"))
        self._look, self._records = look, ordered([*found, *not_twice(here, found)])
        self._taken = {one.key for one in self._records if one.sure}
        self._dialog.set_busy(None)
        self._show()

    def _on_progress(self, seen: int, total: int) -> None:
        if self._dialog.is_open():
            self._dialog.set_busy(min(1.0, seen / max(1, total)))

    def _show(self) -> None:
        rows: list[GivenRow | Section] = []
        for sure, title, tone in (
            (False, "Te beoordelen", "amber"),
            (True, "Over deze persoon", "text2"),
        ):
            some = [one for one in self._records if one.sure is sure]
            if some:
                rows.append(Section(title, len(some), tone))
                rows += [self._row(one) for one in some]
        self._dialog.set_rows(rows)
        if not self._records:
            self._dialog.say(NOTHING)
            return
        gone = len(self._records) - len(self._taken)
        self._dialog.say(
            f"{plural(len(self._taken), 'gegeven gaat', 'gegevens gaan')} mee in de bundel, "
            f"{gone} niet. Met de spatiebalk zet u een vinkje."
        )

    def _row(self, one: SubjectRecord) -> GivenRow:
        at = local(one.at)
        day = at.astimezone(LOCAL).strftime("%d-%m-%Y") if at else one.at[:10]
        title = place(one.kind).capitalize()
        aside = f"oud, {day}" if one.old else day
        return GivenRow(one.key, title, one.excerpt(), aside, one.key in self._taken)

    def _on_ticked(self, key: str) -> None:
        self._taken ^= {key}
        self._show()

    def _on_save(self) -> None:
        ask_where(self._window, "Bewaar de bundel", BUNDLE, "inzage.zip", self.save_to)

    def save_to(self, path: str) -> None:
        """Have central write down that the bundle is made, then make and keep it."""
        self.run(self._save(path))

    async def _save(self, path: str) -> None:
        if self._access is None or not self._records:
            return
        some = [one for one in self._records if one.key in self._taken]
        left_out = len(self._records) - len(some)
        await self._access.note_given(self._look, len(some), left_out)
        hashes = [str(one.body.get("sha256") or "") for one in some if one.kind == "photo"]
        photos = await settled(contents(self.kit.services.desk, hashes))
        names = await settled(self._here.names())
        now = self.kit.clock.now()
        whole = await asyncio.to_thread(
            partial(
                _whole,
                some,
                self._terms,
                names,
                left_out=left_out,
                photos=photos,
                made_at=now.astimezone(LOCAL).strftime("%d-%m-%Y %H:%M"),
                missing=len(set(hashes)) - len(photos),
                since=stamp(now - timedelta(days=PROVISION_YEARS * 365 + 1)),
            )
        )
        made = await asyncio.to_thread(exports.keep, Path(path), whole)
        self.kit.messages.good(f"De bundel is bewaard als {made.name}. Bewaar haar veilig.")
        self._dialog.close_with(True)

    def _on_finished(self, _result: object) -> None:
        if self._task is not None and not self._task.done():
            self._task.cancel()
        self._records, self._taken = [], set()


def _whole(
    records: Sequence[SubjectRecord], terms: tuple[str, str], names: frozenset[str], **about: Any
) -> bytes:
    """Return the bundle of these records without what is of others. Slow."""
    from console.domain.subject_others import own_of, without_others
    from contract.sought import Sought

    own = own_of(records, Sought(*terms), terms[1])
    shown = [without_others(one, own, names) for one in records]
    return bundle([one for one, _ in shown], masked=sum(gone for _, gone in shown), **about)


def open_subject(kit: Kit, window: QWidget, **_: Any) -> GivenOutDialog:
    """Ask about whom and why, before anything is looked for."""
    dialog = GivenOutDialog(
        window,
        "Inzage: alles over een persoon",
        WORDS,
        (
            ("phone", "Telefoonnummer", "in elke schrijfwijze"),
            ("name", "Naam", "alle woorden moeten voorkomen"),
            ("reason", "Reden", "minstens tien letters; schrijf hier geen naam of nummer"),
        ),
        ("Zoek", "Bewaar de bundel"),
        width=760,
    )
    SubjectPresenter(kit, dialog, window, kit.subject)
    dialog.open()
    return dialog
