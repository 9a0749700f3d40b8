"""The rounds of a central inside a desk: a thread of its own that looks once an hour."""

import logging
import threading

from central.office import Office
from central.retention import rounds

FIRST_S = 30.0
EVERY_S = 3600.0

log = logging.getLogger(__name__)


class Keeper:
    """Looks soon after the start and then every hour, until ``stop``."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="central-retention", daemon=True)

    def start(self) -> None:
        """Begin; the first look comes when the desk is at rest."""
        self._thread.start()

    def stop(self) -> None:
        """End; waits for a round under way."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = FIRST_S
        while not self._over.wait(pause):
            try:
                rounds.keep_all(self._office.database, self._office.moment())
            except Exception as trouble:  # the desk goes on working; the next look tries again
                log.warning("a round of retention failed: %s", type(trouble))
            pause = EVERY_S
