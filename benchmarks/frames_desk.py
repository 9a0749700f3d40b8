"""The running desk while 200 reports a second arrive and somebody types in the search field.

A beat every few milliseconds on the screen thread says how long the event loop was held. Prints
one line per beat that came late and one with the figures, as JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from uuid_utils import uuid7

from benchmarks.someone import KEY, PERSON
from console.app.first import first_window
from console.app.options import Options
from console.app.program import Program
from console.domain.clock import stamp
from console.domain.person import Person
from console.storage import replica
from contract.op import Record

BEAT_MS = 4
SETTLE_S = 4.0
MEASURE_S = 12.0
BATCHES_A_SECOND = 10
ROWS_IN_BATCH = 20
KEY_EVERY_MS = 160
TYPED = "witte bus man molen "
TEAM = "bench-team"


class Watch(QObject):
    """Beats, types, and ends the desk when the time is over."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._program = program
        self._last = 0.0
        self._until = 0.0
        self._typed = 0
        self.held: list[float] = []
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)
        self._key = QTimer(self)
        self._key.timeout.connect(self._on_key)

    def start(self) -> None:
        """Begin measuring."""
        self._until = time.perf_counter() + MEASURE_S
        self._last = time.perf_counter()
        self._beat.start(BEAT_MS)
        self._key.start(KEY_EVERY_MS)

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.held.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        self._last = now
        if now > self._until:
            self._beat.stop()
            self._key.stop()
            self._program.end()

    def _on_key(self) -> None:
        screen: Any = self._program.shell.screen()
        editor = screen.header.search.editor
        if self._typed % len(TYPED) == 0:
            editor.clear()
        editor.setFocus()
        QTest.keyClicks(editor, TYPED[self._typed % len(TYPED)])
        self._typed += 1


def arrive(store: Any, stop: threading.Event) -> None:
    """Let pages of new reports come in, as the line to central brings them."""
    cursor, seq = "", 1_000_000
    while not stop.wait(1 / BATCHES_A_SECOND):
        records = []
        for _ in range(ROWS_IN_BATCH):
            seq += 1
            body = {
                "category": "person",
                "text": f"Man voelt aan deuren bij de molen. Nummer {seq}.",
                "place": "Molenweg 12",
                "heard_at": stamp(datetime.now(UTC)),
                "status": "open",
            }
            records.append(Record("report", str(uuid7()), 1, body, seq=seq))
        now, asked, cursor = stamp(datetime.now(UTC)), cursor, str(seq)

        def work(conn: Any, records: Any = records, asked: str = asked, now: str = now) -> Any:
            return replica.apply_page(
                conn, TEAM, records, asked_with=asked, cursor=str(records[-1].seq), now=now
            )

        changes = store.write(work).result()
        if changes:
            store.publish(changes)


async def _enter(program: Program, watch: Watch, stop: threading.Event) -> None:
    opened = await program.opener.open_file(KEY)
    opened.team = "Basisteam Wielderland"
    program.opened = opened
    await program.enter(opened, Person(PERSON, "Lotte Brakel", ("operator",)))
    threading.Thread(target=arrive, args=(opened.store, stop), daemon=True).start()
    QTimer.singleShot(round(SETTLE_S * 1000), watch.start)


def main() -> int:
    """Run the desk, measure, end; print the figures."""
    app, theme, window, look = first_window(Options())
    import main as entry
    from console.bridge import run

    program = Program(app, theme, Options(), entry.make_central, window=window, look=look)
    watch, stop = Watch(program), threading.Event()
    program.gates.first = lambda: _enter(program, watch, stop)  # type: ignore[method-assign]
    try:
        result = run(app, program.main)
    finally:
        stop.set()
    print(json.dumps(watch.held))
    return result


if __name__ == "__main__":
    sys.exit(main())
