"""Central in a process of its own, started as a person starts it, ended by signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

from tests.helpers.central_line import KEY

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
LISTENS = "Buurtdesk centrale luistert op "


class CentralProcess:
    """``place``: a file or an address of PostgreSQL. Lines of its log grow while it runs."""

    def __init__(
        self, place: Path | str, *words: str, python: tuple[str, ...] = ("-m", "central")
    ) -> None:
        where = ("--file" if isinstance(place, Path) else "--database", str(place))
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        environment |= {"BUURTDESK_CENTRAL_KEY": KEY.hex()}
        self.process = subprocess.Popen(
            [sys.executable, "-P", *python, "serve", *where, "--port", "0", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.log: list[str] = []
        self.code = ""
        self.url = ""
        self._reader = threading.Thread(target=self._read_log, daemon=True)
        self._reader.start()
        self._wait_for_address()

    def _read_log(self) -> None:
        assert self.process.stderr is not None
        self.log.extend(self.process.stderr)

    def _wait_for_address(self) -> None:
        assert self.process.stdout is not None
        watch = threading.Timer(PATIENCE_S, self.process.kill)
        watch.start()
        try:
            for line in self.process.stdout:
                if "eenmalig" in line:
                    self.code = line.split()[-1]
                if line.startswith(LISTENS):
                    self.url = line.removeprefix(LISTENS).strip()
                    return
        finally:
            watch.cancel()
        self.close()
        raise AssertionError(f"central did not start: {''.join(self.log)}")

    def stop(self, sort: signal.Signals = signal.SIGTERM, within_s: float = PATIENCE_S) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        self.process.send_signal(sort)
        return self.ended(within_s)

    def ended(self, within_s: float = PATIENCE_S) -> int:
        """Wait for the end; returns the exit code."""
        code = self.process.wait(within_s)
        self.close()
        return code

    def close(self) -> None:
        """End it whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
