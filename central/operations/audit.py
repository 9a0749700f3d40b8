"""The audit rows on the command line: check them, take them out, the key of their checkpoints."""

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from central.audit import checkpoints, export, signing
from central.audit import service as audit
from central.audit.export import NoExport
from central.clock import stamp, system_time
from central.database import Database
from central.operations.failures import Failed
from central.operations.serve import say
from central.operations.store import store_of
from central.operations.verify import verify, verify_file, words
from central.sync import repository as records
from contract.checkpoint import Key, read_key

NO_EXPORT = "Dit bestand is geen uitvoer van het auditspoor, of van een nieuwere versie."
NO_KEY = "Dit is geen sleutel van een controlepunt. Neem hem over zoals een desk hem toont."


def verify_rows(asked: Namespace) -> int:
    """Check the rows here, or an export without any database; 2 where something does not fit."""
    trusted = _trusted(asked.trust)
    if asked.export is not None:
        return _verify_file(asked.export, trusted)
    code = 0
    with store_of(asked).open() as database:
        for one in database.read_now(lambda conn: verify(conn, trusted)):
            code = 2 if one.found.line is not None else code
            say(one.words)
    return code


def _verify_file(path: Path, trusted: Sequence[Key]) -> int:
    code, teams = 0, 0
    try:
        for one in verify_file(path, trusted):
            teams += 1
            code = 2 if one.found.line is not None else code
            say(words(one.name or one.team, one.found))
            for key in one.keys:
                say(f"  gecontroleerd met sleutel {key.mark()}")
    except NoExport:
        raise Failed(NO_EXPORT) from None
    if not teams:
        raise Failed(NO_EXPORT)
    return code


def export_audit(asked: Namespace) -> int:
    """Write the rows of every team with chain and checkpoints; overwrites nothing."""
    moment = system_time()
    with store_of(asked).open() as database:
        database.write_now(lambda conn: audit.note_taken(conn, stamp(moment)))
        broken = checkpoints.make(database, signing.given(), moment)
        count = database.read_now(lambda conn: _write(conn, asked.export, stamp(moment)))
    say(f"{count} regels staan in {asked.export}. Controleer ze met `verify {asked.export}`.")
    if broken:
        say("Let op: de keten klopt niet. Voor het laatste stuk is niets ondertekend.")
    return 2 if broken else 0


def _write(conn: Connection, path: Path, at: str) -> int:
    rows = 0
    with path.open("xb") as file:
        os.chmod(path, 0o600)
        for team, name in records.teams(conn):
            for line in export.lines(conn, team, name, at):
                file.write(line)
            rows += audit.counted(conn, team)
        file.flush()
        os.fsync(file.fileno())
    return rows


def audit_key(asked: Namespace) -> int:
    """Show the key of the checkpoints of every team, or have a new one follow it."""
    with store_of(asked).open() as database:
        if asked.what == "new":
            _new_key(database)
        for name, keys in database.read_now(_keys):
            for key in keys[:1]:
                say(f"{name}: {key.mark()}  {key.text()}")
    return 0


def _new_key(database: Database) -> None:
    if signing.given():
        raise Failed(
            f"De sleutel komt uit {signing.SEED_VARIABLE}. Zet daar een andere. Er is niets gewijzigd."
        )
    moment = system_time()
    database.write_now(lambda conn: signing.new(conn, moment))
    say(f"De oude sleutel ondertekent nog {signing.BOTH_DAYS} dagen mee.")


def _keys(conn: Connection) -> list[tuple[str, list[Key]]]:
    return [(name, signing.keys(conn, team)) for team, name in records.teams(conn)]


def _trusted(texts: Sequence[str]) -> list[Key]:
    try:
        return [read_key(one) for one in texts]
    except ValueError:
        raise Failed(NO_KEY) from None
