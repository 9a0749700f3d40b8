"""Lists of groups as municipalities send them; everything in them is invented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

HEADER = (
    "Groepsnr;Naam buurtapp;Soort;Gemeente;Wijk;Straten;Leden;Beheerder;Telefoon;E-mail;"
    "Laatst gecontroleerd;Opmerking;Vakje"
)
ROWS = (
    (
        "1;Havenkade;Buurtapp;Testdam;Oost;Havenkade, Kadesteeg;± 60;Anja Verzonnen;612345678;"
        "anja@voorbeeld.nl;01-02-2026;belt liever;x"
    ),
    "2;Dijkwacht;WBT;Gemeente Testdam;Nergenshuizen;Dijkweg;41;Wim Verzonnen;06-87654321;;;;",
    "3;Winkels;Ondernemers;Testdam;Oost;;12;Fatiha Verzonnen & Koen Verzonnen;0611111111;;;;",
    ";;;;;;;;;;;;",
    "Totaal;Totaal;;;;;113;;;;;;",
)


def write_list(path: Path, rows: Iterable[str] = ROWS, encoding: str = "cp1252") -> Path:
    """Write a list with semicolons, as a Dutch spreadsheet saves it."""
    path.write_bytes("\r\n".join((HEADER, *rows)).encode(encoding) + b"\r\n")
    return path
