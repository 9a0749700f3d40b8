"""The words after ``python3 run.py``, and what each starts. Only the standard library is used."""

from __future__ import annotations

import os

MAIN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "main.py")


class Verb:
    """One word after ``run.py``.

    arguments: what the environment's Python gets before the words of the caller.
    qt: "none", "offscreen" (Qt without a screen unless the caller chose one) or "window".
    at_root: run in the checkout instead of in the caller's folder.
    says: one Dutch line for the help.
    """

    def __init__(
        self, arguments: list[str], says: str, qt: str = "none", at_root: bool = False
    ) -> None:
        self.arguments = arguments
        self.says = says
        self.qt = qt
        self.at_root = at_root


VERBS = {
    "desk": Verb([MAIN], "open de desk (ook zonder woord)", "window"),
    "demo": Verb([MAIN, "--demo"], "open de desk met een verzonnen stad", "window"),
    "central": Verb(["-m", "central"], "start de centrale voor meer desks: central [--help]"),
    "test": Verb(["-m", "pytest"], "draai alle tests", "offscreen", at_root=True),
    "check": Verb(["-m", "tools.check"], "controleer opmaak, typen en muren", at_root=True),
    "bench": Verb(["-m", "benchmarks"], "meet de snelheid: bench [DEEL] [--json]", "offscreen"),
    "kill": Verb(["-m", "tests.faults"], "schiet alles neer en kijk na: kill", at_root=True),
    "fuzz": Verb(
        ["-m", "tests.fuzz"], "gooi vreemde invoer op elke lezer: fuzz [WAT]", "offscreen", True
    ),
    "pictures": Verb(
        ["-m", "tools.pictures"], "maak de schermafbeeldingen in docs/", "offscreen", at_root=True
    ),
    "bill": Verb(["-m", "tools.bill"], "maak de lijst van onderdelen (CycloneDX): bill [FILE]"),
    "read-chat": Verb(["-m", "console.intake.read_chat"], "lees een WhatsApp-chat: read-chat FILE"),
    "read-alert": Verb(
        ["-m", "console.intake.read_alert"], "lees een Burgernet-bericht: read-alert FILE"
    ),
    "check-text": Verb(
        ["-m", "contract.guard.cli", "check-text"],
        "controleer een tekst: check-text --kind KIND FILE; of een lijst: --cases [FILE]",
    ),
    "read-register": Verb(
        ["-m", "console.intake.read_register"], "lees een groepenlijst: read-register FILE"
    ),
}
