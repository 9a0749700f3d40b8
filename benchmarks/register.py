"""A municipal list of 10,000 groups: read, mapped and laid beside 10,000 groups (F16).

Against reading the file alone: its bytes decoded and split into cells by ``csv.reader``. The list
says the same as what is known but for every twentieth line, as a yearly list does.
"""

from __future__ import annotations

import csv
import io
import random
import sys
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, against, in_turns, once
from console.domain.directory_map import AreaFact
from console.domain.register import Known, KnownGroup, KnownLink, KnownPerson
from console.domain.register_diff import Differences
from console.intake.register_model import RegisterReading
from console.services.register_reading import ReadyList, make_ready, open_list, read_list

LINES = 10_000
TOWNS = 40
RUNS = 3
TARGET = 90.0
HEADER = "Groepsnr;Naam groep;Soort;Gemeente;Wijk;Straten;Leden;Beheerder;Telefoon;E-mail;Opmerking"
_NOW = "2026-03-14T12:00:00.000Z"


def measure() -> list[Figure]:
    """Do the whole of an import up to the list of differences, beside the bare reader."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "groepen.csv"
        path.write_bytes(_list().encode("cp1252"))
        areas = {one.id: one for one in _areas()}
        known = _grown(path, areas)
        found: list[int] = []

        def ours() -> None:
            ready = _ready(path, known)
            found.append(len(_compared(ready, known).compare().lines))

        def floor() -> None:
            text = path.read_bytes().decode("cp1252")
            list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))

        reading = once(lambda: _read(path))
        mine, theirs = in_turns(ours, floor, RUNS)
    print(
        f"{LINES} regels: lezen {reading:.0f} ms, {found[-1]} verschillen",
        file=sys.stderr,
        flush=True,
    )
    words = "csv.reader over het bestand, 10.000 regels en 10.000 groepen"
    return [against("register_import_10k", mine, theirs, floor=words, target=TARGET)]


def _read(path: Path) -> RegisterReading:
    opened = open_list(path)
    return read_list(opened, {one.name: one.meaning for one in opened.columns})


def _ready(path: Path, known: Known) -> ReadyList:
    ids = count()
    return make_ready(_read(path), known, {}, _NOW[:10], lambda: f"person-{next(ids)}")


def _compared(ready: ReadyList, known: Known) -> Differences:
    ids = count()
    return Differences(
        known,
        ready.lines,
        ready.matching,
        ready.people,
        ready.places,
        source_id="s",
        source_name="Gemeente",
        now=_NOW,
        new_id=lambda: f"id-{next(ids)}",
    )


def _list() -> str:
    chance = random.Random(7)
    rows = [HEADER]
    for number in range(LINES):
        phone = f"6{chance.randrange(10**7, 10**8)}"
        phone = phone if number % 3 == 0 else f"0{phone[0]}-{phone[1:]}"
        rows.append(
            f"{number};Groep {number};Buurtapp;Testgemeente {number % TOWNS};Wijk {number % 400};"
            f"Straat {number}, Laan {number};{20 + number % 180};Voornaam {number} Verzonnen;"
            f"{phone};b{number}@voorbeeld.nl;{'belt liever' if number % 9 == 0 else ''}"
        )
    return "\r\n".join(rows) + "\r\n"


def _areas() -> list[AreaFact]:
    towns = [
        AreaFact(f"g{one}", f"Testgemeente {one}", "municipality", f"GM{9000 + one}")
        for one in range(TOWNS)
    ]
    return towns + [
        AreaFact(f"w{one}", f"Wijk {one}", "district", "", f"g{one % TOWNS}") for one in range(400)
    ]


def _grown(path: Path, areas: dict[str, AreaFact]) -> Known:
    """Make the directory that a first import of the list gives, with every twentieth changed."""
    bare = Known(areas=areas)
    lines = _compared(_ready(path, bare), bare).compare().lines
    groups: dict[str, KnownGroup] = {}
    people: dict[str, KnownPerson] = {}
    links = []
    for place, line in enumerate(lines):
        group = KnownGroup(line.group_id, line.name)
        for step in line.steps:
            body = dict(step.fields)
            if step.kind == "group":
                own = body.pop("area_id")
                lists: dict[str, Any] = {
                    key: tuple(body.pop(key)) for key in ("streets", "postcodes") if key in body
                }
                group = replace(group, area_id=own, own_area_id=own, **lists, **body)
            elif step.kind == "administrator":
                people[step.id] = KnownPerson(step.id, **body)
            elif step.kind == "group_administrator":
                group = replace(group, people=(body["administrator_id"],))
            elif step.kind == "register_link":
                said = {} if place % 20 == 0 else body["said"]
                links.append(KnownLink(step.id, group.id, body["ref"], said))
        groups[group.id] = replace(group, members=1) if place % 20 == 0 else group
    return Known(groups, people, areas, tuple(links))
