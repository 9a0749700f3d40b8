"""The page of a damaged file of the central here, and what happens when somebody goes on (§2)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.app.damage import both_words
from console.app.remaking import DamagedCentral, look, lost_words, made_words, remake
from console.domain.failures import Refused, StorageTrouble
from contract.remaking import DAMAGED

if TYPE_CHECKING:
    from console.app.gates import Gates
    from console.app.opening import Opened
    from console.app.program import Program
    from console.views.gates.damaged import DamageWords

BUSY = "De centrale wordt opnieuw gemaakt"


class AnewCentral(QObject):
    """Leads from a damaged file of central to one that holds what the desk holds."""

    def __init__(self, program: Program, gates: Gates) -> None:
        super().__init__(gates)
        self._program = program
        self._gates = gates
        self._found: DamagedCentral | None = None
        self._opened: Opened | None = None

    async def offered(self, opened: Opened | None, trouble: Exception) -> bool:
        """Show what became of central's file, if that is the trouble."""
        from console.views.gates.damaged import DamagedPage

        if opened is None or not isinstance(trouble, StorageTrouble):
            return False
        if trouble.problem.code != DAMAGED:
            return False
        program = self._program
        try:
            self._found = await look(program.opener, opened)
        except StorageTrouble:
            # The desk's own file turns out damaged as well.
            self._found = None
        self._opened = opened
        page = DamagedPage(_words(self._found))
        page.again_requested.connect(self._on_again)
        page.close_requested.connect(program.end)
        self._gates.show(page)
        return True

    def _on_again(self) -> None:
        self._program.tasks.start(self._again(), "anew")

    async def _again(self) -> None:
        program, opened, found = self._program, self._opened, self._found
        assert opened is not None
        assert found is not None
        self._gates.busy(BUSY)
        loop = asyncio.get_running_loop()

        def told(done: int, of: int) -> None:
            loop.call_soon_threadsafe(self._gates.busy, f"{BUSY}: {done} van {of} gegevens")

        try:
            made = await remake(program.opener, opened, opened.team, told)
        except (Refused, StorageTrouble) as trouble:
            self._gates.say(trouble.problem)
            return
        program.messages.warn(made_words(found, made))
        if program.person is not None:
            program.unlock()
            program.tasks.start(program.open_line(opened, program.person), "connect")
            return
        await self._gates.ask_who(opened)


def _words(found: DamagedCentral | None) -> DamageWords:
    from console.views.gates.damaged import DamageWords

    if found is None or not found.team:
        return both_words()
    return DamageWords(
        "Het bestand van de centrale op deze computer is beschadigd",
        "De desk heeft zelf een kopie van alles waarmee u werkt. Daaruit kan de centrale opnieuw "
        "worden gemaakt. Iedereen houdt de eigen wachtwoordzin.",
        "\n".join(lost_words(found)),
        "Wat u deed en wat nog niet verstuurd is, staat op de desk en blijft staan. Het beschadigde "
        "bestand wordt opzij gezet: het blijft versleuteld op deze computer staan, zo lang als uw "
        "team bij Bewaren koos.",
        "Maak de centrale opnieuw",
    )
